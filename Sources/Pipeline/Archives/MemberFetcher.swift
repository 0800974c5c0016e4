import Crypto
import Foundation
package import StreetCore

/// Fetches the bytes of a source's members again, from where they lie: by their offset in a tar, through the directory of
/// a zip, by their names in a folder, else by their ordinals.
///
/// The bytes that come out have the SHA-256 of those that were read before. A fetcher belongs to one thread.
package final class MemberFetcher {
  private let source: Source
  private let limits: SourceLimits
  private let mostDecompressed: Int
  private var tar: TarAccess?
  private var zip: ZipAccess?
  private var isOpen = false
  /// A folder's files by the names of their members.
  private lazy var files = Dictionary(
    source.files.filter(\.isRegular).map { (MemberName.text($0.name), $0) }, uniquingKeysWith: { first, _ in first })

  /// What is decompressed for a member unless something else is asked for, in bytes.
  package static let usualDecompression = 4 << 30

  /// Fetches from a source.
  ///
  /// In a compressed archive, members are not fetched that end behind `mostDecompressed` bytes. Those that are asked for in
  /// their order are decompressed once.
  package init(
    _ source: Source, limits: SourceLimits = SourceLimits(), mostDecompressed: Int = MemberFetcher.usualDecompression
  ) {
    (self.source, self.limits, self.mostDecompressed) = (source, limits, mostDecompressed)
  }

  /// The bytes of a member.
  ///
  /// Costs reading them; in a compressed tar, decompressing what lies between them and what was fetched last; in an archive
  /// without offsets or a directory, going through its members.
  ///
  /// - Throws: `source.picture_gone` where other bytes lie there, or none; `archive.too_far`; what else reading a source
  ///   can throw.
  package func bytes(of place: MemberPlace) throws(SourceError) -> [UInt8] {
    guard let bytes = try content(at: place), hexadecimal(SHA256.hash(data: bytes)) == place.sha256 else {
      throw SourceError(
        .pictureGone, "It no longer holds \(printable(place.name)) as it was read; check whether it was changed",
        path: source.path)
    }
    return bytes
  }

  /// The bytes that lie at a member's place, whatever was read there before, at most `limit`; nil where there are none or more.
  /// For what is no picture, of which no SHA-256 is known.
  package func unknownBytes(at place: MemberPlace, limit: Int) throws(SourceError) -> [UInt8]? {
    guard source.kind == .folder else {
      let bytes = try content(at: place, ofAnyKind: true)
      return bytes.flatMap { $0.count <= limit ? $0 : nil }
    }
    guard let file = files[place.name] else { return nil }
    do throws(FileError) {
      let bytes = try File(path: Array(source.path.utf8) + [UInt8(ascii: "/")] + file.name).read(upTo: limit + 1)
      return bytes.count <= limit ? bytes : nil
    } catch {
      throw Source.failure(error, path: source.path)
    }
  }

  private func content(at place: MemberPlace, ofAnyKind: Bool = false) throws(SourceError) -> [UInt8]? {
    switch source.kind {
    case .stream: return nil
    case .image:
      var reader = FolderReader(image: source.path, limits: limits)
      return try reader.next(stored: nil)?.bytes
    case .folder:
      guard let file = files[place.name] else { return nil }
      var reader = FolderReader(root: source.path, files: [file], limits: limits)
      return try reader.next(stored: nil)?.bytes
    case .archive:
      if !isOpen { try open() }
      if let zip { return try zip.content(ofMember: place.ordinal, ofAnyKind: ofAnyKind) }
      if let tar, let offset = place.offset {
        if tar.isCompressed { try check(offset + place.byteCount) }
        return try tar.content(at: offset, ofAnyKind: ofAnyKind)
      }
      return try walk(to: place)
    }
  }

  private func open() throws(SourceError) {
    isOpen = true
    zip = try ZipAccess(path: source.path, size: source.byteCount, limits: limits)
    if zip == nil { tar = try TarAccess(path: source.path, size: source.byteCount, limits: limits) }
  }

  /// Goes through the members; those before it are decompressed where nothing else says where they end.
  private func walk(to place: MemberPlace) throws(SourceError) -> [UInt8]? {
    var reader = try ArchiveReader(path: source.path, size: source.byteCount, limits: limits)
    while let member = try reader.next(stored: nil) {
      if member.ordinal == place.ordinal { return member.bytes }
      try check(reader.container.produced)
    }
    return nil
  }

  private func check(_ byteCount: Int) throws(SourceError) {
    guard byteCount > mostDecompressed else { return }
    throw SourceError(
      .tooFar,
      "The picture lies behind more than \(mostDecompressed >> 20) MiB of compressed bytes; unpack the archive",
      path: source.path)
  }
}

extension Member {
  /// What came out of it; nil where that is nothing.
  fileprivate var bytes: [UInt8]? {
    guard case .bytes(let bytes) = content else { return nil }
    return bytes
  }
}
