public import DigitNet

/// Puts digits together to chains of like height that stand in a line, upright, slanted or stacked.
public struct Assembly: Sendable {
  /// What changes which chains are made.
  public struct Parameters: Sendable, Hashable {
    /// The least scores, in 1/10,000, of digits that make chains. For each one chains are made anew: a weak digit may be
    /// the one that was missing from a number, or one too many, and which it is shows in the whole.
    public var leastScores = [5000, 3000]
    /// Most digits of a house number; longer chains are something else (telephone numbers, prices) and are dropped.
    public var mostDigits = 6

    /// The defaults.
    public init() {}
  }

  /// What changes the result.
  public let parameters: Parameters

  /// An assembly.
  public init(parameters: Parameters = Parameters()) {
    self.parameters = parameters
  }

  /// Digits of one picture that are looked at: far more than any street shows, so that no picture takes without end.
  public static let mostCandidates = 4096

  /// The chains that digits (surest first) make; of those made with one least score and one spacing, each digit belongs to
  /// one at most.
  ///
  /// Costs the square of the digits' count, of which the surest ``mostCandidates`` are looked at.
  public func chains(of digits: [Digit]) -> [Chain] {
    parameters.leastScores.reduce(into: []) { found, least in
      let usable = digits.filter { $0.score >= least }.prefix(Assembly.mostCandidates).sorted(by: Assembly.precedes)
      let lines = Links(direction: .across).chains(of: usable)
      for spacing in Spacing.allCases {
        let known = Set(found)
        found += chains(of: lines.flatMap { spacing.split($0) }).filter { !known.contains($0) }
      }
    }
  }

  /// Chains of lines, and of stacks of what stands alone in its line.
  private func chains(of lines: [[Digit]]) -> [Chain] {
    let singles = lines.filter { $0.count == 1 }.flatMap { $0 }.sorted(by: Assembly.precedes)
    let stacks = Links(direction: .down).chains(of: singles)
    return
      (lines.filter { $0.count > 1 }.map { Chain(digits: $0, isStack: false) }
      + stacks.map { Chain(digits: $0, isStack: $0.count > 1) })
      .filter { $0.digits.count <= parameters.mostDigits }
  }

  /// From left to right; the rest is for an order that depends on nothing else.
  private static func precedes(_ a: Digit, _ b: Digit) -> Bool {
    (a.box.left + a.box.right, a.box, a.value, a.score) < (b.box.left + b.box.right, b.box, b.value, b.score)
  }
}
