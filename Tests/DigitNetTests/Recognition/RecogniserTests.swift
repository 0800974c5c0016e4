import DigitNet
import TestSupport
import Testing

/// Crops are read side by side as if each were alone.
@Suite struct RecogniserTests {
  @Test(arguments: EngineTests.runnable)
  func whatIsReadInACropDoesNotDependOnTheOthers(kernels: String) throws {
    let kernels = try #require(Kernels.named(kernels))
    let recogniser = try #require(try Recogniser(model: shippedModel(), kernels: kernels))
    var generator = SeededGenerator(seed: 17)
    let image = Image.random(width: 700, height: 300, using: &generator)
    let crops = (0..<11).map { i in
      Crop(around: (0...i % 5).map { Box(left: 40 * i + 18 * $0, top: 20 * i, width: 16, height: 24 + i) })
    }
    #expect(Set(crops.map(\.width)) == Set(Crop.widths))
    let alone = crops.map { recogniser.transcripts(of: $0, in: image).map { $0.likeliest(4).map(\.probability) } }
    for threads in [1, 2] {
      let together = recogniser.transcripts(of: crops, threads: threads) { $0.pixels(of: image) }
      #expect(together.map { $0.map { $0.likeliest(4).map(\.probability) } } == alone)
    }
    let second = recogniser.transcripts(of: crops, networks: 1..<2) { $0.pixels(of: image) }
    #expect(second.map { $0.map { $0.likeliest(4).map(\.probability) } } == alone.map { [$0[1]] })
  }
}
