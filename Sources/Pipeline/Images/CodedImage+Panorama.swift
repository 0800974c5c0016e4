extension CodedImage {
  /// Whether its metadata say that it is an equirectangular picture of a full turn, whose two ends are neighbours.
  package var isPanorama: Bool { false }
}
