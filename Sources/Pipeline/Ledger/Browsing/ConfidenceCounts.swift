import GRDB
import StreetCore

/// How sure the numbers of the newest sets are, by hundredths.
package struct ConfidenceCounts: Sendable, Hashable {
  /// How many numbers have a confidence of each hundredth: 0.00 to 0.01, and so on; the last is 1.00.
  package var counts = Array(repeating: 0, count: 101)
  /// What their confidences add up to, in 1/10,000.
  package var totals = Array(repeating: 0, count: 101)

  /// Numbers of any confidence.
  package var count: Int { counts.reduce(0, +) }

  /// Numbers of a confidence of some hundredths or more.
  package func kept(from hundredth: Int) -> Int { counts.dropFirst(max(hundredth, 0)).reduce(0, +) }

  /// The share of those numbers that is right if confidences are what they should be: their mean; nil where there are none.
  package func expectedPrecision(from hundredth: Int) -> Double? {
    let kept = kept(from: hundredth)
    let total = totals.dropFirst(max(hundredth, 0)).reduce(0, +)
    return kept == 0 ? nil : Double(total) / Double(kept * Confidence.one)
  }
}

extension Store {
  /// How sure the numbers are. Costs a row for each hundredth of each source.
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
        counts.counts[hundredth] = try row.integer(1, in: 0...Int.max)
        counts.totals[hundredth] = try row.integer(2, in: 0...Int.max)
      }
      return counts
    }
  }
}
