import DigitNet

/// Reads chains in stages, cheapest first; a chain that a stage rejects is not read further (a cascade, as in Viola and
/// Jones, 2001).
///
/// First, one network reads each chain's own crop. Then the other networks read the crops of the chains that remain.
/// Finally, the first network reads the wider crops of chains that are still in doubt.
struct Cascade {
  /// The minimum probability of a chain's most probable text, over all networks, for further reading. On held-out
  /// pictures it excludes more than half of the chains and loses no number.
  private static let leastLikely = 0.3
  /// The minimum probability in the first network alone; excludes half of the chains from the other networks.
  private static let leastLikelyAtFirst = 0.25
  /// The minimum probability of the detector's text, in all networks, at which no wider crops are read.
  private static let certain = 0.8
  /// The minimum probability, in the first network, of a single digit that is read as the only detected digit of a
  /// stack. A number of several digits with at least this probability prevents that for its own digits.
  private static let likelyWhole = 0.5

  private let recogniser: Recogniser
  private let chains: [Chain]
  private let crops: [[Crop]]
  private let threads: Int
  private let pixels: @Sendable (Crop) -> Image
  /// The transcripts of each chain's crops; empty if the chain was not read, or was split by a dash.
  private var transcripts: [[[Transcript]]]

  /// A cascade over chains; `pixels` cuts their crops.
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

  /// The readings of the chains that were read, in the order of the chains.
  mutating func readings() -> [Reading] {
    var open = likelyAtFirst(chains.indices.filter { chains[$0].leastLength == 1 })
    dropParted(&open)
    open += likelyAtFirst(stacks(beside: open))
    readByOthers(&open)
    readWiderCrops(of: open)
    return chains.indices.filter { !transcripts[$0].isEmpty }.map(reading)
  }

  private func reading(_ i: Int) -> Reading { Reading(chain: chains[i], transcripts: transcripts[i]) }

  /// Reads the own crops of some chains with some of the networks.
  private mutating func readOwnCrops(of some: [Int], networks: Range<Int>) {
    let read = recogniser.transcripts(
      of: some.map { crops[$0][0] }, networks: networks, threads: threads, pixels: pixels)
    for (i, read) in zip(some, read) { transcripts[i] = [(transcripts[i].first ?? []) + read] }
  }

  /// The chains in which the first network finds a text probable enough for the other networks to read them.
  private mutating func likelyAtFirst(_ some: [Int]) -> [Int] {
    readOwnCrops(of: some, networks: 0..<1)
    return some.filter { reading($0).likeliest >= Cascade.leastLikelyAtFirst }
  }

  /// Drops chains with a dash in a gap that their crops leave out: they are several numbers.
  private mutating func dropParted(_ open: inout [Int]) {
    for i in open
    where chains[i].hiddenGaps.contains(where: { gap in
      Dash.isSeen(in: pixels(gap.crop), at: gap, beside: pixels(crops[i][0]))
    }) {
      transcripts[i] = []
    }
    open.removeAll { transcripts[$0].isEmpty }
  }

  /// The single digits that are read as the only detected digit of a stack: those that are probably numbers alone and
  /// not part of another number.
  private func stacks(beside open: [Int]) -> [Int] {
    let likely = open.filter { reading($0).likeliest >= Cascade.likelyWhole }
    let alone = Set(likely.map { chains[$0].digits })
    let parts = Set(likely.filter { chains[$0].digits.count > 1 }.flatMap { chains[$0].digits })
    return chains.indices.filter { i in
      chains[i].leastLength > 1 && alone.contains(chains[i].digits) && !parts.contains(chains[i].digits[0])
    }
  }

  /// Reads chains with the other networks, and drops those in which the networks together find no probable text.
  private mutating func readByOthers(_ open: inout [Int]) {
    readOwnCrops(of: open, networks: 1..<recogniser.engines.count)
    open.removeAll { reading($0).likeliest < Cascade.leastLikely }
  }

  /// Reads the wider crops of chains on which the networks and the detector disagree, with the first network.
  private mutating func readWiderCrops(of open: [Int]) {
    let wider = open.filter { !reading($0).agrees(by: Cascade.certain) }.flatMap { i in
      crops[i].dropFirst().map { (chain: i, crop: $0) }
    }
    let read = recogniser.transcripts(of: wider.map(\.crop), networks: 0..<1, threads: threads, pixels: pixels)
    for (wider, read) in zip(wider, read) { transcripts[wider.chain].append(read) }
  }
}

extension Cascade {
  /// The constants of this file that affect which numbers are read, by name; see ``NumberReader/identity``.
  static let constants: [String: [Double]] = [
    "least_likely": [leastLikely], "least_likely_at_first": [leastLikelyAtFirst], "certain": [certain],
    "likely_whole": [likelyWhole],
  ]
}
