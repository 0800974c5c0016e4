import DigitNet

/// Reads chains in steps, the cheapest first: what a step finds unlikely is read no further (as in the cascades of Viola and
/// Jones, 2001).
///
/// The first network reads each chain's own crop, then the other networks do, and last the first network reads the wider crops
/// of chains that are still in doubt.
struct Cascade {
  /// The probability that a chain's likeliest text must have in its own crop to be looked at further. On pictures kept out of
  /// training that spares more than half of the chains, and costs no number.
  private static let leastLikely = 0.3
  /// The same for the first network alone: spares the others half of the chains.
  private static let leastLikelyAtFirst = 0.25
  /// How likely all networks find what the detector saw where no wider crop is needed to be sure.
  private static let certain = 0.8
  /// The probability, in the first network, that a digit alone needs to be looked at as the only one seen of a stack, and from
  /// which on a number of several digits keeps its own from that.
  private static let likelyWhole = 0.5

  private let recogniser: Recogniser
  private let chains: [Chain]
  private let crops: [[Crop]]
  private let threads: Int
  private let pixels: @Sendable (Crop) -> Image
  /// What was read in the crops of each chain; nothing where it was not read, or has a dash in it.
  private var transcripts: [[[Transcript]]]

  /// A cascade over chains, whose crops `pixels` cuts.
  init(
    recogniser: Recogniser, chains: [Chain], threads: Int, pixels: @escaping @Sendable (Crop) -> Image
  ) {
    self.recogniser = recogniser
    self.chains = chains
    self.threads = threads
    self.pixels = pixels
    crops = chains.map(\.crops)
    transcripts = Array(repeating: [], count: chains.count)
  }

  /// What is said of the chains that were read, in their order.
  mutating func readings() -> [Reading] {
    var open = likelyAtFirst(chains.indices.filter { chains[$0].leastLength == 1 })
    dropParted(&open)
    open += likelyAtFirst(stacks(beside: open))
    readByOthers(&open)
    readWiderCrops(of: open)
    return chains.indices.filter { !transcripts[$0].isEmpty }.map(reading)
  }

  private func reading(_ i: Int) -> Reading { Reading(chain: chains[i], transcripts: transcripts[i]) }

  /// Has some of the networks read the own crops of chains.
  private mutating func readOwnCrops(of some: [Int], networks: Range<Int>) {
    let read = recogniser.transcripts(
      of: some.map { crops[$0][0] }, networks: networks, threads: threads, pixels: pixels)
    for (i, read) in zip(some, read) { transcripts[i] = [(transcripts[i].first ?? []) + read] }
  }

  /// Those of some chains in which the first network finds a text likely enough for the others.
  private mutating func likelyAtFirst(_ some: [Int]) -> [Int] {
    readOwnCrops(of: some, networks: 0..<1)
    return some.filter { reading($0).likeliest >= Cascade.leastLikelyAtFirst }
  }

  /// Drops chains that a dash parts where their crop leaves a gap out: they are several numbers.
  private mutating func dropParted(_ open: inout [Int]) {
    for i in open
    where chains[i].hiddenGaps.contains(where: { gap in
      Dash.isSeen(in: pixels(gap.crop), at: gap, beside: pixels(crops[i][0]))
    }) {
      transcripts[i] = []
    }
    open.removeAll { transcripts[$0].isEmpty }
  }

  /// Single digits to be looked at as the only ones seen of a stack: those that are likely numbers alone and no part of one.
  private func stacks(beside open: [Int]) -> [Int] {
    let likely = open.filter { reading($0).likeliest >= Cascade.likelyWhole }
    let alone = Set(likely.map { chains[$0].digits })
    let parts = Set(likely.filter { chains[$0].digits.count > 1 }.flatMap { chains[$0].digits })
    return chains.indices.filter { i in
      chains[i].leastLength > 1 && alone.contains(chains[i].digits) && !parts.contains(chains[i].digits[0])
    }
  }

  /// Has the other networks read chains, and keeps those open in which all together find a text likely.
  private mutating func readByOthers(_ open: inout [Int]) {
    readOwnCrops(of: open, networks: 1..<recogniser.engines.count)
    open.removeAll { reading($0).likeliest < Cascade.leastLikely }
  }

  /// Has the first network read the wider crops of chains on which the networks and the detector don't agree.
  private mutating func readWiderCrops(of open: [Int]) {
    let wider = open.filter { !reading($0).agrees(by: Cascade.certain) }.flatMap { i in
      crops[i].dropFirst().map { (chain: i, crop: $0) }
    }
    let read = recogniser.transcripts(of: wider.map(\.crop), networks: 0..<1, threads: threads, pixels: pixels)
    for (wider, read) in zip(wider, read) { transcripts[wider.chain].append(read) }
  }
}

extension Cascade {
  /// What of the above decides numbers, by name; see ``NumberReader/identity``.
  static let constants: [String: [Double]] = [
    "least_likely": [leastLikely], "least_likely_at_first": [leastLikelyAtFirst], "certain": [certain],
    "likely_whole": [likelyWhole],
  ]
}
