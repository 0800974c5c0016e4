/// A tar made by hand, member by member (POSIX.1-1988 ustar).
package struct TarFile {
  private var members: [UInt8] = []

  /// A tar without members.
  package init() {}

  /// A tar of files.
  package init(_ files: [(name: String, content: [UInt8])]) {
    for (name, content) in files { add(Array(name.utf8), content) }
  }

  /// What a member is, as its header says it.
  package enum Kind: String {
    case file = "0"
    case hardLink = "1"
    case symbolicLink = "2"
    case folder = "5"
    /// What a folder held when it was backed up (GNU).
    case folderListing = "D"
    /// The rest of a member that an earlier volume begins (GNU).
    case continuation = "M"
    /// The name of a volume (GNU).
    case label = "V"
    /// A name, and that of a link's target, too long for a header (GNU).
    case longName = "L"
    case longLink = "K"
    /// A kind that no one knows.
    case unknown = "Q"
    /// What its content says of the next member (POSIX.1-2001, pax).
    case extended = "x"
  }

  /// Adds a member. Names are bytes, at most 100. `claim` is the size that its header states, where that isn't true.
  package mutating func add(
    _ name: [UInt8], _ content: [UInt8] = [], _ kind: Kind = .file, link: String = "", claim: Int? = nil
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ bytes: some Collection<UInt8>, at offset: Int) {
      header.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
    func octal(_ value: Int, digits: Int) -> [UInt8] {
      let text = String(value, radix: 8)
      return Array((String(repeating: "0", count: digits - text.count) + text).utf8)
    }
    put(name, at: 0)
    put(octal(0o644, digits: 7), at: 100)
    put(octal(0, digits: 7), at: 108)
    put(octal(0, digits: 7), at: 116)
    let size = claim ?? content.count
    // What has no room in octal digits is in bytes, the highest first, behind 0x80 (GNU).
    let bytes = [0x80, 0, 0, 0] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
    put(size >> 33 == 0 ? octal(size, digits: 11) : bytes, at: 124)
    put(octal(0, digits: 11), at: 136)
    put(Array(kind.rawValue.utf8), at: 156)
    put(Array(link.utf8), at: 157)
    put(Array("ustar\u{0}00".utf8), at: 257)
    put(Array("        ".utf8), at: 148)
    put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + [0], at: 148)
    members += header + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// Its bytes without the two empty blocks that should end it.
  package var unended: [UInt8] { members }

  /// Its bytes, with the two empty blocks that end it.
  package var bytes: [UInt8] { members + [UInt8](repeating: 0, count: 1024) }
}
