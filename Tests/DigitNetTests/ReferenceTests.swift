import DigitNet
import Testing

/// The reference's layers, by hand on numbers that can be checked in the head.
@Suite struct ReferenceTests {
  /// A map of one channel from rows of numbers.
  private func map(_ rows: [[Int32]]) -> FeatureMap {
    var map = FeatureMap(rows: rows.count, columns: rows[0].count, channels: 1)
    map.values = rows.flatMap { $0 }
    return map
  }

  private func convolution(
    _ weights: [Int8], kernel: Int, stride: Int = 1, padding: Int = 0, activation: Layer.Activation = .none
  ) -> Layer {
    Layer(
      name: "layer", inputs: [0],
      operation: .convolution(
        .init(
          window: .init(rows: kernel, columns: kernel, stride: stride, padding: padding), inputChannels: 1,
          outputChannels: 1, weights: weights, bias: [1], multiplier: [0.5], activation: activation)))
  }

  @Test func aConvolutionAddsUpItsWindowWithZerosAroundThePicture() {
    let output = Reference.output(
      of: convolution(Array(repeating: 1, count: 9), kernel: 3, padding: 1), for: [map([[1, 2], [3, 5]])])
    // 1 + 2 + 3 + 5 and the bias 1, halved.
    #expect(output.values == [6, 6, 6, 6])
  }

  @Test func roundingIsToNearestAndTiesGoToEven() {
    let layer = convolution([1], kernel: 1)
    // Sums 1, 2, 3, 4, 6 (with the bias) halve to 0.5, 1, 1.5, 2, 3.
    #expect(Reference.output(of: layer, for: [map([[0, 1, 2, 3, 5]])]).values == [0, 1, 2, 2, 3])
  }

  @Test func reluClampsToSevenBits() {
    let layer = convolution([-3], kernel: 1, activation: .relu)
    #expect(Reference.output(of: layer, for: [map([[9, 0]])]).values == [0, 0])
    let strong = convolution([127], kernel: 1, activation: .relu)
    #expect(Reference.output(of: strong, for: [map([[127, 1]])]).values == [127, 64])
  }

  @Test func aDenseLayerIsAConvolutionOverItsWholeInputAndSlides() {
    let layer = convolution([1, 2, 3, 4], kernel: 2)
    #expect(Reference.output(of: layer, for: [map([[2, 1], [0, 1]])]).values == [4])
    let slid = Reference.output(of: layer, for: [map([[2, 1, 0], [0, 1, 0]])])
    #expect(slid.columns == 2 && slid.values[0] == 4)
  }

  @Test func stridesAndPoolingTakeEachWindow() {
    let picture = map([[1, 5, 2, 0], [3, 4, 7, 6]])
    let window = Layer.Window(rows: 2, columns: 2, stride: 2, padding: 0)
    let largest = Reference.output(
      of: Layer(name: "max", inputs: [0], operation: .maximumPooling(window)), for: [picture])
    #expect(largest.values == [5, 7])
    let mean = Reference.output(
      of: Layer(name: "mean", inputs: [0], operation: .averagePooling(window)), for: [picture])
    #expect(mean.values == [3, 4])  // 13 / 4 and 15 / 4
  }

  @Test func enlargingRepeatsAndAddingSaturates() {
    let large = Reference.output(
      of: Layer(name: "wide", inputs: [0], operation: .enlarge(factor: 2)), for: [map([[1, 2]])])
    #expect(large.values == [1, 1, 2, 2, 1, 1, 2, 2])
    let sum = Reference.output(
      of: Layer(name: "sum", inputs: [0, 1], operation: .add), for: [map([[100, 3]]), map([[100, 4]])])
    #expect(sum.values == [127, 7])
  }

  @Test func sigmoidGivesProbabilities() {
    #expect(Sigmoid.probability(0) == 5000)
    #expect(Sigmoid.probability(256) == 7311)  // 1 / (1 + 1/e)
    #expect(Sigmoid.probability(-256) == 2689)
    #expect(Sigmoid.probability(100_000) == 10_000 && Sigmoid.probability(-100_000) == 0)
    for probability in [1, 500, 5000, 7312, 9999] {
      let logit = Sigmoid.logit(probability)
      #expect(Sigmoid.probability(logit) >= probability && Sigmoid.probability(logit - 1) < probability)
    }
  }
}
