/// The rules by which members are classified, named and turned upright.
package enum MemberRules {
  /// Increment with every change that makes a source contain other pictures or member names, or turns pictures
  /// differently.
  ///
  /// Revision 1 is that of version 0.1.0, which lost member names of zips and ignored some orientations.
  package static let revision = 2
}
