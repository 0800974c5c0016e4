import Foundation
import StreetArchives
import StreetCore

/// A folder that archives are put into by whoever has them; what no longer grows is read.
struct Inbox: Sendable {
  /// Its real path.
  let path: String
  /// Seconds for which a file must not have changed.
  let quietTime: Double
  /// Folders in it that are not part of it: where files go afterwards.
  private let destinations: Set<FileIdentity>
  /// The paths of files that may lie in it and are not for reading.
  private let own: [String]
  private let clock: FileSystemClock

  /// What lies in an inbox.
  struct Arrival: Sendable, Hashable {
    /// What becomes of it.
    enum State: Sendable, Hashable {
      /// It has been quiet for long enough.
      case ready
      /// It was changed a moment ago; the next run takes it.
      case growing
      /// Its name says that somebody is still writing it, and why that is thought.
      case uploading(Reason)
      /// It is dated ahead of the file system's clock, which says nothing of whether it grows.
      case datedAhead
      /// It is no archive and no picture, but something that lies beside such; it stays.
      case ignored(Reason)
      /// It isn't taken, and why.
      case passedOver(Reason)
    }

    /// Its name in the inbox.
    let name: String
    /// What becomes of it.
    let state: State
  }

  /// An inbox; `destinations` are folders that may lie in it, `own` files that are not for reading.
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

  /// What lies in it now, sorted by name. Hidden files, which programs that copy use until they are done, don't count.
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
            Reason(id: "inbox.name_not_utf8", message: "A file whose name is not UTF-8 is not taken: rename it")))
      }
      // One that is gone was taken by another run.
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

  /// Arrivals but for files of positions that belong to one of them, which waits until they have come to their end, too.
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

  /// The files of positions that lie beside something in it, now, and beside nothing else that waits there.
  func sidecars(of name: String) -> [String] {
    let own = SidecarFiles.names(for: name).filter {
      $0 != name && status(of: $0)?.isRegular == true && !isOwn($0)
    }
    guard !own.isEmpty, let arrivals = try? arrivals() else { return own }
    let others = Set(arrivals.filter { $0.name != name }.flatMap { SidecarFiles.names(for: $0.name) })
    return own.filter { !others.contains($0) }
  }

  private func isRecording(_ name: String) -> Bool {
    guard let first = try? File(path: Array(path(of: name).utf8)).read(upTo: FileKind.byteCount) else { return false }
    return FileKind(first) == .recording
  }

  /// A folder and those that it lies in, but for the root.
  private static func withFolders(_ path: String) -> [String] {
    guard let real = try? realPath(path) else { return [] }
    return sequence(first: real) { path in
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      return parent == "/" || parent == path ? nil : parent
    }.map(\.self)
  }

  /// Whether it is a folder where files go afterwards or that such a folder lies in, or a link to one.
  private func isDestination(_ name: String) -> Bool {
    guard status(of: name)?.isRegular == false, let status = try? FileStatus(following: path(of: name)) else {
      return false
    }
    return destinations.contains(status.identity)
  }

  /// Whether it is a file that is not for reading, or a link to one.
  func isOwn(_ name: String) -> Bool {
    guard let status = try? FileStatus(following: path(of: name)) else { return false }
    return identities(of: own).contains(status.identity)
  }

  /// A file as it is now; nil where there is none.
  func status(of name: String) -> FileStatus? { try? FileStatus(path: path(of: name)) }

  /// Where something in it lies.
  func path(of name: String) -> String { path + "/" + name }

  func state(_ status: FileStatus) -> Arrival.State {
    guard status.isRegular else {
      return .passedOver(
        Reason(
          id: status.isFolder ? "inbox.folder" : "inbox.not_a_file",
          message: status.isFolder
            ? "A folder is not taken: pack it as a tar, or give it to `streetnum ingest`"
            : "A link or a device is not taken: put the file itself here"))
    }
    // A program that copies may set the time of change back when it is done, but not the time of the status. The file
    // system's clock gave that time, and says how long ago it was.
    guard quietTime > 0 else { return .ready }
    let age = clock.age(of: status)
    return age >= quietTime ? .ready : age > -Inbox.coarseness ? .growing : .datedAhead
  }

  /// Seconds by which a file system's dates may be behind its clock.
  private static let coarseness = 0.1
}
