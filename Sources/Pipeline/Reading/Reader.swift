public import DigitNet
public import StreetCore

/// Reads the numbers of a picture: pyramid, stencil, digits, candidates, numbers. What a worker does with each photograph.
public struct Reader: Sendable {
  /// Finds digits.
  package let detector: Detector
  /// Makes chains of them.
  package let assembly: Assembly
  /// Reads chains as a whole; nil where the model can't.
  package let recogniser: Recogniser?
  /// Says how sure a number is.
  package let calibration: Calibration

  /// The least confidence, in 1/10,000, of a number that is worth keeping.
  package static let leastConfidence = 500
  /// The probability that a candidate's likeliest text must have in its own crop to be looked at further. On pictures kept out
  /// of training that spares more than half of the candidates, and costs no number.
  private static let leastLikely = 0.3
  /// The same for the first network alone: spares the others half of the candidates.
  private static let leastLikelyAtFirst = 0.25
  /// How likely all networks find what the detector saw where no wider crop is needed to be sure.
  private static let certain = 0.8
  /// The probability, in the first network, that a digit alone needs to be looked at as the only one seen of a stack, and from
  /// which on a number of several digits keeps its own from that.
  private static let likelyWhole = 0.5
  /// Candidates that are read together; of a picture that is read row by row their crops are in memory at once.
  private static let mostAtOnce = 2000
  /// Numbers that share this part of the smaller one's box, in percent, are one, of which the surest stays.
  private static let overlap = 50

  /// A reader with a model's networks and calibration.
  public init(
    model: Model, kernels: Kernels, detector parameters: Detector.Parameters = .init(), assembly: Assembly = Assembly()
  ) throws(ModelError) {
    detector = try Detector(model: model, kernels: kernels, parameters: parameters)
    recogniser = try Recogniser(model: model, kernels: kernels)
    calibration = try Calibration(model: model)
    self.assembly = assembly
  }

  /// All candidates of a picture, whether they are numbers or not; the same on any number of threads.
  package func candidates(in image: Image, threads: Int = 1) -> [Evidence] {
    let chains = assembly.chains(of: detector.digits(in: image, threads: threads))
    let read = Reader.batches(of: chains).flatMap { some in
      readings(of: some, threads: threads) { $0.pixels(of: image) }
    }
    return evidence(of: read, in: image.size)
  }

  /// The numbers in a picture, surest first.
  public func numbers(in image: Image, threads: Int = 1) -> [HouseNumber] {
    numbers(among: candidates(in: image, threads: threads), in: image.size)
  }

  /// The same numbers of a picture that is read row by row: once to find digits, and again to read what they make up. Takes
  /// the memory of a few hundred rows.
  public func numbers<Rows: RowSource>(of rows: Rows, threads: Int = 1) throws(Rows.Failure) -> [HouseNumber] {
    let chains = assembly.chains(of: try detector.digits(of: rows, threads: threads))
    let cutter = CropCutter(kernels: detector.engine.kernels)
    var readings: [Reading] = []
    for some in Reader.batches(of: chains) {
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
      .sorted { ($1.confidence, $0.box, $0.text) < ($0.confidence, $1.box, $1.text) }
    return Suppression(overlap: Reader.overlap).strongest(of: read, box: \.box)
  }

  private static func batches(of chains: [Chain]) -> [[Chain]] {
    stride(from: 0, to: chains.count, by: mostAtOnce).map { Array(chains[$0..<min($0 + mostAtOnce, chains.count)]) }
  }

  /// What the recogniser says of chains. One in whose own crop the first network, or all of them, find no text likely isn't
  /// read further, and the only digit of a stack not at all where it is hardly a number alone, or is part of one.
  private func readings(of chains: [Chain], threads: Int, pixels: @Sendable (Crop) -> Image) -> [Reading] {
    guard let recogniser else {
      return chains.filter { $0.leastLength == 1 }.map { Reading(chain: $0, transcripts: []) }
    }
    let crops = chains.map(\.crops)
    var transcripts: [[[Transcript]]] = Array(repeating: [], count: chains.count)
    func reading(_ i: Int) -> Reading { Reading(chain: chains[i], transcripts: transcripts[i]) }
    func read(_ some: [Int], networks: Range<Int>) {
      let read = recogniser.transcripts(
        of: some.map { crops[$0][0] }, networks: networks, threads: threads, pixels: pixels)
      for (i, read) in zip(some, read) { transcripts[i] = [(transcripts[i].first ?? []) + read] }
    }

    let whole = chains.indices.filter { chains[$0].leastLength == 1 }
    read(whole, networks: 0..<1)
    var open = whole.filter { reading($0).likeliest >= Reader.leastLikelyAtFirst }
    let parted = open.filter { i in
      chains[i].hiddenGaps.contains { Dash.isSeen(in: pixels($0.crop), at: $0, beside: pixels(crops[i][0])) }
    }
    for i in parted { transcripts[i] = [] }
    open.removeAll { transcripts[$0].isEmpty }

    let parts = Set(
      open.filter { chains[$0].digits.count > 1 && reading($0).likeliest >= Reader.likelyWhole }
        .flatMap { chains[$0].digits })
    let alone = Set(open.filter { reading($0).likeliest >= Reader.likelyWhole }.map { chains[$0].digits })
    let stacks = chains.indices.filter { i in
      chains[i].leastLength > 1 && alone.contains(chains[i].digits) && !parts.contains(chains[i].digits[0])
    }
    read(stacks, networks: 0..<1)
    open += stacks.filter { reading($0).likeliest >= Reader.leastLikelyAtFirst }

    read(open, networks: 1..<recogniser.engines.count)
    open.removeAll { reading($0).likeliest < Reader.leastLikely }

    let others = open.filter { !reading($0).agrees(by: Reader.certain) }.flatMap { i in
      crops[i].dropFirst().map { (chain: i, crop: $0) }
    }
    let last = recogniser.transcripts(of: others.map(\.crop), networks: 0..<1, threads: threads, pixels: pixels)
    for (other, read) in zip(others, last) { transcripts[other.chain].append(read) }
    return chains.indices.filter { !transcripts[$0].isEmpty }.map(reading)
  }

  /// The surest number that a candidate may be; nil where none is sure enough to be kept.
  private func number(of evidence: Evidence, in size: ImageSize) -> HouseNumber? {
    let ranked = evidence.hypotheses.map { ($0, calibration.confidence(of: $0)) }
    guard let best = ranked.max(by: { $0.1 < $1.1 }), best.1 >= Reader.leastConfidence else { return nil }
    return evidence.number(best.0, confidence: best.1, in: size)
  }

  /// Counts up with every change of the code between pixels and numbers that ``constants`` don't show.
  private static let revision = 8

  /// The revision of the code and what a caller may choose, by name; see ``identity``.
  var parameters: [String: [Double]] {
    let (d, a) = (detector.parameters, assembly.parameters)
    let single = [
      "revision": Reader.revision, "enlarged_below": d.enlargedBelow, "exhaustive": d.exhaustive ? 1 : 0,
      "least_confidence": Reader.leastConfidence, "least_digit_score": d.leastScore, "most_digits": a.mostDigits,
      "overlap": d.overlap,
    ]
    let scores = a.leastScores.enumerated().map { ("least_score_\($0)", $1) }
    return single.merging(scores) { $1 }.mapValues { [Double($0)] }
  }
}

extension Reader {
  /// What of the above decides numbers, by name; see ``identity``.
  static let constants: [String: [Double]] = [
    "least_likely": [leastLikely], "least_likely_at_first": [leastLikelyAtFirst], "certain": [certain],
    "likely_whole": [likelyWhole], "most_at_once": [Double(mostAtOnce)], "number_overlap": [Double(overlap)],
  ]
}
