extension Detector {
  /// All levels in bands of about equal work. Where every spot is looked at there is one for each thread, so that little is
  /// computed twice; behind a gate there are more, because work lies unevenly.
  func bands(of levels: [Pyramid.Level], threads: Int) -> [(level: Int, blockRows: Range<Int>)] {
    let side = LevelScan(self, exponent: 0, width: 1, height: 1).side
    let shares = gate == nil || parameters.exhaustive ? threads : 4 * threads
    let pixels = levels.reduce(0) { $0 + $1.image.size.pixels }
    var bands: [(level: Int, blockRows: Range<Int>)] = []
    var room = pixels / shares
    for (i, level) in levels.enumerated() {
      let (rows, cost) = ((level.image.height + side - 1) / side, max(1, side * level.image.width))
      let least = LevelScan.leastBand / side
      var first = 0
      while first < rows {
        var last = min(rows, first + max(least, (room + cost / 2) / cost))
        if rows - last < least { last = rows }
        bands.append((i, first..<last))
        room -= (last - first) * cost
        if room < cost { room = pixels / shares }
        first = last
      }
    }
    return bands
  }
}
