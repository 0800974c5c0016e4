import Pipeline
import Testing

@Suite("Shares")
struct ShareTests {
  @Test(
    "Wilson's 95 % interval, as tables and other programs give it",
    arguments: [
      (419, 500, 0.8031, 0.8677), (66, 68, 0.8990, 0.9919), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1),
      (1, 1, 0.2065, 1),
    ])
  func interval(hits: Int, count: Int, lower: Double, upper: Double) {
    let interval = Share(hits, of: count).interval
    #expect(abs(interval.lowerBound - lower) < 0.00005)
    #expect(abs(interval.upperBound - upper) < 0.00005)
  }

  @Test("Of nothing, the share is 0 and may be any")
  func nothing() {
    #expect(Share(0, of: 0).value == 0)
    #expect(Share(0, of: 0).interval == 0...1)
  }
}
