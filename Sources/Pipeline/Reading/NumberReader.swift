public import DigitNet
public import StreetCore

/// Reads the house numbers in a picture: pyramid, detector, grouping, recogniser, calibration.
public struct NumberReader: Sendable {
  /// The detector, which finds digits.
  package let detector: Detector
  /// Groups digits into chains.
  package let assembly: Assembly
  /// Reads chains as a whole; nil for a model without recognisers.
  package let recogniser: Recogniser?
  /// Computes confidences.
  package let calibration: Calibration
  /// Whether every picture is read as an equirectangular panorama of a full turn, regardless of its metadata.
  package let readsPanoramas: Bool

  /// The minimum confidence, in 1/10,000, of a number that is reported.
  package static let leastConfidence = 500
  /// The number of candidates that are read together. For a picture that is read row by row, their crops are in memory
  /// at the same time.
  private static let mostAtOnce = 2000
  /// The maximum overlap of two numbers, in percent of the smaller box; of two that overlap more, only the more
  /// confident is kept.
  private static let overlap = 50

  /// A reader with a model's networks and calibration. With `readsPanoramas`, every encoded picture is read as an
  /// equirectangular panorama of a full turn; without it, only pictures whose metadata say so.
  public init(
    model: Model, kernels: Kernels, detector parameters: Detector.Parameters = .init(), assembly: Assembly = Assembly(),
    readsPanoramas: Bool = false
  ) throws(ModelError) {
    detector = try Detector(model: model, kernels: kernels, parameters: parameters)
    recogniser = try Recogniser(model: model, kernels: kernels)
    calibration = try Calibration(model: model)
    self.assembly = assembly
    self.readsPanoramas = readsPanoramas
  }

  /// All candidates of a picture, whether or not they are numbers; the same for any number of threads.
  package func candidates(in image: Image, threads: Int = 1) -> [Evidence] {
    let chains = assembly.chains(of: detector.digits(in: image, threads: threads))
    let read = NumberReader.batches(of: chains).flatMap { some in
      readings(of: some, threads: threads) { $0.pixels(of: image) }
    }
    return evidence(of: read, in: image.size)
  }

  /// The numbers in a picture, by descending confidence.
  public func numbers(in image: Image, threads: Int = 1) -> [HouseNumber] {
    numbers(among: candidates(in: image, threads: threads), in: image.size)
  }

  /// The numbers in a picture that is read row by row: once to find digits, and once more to cut the crops. Memory
  /// holds a few hundred rows and the crops.
  public func numbers<Rows: RowSource>(of rows: Rows, threads: Int = 1) throws(Rows.Failure) -> [HouseNumber] {
    let chains = assembly.chains(of: try detector.digits(of: rows, threads: threads))
    let cutter = CropCutter(kernels: detector.engine.kernels)
    var readings: [Reading] = []
    for some in NumberReader.batches(of: chains) {
      let wanted = Set(some.flatMap { $0.crops + $0.hiddenGaps.map(\.crop) })
      let crops = recogniser == nil ? [:] : try cutter.cut(wanted, from: rows)
      readings += self.readings(of: some, threads: threads) { crop in
        guard let pixels = crops[crop] else { preconditionFailure("all crops are cut") }
        return pixels
      }
    }
    return numbers(among: evidence(of: readings, in: rows.size), in: rows.size)
  }

  private func evidence(of readings: [Reading], in size: ImageSize) -> [Evidence] {
    zip(readings, Surroundings.all(of: readings, in: size)).map { reading, surroundings in
      Evidence(reading: reading, surroundings: surroundings, mostDigits: assembly.parameters.mostDigits)
    }
  }

  private func numbers(among candidates: [Evidence], in size: ImageSize) -> [HouseNumber] {
    let read = candidates.compactMap { number(of: $0, in: size) }
      .sorted { $0.precedes($1) }
    return Suppression(overlap: NumberReader.overlap).strongest(of: read, box: \.box)
  }

  private static func batches(of chains: [Chain]) -> [[Chain]] {
    stride(from: 0, to: chains.count, by: mostAtOnce).map { Array(chains[$0..<min($0 + mostAtOnce, chains.count)]) }
  }

  /// The readings of the chains that pass the cascade; without a recogniser, those of all chains.
  private func readings(
    of chains: [Chain], threads: Int, pixels: @escaping @Sendable (Crop) -> Image
  ) -> [Reading] {
    guard let recogniser else {
      return chains.filter { $0.leastLength == 1 }.map { Reading(chain: $0, transcripts: []) }
    }
    var cascade = Cascade(recogniser: recogniser, chains: chains, threads: threads, pixels: pixels)
    return cascade.readings()
  }

  /// The most confident number of a candidate; nil if its confidence is below ``leastConfidence``.
  private func number(of evidence: Evidence, in size: ImageSize) -> HouseNumber? {
    let ranked = evidence.hypotheses.map { ($0, calibration.confidence(of: $0)) }
    guard let best = ranked.max(by: { $0.1 < $1.1 }), best.1 >= NumberReader.leastConfidence else { return nil }
    return evidence.number(best.0, confidence: best.1, in: size)
  }

  /// Increment with every change of the code between pixels and numbers that the `constants` don't show.
  private static let revision = 8

  /// The revision of the code and the parameters, by name; see ``identity``.
  var parameters: [String: [Double]] {
    let (d, a) = (detector.parameters, assembly.parameters)
    let single = [
      "revision": NumberReader.revision, "enlarged_below": d.enlargedBelow, "exhaustive": d.exhaustive ? 1 : 0,
      "least_confidence": NumberReader.leastConfidence, "least_digit_score": d.leastScore, "most_digits": a.mostDigits,
      "overlap": d.overlap, "panoramas": readsPanoramas ? 1 : 0,
    ]
    let scores = a.leastScores.enumerated().map { ("least_score_\($0)", $1) }
    return single.merging(scores) { $1 }.mapValues { [Double($0)] }
  }
}

extension NumberReader {
  /// The constants of this file that affect which numbers are read, by name; see ``identity``.
  static let constants: [String: [Double]] = [
    "most_at_once": [Double(mostAtOnce)], "number_overlap": [Double(overlap)],
  ].merging(Cascade.constants) { $1 }
}
