import Foundation
import Pipeline
import Testing

/// The example of docs/architecture.md, in a target that sees public declarations alone.
@Suite("A program outside this package")
struct EmbeddingTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL.path

  @Test("ingests an archive and queries it")
  func ingestAndQuery() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var images: [String] = []

    let loaded = try LoadedModel(path: Self.root + "/Sources/CModel/digitnet.safetensors")
    let reader = try NumberReader(model: loaded.model, kernels: .best)
    let options = IngestOptions()
    let store = try Store.open(path: folder + "/streetnum.sqlite", mode: .write)
    let ingest = Ingest(store: store, reader: reader, method: loaded.method(reader, options), options: options)
    let result = try ingest.run(path: Self.root + "/fixtures/street.tar")
    var query = NumberQuery()
    query.number = "27"
    try store.forEachNumber(matching: query) { found in
      images.append(found.image)
      #expect(found.number.text == "27" && found.number.confidence >= query.minimumConfidence)
    }
    try store.close()

    #expect(result.counts.done == 16 && result.isWhole)
    #expect(images == ["0001.jpg"])
  }
}
