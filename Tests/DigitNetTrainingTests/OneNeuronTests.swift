import DigitNetTraining
import Foundation
import Testing

/// The page OneNeuron.md: its code is compiled here, and does what the page says.
@Suite struct OneNeuronTests {
  @Test func theNeuronDecidesAndLearns() throws {
    var light = try TrainableNetwork(
      input: Shape(channels: 2), layers: [DenseLayer(outputs: 1), ActivationLayer(.threshold)])
    light.setValues([1, -1], ofParameter: 0)  // the weights of green and red
    light.setValues([-0.5], ofParameter: 1)  // the bias

    let lamps: [Float] = [1, 0, 0, 1, 1, 1, 0.4, 0]  // green, red; green, red; ...
    let lights = Tensor(images: 4, shape: Shape(channels: 2), values: lamps)
    let decisions = light.output(of: lights).values  // 1, 0, 0, 0

    #expect(decisions == [1, 0, 0, 0])

    var unsure = try TrainableNetwork(
      input: Shape(channels: 2), layers: [DenseLayer(outputs: 1), ActivationLayer(.sigmoid)])
    unsure.setValues([1, -1], ofParameter: 0)
    unsure.setValues([-0.5], ofParameter: 1)
    let shares = unsure.output(of: lights).values  // 0.62, 0.18, 0.38, 0.48

    #expect(shares.map { String(format: "%.2f", $0) } == ["0.62", "0.18", "0.38", "0.48"])

    let examples = LabelledImages(
      shape: Shape(channels: 2), pixels: [255, 0, 0, 255, 255, 255, 90, 0, 230, 20, 60, 200],
      labels: [0, 1, 1, 1, 0, 1])
    let beginner = try TrainableNetwork(
      input: Shape(channels: 2), layers: [DenseLayer(outputs: 1), ActivationLayer(.sigmoid)], .normal, seed: 1)
    var options = Training.Options()
    options.loss = .crossEntropy
    options.batch = 1
    options.rate = .constant(1)
    var training = Training(beginner, options, seed: 1)
    for _ in 0..<300 { _ = try training.runEpoch(on: examples, threads: 1) }
    let learned = training.network.output(of: lights).values  // near 1, 0, 0, 0

    #expect(learned[0] > 0.95 && learned.dropFirst().allSatisfy { $0 < 0.1 })

    let weights = training.network.parameters[0].values  // green above 5, red below -5

    #expect(weights[0] > 5 && weights[1] < -5 && training.network.parameters[1].values[0] < 0)
  }

  @Test func thePageHasThisCode() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
    let page = try String(
      contentsOf: root.appendingPathComponent("Sources/DigitNetTraining/DigitNetTraining.docc/OneNeuron.md"),
      encoding: .utf8)
    let lines = try String(contentsOfFile: #filePath, encoding: .utf8).split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let test = lines.joined(separator: "\n")
    let blocks = page.matches(of: /```swift\n([^`]*)```/).map { match in
      match.1.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
    #expect(blocks.count == 5)
    for block in blocks { #expect(test.contains(block)) }
  }
}
