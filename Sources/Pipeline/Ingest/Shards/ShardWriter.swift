import Foundation
import StreetArchives
package import StreetCore
package import StreetLedger
package import StreetPositions

/// Reads one archive or picture into a database of its own, a shard, which appears in its folder atomically.
///
/// The name is `<SHA-256 of the source>-<first 12 digits of the method's digest>.sqlite`, so two runs on the same
/// source write the same file. Its content depends only on the source, the model and the parameters, except for times.
package struct ShardWriter {
  private let folder: String
  private let ingest: (Store) -> Ingest
  private let watch: (IngestEvent) -> Void

  /// A writer for a folder, which is created if missing. `ingest` returns the ingest for a store; `watch` receives the
  /// events before there is one.
  package init(
    folder: String, watch: @escaping (IngestEvent) -> Void = { _ in }, ingest: @escaping (Store) -> Ingest
  ) throws(SourceError) {
    do throws(FileError) {
      try makeFolder(folder)
      self.folder = try realPath(folder)
    } catch {
      throw SourceError(.cannotCreate, "The folder can't be made: \(error.message)", path: folder)
    }
    (self.ingest, self.watch) = (ingest, watch)
    PartialFile.removeLeftovers(in: self.folder)
  }

  /// The result of writing a shard.
  package struct Result: Sendable {
    /// The path of the shard.
    package let path: String
    /// The SHA-256 of the source.
    package let sha256: String
    /// The content of the shard.
    package let summary: ShardSummary
    /// Whether an earlier run had already written it.
    package let isKnown: Bool
    /// Why the source is not complete; nil if it is. The shard records it too.
    package let ending: Reason?
    /// The error of a source of which nothing could be read.
    package let error: SourceError?
    /// The errors in sidecars.
    package let faults: [SidecarFault]
    /// Whether all members of the source and all sidecars could be read.
    package var isWhole: Bool { summary.members.rejected == 0 && ending == nil && faults.isEmpty }
  }

  /// Reads the source at a path to its end, or as far as it can be read.
  ///
  /// - Parameters:
  /// - origin: The name and path from which the file was fetched, for the shard and for errors. Nil if the file is at
  ///   its original path.
  /// - Throws: `SourceError` for system errors and transient errors, `StoreError`, `Stopped`; then no shard is written.
  package func write(path: String, origin: (name: String, path: String)? = nil) throws -> Result {
    do {
      let source = try Source(path: path)
      guard source.kind == .archive || source.kind == .image else {
        throw SourceError(.notAnArchive, "A shard holds an archive or a picture, and no folder", path: path)
      }
      return try write(source, origin)
    } catch let error as SourceError {
      throw SourceError(error.code, error.message, path: origin?.path ?? error.path)
    }
  }

  private func write(_ source: Source, _ origin: (name: String, path: String)?) throws -> Result {
    let sha256 = try source.sha256 { watch(.hashing(source: source.name, share: $0)) }
    let temporary = PartialFile(in: folder)
    let partial = temporary.path
    defer { withExtendedLifetime(temporary) { for file in Store.files(at: partial) { unlink(file) } } }
    let store = try Store.open(path: partial, mode: .write)
    let ingest = ingest(store)
    let path = "\(folder)/\(sha256)-\(ingest.method.digest.prefix(12)).sqlite"
    if let summary = try known(path, sha256, ingest.method) {
      try source.checkUnchanged()
      try store.close()
      let faults = try origin == nil ? renewed(path, partial, source, ingest) : []
      return result(summary, of: origin?.path ?? source.path, sha256, at: path, isKnown: true, ingest, faults)
    }
    let description =
      origin.map { .file(source.kind, sha256: sha256, name: $0.name, byteCount: source.byteCount) }
      ?? SourceDescription.file(source.kind, sha256: sha256, name: source.name, at: source.place)
    let set = try store.begin(description, method: ingest.method)
    var faults: [SidecarFault] = []
    do {
      _ = try ingest.run(source, description, set)
      if origin == nil { faults = try ingest.takeSidecars(of: source, description.identity, hasMore: true).faults }
    } catch let error as SourceError where error.code.isFinal {
      // A source of which nothing can be read is a result as well.
    }
    try store.closeAsOneFile()
    let shard = try Shard(path: partial)
    try shard.check()
    guard let summary = try shard.summary() else {
      throw StoreError(code: .internal, message: "shard \(path): holds more than one source", path: path)
    }
    try publish(partial, as: path)
    return result(summary, of: origin?.path ?? source.path, sha256, at: path, isKnown: false, ingest, faults)
  }

  /// The content of a shard of an earlier run; nil if there is none, or if it does not match its name.
  private func known(_ path: String, _ sha256: String, _ method: ReadingMethod) throws -> ShardSummary? {
    do throws(StoreError) {
      let shard = try Shard(path: path)
      try shard.check()
      guard let summary = try shard.summary(), summary.identity == "sha256:\(sha256)",
        summary.method == method.digest, summary.selection == method.selectionDigest
      else { return nil }
      return summary
    } catch {
      guard error.code.isOfShard || [.missing, .notADatabase, .olderSchema].contains(error.code) else { throw error }
      return nil
    }
  }

  /// Adds new sidecars to an existing shard without reading its photographs again, in a copy that then replaces it.
  /// Returns the errors in the sidecars.
  private func renewed(
    _ path: String, _ partial: String, _ source: Source, _ ingest: Ingest
  ) throws -> [SidecarFault] {
    guard ingest.options.positions.isOn else { return [] }
    let shard = try Store.open(path: path, mode: .read)
    guard let identity = try shard.sourceNames().first?.identity else { return [] }
    let options = ingest.options
    let taking = SidecarTaking(shard, options.positions, limits: options.sources)
    let reading = try taking.files(of: source, identity)
    let known = try shard.sidecars(ofSource: identity)
    let unmatched = try taking.unmatched(reading, identity)
    try shard.close()
    guard reading.sidecars.contains(where: { known[$0.name] != $0.sha256 }) else {
      var report = SidecarReport()
      report.faults = reading.faults + reading.sidecars.flatMap(\.faults) + unmatched
      if !report.faults.isEmpty { ingest.watch(.positions(source: source.name, report)) }
      return report.faults
    }
    for file in Store.files(at: partial) { unlink(file) }
    do {
      try FileManager.default.copyItem(atPath: path, toPath: partial)
    } catch {
      throw StoreError(code: .io, message: "shard \(path): can't be copied: \(error.localizedDescription)", path: path)
    }
    let copy = try Store.open(path: partial, mode: .write)
    let report = try self.ingest(copy).takeSidecars(of: source, identity)
    try copy.closeAsOneFile()
    try Shard(path: partial).check()
    try publish(partial, as: path)
    return report.faults
  }

  private func result(
    _ summary: ShardSummary, of source: String, _ sha256: String, at path: String, isKnown: Bool, _ ingest: Ingest,
    _ faults: [SidecarFault]
  ) -> Result {
    var ending = ingest.ending(summary.members, summary.ending)
    var error: SourceError?
    if let reason = ending, summary.members.total == 0 {
      let code = SourceError.Code(rawValue: reason.id)
      error = SourceError(code, reason.message, path: source)
      if ingest.isAllowed(code) { (ending, error) = (nil, nil) }
    }
    return Result(
      path: path, sha256: sha256, summary: summary, isKnown: isKnown, ending: ending, error: error, faults: faults)
  }

  private func publish(_ partial: String, as path: String) throws {
    do throws(FileError) {
      let descriptor = try uninterrupted { open(partial, O_RDWR | O_CLOEXEC) }
      defer { close(descriptor) }
      try uninterrupted { fsync(descriptor) }
      try uninterrupted { rename(partial, path) }
      try syncFolder(folder)
    } catch {
      throw StoreError(code: .io, message: "shard \(path): can't be put in place: \(error.message)", path: path)
    }
  }
}
