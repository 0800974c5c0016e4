import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Pictures are fetched again from where they lie")
struct PictureFetcherTests {
  private let fixture: ArchiveFixture

  init() throws { fixture = try ArchiveFixture() }

  /// Pictures of which the compressed ones do not fit in one block of a decoder.
  private static let files = (0..<12).map { seed in
    (name: "\(seed).png", content: noise(seed))
  }

  /// A picture of about 60 kB that can't be compressed.
  private static func noise(_ seed: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: UInt64(seed + 1))
    return PNGEncoder(
      width: 150, height: 130, samples: (0..<150 * 130 * 3).map { _ in Int.random(in: 0...255, using: &generator) }
    )
    .file
  }

  private func sha256(of archive: String) throws -> [String: String] {
    var found: [String: String] = [:]
    for (name, content) in Self.files {
      let path = fixture.folder.path + "/" + name
      try Data(content).write(to: URL(fileURLWithPath: path))
      found[name] = try Source(path: path).sha256()
      try FileManager.default.removeItem(atPath: path)
    }
    #expect(found.count == Self.files.count, "\(archive)")
    return found
  }

  /// Fetches all pictures, in an order in which some lie before the one fetched last.
  private func expectAll(_ what: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    let hashes = try sha256(of: what)
    let fetcher = PictureFetcher(fixture.store)
    for index in [3, 1, 4, 0, 11, 10, 2, 5, 6, 7, 8, 9, 9] {
      let (name, content) = Self.files[index]
      #expect(
        try fetcher.bytes(ofPicture: #require(hashes[name])) == content, "\(what): \(name)",
        sourceLocation: sourceLocation)
    }
    var count = 0
    try PictureFetcher(fixture.store).forEach(Array(hashes.values)) { _, bytes in
      count += try bytes.get().isEmpty ? 0 : 1
    }
    #expect(count == Self.files.count, sourceLocation: sourceLocation)
  }

  @Test("In a tar, plain or compressed, behind other tars, and under names that are too long for a header")
  func tars() throws {
    let tar = TarFile(Self.files).bytes
    #expect(try fixture.ingest(tar).counts.done == 12)
    try expectAll("plain tar")
    for (program, arguments) in [("gzip", []), ("xz", ["-0"]), ("bzip2", [])] {
      let other = try ArchiveFixture()
      guard let bytes = try other.compressed(tar, program, arguments) else { continue }
      #expect(try other.ingest(bytes).counts.done == 12)
      try PictureFetcherTests(other).expectAll(program)
    }
    let two = try ArchiveFixture()
    var long = TarFile()
    long.add(Array("././@LongLink".utf8), Array((String(repeating: "d/", count: 80) + "0.png").utf8) + [0], .longName)
    long.add(Array("0.png".utf8), Self.files[0].content)
    let rest = TarFile(Array(Self.files.dropFirst())).bytes
    #expect(try two.ingest(long.bytes + rest).counts.done == 12)
    try PictureFetcherTests(two).expectAll("two tars")
  }

  @Test("In a zip, stored or deflated, with bytes in front of it, and in one without a directory")
  func zips() throws {
    var zip = ZipFile()
    for (index, file) in Self.files.enumerated() {
      if index % 2 == 0, let gzipped = try fixture.compressed(file.content, "gzip", ["-n"]) {
        zip.add(file.name, gzipped: gzipped)
      } else {
        zip.add(file.name, file.content)
      }
    }
    for (what, bytes) in [
      ("zip", zip.bytes), ("prefixed", Array("#!/bin/sh\n".utf8) + zip.bytes), ("cut", zip.undirected),
    ] {
      let other = try ArchiveFixture()
      #expect(try other.ingest(bytes).counts.done == 12, "\(what)")
      try PictureFetcherTests(other).expectAll(what)
    }
  }

  @Test("In a folder, and as files of their own")
  func files() throws {
    let folder = fixture.folder.path + "/photographs"
    try FileManager.default.createDirectory(atPath: folder + "/a", withIntermediateDirectories: true)
    for (name, content) in Self.files { try Data(content).write(to: URL(fileURLWithPath: folder + "/a/" + name)) }
    #expect(try fixture.ingest(path: folder).counts.done == 12)
    try expectAll("folder")
    let other = try ArchiveFixture()
    for (name, content) in Self.files { _ = try other.ingest(content, as: "single-" + name) }
    try PictureFetcherTests(other).expectAll("files")
  }

  @Test("A hard link's picture is that of the member that it names")
  func links() throws {
    var tar = TarFile(Self.files)
    tar.add(Array("again.png".utf8), [], .hardLink, link: "3.png")
    #expect(try fixture.ingest(tar.bytes).counts.done == 13)
    try expectAll("link")
  }

  @Test("Other bytes than those that were read are never given")
  func changed() throws {
    let hashes = try sha256(of: "changed")
    var tar = TarFile(Self.files)
    _ = try fixture.ingest(tar.bytes)
    tar = TarFile(Array(Self.files.dropFirst()) + [Self.files[0]])
    try Data(tar.bytes).write(to: URL(fileURLWithPath: fixture.folder.path + "/archive"))
    for hash in hashes.values { try expectError("source.picture_gone", fetching: hash) }
    try Data("no archive".utf8).write(to: URL(fileURLWithPath: fixture.folder.path + "/archive"))
    for hash in hashes.values {
      #expect(throws: SourceError.self) { try PictureFetcher(fixture.store).bytes(ofPicture: hash) }
    }
    try FileManager.default.removeItem(atPath: fixture.folder.path + "/archive")
    try expectError("source.picture_gone", fetching: #require(hashes["1.png"]))
    try expectError("source.picture_gone", fetching: String(repeating: "0", count: 64))
  }

  @Test("A picture is found in the place that is left of several")
  func severalPlaces() throws {
    let hashes = try sha256(of: "several")
    _ = try fixture.ingest(TarFile(Self.files).bytes, as: "first")
    _ = try fixture.ingest(ZipFile(Self.files).bytes, as: "second")
    try FileManager.default.removeItem(atPath: fixture.folder.path + "/second")
    for (name, hash) in hashes {
      let content = Self.files.first { $0.name == name }?.content
      #expect(try PictureFetcher(fixture.store).bytes(ofPicture: hash) == content)
    }
  }

  @Test("What lies behind more compressed bytes than may be decompressed is refused")
  func bound() throws {
    let hashes = try sha256(of: "bound")
    let gzipped = try #require(try fixture.compressed(TarFile(Self.files).bytes, "gzip"))
    _ = try fixture.ingest(gzipped)
    let fetcher = PictureFetcher(fixture.store, maximumDecompressed: 200_000)
    #expect(try fetcher.bytes(ofPicture: #require(hashes["1.png"])) == Self.files[1].content)
    let error = #expect(throws: SourceError.self) { try fetcher.bytes(ofPicture: #require(hashes["11.png"])) }
    #expect(error?.code == .tooFar)
  }

  @Test("An offset that no archive has is damage of the database; no place ends the program")
  func impossiblePlace() throws {
    let hash = try #require(try sha256(of: "impossible")["11.png"])
    let gzipped = try #require(try fixture.compressed(TarFile(Self.files).bytes, "gzip"))
    _ = try fixture.ingest(gzipped)
    let fetcher = MemberFetcher(try Source(path: fixture.folder.path + "/archive"))
    let place = MemberPlace(ordinal: 11, name: "11.png", offset: .max, byteCount: 9, sha256: hash)
    let refused = #expect(throws: SourceError.self) { try fetcher.bytes(of: place) }
    #expect(refused?.code == .tooFar)
    for column in ["offset", "byte_count"] {
      try fixture.folder.damage("UPDATE members SET \(column) = 9223372036854775807")
      let damaged = #expect(throws: StoreError.self) {
        try PictureFetcher(fixture.store).bytes(ofPicture: hash)
      }
      #expect(damaged?.code == .damaged)
    }
  }

  private func expectError(
    _ id: String, fetching hash: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let error = #expect(throws: SourceError.self, sourceLocation: sourceLocation) {
      try PictureFetcher(fixture.store).bytes(ofPicture: hash)
    }
    #expect(error?.code.rawValue == id, sourceLocation: sourceLocation)
  }

  private init(_ fixture: ArchiveFixture) { self.fixture = fixture }
}
