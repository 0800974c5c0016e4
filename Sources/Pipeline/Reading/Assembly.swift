package import DigitNet

/// Groups digits of similar height into chains along paths: lines, level or slanted, arcs, diagonals and stacks.
public struct Assembly: Sendable {
  /// The parameters that affect which chains are formed.
  public struct Parameters: Sendable, Hashable {
    /// The minimum scores, in 1/10,000, of digits that form chains. Chains are formed once for each of them: a weak
    /// digit may be missing from a number, or may not belong to it, and the recogniser decides which.
    public var leastScores = [5000, 3000]
    /// The maximum number of digits of a house number; longer chains, such as telephone numbers and prices, are
    /// dropped.
    public var mostDigits = 6

    /// The defaults.
    public init() {}
  }

  /// The parameters of grouping.
  package let parameters: Parameters

  /// An assembly with the given parameters.
  public init(parameters: Parameters = Parameters()) {
    self.parameters = parameters
  }

  /// The maximum number of digits per picture that are grouped. It is far above what any street shows, and bounds the
  /// running time.
  package static let mostCandidates = 4096
  /// The maximum number of chains per picture.
  package var mostChains: Int {
    2 * Assembly.mostCandidates * parameters.leastScores.count * Reach.allCases.count * Spacing.allCases.count
  }

  /// The chains of a picture's digits, which must be sorted by descending score. Among the chains for one minimum
  /// score, one reach and one spacing, each digit belongs to at most one chain, or to two that differ only in
  /// ``Chain/isUpright``.
  ///
  /// Only the first ``mostCandidates`` digits are used, so there are at most ``mostChains`` chains.
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

  /// Sorts from left to right; the other keys make the order total and therefore reproducible.
  private static func precedes(_ a: Digit, _ b: Digit) -> Bool {
    (a.box.left + a.box.right, a.box, a.value, a.score) < (b.box.left + b.box.right, b.box, b.value, b.score)
  }
}

extension Assembly {
  /// The constants of this file that affect which numbers are read, by name; see ``NumberReader/identity``.
  static let constants: [String: [Double]] = ["most_candidates": [Double(mostCandidates)]]
}
