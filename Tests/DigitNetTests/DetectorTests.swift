import DigitNet
import TestSupport
import Testing

/// How the work is split, and where the gate lets the detector look, never changes what is seen there.
@Suite struct DetectorTests {
  private func detector(exhaustive: Bool, enlargedBelow: Int = 1_000_000) throws -> Detector {
    var parameters = Detector.Parameters()
    parameters.enlargedBelow = enlargedBelow
    parameters.exhaustive = exhaustive
    parameters.leastScore = 100  // so that something is seen in noise
    return try Detector(model: shippedModel(), kernels: .best, parameters: parameters)
  }

  private func scene() -> Image {
    var generator = SeededGenerator(seed: 31)
    let noise = Image.random(width: 330, height: 410, using: &generator)
    return noise.enlarged().enlarged()  // several bands of rows
  }

  @Test(arguments: [false, true])
  func anyNumberOfThreadsSeesTheSameDigits(exhaustive: Bool) throws {
    let detector = try detector(exhaustive: exhaustive)
    let scene = scene()
    let digits = detector.digits(in: scene)
    for threads in [2, 3, 7] { #expect(detector.digits(in: scene, threads: threads) == digits, "\(threads) threads") }
    if exhaustive { #expect(digits.count > 10) }
  }

  @Test(arguments: [1, 700, 767, 768, 769, 800, 870, 1535, 1540, 1600, 1637])
  func aPictureReadRowByRowShowsTheSameDigitsToItsLastRow(height: Int) throws {
    var generator = SeededGenerator(seed: 41)
    let image = Image.random(width: 90, height: height, using: &generator)
    let detector = try detector(exhaustive: true, enlargedBelow: 0)
    let digits = detector.digits(in: image)
    #expect(detector.digits(of: image) == digits)
    if height > 700 { #expect(digits.contains { $0.box.bottom > height - 32 }) }
  }

  @Test func theGateLeavesOutPlacesAndChangesNone() throws {
    let scene = scene()
    let gate = try #require(try detector(exhaustive: false).gate)
    let engine = try detector(exhaustive: true).engine
    let region = gate.narrowed(
      Region(width: scene.width, height: scene.height, side: gate.engine.network.stride), of: Band(scene))
    let (whole, part) = (engine.output(for: scene), engine.output(for: scene, region: region))
    #expect(zip(whole.values, part.values).allSatisfy { $1 == 0 || $0 == $1 })
    #expect(whole.values.count(where: { $0 != 0 }) > 2 * part.values.count(where: { $0 != 0 }))
  }

  @Test func theGateDecidesOnTheLevelsGridWhateverRowsAreAtHand() throws {
    let gate = try #require(try detector(exhaustive: false).gate)
    let scene = scene()
    func region(blockRows: Range<Int>? = nil) -> Region {
      let every = Region(
        width: scene.width, height: scene.height, side: gate.engine.network.stride, blockRows: blockRows)
      return gate.narrowed(every, of: Band(scene))
    }
    let whole = region()
    for first in [0, 17, whole.rows - 9] {
      let part = region(blockRows: first..<(first + 9))
      for row in first..<(first + 9) { #expect(part.spans(inRow: row) == whole.spans(inRow: row)) }
    }
  }

  @Test(arguments: [1, 40, 900, 1700])
  func theEvidenceOfEachLevelIsWhatTheNetworkSaysThere(height: Int) throws {
    var generator = SeededGenerator(seed: 43)
    let image = Image.random(width: 70, height: height, using: &generator)
    let detector = try detector(exhaustive: true, enlargedBelow: height > 1000 ? 0 : 1_000_000)
    let levels = Array(Pyramid(image, enlarged: height <= 1000))
    let evidence = detector.evidence(of: image)
    #expect(evidence.map(\.exponent) == levels.map(\.exponent))
    for (level, map) in zip(levels, evidence) {
      let output = detector.engine.output(for: level.image)
      #expect(map.rows == output.rows && map.columns == output.columns)
      for row in 0..<output.rows {
        for column in 0..<output.columns {
          let best = (0..<10).map { Int(output[row, column, $0]) }.max() ?? 0
          let score = Int(map.scores[row * map.columns + column])
          #expect(score == Sigmoid.probability(best) * 255 / Sigmoid.one)
        }
      }
    }
  }

  @Test func evidenceBetweenCellsIsInProportion() throws {
    let detector = try detector(exhaustive: true, enlargedBelow: 0)
    var generator = SeededGenerator(seed: 47)
    let map = try #require(detector.evidence(of: Image.random(width: 64, height: 64, using: &generator)).first)
    let (side, scores) = (Double(map.stride), map.scores.prefix(2).map { Double($0) / 255 })
    #expect(map.probability(x: side / 2, y: side / 2) == scores[0])
    #expect(abs(map.probability(x: side, y: 0) - (scores[0] + scores[1]) / 2) < 1e-9)
    #expect(map.probability(x: -100, y: -100) == scores[0])
  }
}
