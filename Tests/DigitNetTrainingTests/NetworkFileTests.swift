import DigitNetTraining
import Testing

/// Trained networks as files.
@Suite struct NetworkFileTests {
  private static func network() throws -> TrainableNetwork {
    try TrainableNetwork(
      input: Shape(rows: 12, columns: 12, channels: 2),
      layers: [
        ConvolutionLayer(filters: 4, rows: 3, columns: 2, stride: 2, padding: 1, groups: 2), ActivationLayer(.relu),
        ResponseNormalisationLayer(), PoolingLayer(.maximum, size: 3, stride: 2), PoolingLayer(.average, size: 2),
        DropoutLayer(rate: 0.5), DenseLayer(outputs: 3), ActivationLayer(.softmax),
      ], .scaled, seed: 1)
  }

  @Test func aNetworkComesBackToTheLastBit() throws {
    let network = try NetworkFileTests.network()
    let file = try network.file(metadata: ["seed": "1"])
    let read = try TrainableNetwork(file: file)
    #expect(read.parameters == network.parameters && read.input == network.input && read.shapes == network.shapes)
    #expect(try read.file(metadata: ["seed": "1"]) == file)
    var random = RandomSource(seed: 3)
    let images = Tensor(images: 2, shape: network.input, values: (0..<2 * 288).map { _ in random.normal() })
    #expect(read.output(of: images) == network.output(of: images))
  }

  /// Numbers are little-endian floats behind a header that begins with its length, as the format says.
  @Test func theFileIsSafetensors() throws {
    var network = try TrainableNetwork(input: Shape(channels: 2), layers: [DenseLayer(outputs: 1)])
    network.setValues([1, -2], ofParameter: 0)
    let file = try network.file()
    let length = (0..<8).reduce(0) { $0 | Int(file[$1]) << (8 * $1) }
    #expect(length % 8 == 0 && file.count == 8 + length + 12)
    let header = String(decoding: file[8..<8 + length], as: UTF8.self)
    #expect(header.contains(#""layers.0.weight":{"data_offsets":[4,12],"dtype":"F32","shape":[1,1,2,1]}"#))
    #expect(Array(file.suffix(12)) == [0, 0, 0, 0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])
  }

  @Test func everyCutFileIsRefused() throws {
    let file = try NetworkFileTests.network().file()
    for length in [0, 7, 8, 100, file.count - 1] {
      #expect(code { _ = try TrainableNetwork(file: Array(file.prefix(length))) } == .network)
    }
  }

  @Test func tensorsThatDoNotFitAreNamed() throws {
    let file = try NetworkFileTests.network().file()
    #expect(
      message(of: replaced(#""outputs\":3"#, #""outputs\":4"#, in: file)).contains(
        "layers.6.weight of type F32 and shape [1, 1, 4, 4]"))
    #expect(message(of: replaced("layers.0.bias", "layers.9.bias", in: file)).contains("the file has none"))
    #expect(message(of: replaced(#""dense\""#, #""tense\""#, in: file)).contains("the unknown kind tense"))
    #expect(message(of: replaced("streetnum-network", "streetnum-networx", in: file)).contains("not a network"))
  }

  @Test func aNetworkThatTheFileCanNotHoldIsRefusedBeforeMemoryIsTaken() throws {
    let file = try TrainableNetwork(input: Shape(channels: 2), layers: [DenseLayer(outputs: 1)]).file()
    let input = #"\"channels\":2,\"columns\":1,\"rows\":1"#
    let vast = #"\"channels\":65536,\"columns\":65536,\"rows\":65536"#
    #expect(message(of: replaced(input, vast, in: file)).contains("too large: its images are 65536x65536x65536"))
    let wide = replaced(input, #"\"channels\":65536,\"columns\":4096,\"rows\":1"#, in: file)
    #expect(message(of: replaced(#"\"outputs\":1"#, #"\"outputs\":1000000"#, in: wide)).contains("layer 0 needs 26843"))
    let filters = try TrainableNetwork(
      input: Shape(channels: 2), layers: [ConvolutionLayer(filters: 9, rows: 1, columns: 1)]
    ).file()
    let channels = (#"\"channels\":2"#, #"\"channels\":4096"#)
    #expect(message(of: replaced(channels.0, channels.1, in: filters)).contains("layer 0 needs 36873 parameters"))
  }

  @Test func layersWhoseValuesWouldOverflowAreRefused() {
    let error = #expect(throws: TrainingError.self) {
      try TrainableNetwork(
        input: Shape(rows: 4096, columns: 4096, channels: 1),
        layers: Array(repeating: EnlargementLayer(factor: 64), count: 10))
    }
    #expect(error?.code == .shape && error?.message.contains("the output of layer 0") == true)
  }

  @Test func numbersThatAreNotFiniteAreRefused() throws {
    var network = try TrainableNetwork(input: Shape(channels: 1), layers: [DenseLayer(outputs: 1)])
    network.setValues([.nan], ofParameter: 0)
    #expect(message(of: try network.file()).contains("layers.0.weight"))
  }

  private func replaced(_ text: String, _ other: String, in file: [UInt8]) -> [UInt8] {
    let (text, other) = (Array(text.utf8), Array(other.utf8))
    guard let place = file.firstRange(of: text)?.lowerBound else {
      Issue.record("the file has no \(String(decoding: text, as: UTF8.self))")
      return file
    }
    let length = (0..<8).reduce(0) { $0 | Int(file[$1]) << (8 * $1) } + other.count - text.count
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + file[8..<place] + other
      + file[(place + text.count)...]
  }

  private func message(of file: [UInt8]) -> String {
    do {
      _ = try TrainableNetwork(file: file)
      return ""
    } catch {
      return error.message
    }
  }

  private func code(_ body: () throws -> Void) -> TrainingError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? TrainingError)?.code
    }
  }
}
