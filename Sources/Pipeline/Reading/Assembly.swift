package import DigitNet

/// Puts digits of like height together to chains along paths: lines, level or slanted, arcs, diagonals, stacks.
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
  package let parameters: Parameters

  /// An assembly.
  public init(parameters: Parameters = Parameters()) {
    self.parameters = parameters
  }

  /// Digits of one picture that are looked at: far more than any street shows, so that no picture takes without end.
  package static let mostCandidates = 4096
  /// The most chains that a picture's digits make.
  package var mostChains: Int {
    2 * Assembly.mostCandidates * parameters.leastScores.count * Reach.allCases.count * Spacing.allCases.count
  }

  /// The chains that digits (surest first) make; of those made with one least score, one reach and one spacing, each digit
  /// belongs to one at most, or to two that differ in how its digits are upright.
  ///
  /// Of the digits the surest ``mostCandidates`` are looked at, so there are no more than ``mostChains``.
  package func chains(of digits: [Digit]) -> [Chain] {
    var known: Set<[Digit]> = []
    var found: [Chain] = []
    for least in parameters.leastScores {
      let usable = digits.filter { $0.score >= least }.prefix(Assembly.mostCandidates).sorted(by: Assembly.precedes)
      for reach in Reach.allCases {
        let paths = Paths(reach: reach).paths(of: usable)
        for spacing in Spacing.allCases {
          for part in paths.flatMap({ spacing.split($0) })
          where part.count <= parameters.mostDigits && known.insert(part).inserted {
            found += Chain.views(of: part)
          }
        }
      }
    }
    return found
  }

  /// From left to right; the rest is for an order that depends on nothing else.
  private static func precedes(_ a: Digit, _ b: Digit) -> Bool {
    (a.box.left + a.box.right, a.box, a.value, a.score) < (b.box.left + b.box.right, b.box, b.value, b.score)
  }
}

extension Assembly {
  /// What of the above decides numbers, by name; see ``NumberReader/identity``.
  static let constants: [String: [Double]] = ["most_candidates": [Double(mostCandidates)]]
}
