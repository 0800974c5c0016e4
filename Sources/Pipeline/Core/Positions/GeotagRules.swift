/// How geotags are read in the bytes of photographs.
package enum GeotagRules {
  /// Counts up with every change by which the bytes of a photograph come to state something else. It changes no number.
  package static let revision = 1
}
