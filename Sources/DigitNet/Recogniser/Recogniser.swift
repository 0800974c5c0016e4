/// Reads a candidate as a whole: deeper networks over the crop that say length and digits jointly, or that there is none.
///
/// The second stage of Goodfellow et al. (2013), which was handed such crops. It runs on candidates alone, so that its depth
/// costs little.
public struct Recogniser: Sendable {
  /// The networks, ``Transcript/classes`` channels for each column.
  public let engines: [Engine]

  /// The recogniser of a model; nil where the model has none.
  public init?(model: Model, kernels: Kernels) throws(ModelError) {
    guard !model.recognisers.isEmpty else { return nil }
    engines = try model.recognisers.map { network throws(ModelError) in try Engine(network: network, kernels: kernels) }
    guard engines.allSatisfy({ $0.cells(along: Crop.height) == 1 }) else {
      throw ModelError(.malformed, "The model's recogniser doesn't read crops of \(Crop.height) rows as one line")
    }
  }

  /// What each network says of a crop. Costs the networks over 48 rows of the crop's width.
  public func transcripts(of crop: Crop, in image: Image) -> [Transcript] {
    transcripts(of: crop, pixels: crop.pixels(of: image))
  }

  /// The same from the crop's pixels, of some of the networks.
  public func transcripts(of crop: Crop, pixels: Image, networks: Range<Int>? = nil) -> [Transcript] {
    engines[networks ?? 0..<engines.count].map {
      Transcript(logits: Recogniser.columns(of: pixels, $0), crop: crop, stride: $0.network.stride)
    }
  }

  private static func columns(of pixels: Image, _ engine: Engine) -> [[Int]] {
    let channels = engine.outputChannels
    var columns: [[Int]] = []
    engine.run(over: Band(pixels), region: Region(width: pixels.width, height: pixels.height)) { _, _, outputs in
      columns = stride(from: 0, to: outputs.count, by: channels).map { first in
        (first..<(first + Transcript.classes)).map { Int(outputs[$0]) }
      }
    }
    return columns
  }
}
