/// A zip made by hand, member by member, stored unless gzip has deflated them (PKWARE's APPNOTE.TXT, 4.3).
package struct ZipFile {
  private var members: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// A zip without members.
  package init() {}

  /// A zip of files.
  package init(_ files: [(name: String, content: [UInt8])]) {
    for (name, content) in files { add(name, content) }
  }

  /// Adds a member.
  package mutating func add(_ name: String, _ content: [UInt8]) {
    list(name, content, at: members.count)
    hide(name, content)
  }

  /// Adds a member that `gzip -n` has deflated: between a header of 10 bytes and the CRC-32 and length (RFC 1952).
  package mutating func add(_ name: String, gzipped: [UInt8]) {
    let content = Array(gzipped.dropFirst(10).dropLast(8))
    let (checksum, size) = (Array(gzipped.suffix(8).prefix(4)), Array(gzipped.suffix(4)))
    let entry = fields(name, method: 8, checksum, littleEndian(content.count, 4) + size)
    list(name, entry: entry, at: members.count)
    put(name, entry: entry, content)
  }

  /// Adds a member that the directory doesn't list.
  package mutating func hide(_ name: String, _ content: [UInt8]) { put(name, entry: stored(name, content), content) }

  /// Lists a member that begins at `offset`, whether it is there or not.
  package mutating func list(_ name: String, _ content: [UInt8], at offset: Int) {
    list(name, entry: stored(name, content), at: offset)
  }

  private mutating func put(_ name: String, entry: [UInt8], _ content: [UInt8]) {
    members += Array("PK\u{3}\u{4}".utf8) + entry + littleEndian(0, 2) + Array(name.utf8) + content
  }

  private mutating func list(_ name: String, entry: [UInt8], at offset: Int) {
    directory += Array("PK\u{1}\u{2}".utf8) + littleEndian(20, 2) + entry
    directory += littleEndian(0, 2 + 2 + 2 + 2 + 4) + littleEndian(offset, 4) + Array(name.utf8)
    count += 1
  }

  /// The members' bytes, without a directory.
  package var undirected: [UInt8] { members }

  /// Its bytes.
  package var bytes: [UInt8] {
    members + directory + Array("PK\u{5}\u{6}".utf8) + littleEndian(0, 4) + littleEndian(count, 2)
      + littleEndian(count, 2) + littleEndian(directory.count, 4) + littleEndian(members.count, 4) + littleEndian(0, 2)
  }

  private func stored(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let size = littleEndian(content.count, 4)
    return fields(name, method: 0, littleEndian(Int(PNGEncoder.crc32(content)), 4), size + size)
  }

  /// What a member's header and its entry in the directory have in common, from the version to the name's length.
  private func fields(_ name: String, method: Int, _ checksum: [UInt8], _ sizes: [UInt8]) -> [UInt8] {
    let start = littleEndian(20, 2) + littleEndian(0, 2) + littleEndian(method, 2) + littleEndian(0, 4)
    return start + checksum + sizes + littleEndian(name.utf8.count, 2)
  }
}
