import GRDB
import StreetCore

/// The distribution of the confidences of the newest sets' numbers, in hundredths.
package struct ConfidenceCounts: Sendable, Hashable {
  /// The number of numbers for each hundredth of the confidence: 0.00 to 0.01, and so on; the last is 1.00.
  package var counts = Array(repeating: 0, count: 101)
  /// The sum of the confidences for each hundredth, in 1/10,000.
  package var totals = Array(repeating: 0, count: 101)

  /// The number of all numbers.
  package var count: Int { counts.reduce(0, +) }

  /// The number of numbers with a confidence of at least the given hundredth.
  package func kept(from hundredth: Int) -> Int { counts.dropFirst(max(hundredth, 0)).reduce(0, +) }

  /// The expected precision of those numbers if confidences are calibrated, which is their mean confidence; nil if
  /// there are none.
  package func expectedPrecision(from hundredth: Int) -> Double? {
    let kept = kept(from: hundredth)
    let total = totals.dropFirst(max(hundredth, 0)).reduce(0, +)
    return kept == 0 ? nil : Double(total) / Double(kept * Confidence.one)
  }
}

extension Store {
  /// The distribution of confidences. Costs one row per hundredth and source.
  package func confidenceCounts(within seconds: Double? = 1) throws(StoreError) -> ConfidenceCounts {
    try read(within: seconds) { db in
      var counts = ConfidenceCounts()
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT hundredth, sum(count), sum(total) FROM newest_sets JOIN confidence_counts USING (result_set_id) GROUP BY 1
          """)
      while let row = try rows.next() {
        let hundredth = try row.integer(0, in: 0...100)
        counts.counts[hundredth] = try row.amount(1)
        counts.totals[hundredth] = try row.amount(2)
      }
      return counts
    }
  }
}
