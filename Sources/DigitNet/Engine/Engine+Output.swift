extension Engine {
  /// Computes the outputs of a region, strip by strip and row by row, and hands each span of a row to `body` as soon as it is
  /// done: its row, its columns and `columns * outputChannels` integers, of which the first of each cell count as the network
  /// has.
  ///
  /// What is computed has the same bits whatever the region: layers are computed as far around it as its outputs depend on
  /// them. The band must hold the picture's rows as far as the outputs reach, ``rows(for:)``. Costs the network's operations
  /// on the region and its surroundings; memory is a few rows of a strip a layer.
  func run(
    over band: Band, region: Region,
    body: (_ row: Int, _ columns: Range<Int>, _ outputs: UnsafeBufferPointer<Int16>) -> Void
  ) {
    for strip in region.strips where !strip.isEmpty { Pass(self, over: band, region: strip).run(body: body) }
  }

  /// The rows of a picture of a height that the outputs of rows of blocks depend on.
  func rows(for blockRows: Range<Int>, side: Int, height: Int) -> Range<Int> {
    let field = receptiveField
    let low = max(0, blockRows.lowerBound * side - field.before)
    return low..<max(low, min(height, blockRows.upperBound * side + field.after))
  }

  /// The outputs of a picture as a map, for tests and tools; those outside the region, where one is given, are 0.
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
