/// Reads a candidate as a whole: a deeper network over the crop that says length and digits jointly, or that there is none.
///
/// The second stage of Goodfellow et al. (2013), which was handed such crops. It runs on candidates alone, so that its depth
/// costs little.
public struct Recogniser: Sendable {
  /// The network, ``Transcript/classes`` channels for each column.
  let engine: Engine

  /// The recogniser of a model; nil where the model has none.
  public init?(model: Model, kernels: Kernels) throws(ModelError) {
    guard let network = model.recogniser else { return nil }
    engine = try Engine(network: network, kernels: kernels)
    guard engine.cells(along: Crop.height) == 1 else {
      throw ModelError(.malformed, "The model's recogniser doesn't read crops of \(Crop.height) rows as one line")
    }
  }

  /// What the network says of a crop. Costs the network over 48 rows of the crop's width.
  public func transcript(of crop: Crop, in image: Image) -> Transcript {
    let channels = engine.outputChannels
    var columns: [[Int]] = []
    engine.run(over: crop.pixels(of: image), rows: 0..<1) { _, outputs in
      columns = stride(from: 0, to: outputs.count, by: channels).map { first in
        (first..<(first + Transcript.classes)).map { Int(outputs[$0]) }
      }
    }
    return Transcript(logits: columns, crop: crop, stride: engine.network.stride)
  }
}
