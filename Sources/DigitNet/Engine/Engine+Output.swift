extension Engine {
  /// Computes the outputs of a region, strip by strip and row by row, and passes each finished span of a row to `body`:
  /// the row, the columns, and `columns * outputChannels` integers. Of each cell's integers only the first are outputs;
  /// the rest is padding.
  ///
  /// The outputs have the same bits for any region: each layer is computed as far around the region as the outputs
  /// depend on it. The band must contain the rows that ``rows(for:side:height:)`` returns. Costs the network's
  /// operations on the region and its surroundings; memory holds a few rows of a strip per layer.
  func run(
    over band: Band, region: Region,
    body: (_ row: Int, _ columns: Range<Int>, _ outputs: UnsafeBufferPointer<Int16>) -> Void
  ) {
    for strip in region.strips where !strip.isEmpty { Pass(self, over: band, region: strip).run(body: body) }
  }

  /// The rows of a picture of the given height that the outputs of some rows of blocks depend on.
  func rows(for blockRows: Range<Int>, side: Int, height: Int) -> Range<Int> {
    let field = receptiveField
    let low = max(0, blockRows.lowerBound * side - field.before)
    return low..<max(low, min(height, blockRows.upperBound * side + field.after))
  }

  /// The outputs of a picture as a feature map, for tests and tools; 0 outside the region, if one is given.
  public func output(for image: Image, region: Region? = nil) -> FeatureMap {
    let (rows, columns) = (cells(along: image.height), cells(along: image.width, \.columns))
    let logical = network.channels[network.layers.count]
    var map = FeatureMap(rows: rows, columns: columns, channels: logical)
    let region = region ?? Region(width: image.width, height: image.height)
    run(over: Band(image), region: region) { y, span, outputs in
      for (cell, x) in span.enumerated() {
        for channel in 0..<logical { map[y, x, channel] = Int32(outputs[cell * outputChannels + channel]) }
      }
    }
    return map
  }
}
