/// Reads a candidate as a whole: deeper networks over the crop that predict the length and digits jointly, or reject
/// the candidate.
///
/// This is the network of Goodfellow et al. (2013), which was given a crop known to hold a number. It runs on
/// candidates only, so its depth costs little.
public struct Recogniser: Sendable {
  /// The networks, with ``Transcript/classes`` channels per column.
  public let engines: [Engine]

  /// The recogniser of a model; nil for a model without one.
  public init?(model: Model, kernels: Kernels) throws(ModelError) {
    guard !model.recognisers.isEmpty else { return nil }
    engines = try model.recognisers.map { network throws(ModelError) in try Engine(network: network, kernels: kernels) }
    guard engines.allSatisfy({ $0.cells(along: Crop.height) == 1 }) else {
      throw ModelError(
        .malformed, "The model's recogniser doesn't have exactly one row of cells for a crop of \(Crop.height) rows")
    }
    // In a strip, windows that extend beyond a crop must find zeros, as they do for a crop alone.
    let fits = engines.allSatisfy { engine in
      Crop.widths.allSatisfy {
        $0 % engine.separation == 0 && engine.cells(along: $0, \.columns) == $0 / engine.network.stride
      }
    }
    guard fits else {
      throw ModelError(
        .malformed, "The model's recogniser doesn't have exactly one column of cells per stride of a crop")
    }
  }

  /// The transcript of a crop by each network. Costs the networks over 48 rows of the crop's width.
  public func transcripts(of crop: Crop, in image: Image) -> [Transcript] {
    transcripts(of: [crop], pixels: { $0.pixels(of: image) })[0]
  }

  /// The transcripts of several crops by some of the networks; faster than calling ``transcripts(of:in:)`` for each.
  public func transcripts(
    of crops: [Crop], networks: Range<Int>? = nil, threads: Int = 1, pixels: @Sendable (Crop) -> Image
  ) -> [[Transcript]] {
    let engines = engines[networks ?? 0..<engines.count]
    let strips = (crops.count + CropStrip.most - 1) / CropStrip.most
    let read = parallel(strips, threads: threads) { strip in
      let some = Array(crops[(strip * CropStrip.most)..<min((strip + 1) * CropStrip.most, crops.count)])
      let images = some.map(pixels)
      let transcripts = engines.map { engine in
        zip(some, Recogniser.columns(of: images, engine)).map { crop, columns in
          Transcript(logits: columns, crop: crop, stride: engine.network.stride)
        }
      }
      return some.indices.map { crop in transcripts.map { $0[crop] } }
    }
    return Array(read.joined())
  }

  /// The logits of the classes in each column of each crop.
  private static func columns(of crops: [Image], _ engine: Engine) -> [[[Int]]] {
    let channels = engine.outputChannels
    let strip = CropStrip(crops, side: engine.separation)
    var read: [[[Int]]] = []
    engine.run(over: Band(strip.image), region: strip.region) { _, _, outputs in
      read.append(
        stride(from: 0, to: outputs.count, by: channels).map { first in
          (first..<(first + Transcript.classes)).map { Int(outputs[$0]) }
        })
    }
    precondition(read.count == crops.count)
    return read
  }
}
