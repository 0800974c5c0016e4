import DigitNet
import DigitNetWeights
import Foundation
import TestSupport
import Testing

/// A model file is data from outside: a damaged one is an error with a reason, never a trap.
@Suite struct ModelTests {
  @Test func theShippedModelIsWholeAndSaysWhatItLearnedFrom() throws {
    let model = try shippedModel()
    #expect(model.detector.channels.last == Model.outputs)
    #expect(!model.recognisers.isEmpty)
    #expect(model.recognisers.allSatisfy { $0.channels.last == Transcript.classes })
    #expect(model.metadata["provenance"]?.contains("boxed") == true)
    #expect(Model.shippedFile.count < 8_000_000)
  }

  @Test func everyCutIsRefused() {
    let file = Model.shippedFile
    for length in Array(0...64) + stride(from: 65, to: file.count, by: 9973) + [file.count - 1] {
      #expect(throws: ModelError.self) { try Model(file: Array(file.prefix(length))) }
    }
  }

  @Test func flippedBytesOfTheHeaderNeverTrap() throws {
    var generator = SeededGenerator(seed: 1)
    let file = Model.shippedFile
    var refused = 0
    let header = try 8 + #require(file.integer(at: 0, count: 8, .little))
    let image = Image.random(width: 40, height: 30, using: &generator)
    for _ in 0..<200 {
      var damaged = file
      damaged[Int.random(in: 0..<header, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
      do {
        let model = try Model(file: damaged)
        _ = try Detector(model: model, kernels: .best).digits(in: image)
        _ = try Recogniser(model: model, kernels: .best)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0)
  }

  /// What the shipped model's header becomes when one text in it is another, as long.
  private func shipped(_ text: String, becoming other: String) throws -> [UInt8] {
    var file = Model.shippedFile
    let (text, other) = (Array(text.utf8), Array(other.utf8))
    try #require(text.count == other.count)
    let place = try #require(file.indices.first { file[$0...].starts(with: text) })
    file.replaceSubrange(place..<place + text.count, with: other)
    return file
  }

  @Test func aTensorWhoseShapeNoFileHoldsIsWrittenAsItIs() throws {
    let sides = [1 << 40, 1 << 40, 3]
    let tensors = [
      "used": Safetensors.Tensor(type: "I8", shape: [2], bytes: [1, 2]),
      "unused": Safetensors.Tensor(type: "I8", shape: sides, bytes: [3]),
    ]
    let read = try Safetensors(try Safetensors(metadata: [:], tensors: tensors).file)
    #expect(read.tensors["unused"]?.shape == sides)
    #expect(read.tensors.mapValues { Array($0.bytes) } == ["used": [1, 2], "unused": [3]])
  }

  @Test(
    arguments: [
      (nil, "1"), ("7", "8"), ("x", "1"), ("-3", "1"), ("9223372036854775807", "1"),
      ("999999999999999998", "999999999999999999"), ("999999999999999999", "999999999999999999"),
    ] as [(String?, String)])
  func theNextModelHasTheNextOrdinalWhichIsOneOf18Digits(last: String?, next: String) {
    #expect(Model.nextSequence(after: last) == next)
  }

  @Test func aTensorThatIsNoObjectIsRefused() {
    let header = Array(#"{"__metadata__":{},"x":1}"#.utf8)
    let error = #expect(throws: ModelError.self) {
      try Model(file: [UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header)
    }
    #expect(error?.code == .notSafetensors)
  }

  @Test(arguments: ["rows", "columns", "stride"])
  func aWindowOfMoreThan64IsMalformed(field: String) throws {
    // There are no weights, so that one of 64 is refused for want of them.
    for (size, says) in [(64, "tensor"), (65, "window")] {
      let graph = #"""
        [{"name": "a", "operation": "convolution", "inputs": ["image"], "channels": 14, "\#(field)": \#(size)}]
        """#
      let metadata = ["format": "streetnum", "format_version": "2", "detector_graph": graph]
      let header = try JSONSerialization.data(withJSONObject: ["__metadata__": metadata])
      let file = littleEndian(header.count, 8) + Array(header)
      let error = #expect(throws: ModelError.self) { try Model(file: file) }
      #expect(error?.code == .malformed && error?.message.contains(says) == true, "\(error?.message ?? "")")
    }
  }

  /// Two layers without padding, the second under a window of `rows` by 1.
  private func network(channels: Int, stride: Int, rows: Int) -> Network {
    var generator = SeededGenerator(seed: 4)
    return Network(layers: [
      .randomConvolution(
        "first", from: 0, inputChannels: 3, outputChannels: channels, rows: stride, columns: 1, stride: stride,
        activation: .relu, using: &generator),
      .randomConvolution(
        "output", from: 1, inputChannels: channels, outputChannels: 1, rows: rows, columns: 1, stride: 1,
        activation: .none, using: &generator),
    ])
  }

  @Test func aNetworkThatTakesTooMuchMemoryForEachColumnIsUnsupported() throws {
    // 63 rows of 8,192 channels and one of zeros are 512 KiB, without the picture and the output.
    _ = try Engine(network: network(channels: 8_192, stride: 1, rows: 62), kernels: .best)
    let large = network(channels: 8_192, stride: 1, rows: 63)
    let error = #expect(throws: ModelError.self) { try Engine(network: large, kernels: .best) }
    #expect(error?.code == .unsupported && error?.message.contains("per column") == true)
  }

  @Test func aNetworkThatSeesMoreThan1024PixelsIsUnsupported() throws {
    let engine = try Engine(network: network(channels: 1, stride: 32, rows: 32), kernels: .best)
    #expect(engine.receptiveField.before + engine.receptiveField.after == 1_023)
    let wide = network(channels: 1, stride: 32, rows: 33)
    let error = #expect(throws: ModelError.self) { try Engine(network: wide, kernels: .best) }
    #expect(error?.code == .unsupported && error?.message.contains("1024 pixels") == true)
  }

  @Test func networksThatTheEngineWouldMisreadAreRefused() throws {
    var generator = SeededGenerator(seed: 3)
    func convolution(_ inputs: Int, _ outputs: Int, from input: Int, padding: Int) -> Layer {
      var layer = Layer.randomConvolution(
        "layer", from: input, inputChannels: inputs, outputChannels: outputs, rows: 3, columns: 3, stride: 1,
        activation: .relu, using: &generator)
      if case .convolution(var convolution) = layer.operation {
        convolution.window.padding = padding
        layer.operation = .convolution(convolution)
      }
      return layer
    }
    // A sum of maps that are padded to unlike counts of channels.
    let sum = Network(layers: [
      convolution(3, 3, from: 0, padding: 1), Layer(name: "sum", inputs: [1, 0], operation: .add),
      .randomConvolution(
        "output", from: 2, inputChannels: 3, outputChannels: 1, rows: 1, columns: 1, stride: 1, activation: .none,
        using: &generator),
    ])
    #expect(throws: ModelError.self) { try Engine(network: sum, kernels: .best) }
    // A gate with more cells than there are blocks.
    let window = #"\"wide1\"], \"channels\": 48, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": "#
    let model = try Model(file: try shipped(window + "1", becoming: window + "2"))
    #expect(throws: ModelError.self) { try Gate(model: model, kernels: .best) }
  }

  @Test func anotherProgramsTensorsAreRefusedByName() {
    let header = Array(#"{"__metadata__":{"format":"pt"}}"#.utf8)
    let file = [UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header
    let error = #expect(throws: ModelError.self) { try Model(file: file) }
    #expect(error?.code == .notStreetnum)
  }

  @Test func aGateWithoutItsThresholdIsRefused() throws {
    #expect(try shippedModel().gate != nil)
    var file = Model.shippedFile
    let key = Array("gate_threshold".utf8)
    let place = try #require(file.indices.first { file[$0...].starts(with: key) })
    file[place + key.count - 1] = UInt8(ascii: "t")
    let error = #expect(throws: ModelError.self) { try Model(file: file) }
    #expect(error?.code == .malformed)
  }
}
