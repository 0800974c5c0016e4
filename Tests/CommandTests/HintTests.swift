import Foundation
import GRDB
import TestSupport
import Testing

/// What is stored is for every program; what is printed is for this one.
@Suite("Sentences and the options that they name")
struct HintTests {
  private let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    try workplace.write(PNGEncoder.signature + PNGEncoder.header(width: 30_000, height: 30_000), "vast.png")
    try workplace.write(TarFile([("a.png", Photographs.noise(1)), ("b.png", Photographs.noise(2))]).bytes, "a.tar")
  }

  private func database<Value>(_ access: (Database) throws -> Value) throws -> Value {
    let queue = try DatabaseQueue(path: workplace.path + "/streetnum.sqlite")
    defer { try? queue.close() }
    return try queue.writeWithoutTransaction(access)
  }

  @Test("The sentence about a member names the option where it is printed, and not where it is stored")
  func member() throws {
    let result = try workplace.shell("streetnum ingest vast.png")
    let sentence = "more than 256 megapixels; to read it, raise the limit"
    #expect(result.errors.contains("\(sentence) with --max-megapixels (image.too_many_pixels)"), "\(result.errors)")
    let stored = try database { try String.fetchAll($0, sql: "SELECT message FROM members") }
    #expect(stored.count == 1 && stored.allSatisfy { $0.hasSuffix(sentence) }, "\(stored)")
    let detected = try workplace.shell("streetnum detect vast.png")
    #expect(detected.code == 65)
    #expect(
      detected.errors.hasSuffix("\(sentence) with --max-megapixels (image.too_many_pixels)\n"), "\(detected.errors)")
  }

  @Test("A sentence that an earlier version stored with its option is printed as it is")
  func earlier() throws {
    let ingest = "streetnum ingest --max-members 1 a.tar"
    let sentence = "It has more than 1 member; split it, or raise"
    let first = try workplace.shell(ingest)
    #expect(first.code == 3 && first.errors.contains("\(sentence) the limit with --max-members ("), "\(first.errors)")
    let stored = try database { try String.fetchAll($0, sql: "SELECT message FROM result_sets") }
    #expect(stored == ["\(sentence) the limit"])
    try database { try $0.execute(sql: "UPDATE result_sets SET message = ?", arguments: ["\(sentence) --max-members"]) }
    let again = try workplace.shell(ingest)
    #expect(again.code == 3 && again.errors.contains("\(sentence) --max-members ("), "\(again.errors)")
  }

  @Test(
    "The line of an error that ends a command has the error's id behind it",
    arguments: [
      ("ingest none.tar", "source.missing", 66), ("verify", "store.missing", 66),
      ("detect a.tar", "image.not_an_image", 65),
      ("ingest --model vast.png a.tar", "model.not_safetensors", 78),
      ("evaluate --labels none.jsonl a.tar", "labels.missing", 66),
    ] as [(String, String, Int32)])
  func ids(command: String, id: String, code: Int32) throws {
    let result = try workplace.shell("streetnum \(command)")
    #expect(result.code == code && result.lines.count == 1, "\(result.errors)")
    #expect(result.errors.hasSuffix(" (\(id))\n"), "\(result.errors)")
  }
}
