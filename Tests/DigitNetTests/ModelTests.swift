import DigitNet
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

  @Test func flippedBytesOfTheHeaderNeverTrap() {
    var generator = SeededGenerator(seed: 1)
    let file = Model.shippedFile
    var refused = 0
    for _ in 0..<400 {
      var damaged = file
      damaged[Int.random(in: 0..<6000, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
      do { _ = try Model(file: damaged) } catch { refused += 1 }
    }
    #expect(refused > 0)
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
