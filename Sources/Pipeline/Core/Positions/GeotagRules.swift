/// The rules for reading geotags from the bytes of photographs.
package enum GeotagRules {
  /// Increment with every change that yields other geotags for the same bytes. It does not affect numbers.
  package static let revision = 1
}
