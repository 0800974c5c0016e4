import Foundation

/// A histogram of confidences, in the colours of the page that contains it.
struct ConfidenceHistogram {
  /// The count of numbers in each twentieth from 0 to 1.
  let counts: [Int]

  private static let (width, height, foot, head) = (720.0, 170.0, 36.0, 22.0)

  var svg: String {
    let most = Double(max(counts.max() ?? 0, 1))
    let step = Self.width / Double(counts.count)
    var parts: [String] = []
    for (index, count) in counts.enumerated() {
      let left = Double(index) * step
      let high = Self.height * Double(count) / most
      let kind = index >= 18 ? "sure" : index >= 10 ? "likely" : "unsure"
      let top = Self.head + Self.height - high
      parts.append(
        "<rect class=\"\(kind)\" x=\"\(Self.figure(left + 1.5))\" y=\"\(Self.figure(top))\" width=\"\(Self.figure(step - 3))\" "
          + "height=\"\(Self.figure(high))\" rx=\"2\"/>")
      if count > 0 {
        parts.append(
          "<text x=\"\(Self.figure(left + step / 2))\" y=\"\(Self.figure(top - 4))\" text-anchor=\"middle\">\(Self.short(count))</text>"
        )
      }
    }
    let base = Self.head + Self.height
    parts.append("<line x1=\"0\" y1=\"\(base)\" x2=\"\(Self.width)\" y2=\"\(base)\"/>")
    for (share, anchor) in [
      (0.0, "start"), (0.2, "middle"), (0.5, "middle"), (0.7, "middle"), (0.9, "middle"), (1, "end"),
    ] {
      parts.append(
        "<text class=\"tick\" x=\"\(Self.figure(share * Self.width))\" y=\"\(base + 28)\" text-anchor=\"\(anchor)\">\(share)</text>"
      )
    }
    return "<svg class=\"histogram\" viewBox=\"0 0 \(Self.width) \(base + Self.foot)\" role=\"img\" "
      + "aria-label=\"Histogram of confidence\">\(parts.joined())</svg>"
  }

  private static func short(_ count: Int) -> String {
    switch count {
    case 1_000_000...: "\(count / 1_000_000)M"
    case 10_000...: "\(count / 1_000)k"
    default: String(count)
    }
  }

  private static func figure(_ value: Double) -> String { String(format: "%g", (value * 10).rounded() / 10) }
}
