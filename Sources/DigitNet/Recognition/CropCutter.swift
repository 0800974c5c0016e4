/// Cuts many crops from a picture in one pass over its rows.
public struct CropCutter {
  /// The pixels of a crop's source received so far.
  private struct Part {
    let crop: Crop
    let source: Crop.Source
    /// The source's box, in pixels of its level.
    let box: Box
    var pixels: [UInt8] = []
  }

  private let kernels: Kernels

  /// A cutter that halves with the given kernels.
  public init(kernels: Kernels) { self.kernels = kernels }

  /// The pixels of each crop, equal to those of ``Crop/pixels(of:)``. Costs the halvings of the picture, and memory for
  /// the crops' sources.
  public func cut<Rows: RowSource>(_ crops: Set<Crop>, from rows: Rows) throws(Rows.Failure) -> [Crop: Image] {
    var pyramid = PyramidStream(rows.size, kernels: kernels)
    // For each level, its parts by descending top edge, so that the next part to begin is the last element.
    var waiting: [[Part]] = Array(repeating: [], count: 64)
    for crop in crops {
      let source = crop.source(in: rows.size)
      waiting[source.halvings].append(Part(crop: crop, source: source, box: source.part(of: rows.size)))
    }
    for level in waiting.indices { waiting[level].sort { $0.box.top > $1.box.top } }
    var open: [[Part]] = Array(repeating: [], count: 64)
    var cut: [Crop: Image] = [:]
    try rows.forEachRow { row in
      pyramid.take(row) { level, y, row in
        while let next = waiting[level].last, next.box.top == y { open[level].append(waiting[level].removeLast()) }
        guard !open[level].isEmpty else { return }
        for i in open[level].indices {
          let box = open[level][i].box
          open[level][i].pixels += row[(Image.channels * box.left)..<(Image.channels * box.right)]
        }
        for part in open[level] where part.box.bottom == y + 1 {
          let pixels = Image(width: part.box.width, height: part.box.height, pixels: part.pixels)
          cut[part.crop] = part.crop.pixels(of: pixels, part.source)
        }
        open[level].removeAll { $0.box.bottom == y + 1 }
      }
    }
    return cut
  }
}
