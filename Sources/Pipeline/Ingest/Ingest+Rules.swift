import StreetArchives
import StreetCore
import StreetImages
import StreetLedger

extension Ingest {
  /// Reads a file again if an earlier version classified its members differently: it lost their names, took them for
  /// something else, or did not turn them upright. Costs reading through its members once.
  ///
  /// Returns nil if the members are the same, which is then recorded; if another file has the path; if another run is
  /// reading it; or if the source has been forgotten in the meantime, because a forgotten source must not return on
  /// account of a remaining file.
  func readAgain(_ outdated: Store.OutdatedSource, path: String) throws -> Result? {
    let source = try Source(path: path)
    let description = try describe(source)
    guard description.identity == outdated.identity, try store.isKnown(outdated),
      let set = try SourceClaim(self, description, source.fingerprint).attempt(), !set.isComplete
    else { return nil }
    // A run that ends here counts as one that ended while reading the source; `run` handles repeated ends.
    if set.end == 0, set.deaths < Ingest.maximumDeaths, try !isReadWrongly(outdated, source) {
      try source.checkUnchanged()
      try store.discard(set)
      try store.confirm(outdated, method)
      return nil
    }
    return try runWithSidecars(source, description, set)
  }

  private func isReadWrongly(_ outdated: Store.OutdatedSource, _ source: Source) throws -> Bool {
    let stored = try store.members(of: outdated)
    let heartbeat = Heartbeat(store)
    defer { heartbeat.stop() }
    var count = 0
    do {
      var members = try source.reader(limits: options.sources)
      while let member = try members.next(stored: nil) {
        if stop.isRaised { throw Stopped() }
        guard count < stored.count, stored[count].name.utf8.elementsEqual(member.name.utf8),
          isTheSame(member, stored[count], in: stored)
        else { return true }
        count += 1
      }
    } catch let error as SourceError where error.code.isFinal {
      // If reading ends with the same error as before, only the members before it count.
    }
    return count != stored.count
  }

  private func isTheSame(_ member: Member, _ stored: Store.StoredMember, in all: [Store.StoredMember]) -> Bool {
    switch member.content {
    case .bytes(let bytes):
      guard let size = stored.size else { return false }
      // A picture that could be decoded before and can't be now keeps its result.
      guard let header = try? ImageDecoder.header(of: bytes, limits: options.images) else { return true }
      return MemberRules.isTurned(size, as: header)
    case .alias(let target):
      // An earlier version ignored such a link.
      guard stored.state == "ignored", all.indices.contains(target), MemberName.isSystemFile(all[target].name) else {
        return true
      }
      return Classification.linkToIgnored(name: member.name, target: all[target].name, .systemFile) == nil
    case .rejected: return stored.state == "rejected"
    case .ignored: return stored.state == "ignored"
    }
  }
}

extension Reason {
  /// The reason for reading a source again.
  static let readAgain = Reason(
    id: "source.read_again",
    message:
      "Read again, because an older version could lose member names, ignore photographs or read them sideways")
}
