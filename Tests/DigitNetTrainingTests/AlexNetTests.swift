import DigitNet
import DigitNetTraining
import Testing

/// Both networks that go by the name of AlexNet.
@Suite struct AlexNetTests {
  private func graph(_ network: AlexNet) throws -> FeatureGraph {
    try FeatureGraph(TrainableNetwork(input: network.input, layers: network.layers))
  }

  @Test func parametersAndNeuronsAreThoseOfThePaper() throws {
    let original = try graph(.original)
    #expect(original.parameterCount == 60_965_224 && original.neuronCount == 659_272)
    let layers = original.nodes.filter { $0.parameterCount > 0 }.map(\.parameterCount)
    #expect(layers == [34_944, 307_456, 885_120, 663_936, 442_624, 37_752_832, 16_781_312, 4_097_000])
    #expect(original.shapes[0] == Shape(rows: 55, columns: 55, channels: 96))
    #expect(try graph(.torchvision).parameterCount == 61_100_840)
  }

  /// A file of one layer suffices to see which network it is of.
  @Test(arguments: [
    (AlexNet.original, "features.0.weight", "torchvision-alexnet"), (.torchvision, "conv1.weight", "name alexnet"),
  ])
  func theOtherNetworksFileIsRefusedWithTheReason(_ network: AlexNet, _ tensor: String, _ says: String) {
    let file = SafetensorsFile.of([tensor: [96, 3, 11, 11]])
    #expect(message { _ = try network.network(file: file) }.contains(says))
  }

  @Test func otherFilesAreRefused() throws {
    let tooSmall = SafetensorsFile.of(["conv1.weight": [96, 3, 11, 10]])
    #expect(
      message { _ = try AlexNet.original.network(file: tooSmall) }.contains(
        "F32 and shape [96, 3, 11, 11], but the file has one of"))
    let own = try TrainableNetwork(input: Shape(channels: 2), layers: [DenseLayer(outputs: 1)]).file()
    #expect(message { _ = try AlexNet.torchvision.network(file: own) }.contains("streetnum-network"))
    #expect(message { _ = try AlexNet.torchvision.network(file: Array(own.dropLast())) }.contains("truncated"))
  }

  @Test func aPhotographIsSeenInItsMiddle() {
    // Dark but for a bright square in the middle.
    let pixels = (0..<512 * 256 * 3).map { place -> UInt8 in
      let (x, y) = (place / 3 % 512, place / 3 / 512)
      return (240..<272).contains(x) && (112..<144).contains(y) ? 255 : 0
    }
    let view = AlexNet.torchvision.view(of: Image(width: 512, height: 256, pixels: pixels))
    #expect(view.width == 224 && view.height == 224)
    #expect(view.pixels[(112 * 224 + 112) * 3] == 255 && view.pixels[0] == 0)
    // Scaled whole, this strip would have 4,000 million pixels.
    let strip = (0..<65_535 * 3).map { (32_760 * 3..<32_776 * 3).contains($0) ? UInt8(200) : 0 }
    for (width, height) in [(1, 65_535), (65_535, 1)] {
      let middle = AlexNet.torchvision.view(of: Image(width: width, height: height, pixels: strip))
      #expect(middle.width == 224 && middle.height == 224 && middle.pixels.allSatisfy { $0 == 200 })
    }
    let numbers = AlexNet.torchvision.numbers(of: view).values
    #expect(abs(numbers[0] - -0.485 / 0.229) < 1e-5)
    #expect(
      AlexNet.original.numbers(
        of: AlexNet.original.view(of: Image(width: 300, height: 300, pixels: [UInt8](repeating: 100, count: 270_000)))
      ).values[2] == 100 - 255 * 0.406)
  }

  @Test func resamplingKeepsEvenPicturesAndSizes() {
    let grey = Image(width: 31, height: 17, pixels: [UInt8](repeating: 77, count: 31 * 17 * 3))
    for size in [ImageSize(width: 7, height: 5), ImageSize(width: 64, height: 40), ImageSize(width: 31, height: 17)] {
      let result = grey.resampled(to: size)
      #expect(result.size == size && result.pixels.allSatisfy { $0 == 77 })
    }
    // Two pixels of one: the mean.
    let pair = Image(width: 2, height: 1, pixels: [0, 0, 0, 100, 100, 100])
    #expect(pair.resampled(to: ImageSize(width: 1, height: 1)).pixels == [50, 50, 50])
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return (error as? TrainingError)?.message ?? "\(error)"
    }
  }
}
