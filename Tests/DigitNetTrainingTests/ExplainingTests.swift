import DigitNet
import DigitNetTraining
import Foundation
import Testing

/// What explanations rest on: scores, influence, patches, dreams.
@Suite struct ExplainingTests {
  @Test(arguments: [Score.text([1, 1], unit: 4), .text([2], unit: 1), .text([], unit: 1), .text([0, 3, 1], unit: 2)])
  func aSpellingsDerivativesEqualFiniteDifferences(_ score: Score) {
    var random = RandomSource(seed: 4)
    let shape = Shape(rows: 1, columns: 7, channels: 5)
    let logits = Tensor(images: 1, shape: shape, values: (0..<shape.count).map { _ in 2 * random.normal() })
    let (values, gradient) = score.evaluate(logits)
    #expect(values[0] < 0)
    for place in logits.values.indices {
      var (more, less) = (logits, logits)
      more.values[place] += 1.0 / 64
      less.values[place] -= 1.0 / 64
      let difference = 32 * (score.evaluate(more).values[0] - score.evaluate(less).values[0])
      #expect(abs(gradient.values[place] - difference) < 2e-3)
    }
  }

  /// The probabilities of all texts that three columns can spell add up to 1, and agree with the recogniser's.
  @Test func spellingsAreThoseOfTheRecogniser() {
    var random = RandomSource(seed: 6)
    let columns = (0..<3).map { _ in (0..<11).map { _ in random.below(2000) - 1000 } }
    let transcript = Transcript(
      logits: columns, crop: Crop(around: [Box(left: 0, top: 0, width: 20, height: 30)]), stride: 4)
    let tensor = Tensor(
      images: 1, shape: Shape(rows: 1, columns: 3, channels: 11), values: columns.joined().map { Float($0) })
    for text in [[], [7], [1, 2], [3, 3], [4, 0, 9]] {
      let logarithm = Score.text(text, unit: 256).evaluate(tensor).values[0]
      let probability = transcript.probability(of: text)
      #expect(abs(Double(logarithm) - log(probability)) < 1e-3)
    }
  }

  @Test func theMiddleIsOneCellOrTwo() {
    let shape = Shape(rows: 3, columns: 4, channels: 2)
    let map = Tensor(images: 1, shape: shape, values: (0..<24).map(Float.init))
    let middle = Score.middle(channel: 1).evaluate(map)
    #expect(middle.values == [12] && middle.gradient.values.filter { $0 == 0.5 }.count == 2)
    let largest = Score.largest(channel: 0).evaluate(map)
    #expect(largest.values == [22] && largest.gradient.values[22] == 1)
  }

  /// A network that looks for one bright pixel: both explanations point at it.
  private func spot() throws -> FeatureGraph {
    var network = try TrainableNetwork(
      input: Shape(rows: 9, columns: 9, channels: 1), layers: [DenseLayer(outputs: 2), ActivationLayer(.sigmoid)])
    var weights = [Float](repeating: 0, count: 162)
    weights[2 * (4 * 9 + 6)] = 3
    network.setValues(weights, ofParameter: 0)
    return try FeatureGraph(network)
  }

  @Test func gradientAndOcclusionPointAtWhatCounts() throws {
    let graph = try spot()
    var picture = Tensor(images: 1, shape: graph.input)
    picture.values[4 * 9 + 6] = 1
    let gradient = graph.sensitivity(of: .largest(channel: 0), at: 0, in: picture)
    #expect(gradient.score == 3 && gradient.map.values.enumerated().allSatisfy { ($0 == 42) == ($1 == 3) })
    let occlusion = graph.occlusion(of: .largest(channel: 0), at: 0, in: picture, side: 3, step: 1, threads: 2)
    let most = occlusion.map.values.max() ?? 0
    #expect(occlusion.map.values[42] == most && most > 2.9)
    #expect(occlusion.map.values[0] == 0 && occlusion.map.values.filter { $0 > 0 }.count == 25)
  }

  @Test func aDreamRaisesTheScoreAndIsTheSameForASeed() throws {
    let graph = try FeatureGraph(Recipe.hidden15.network(seed: 3))
    var options = Dream.Options()
    (options.steps, options.jitter) = (10, 1)
    let dream = Dream(graph, at: graph.lastSums, .middle(channel: 7), options)
    let pictures = dream.pictures(seed: 1)
    #expect(pictures.count == 5 && pictures == dream.pictures(seed: 1) && pictures != dream.pictures(seed: 2))
    #expect(dream.score(of: pictures[4]) > dream.score(of: pictures[0]) + 1)
    #expect(pictures.allSatisfy { $0.values.allSatisfy { 0...1 ~= $0 } })
  }

  @Test func theStrongestPatchesAreFoundAcrossPictures() throws {
    var network = try TrainableNetwork(
      input: Shape(rows: 12, columns: 12, channels: 1),
      layers: [ConvolutionLayer(filters: 2, rows: 3, columns: 3), ActivationLayer(.relu)])
    // A bright dot, and a dark one.
    network.setValues((0..<9).flatMap { $0 == 4 ? [Float(8), -8] : [-1, 1] }, ofParameter: 0)
    var search = try StrongestPatches(FeatureGraph(network), layer: "relu1", features: 5, count: 2)
    for (place, brightness) in [(30, Float(0.5)), (90, 1), (65, 0.8)] {
      var picture = Tensor(images: 1, shape: network.input)
      picture.values[place] = brightness
      try search.take(picture)
    }
    let patches = search.patches(threads: 2)
    #expect(patches.count == 2 && patches[0].map(\.value) == [8, 6.4])
    #expect(patches[0][0].pixels.values[patches[0][0].pixels.values.count / 2] == 1)
    let responsible = patches[0][0].responsible.values
    #expect(responsible[responsible.count / 2] == responsible.max())
    #expect(patches[1].allSatisfy { $0.value <= 1 })
    #expect(throws: TrainingError.self) { try StrongestPatches(FeatureGraph(network), layer: "no", features: 1) }
  }
}
