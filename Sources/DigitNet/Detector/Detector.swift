/// Finds digits in a picture: the network as a stencil over each pyramid level, then one digit where several agree.
public struct Detector: Sendable {
  /// What changes which digits are found.
  public struct Parameters: Sendable, Hashable {
    /// The least score of a digit, in 1/10,000.
    public var leastScore = 3000
    /// Pictures of fewer pixels are looked at enlarged twofold, too, for the smallest digits.
    public var enlargedBelow = 1_000_000
    /// Two digits are one where they share this part of the smaller one's box, in percent.
    public var overlap = 50

    /// The defaults.
    public init() {}
  }

  /// The network, ``Model/outputs`` channels at each cell.
  public let engine: Engine
  /// What one pixel of a box's side is counted in by the network.
  public let sideUnit: Int
  /// What changes the result.
  public let parameters: Parameters

  /// The detector of a model.
  public init(model: Model, kernels: Kernels, parameters: Parameters = Parameters()) throws(ModelError) {
    engine = try Engine(network: model.detector, kernels: kernels)
    sideUnit = model.sideUnit
    self.parameters = parameters
  }

  /// The digits of a picture, surest first, without echoes. The same picture gives the same digits on any machine.
  ///
  /// Costs the network over 4/3 of the picture's pixels, and over four times as many where it is enlarged.
  public func digits(in image: Image) -> [Digit] {
    let enlarged = image.width * image.height < parameters.enlargedBelow
    var candidates: [Candidate] = []
    for level in Pyramid(image, enlarged: enlarged) {
      collect(from: level, of: image, into: &candidates)
    }
    return Suppression(overlap: parameters.overlap).strongest(of: candidates).compactMap(\.digit)
  }

  private func collect(from level: Pyramid.Level, of image: Image, into candidates: inout [Candidate]) {
    let threshold = Int16(clamping: Sigmoid.logit(parameters.leastScore))
    let channels = engine.outputChannels
    let stride = engine.network.stride
    let rows = engine.cells(along: level.image.height)
    engine.run(over: level.image, rows: 0..<rows) { y, outputs in
      for cell in 0..<(outputs.count / channels) {
        let first = cell * channels
        var best = first
        for channel in (first + 1)..<(first + 10) where outputs[channel] > outputs[best] { best = channel }
        guard outputs[best] >= threshold else { continue }
        var logits = SIMD16<Int16>.zero
        for digit in 0..<10 { logits[digit] = outputs[first + digit] }
        candidates.append(
          Candidate(
            value: best - first, logits: logits, exponent: level.exponent,
            x: (2 * cell * stride + 1) * sideUnit / 2, y: (2 * y * stride + 1) * sideUnit / 2,
            sides: (first + 10..<first + 14).map { Swift.max(0, Int(outputs[$0])) }, unit: sideUnit, in: image))
      }
    }
  }
}
