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

  /// What a member's headers say beside name and sizes.
  package struct Header {
    /// Its general purpose bits: 1 says that it is encrypted, 0x800 that its name is UTF-8.
    package var flags = 0
    /// How it is compressed; the bytes are given as they are stored.
    package var method = 0
    /// Its extra fields.
    package var extra: [UInt8] = []
    /// Its attributes in MS-DOS: 16 says that it is a folder.
    package var attributes = 0
    /// The name that the directory gives it; nil for its own.
    package var listedName: [UInt8]?

    /// That of a stored file.
    package init() {}
  }

  /// Adds a member whose name is bytes and whose headers say more.
  package mutating func add(_ name: [UInt8], _ content: [UInt8], _ change: (inout Header) -> Void) {
    var header = Header()
    change(&header)
    let size = littleEndian(content.count, 4)
    let checksum = littleEndian(Int(PNGEncoder.crc32(content)), 4)
    func entry(_ name: [UInt8]) -> [UInt8] {
      fields(name.count, flags: header.flags, method: header.method, checksum, size + size)
    }
    let listed = header.listedName ?? name
    list(listed, entry: entry(listed), at: members.count, extra: header.extra, attributes: header.attributes)
    put(name, entry: entry(name), extra: header.extra, content)
  }

  /// Adds a member that `gzip -n` has deflated: between a header of 10 bytes and the CRC-32 and length (RFC 1952).
  package mutating func add(_ name: String, gzipped: [UInt8]) {
    let content = Array(gzipped.dropFirst(10).dropLast(8))
    let (checksum, size) = (Array(gzipped.suffix(8).prefix(4)), Array(gzipped.suffix(4)))
    let entry = fields(name.utf8.count, method: 8, checksum, littleEndian(content.count, 4) + size)
    list(Array(name.utf8), entry: entry, at: members.count)
    put(Array(name.utf8), entry: entry, content)
  }

  /// Adds a member that the directory doesn't list.
  package mutating func hide(_ name: String, _ content: [UInt8]) {
    put(Array(name.utf8), entry: stored(name, content), content)
  }

  /// Lists a member that begins at `offset`, whether it is there or not.
  package mutating func list(_ name: String, _ content: [UInt8], at offset: Int) {
    list(Array(name.utf8), entry: stored(name, content), at: offset)
  }

  private mutating func put(_ name: [UInt8], entry: [UInt8], extra: [UInt8] = [], _ content: [UInt8]) {
    members += Array("PK\u{3}\u{4}".utf8) + entry + littleEndian(extra.count, 2) + name + extra + content
  }

  private mutating func list(
    _ name: [UInt8], entry: [UInt8], at offset: Int, extra: [UInt8] = [], attributes: Int = 0
  ) {
    directory += Array("PK\u{1}\u{2}".utf8) + littleEndian(20, 2) + entry + littleEndian(extra.count, 2)
    directory += littleEndian(0, 2 + 2 + 2) + littleEndian(attributes, 4) + littleEndian(offset, 4) + name + extra
    count += 1
  }

  /// The members' bytes, without a directory.
  package var undirected: [UInt8] { members }

  /// Its bytes.
  package var bytes: [UInt8] { bytes { _ in } }

  /// What follows a zip's directory.
  package struct End {
    /// The archive's comment.
    package var comment: [UInt8] = []
    /// A digital signature behind the directory's entries.
    package var signature: [UInt8] = []
    /// Whether the directory's size counts it.
    package var isSignatureCounted = true
    /// The number of disks that zip64's locator states; nil where there is no zip64.
    package var zip64Disks: Int?
    /// The number of members that zip64's record states in all, where that isn't true.
    package var zip64Members: Int?
    /// The number of the disk, from 0.
    package var disk = 0

    /// The usual one.
    package init() {}
  }

  /// Its bytes, with another end.
  package func bytes(_ change: (inout End) -> Void) -> [UInt8] {
    var end = End()
    change(&end)
    let signature =
      end.signature.isEmpty
      ? [] : Array("PK\u{5}\u{5}".utf8) + littleEndian(end.signature.count, 2) + end.signature
    let size = directory.count + (end.isSignatureCounted ? signature.count : 0)
    var bytes = members + directory + signature
    var place = littleEndian(size, 4) + littleEndian(members.count, 4)
    if let disks = end.zip64Disks {
      let record = littleEndian(bytes.count, 8)
      bytes += Array("PK\u{6}\u{6}".utf8) + littleEndian(44, 8) + littleEndian(45, 2) + littleEndian(45, 2)
      bytes += littleEndian(end.disk, 4) + littleEndian(end.disk, 4) + littleEndian(count, 8)
      bytes += littleEndian(end.zip64Members ?? count, 8) + littleEndian(size, 8) + littleEndian(members.count, 8)
      bytes += Array("PK\u{6}\u{7}".utf8) + littleEndian(0, 4) + record + littleEndian(disks, 4)
      // As OneDrive writes it where the place alone needs more than 4 bytes.
      place = littleEndian(size, 4) + littleEndian(0xFFFF_FFFF, 4)
    }
    bytes += Array("PK\u{5}\u{6}".utf8) + littleEndian(end.disk, 2) + littleEndian(end.disk, 2)
    bytes += littleEndian(count, 2) + littleEndian(count, 2) + place
    return bytes + littleEndian(end.comment.count, 2) + end.comment
  }

  private func stored(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let size = littleEndian(content.count, 4)
    return fields(name.utf8.count, method: 0, littleEndian(Int(PNGEncoder.crc32(content)), 4), size + size)
  }

  /// What a member's header and its entry in the directory have in common, from the version to the name's length.
  private func fields(
    _ nameCount: Int, flags: Int = 0, method: Int, _ checksum: [UInt8], _ sizes: [UInt8]
  ) -> [UInt8] {
    let start = littleEndian(20, 2) + littleEndian(flags, 2) + littleEndian(method, 2) + littleEndian(0, 4)
    return start + checksum + sizes + littleEndian(nameCount, 2)
  }
}
