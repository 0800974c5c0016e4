/// How members are told from other things, named, and turned upright.
package enum MemberRules {
  /// Counts up with every change by which a source comes to hold other pictures, other names, or pictures turned otherwise.
  ///
  /// 1 is that of version 0.1.0, which lost names of zips and passed over some orientations.
  package static let revision = 2
}
