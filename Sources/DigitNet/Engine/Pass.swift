import CDigitKernels

/// One run of an engine over a region of a picture: the rows of each value, and the regions in which they are computed.
final class Pass {
  private let engine: Engine
  private let steps: [Step]
  private let convolutions: [PackedConvolution.Form?]
  private let band: Band
  private let region: Region
  private let heights, widths: [Int]
  private let memory: RowMemory
  private let rings: [RowRing]
  /// The region in which each value is computed: the wanted region, widened by the receptive field of the later layers.
  private let regions: [Region]
  private let maximumOutputs: Int
  private let longestWindow: Int

  init(_ engine: Engine, over band: Band, region: Region) {
    self.engine = engine
    self.band = band
    self.region = region
    steps = engine.steps
    convolutions = engine.packed.map { $0?.form }
    heights = RowSchedule.lengths(steps, band.height)
    let widths = RowSchedule.lengths(steps, band.image.width, along: \.columns)
    let stride = engine.strides[steps.count]
    let widened = Dictionary(
      uniqueKeysWithValues: Set(engine.reaches).map { ($0, region.widened(by: $0, stride: stride)) })
    let regions = engine.reaches.map { widened[$0] ?? region }
    let held = regions.enumerated().map { value, region in
      region.cells(in: region.columnBounds, stride: engine.strides[value], length: widths[value])
    }
    memory = RowMemory(engine, held: held.dropLast())
    rings = memory.rings
    maximumOutputs = max(1, (held.last?.count ?? 0) * engine.outputChannels)
    longestWindow = steps.map(\.window.rows).max() ?? 1
    (self.widths, self.regions) = (widths, regions)
  }

  func run(body: (_ row: Int, _ columns: Range<Int>, _ outputs: UnsafeBufferPointer<Int16>) -> Void) {
    let output = steps.count
    let rows = region.cellRows(stride: engine.strides[output], length: heights[output])
    let channels = engine.outputChannels
    let scratch = convolutions.map { form in
      if case .winograd(let convolution) = form { digit_winograd_scratch(convolution.inputs) } else { 0 }
    }
    Workspace.with(outputs: maximumOutputs, inputs: longestWindow, scratch: scratch.max() ?? 0) { workspace in
      RowSchedule.run(steps, lengths: heights, rows: rows) { value, rows in
        if value > 0, case .winograd(let convolution) = convolutions[value - 1] {
          return computeTogether(value, convolution, rows: rows, workspace)
        }
        let y = rows.lowerBound
        for span in spans(of: value, rows: rows) {
          if value < output {
            compute(value, row: y, span, workspace)
          } else {
            computeOutput(row: y, span, workspace)
            body(y, span, UnsafeBufferPointer(start: workspace.outputs, count: span.count * channels))
          }
        }
      }
    }
    withExtendedLifetime((memory, engine)) {}
  }

  /// The spans of cells to compute in some rows of a value.
  private func spans(of value: Int, rows: Range<Int>) -> some Sequence<Range<Int>> {
    let (region, stride, length) = (regions[value], engine.strides[value], widths[value])
    let first = region.row(ofCell: rows.lowerBound, stride: stride)
    let last = region.row(ofCell: rows.upperBound - 1, stride: stride)
    return region.spans(inRows: first...last).lazy
      .map { region.cells(in: $0, stride: stride, length: length) }
      .filter { !$0.isEmpty }
  }

  /// Computes a span of a row of the output.
  private func computeOutput(row y: Int, _ span: Range<Int>, _ workspace: Workspace) {
    let last = steps.count - 1
    guard case .rows(var convolution) = convolutions[last] else { return }
    point(workspace.inputs, at: steps[last], rows: steps[last].rowsNeeded(at: y), span)
    engine.kernels.functions.row_words(&convolution, workspace.inputs, span.count, workspace.outputs)
  }

  /// Computes several rows of a value together.
  private func computeTogether(
    _ value: Int, _ convolution: digit_winograd, rows: Range<Int>, _ workspace: Workspace
  ) {
    guard let kernel = engine.kernels.functions.winograd_rows else { return }
    let step = steps[value - 1]
    var convolution = convolution
    let needed = step.rowsNeeded(at: rows.lowerBound).lowerBound...step.rowsNeeded(at: rows.upperBound - 1).upperBound
    point(workspace.inputs, at: step, rows: needed, 0..<1)
    for i in needed.count..<max(needed.count, DIGIT_WINOGRAD_SIDE + 2) {
      (workspace.inputs + i).initialize(to: workspace.inputs[0])
    }
    for i in 0..<DIGIT_WINOGRAD_SIDE {
      let row = min(rows.lowerBound + i, rows.upperBound - 1)
      (workspace.targets + i).initialize(to: rings[value].pixel(0, row: row))
    }
    let spans = spans(of: value, rows: rows).map { digit_span(first: $0.lowerBound, width: $0.count) }
    kernel(
      &convolution, workspace.inputs, spans, Int32(spans.count), Int32(rows.count), workspace.scratch,
      workspace.targets)
  }

  /// Computes a span of a row of any value except the output.
  private func compute(_ value: Int, row y: Int, _ span: Range<Int>, _ workspace: Workspace) {
    let target = rings[value]
    guard value > 0 else { return fill(span, row: y, target.pixel(span.lowerBound, row: y)) }
    let step = steps[value - 1]
    let source = rings[step.input]
    switch step.operation {
    case .convolution:
      guard case .rows(var convolution) = convolutions[value - 1] else { return }
      point(workspace.inputs, at: step, rows: step.rowsNeeded(at: y), span)
      engine.kernels.functions.row_bytes(
        &convolution, workspace.inputs, span.count, target.pixel(span.lowerBound, row: y))
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
    _ inputs: UnsafeMutablePointer<UnsafePointer<UInt8>>, at step: Step, rows: ClosedRange<Int>, _ span: Range<Int>
  ) {
    let (source, height) = (rings[step.input], heights[step.input])
    let first = span.lowerBound * step.window.stride - step.window.padding
    for (i, row) in rows.enumerated() {
      (inputs + i).initialize(
        to: UnsafePointer(row >= 0 && row < height ? source.pixel(first, row: row) : source.zeros(first)))
    }
  }

  /// Copies a span of a row of the picture, with 7 bits per channel, as the network expects.
  private func fill(_ span: Range<Int>, row y: Int, _ target: UnsafeMutablePointer<UInt8>) {
    let from = ((y - band.firstRow) * band.image.width + span.lowerBound) * Image.channels
    precondition(from >= 0 && from + span.count * Image.channels <= band.image.pixels.count, "the band lacks a row")
    band.image.pixels.withUnsafeBufferPointer { pixels in
      guard let first = pixels.baseAddress else { return }
      engine.kernels.functions.picture_row(first + from, span.count, target)
    }
  }
}
