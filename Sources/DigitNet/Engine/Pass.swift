import CDigitKernels

/// One walk of an engine over a part of a picture: the values' rows, and where in them something is wanted.
final class Pass {
  private let engine: Engine
  private let steps: [Step]
  private let convolutions: [digit_convolution?]
  private let band: Band
  private let region: Region
  private let heights, widths: [Int]
  private let memory: RowMemory
  private let rings: [RowRing]
  /// Where each value is needed: the region, wider by the reach of the layers that follow.
  private let regions: [Region]
  private let mostOutputs: Int
  private let longestWindow: Int

  init(_ engine: Engine, over band: Band, region: Region) {
    self.engine = engine
    self.band = band
    self.region = region
    steps = engine.steps
    convolutions = engine.packed.map { $0?.layer }
    heights = RowSchedule.lengths(steps, band.height)
    let widths = RowSchedule.lengths(steps, band.image.width, along: \.columns)
    let radii = engine.reaches.map { (max($0.before, $0.after) + region.side - 1) / region.side }
    let dilated = Dictionary(uniqueKeysWithValues: Set(radii).map { ($0, region.dilated(by: $0)) })
    let regions = radii.map { dilated[$0] ?? region }
    let held = regions.enumerated().map { value, region in
      region.cells(in: region.columnBounds, stride: engine.strides[value], length: widths[value])
    }
    memory = RowMemory(engine, held: held.dropLast())
    rings = memory.rings
    mostOutputs = max(1, (held.last?.count ?? 0) * engine.outputChannels)
    longestWindow = steps.map(\.window.rows).max() ?? 1
    (self.widths, self.regions) = (widths, regions)
  }

  func run(body: (_ row: Int, _ columns: Range<Int>, _ outputs: UnsafeBufferPointer<Int16>) -> Void) {
    let output = steps.count
    let rows = region.cellRows(stride: engine.strides[output], length: heights[output])
    let functions = engine.kernels.functions
    let (strides, channels) = (engine.strides, engine.outputChannels)
    withUnsafeTemporaryAllocation(of: Int16.self, capacity: mostOutputs) { outputs in
      withUnsafeTemporaryAllocation(of: UnsafePointer<UInt8>.self, capacity: longestWindow) { inputs in
        guard let outputs = outputs.baseAddress, let inputs = inputs.baseAddress else { return }
        RowSchedule.run(steps, lengths: heights, rows: rows) { value, y in
          let (region, stride) = (regions[value], strides[value])
          for blocks in region.spans(inRow: region.row(ofCell: y, stride: stride)) {
            let span = region.cells(in: blocks, stride: stride, length: widths[value])
            if span.isEmpty { continue }
            if value < output {
              compute(value, row: y, span, inputs, functions)
            } else if var convolution = convolutions[value - 1] {
              point(inputs, at: steps[value - 1], row: y, span)
              functions.row_words(&convolution, inputs, span.count, outputs)
              body(y, span, UnsafeBufferPointer(start: outputs, count: span.count * channels))
            }
          }
        }
      }
    }
    withExtendedLifetime((memory, engine)) {}
  }

  /// Computes a part of a row of any value but the last.
  private func compute(
    _ value: Int, row y: Int, _ span: Range<Int>, _ inputs: UnsafeMutablePointer<UnsafePointer<UInt8>>,
    _ functions: digit_kernels
  ) {
    let target = rings[value]
    guard value > 0 else { return fill(span, row: y, target.pixel(span.lowerBound, row: y)) }
    let step = steps[value - 1]
    let source = rings[step.input]
    switch step.operation {
    case .convolution:
      guard var convolution = convolutions[value - 1] else { return }
      point(inputs, at: step, row: y, span)
      functions.row_bytes(&convolution, inputs, span.count, target.pixel(span.lowerBound, row: y))
    case .enlarge:
      for x in span {
        target.pixel(x, row: y).update(
          from: source.pixel(x / step.factor, row: y / step.factor), count: source.channels)
      }
    case .add:
      guard let other = step.other else { return }
      let x = span.lowerBound
      digit_add_row(
        source.pixel(x, row: y), rings[other].pixel(x, row: y), span.count * source.channels, target.pixel(x, row: y))
    case .pooling: preconditionFailure("refused in init")
    }
  }

  /// Points `inputs` at the first pixels under the rows of a step's window.
  private func point(
    _ inputs: UnsafeMutablePointer<UnsafePointer<UInt8>>, at step: Step, row y: Int, _ span: Range<Int>
  ) {
    let (source, height) = (rings[step.input], heights[step.input])
    let first = span.lowerBound * step.window.stride - step.window.padding
    for (i, row) in step.rowsNeeded(at: y).enumerated() {
      (inputs + i).initialize(
        to: UnsafePointer(row >= 0 && row < height ? source.pixel(first, row: row) : source.zeros(first)))
    }
  }

  /// A part of a row of the picture as the network sees it.
  private func fill(_ span: Range<Int>, row y: Int, _ target: UnsafeMutablePointer<UInt8>) {
    let from = ((y - band.firstRow) * band.image.width + span.lowerBound) * Image.channels
    precondition(from >= 0 && from + span.count * Image.channels <= band.image.pixels.count, "the band lacks a row")
    band.image.pixels.withUnsafeBufferPointer { pixels in
      guard let first = pixels.baseAddress else { return }
      engine.kernels.functions.picture_row(first + from, span.count, target)
    }
  }
}
