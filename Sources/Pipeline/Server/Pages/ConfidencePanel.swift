import StreetCore
import StreetLedger

/// A panel with a histogram of all confidences, and the share kept and the expected precision at a threshold.
struct ConfidencePanel {
  let confidences: ConfidenceCounts
  /// The threshold, in 1/10,000.
  let least: Int

  private static let (bins, width, height, foot) = (20, 400, 130, 28)

  var html: HTML {
    let hundredth = min(least / 100, 100)
    let (kept, all) = (confidences.kept(from: hundredth), confidences.count)
    return """
      <section aria-labelledby="sureness"><h2 id="sureness">Confidence of all numbers</h2>
      \(chart(from: hundredth))
      <div hidden><label><span>Threshold</span><input type="range" id="threshold" min="0" max="100" step="1" value="\(hundredth)"></label></div>
      <dl class="facts number"><dt>From</dt><dd id="at">\(Sureness.text(least))</dd>
      <dt>Kept</dt><dd id="kept">\(all == 0 ? "–" : percent(Double(kept) / Double(all)))</dd>
      <dt>Expected precision</dt><dd id="precision">\(confidences.expectedPrecision(from: hundredth).map(percent) ?? "–")</dd></dl>
      <p class="faint">Of \(grouped(all)) numbers as they were read. The precision is the mean confidence of what is kept; \
      <a href="/review">a random sample</a> measures it.</p></section>
      """
  }

  private func chart(from least: Int) -> HTML {
    let counts = confidences.counts
    let bars = (0..<Self.bins).map { bin in counts[(5 * bin)..<(bin == Self.bins - 1 ? 101 : 5 * bin + 5)].reduce(0, +)
    }
    let most = max(bars.max() ?? 0, 1)
    let step = Self.width / Self.bins
    let drawn: [HTML] = bars.enumerated().map { bin, count in
      // A bar of a non-empty bin is at least one pixel high.
      let high = count == 0 ? 0 : max(1, Self.height * count / most)
      return """
        <rect data-bin="\(5 * bin)" class="\(Sureness.kind(500 * bin))\(5 * bin < least ? " out" : "")" x="\(bin * step + 1)" \
        y="\(Self.height - high)" width="\(step - 2)" height="\(high)"><title>\(Sureness.text(500 * bin)): \(count)</title></rect>
        """
    }
    let ticks: [HTML] = [(0, "start"), (25, "middle"), (50, "middle"), (75, "middle"), (100, "end")].map {
      tick, anchor in
      "<text x=\"\(Self.width * tick / 100)\" y=\"\(Self.height + 20)\" text-anchor=\"\(anchor)\">\(Sureness.text(100 * tick))</text>"
    }
    return """
      <svg class="histogram" viewBox="0 0 \(Self.width) \(Self.height + Self.foot)" role="img" \
      aria-label="Histogram of confidence: \(summary)" data-counts="\(list(counts))" data-sums="\(list(confidences.totals))">\
      \(drawn)<line x1="0" y1="\(Self.height)" x2="\(Self.width)" y2="\(Self.height)"/>\(ticks)</svg>
      """
  }

  private var summary: String {
    let (sure, likely) = (confidences.kept(from: 90), confidences.kept(from: 50))
    return "\(sure) of 0.90 or more, \(likely - sure) from 0.50 to 0.90, \(confidences.count - likely) below"
  }

  private func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ",") }
}

/// A proportion as a percentage with one decimal, such as `97.3 %`.
func percent(_ share: Double) -> String {
  let tenths = Int((share * 1_000).rounded())
  return "\(tenths / 10).\(tenths % 10) %"
}
