import DigitNet

/// Links digits into paths, shortest links first, so that a digit between two others is never skipped.
struct Paths {
  let reach: Reach

  /// The maximum number of links from a digit; the next digit of a number is its first or second neighbour.
  private static let mostLinks = 8

  /// A link from a digit to one that may follow it.
  private struct Link: Comparable {
    /// Half the distance from centre to centre along the picture's sides, in digit heights. Distance beside counts less
    /// than distance below, because numbers are mostly written in lines.
    let length: Double
    let from, to: Int

    static func < (a: Link, b: Link) -> Bool { (a.length, a.from, a.to) < (b.length, b.from, b.to) }
  }

  /// The paths in reading order; a digit without neighbours is a path of one. The digits must be sorted from left to
  /// right.
  ///
  /// The cost grows with the number of digits times the number of digits near each.
  package func paths(of digits: [Digit]) -> [[Digit]] {
    var next: [Int?] = Array(repeating: nil, count: digits.count)
    var previous = next
    // For each end of a path, the index of its other end.
    var ends = Array(digits.indices)
    func turns(_ a: Int?, _ b: Int, _ c: Int?) -> Bool {
      guard let a, let c else { return false }
      return !reach.allows(from: digits[a].box, by: digits[b].box, to: digits[c].box)
    }
    for link in links(of: digits).sorted() where next[link.from] == nil && previous[link.to] == nil {
      let (a, b) = (link.from, link.to)
      guard ends[a] != b, !turns(previous[a], a, b), !turns(a, b, next[b]) else { continue }
      (next[a], previous[b]) = (b, a)
      let (first, last) = (ends[a], ends[b])
      (ends[first], ends[last]) = (last, first)
    }
    return digits.indices.filter { previous[$0] == nil }.map { first in
      sequence(first: first) { next[$0] }.map { digits[$0] }
    }
  }

  /// The shortest links from each digit, at most ``Paths/mostLinks``.
  private func links(of digits: [Digit]) -> [Link] {
    let tallest = digits.map(\.box.height).max() ?? 0
    let widest = digits.map(\.box.width).max() ?? 0
    // Twice the horizontal distance beyond which no digit is within reach.
    let beyond = 3 * tallest + 2 * widest
    var start = 0
    return digits.indices.flatMap { i -> [Link] in
      let a = digits[i].box
      while digits[start].box.middle.x < a.middle.x - beyond { start += 1 }
      let near = digits[start...].indices.prefix { digits[$0].box.middle.x <= a.middle.x + beyond }
      let links = near.filter { $0 != i && reach.allows(a, digits[$0].box) }.map { j in
        Link(length: Paths.length(a, digits[j].box), from: i, to: j)
      }
      return links.count > Paths.mostLinks ? Array(links.sorted().prefix(Paths.mostLinks)) : links
    }
  }

  private static func length(_ a: Box, _ b: Box) -> Double {
    Double(2 * abs(b.middle.x - a.middle.x) + 3 * abs(b.middle.y - a.middle.y)) / Double(a.height + b.height)
  }
}

extension Paths {
  /// The constants of this file that affect which numbers are read, by name; see ``NumberReader/identity``.
  static let constants: [String: [Double]] = ["most_links": [Double(mostLinks)]]
}
