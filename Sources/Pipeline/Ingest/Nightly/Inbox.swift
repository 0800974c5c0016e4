import Foundation
import StreetArchives
import StreetCore

/// A folder into which archives are delivered. A file is read once it no longer grows.
struct Inbox: Sendable {
  /// The real path.
  let path: String
  /// The time in seconds for which a file must not have changed.
  let quietTime: Double
  /// Folders in the inbox that do not belong to it: destinations of processed files.
  private let destinations: Set<FileIdentity>
  /// The paths of other files that may be in the inbox and must not be read.
  private let own: [String]
  private let clock: FileSystemClock

  /// A file or folder in the inbox.
  struct Arrival: Sendable, Hashable {
    /// The state of an arrival.
    enum State: Sendable, Hashable {
      /// It has not changed for the quiet time.
      case ready
      /// It changed recently; the next run reads it.
      case growing
      /// Its name is that of an unfinished upload, with the reason.
      case uploading(Reason)
      /// Its timestamp is in the future of the file system's clock, so it may or may not be growing.
      case datedAhead
      /// It is neither an archive nor a picture, but a file that is often stored with them; it is left in place.
      case ignored(Reason)
      /// It is skipped, with the reason.
      case passedOver(Reason)
    }

    /// The name in the inbox.
    let name: String
    /// The state.
    let state: State
  }

  /// An inbox; `destinations` are folders that may be in it, `own` are files that must not be read.
  init(path: String, quietTime: Double, destinations: [String], own: [String]) throws(SourceError) {
    do throws(FileError) {
      self.path = try realPath(path)
    } catch {
      throw Source.failure(error, path: path)
    }
    self.quietTime = quietTime
    self.destinations = identities(of: destinations.flatMap(Inbox.withFolders))
    self.own = own
    clock = FileSystemClock(folder: self.path) ?? .local
  }

  /// The current arrivals, sorted by name. Hidden files are left out, because programs use them for unfinished copies.
  func arrivals() throws(SourceError) -> [Arrival] {
    let names: [[UInt8]]
    do throws(FileError) {
      names = try Listing.names(in: Array(path.utf8))
    } catch {
      throw Source.failure(error, path: path)
    }
    let arrivals = names.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { bytes -> Arrival? in
      let name = MemberName.text(bytes)
      guard bytes.first != UInt8(ascii: "."), !isDestination(name), !isOwn(name) else { return nil }
      guard Array(name.utf8) == bytes else {
        return Arrival(
          name: name,
          state: .passedOver(
            Reason(id: "inbox.name_not_utf8", message: "A file whose name is not UTF-8 is not read; rename it")))
      }
      // A file that has disappeared was moved by another run.
      return status(of: name).map { status in
        var state = Arrival.State(name: name, isFolder: status.isFolder) ?? state(status)
        if state == .ready, isRecording(name) {
          state = .ignored(Reason(id: "member.not_a_photograph", message: "Video or sound"))
        }
        return Arrival(name: name, state: state)
      }
    }
    return withoutSidecars(arrivals)
  }

  /// The arrivals without the sidecars of other arrivals. An arrival waits until its sidecars have stopped growing too.
  private func withoutSidecars(_ arrivals: [Arrival]) -> [Arrival] {
    let names = Set(arrivals.map(\.name))
    var sidecars: Set<String> = []
    let owners = arrivals.map { arrival -> Arrival in
      switch arrival.state {
      case .ready, .growing, .datedAhead: break
      case .uploading, .ignored, .passedOver: return arrival
      }
      let own = SidecarFiles.names(for: arrival.name).filter { names.contains($0) && $0 != arrival.name }
      sidecars.formUnion(own)
      let isGrowing = own.contains { name in status(of: name).map { state($0) == .growing } ?? false }
      return isGrowing && arrival.state == .ready ? Arrival(name: arrival.name, state: .growing) : arrival
    }
    return owners.filter { !sidecars.contains($0.name) }
  }

  /// The sidecars that currently belong to an arrival and to no other arrival.
  func sidecars(of name: String) -> [String] {
    let own = SidecarFiles.names(for: name).filter {
      $0 != name && status(of: $0)?.isRegular == true && !isOwn($0)
    }
    guard !own.isEmpty, let arrivals = try? arrivals() else { return own }
    let others = Set(arrivals.filter { $0.name != name }.flatMap { SidecarFiles.names(for: $0.name) })
    return own.filter { !others.contains($0) }
  }

  /// Why an arrival that changed recently waits.
  func growth(of name: String) -> Reason {
    let length = Int(exactly: quietTime).map { "\($0)" } ?? "\(quietTime)"
    // A file of positions that still grows keeps its archive waiting.
    let isOld = status(of: name).map { state($0) == .ready } ?? false
    let sidecar = isOld ? SidecarFiles.names(for: name).first { status(of: $0).map(state) == .growing } : nil
    return Reason(
      id: "inbox.growing",
      message: "\(sidecar.map { "\($0) beside it" } ?? "It") changed less than \(length) s ago; "
        + "the next run reads it, or set a shorter time")
  }

  private func isRecording(_ name: String) -> Bool {
    guard let first = try? File(path: Array(path(of: name).utf8)).read(upTo: FileKind.byteCount) else { return false }
    return FileKind(first) == .recording
  }

  /// A folder and its parents, without the root.
  private static func withFolders(_ path: String) -> [String] {
    guard let real = try? realPath(path) else { return [] }
    return sequence(first: real) { path in
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      return parent == "/" || parent == path ? nil : parent
    }.map(\.self)
  }

  /// Whether it is a destination, contains one, or is a link to one.
  private func isDestination(_ name: String) -> Bool {
    guard status(of: name)?.isRegular == false, let status = try? FileStatus(following: path(of: name)) else {
      return false
    }
    return destinations.contains(status.identity)
  }

  /// Whether it is a file that must not be read, or a link to one.
  func isOwn(_ name: String) -> Bool {
    guard let status = try? FileStatus(following: path(of: name)) else { return false }
    return identities(of: own).contains(status.identity)
  }

  /// The current status of a file; nil if there is none.
  func status(of name: String) -> FileStatus? { try? FileStatus(path: path(of: name)) }

  /// The path of an arrival.
  func path(of name: String) -> String { path + "/" + name }

  func state(_ status: FileStatus) -> Arrival.State {
    guard status.isRegular else {
      return .passedOver(
        Reason(
          id: status.isFolder ? "inbox.folder" : "inbox.not_a_file",
          message: status.isFolder
            ? "A folder is not read; pack it as a tar, or give it to `streetnum ingest`"
            : "A link or a device is not read; put the file itself here"))
    }
    // A copying program may set the modification time back when it has finished, but not the status change time, which
    // comes from the file system's clock.
    guard quietTime > 0 else { return .ready }
    let age = clock.age(of: status)
    return age >= quietTime ? .ready : age > -Inbox.coarseness ? .growing : .datedAhead
  }

  /// The maximum lag, in seconds, of a file system's timestamps behind its clock.
  private static let coarseness = 0.1
}
