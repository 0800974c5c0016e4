import CDigitKernels

extension Engine {
  /// Computes output rows `rows` of a picture and hands each to `body` as soon as it is done: its number and
  /// `cells * channels` integers, where `channels` is ``outputChannels``, of which the first count as the network has.
  ///
  /// Costs the network's operations; memory is a few rows a layer. Rows above and below are computed as far as the
  /// outputs depend on them.
  func run(over image: Image, rows: Range<Int>, body: (_ row: Int, _ outputs: UnsafeBufferPointer<Int16>) -> Void) {
    let layers = network.layers
    let heights = RowSchedule.lengths(layers, image.height)
    let widths = RowSchedule.lengths(layers, image.width, along: \.columns)
    let output = layers.count
    let rings = (0..<output).map {
      RowRing(width: widths[$0], channels: channels[$0], padding: padding[$0], capacity: capacity[$0])
    }
    withUnsafeTemporaryAllocation(of: Int16.self, capacity: max(1, widths[output] * channels[output])) { outputs in
      var inputs = [UnsafePointer<UInt8>]()
      RowSchedule.run(layers, lengths: heights, rows: rows) { value, y in
        guard value > 0 else {
          fill(rings[0].row(y), image, row: y)
          return
        }
        let layer = layers[value - 1]
        let source = rings[layer.inputs[0]]
        switch layer.operation {
        case .convolution(let convolution):
          guard let packed = packed[value - 1] else { return }
          let window = convolution.window
          inputs.removeAll(keepingCapacity: true)
          for row in RowSchedule.needed(layer, row: y) {
            let inside = row >= 0 && row < heights[layer.inputs[0]]
            inputs.append(UnsafePointer((inside ? source.row(row) : source.zeros) - window.padding * source.channels))
          }
          withUnsafePointer(to: packed.layer) { weights in
            if value == output {
              outputs.baseAddress.map { kernels.functions.row_words(weights, inputs, widths[value], $0) }
            } else {
              kernels.functions.row_bytes(weights, inputs, widths[value], rings[value].row(y))
            }
          }
          if value == output { body(y, UnsafeBufferPointer(outputs)) }
        case .enlarge(let factor):
          let (from, to) = (source.row(y / factor), rings[value].row(y))
          for x in 0..<widths[value] {
            (to + x * source.channels).update(from: from + x / factor * source.channels, count: source.channels)
          }
        case .add:
          let other = rings[layer.inputs[1]].row(y)
          digit_add_row(source.row(y), other, widths[value] * channels[value], rings[value].row(y))
        case .maximumPooling, .averagePooling: preconditionFailure("refused in init")
        }
      }
    }
  }

  /// Channels of an output cell with padding.
  var outputChannels: Int { channels[network.layers.count] }

  /// A row of the picture as the network sees it: 7 bits a channel, a fourth channel of zeros.
  private func fill(_ row: UnsafeMutablePointer<UInt8>, _ image: Image, row y: Int) {
    image.pixels.withUnsafeBufferPointer { pixels in
      var from = y * image.width * Image.channels
      for x in 0..<image.width {
        row[4 * x] = pixels[from] >> 1
        row[4 * x + 1] = pixels[from + 1] >> 1
        row[4 * x + 2] = pixels[from + 2] >> 1
        row[4 * x + 3] = 0
        from += Image.channels
      }
    }
  }

  /// The whole output as a map, for tests and tools.
  public func output(for image: Image) -> FeatureMap {
    let (rows, columns) = (cells(along: image.height), cells(along: image.width, \.columns))
    let logical = network.channels[network.layers.count]
    var map = FeatureMap(rows: rows, columns: columns, channels: logical)
    run(over: image, rows: 0..<rows) { y, outputs in
      for x in 0..<columns {
        for channel in 0..<logical { map[y, x, channel] = Int32(outputs[x * outputChannels + channel]) }
      }
    }
    return map
  }
}
