import DigitNetTraining
import Testing

/// The layers, by hand on numbers that can be checked in the head, and against plain loops.
@Suite struct LayerTests {
  @Test func aConvolutionEqualsPlainLoops() throws {
    var random = RandomSource(seed: 1)
    for (layer, input) in GradientTests.convolutions {
      var parameters = layer.parameters(for: input)
      for place in parameters.indices {
        for value in parameters[place].values.indices { parameters[place].values[value] = random.normal() }
      }
      let images = Tensor(images: 2, shape: input, values: (0..<2 * input.count).map { _ in random.normal() })
      let output = layer.output(of: images, parameters[...], .inference)
      #expect(try output.shape == layer.outputShape(of: input))
      for place in output.values.indices {
        let (filter, column) = (place % layer.filters, place / layer.filters % output.shape.columns)
        let row = place / layer.filters / output.shape.columns % output.shape.rows
        let image = place / output.shape.count
        let plain = sum(layer, images, parameters, image: image, row: row, column: column, filter: filter)
        #expect(abs(output.values[place] - plain) < 1e-4)
      }
    }
  }

  private func sum(
    _ layer: ConvolutionLayer, _ images: Tensor, _ parameters: [Parameter], image: Int, row: Int, column: Int,
    filter: Int
  ) -> Float {
    let inputs = images.shape.channels / layer.groups
    let group = filter / (layer.filters / layer.groups)
    var sum = parameters[1].values[filter]
    for dy in 0..<layer.rows {
      for dx in 0..<layer.columns {
        let (y, x) = (row * layer.stride - layer.padding + dy, column * layer.stride - layer.padding + dx)
        guard 0..<images.shape.rows ~= y, 0..<images.shape.columns ~= x else { continue }
        let cell = Array(images.cell(image: image, row: y, column: x))
        for input in 0..<inputs {
          let weight = parameters[0].values[((dy * layer.columns + dx) * inputs + input) * layer.filters + filter]
          sum += weight * cell[group * inputs + input]
        }
      }
    }
    return sum
  }

  @Test func aDenseLayerIsAConvolutionOverItsWholeInputToTheLastBit() {
    let input = Shape(rows: 7, columns: 5, channels: 3)
    var parameters = DenseLayer(outputs: 19).parameters(for: input)
    var random = RandomSource(seed: 2)
    for place in parameters.indices {
      for value in parameters[place].values.indices { parameters[place].values[value] = random.normal() }
    }
    let images = Tensor(images: 13, shape: input, values: (0..<13 * input.count).map { _ in random.normal() })
    let dense = DenseLayer(outputs: 19).output(of: images, parameters[...], .inference)
    let convolution = ConvolutionLayer(filters: 19, rows: 7, columns: 5).output(of: images, parameters[...], .inference)
    #expect(dense.values.map(\.bitPattern) == convolution.values.map(\.bitPattern))
  }

  @Test func poolingTakesEachWindow() {
    let image = Tensor(
      images: 1, shape: Shape(rows: 2, columns: 4, channels: 1), values: [1, 5, 2, 0, 3, 4, 7, 6])
    #expect(PoolingLayer(.maximum, size: 2).output(of: image, [], .inference).values == [5, 7])
    #expect(PoolingLayer(.average, size: 2).output(of: image, [], .inference).values == [3.25, 3.75])
  }

  @Test func paddingIsNoCellForTheLargestAndAZeroForTheMean() {
    let image = Tensor(images: 1, shape: Shape(channels: 1), values: [-4])
    #expect(PoolingLayer(.maximum, size: 3, padding: 1).output(of: image, [], .inference).values == [-4])
    #expect(
      abs(PoolingLayer(.average, size: 3, padding: 1).output(of: image, [], .inference).values[0] + 4.0 / 9) < 1e-6)
  }

  @Test func theFirstOfEqualLargestValuesTakesTheGradient() {
    let image = Tensor(images: 1, shape: Shape(rows: 1, columns: 2, channels: 1), values: [3, 3])
    var layer = PoolingLayer(.maximum, size: 1)
    layer.columns = 2
    let output = layer.output(of: image, [], .inference)
    let point = LayerPoint(input: image, output: output, mode: .inference)
    #expect(layer.gradients(at: point, [], output: output, needsInput: true).input?.values == [3, 0])
  }

  @Test func responseNormalisationIsThePapers() {
    let image = Tensor(images: 1, shape: Shape(channels: 3), values: [1, 2, 4])
    let layer = ResponseNormalisationLayer(channels: 3, offset: 1, scale: 1, power: 0.5)
    let output = layer.output(of: image, [], .inference).values
    let right: [Float] = [1 / Float(6).squareRoot(), 2 / Float(22).squareRoot(), 4 / Float(21).squareRoot()]
    for (value, expected) in zip(output, right) { #expect(abs(value - expected) < 1e-6) }
  }

  @Test func softmaxIsAShareAndTakesLargeInputs() {
    let image = Tensor(images: 1, shape: Shape(channels: 3), values: [1000, 1000, -1000])
    let shares = ActivationLayer(.softmax).output(of: image, [], .inference).values
    #expect(shares.prefix(2) == [0.5, 0.5] && shares[2] < 1e-30)
  }

  @Test func theSigmoidIsTheLogisticFunction() {
    #expect(Float(0).sigmoid == 0.5)
    for (x, y) in [(1, 0.731_058_58), (-2, 0.119_202_92), (5, 0.993_307_15), (-20, 2.061_153_6e-9)] as [(Float, Float)]
    {
      #expect(abs(x.sigmoid - y) < 2e-7 * max(y, 1e-7) * 10)
    }
    #expect(Float(1000).sigmoid == 1 && Float(-1000).sigmoid < 1e-30 && Float.nan.sigmoid.isNaN)
  }

  @Test func dropoutLeavesOutItsShareAndKeepsTheMean() {
    let image = Tensor(images: 1, shape: Shape(channels: 10_000), repeating: 1)
    let layer = DropoutLayer(rate: 0.25)
    let values = layer.output(of: image, [], .training(seed: 1)).values
    #expect(abs(values.count { $0 == 0 } - 2_500) < 150)
    #expect(values.allSatisfy { $0 == 0 || abs($0 - 4.0 / 3) < 1e-6 })
    #expect(layer.output(of: image, [], .training(seed: 2)).values != values)
    #expect(layer.output(of: image, [], .inference) == image)
  }

  @Test func aLayerThatDoesNotFitIsNamed() {
    let image = Shape(rows: 4, columns: 4, channels: 3)
    let wrong: [[any TrainableLayer]] = [
      [ConvolutionLayer(filters: 2, rows: 5, columns: 5)],
      [ConvolutionLayer(filters: 4, rows: 1, columns: 1, groups: 2)],
      [ConvolutionLayer(filters: 1, rows: 3, columns: 3, padding: 3)], [PoolingLayer(.maximum, size: 2, stride: 0)],
      [DenseLayer(outputs: 0)], [DropoutLayer(rate: 1)], [ResponseNormalisationLayer(channels: 4)], [],
      [PoolingLayer(.average, size: 3), DenseLayer(outputs: 2), PoolingLayer(.maximum, size: 2)],
    ]
    for layers in wrong {
      #expect {
        _ = try TrainableNetwork(input: image, layers: layers)
      } throws: {
        ($0 as? TrainingError)?.code == .shape
      }
    }
  }
}
