import Crypto
import Foundation
package import StreetCore

/// Fetches the bytes of a source's members again: by offset in a tar, through the central directory of a zip, by name
/// in a folder, otherwise by ordinal.
///
/// The SHA-256 of the bytes is verified. Use a fetcher on one thread only.
package final class MemberFetcher {
  private let source: Source
  private let limits: SourceLimits
  private let maximumDecompressed: Int
  private var tar: TarAccess?
  private var zip: ZipAccess?
  private var isOpen = false
  /// The files of a folder by member name.
  private lazy var files = Dictionary(
    source.files.filter(\.isRegular).map { (MemberName.text($0.name), $0) }, uniquingKeysWith: { first, _ in first })

  /// The default limit for decompression per member, in bytes.
  package static let usualDecompression = 4 << 30

  /// A fetcher for a source.
  ///
  /// In a compressed archive, a member is only fetched if it ends within the first `maximumDecompressed` decompressed
  /// bytes. Members requested in their order are decompressed once.
  package init(
    _ source: Source, limits: SourceLimits = SourceLimits(), maximumDecompressed: Int = MemberFetcher.usualDecompression
  ) {
    (self.source, self.limits, self.maximumDecompressed) = (source, limits, maximumDecompressed)
  }

  /// The bytes of a member.
  ///
  /// Costs reading the bytes; in a compressed tar, decompressing everything since the last member that was fetched; in
  /// an archive without offsets or a directory, reading through its members.
  ///
  /// - Throws: `source.picture_gone` if the bytes are missing or have changed; `archive.too_far`; any other error in
  ///   reading a source.
  package func bytes(of place: MemberPlace) throws(SourceError) -> [UInt8] {
    guard let bytes = try content(at: place), hexadecimal(SHA256.hash(data: bytes)) == place.sha256 else {
      throw SourceError(
        .pictureGone, "It no longer has \(printable(place.name)) as it was read; check whether it was changed",
        path: source.path)
    }
    return bytes
  }

  /// The bytes at a member's place, whatever they were before; nil if there are none or more than `limit`. For members
  /// that are not pictures, whose SHA-256 is not known.
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
        if tar.isCompressed {
          let (end, overflows) = offset.addingReportingOverflow(place.byteCount)
          try check(overflows ? .max : end)
        }
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

  /// Reads through the members; in formats without sizes, members before this one are decompressed to find their ends.
  private func walk(to place: MemberPlace) throws(SourceError) -> [UInt8]? {
    var reader = try ArchiveReader(path: source.path, size: source.byteCount, limits: limits)
    while let member = try reader.next(stored: nil) {
      if member.ordinal == place.ordinal { return member.bytes }
      try check(reader.container.produced)
    }
    return nil
  }

  private func check(_ byteCount: Int) throws(SourceError) {
    guard byteCount > maximumDecompressed else { return }
    throw SourceError(
      .tooFar,
      "The picture lies behind more than \(maximumDecompressed >> 20) MiB of compressed bytes; unpack the archive",
      path: source.path)
  }
}

extension Member {
  /// The bytes of the content; nil if it has none.
  fileprivate var bytes: [UInt8]? {
    guard case .bytes(let bytes) = content else { return nil }
    return bytes
  }
}
