import StreetArchives
import StreetCore
import StreetImages
import StreetLedger

extension Ingest {
  /// Reads a file again, from a path at which it lies, where its members are others than an earlier version found: their names
  /// were lost, they were taken for something else, or they were not turned upright. Costs going through its members once.
  ///
  /// Returns nil where they are the same, which is then known, where another file has the path, where another run reads it, and
  /// where the source was forgotten meanwhile: what was asked to go must not come back because a file of it is left.
  func readAgain(_ outdated: Store.OutdatedSource, path: String) throws -> Result? {
    let source = try Source(path: path)
    let description = try describe(source)
    guard description.identity == outdated.identity, try store.isKnown(outdated),
      let set = try SourceClaim(self, description, source.fingerprint).attempt(), !set.isComplete
    else { return nil }
    // A run that ends in here counts as one that ended while it read the source; `run` knows what to do after several.
    if set.end == 0, set.deaths < Ingest.mostDeaths, try !isReadWrongly(outdated, source) {
      try source.checkUnchanged()
      try store.discard(set)
      try store.confirm(outdated, method)
      return nil
    }
    return try run(source, description, set)
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
          isTheSame(member.content, stored[count])
        else { return true }
        count += 1
      }
    } catch let error as SourceError where error.code.isFinal {
      // It ends as it ended: what came before counts.
    }
    return count != stored.count
  }

  private func isTheSame(_ content: Member.Content, _ stored: Store.StoredMember) -> Bool {
    switch content {
    case .bytes(let bytes):
      guard let size = stored.size else { return false }
      // What was decoded before and can't be now stays as it is.
      guard let header = try? ImageDecoder.header(of: bytes, limits: options.images) else { return true }
      return MemberRules.isTurned(size, as: header)
    case .alias: return true
    case .rejected: return stored.state == "rejected"
    case .ignored: return stored.state == "ignored"
    }
  }
}

extension Reason {
  /// Why what was read before is read again.
  static let readAgain = Reason(
    id: "source.read_again",
    message:
      "Read again, because an older version could lose names of members, ignore photographs or read them unturned")
}
