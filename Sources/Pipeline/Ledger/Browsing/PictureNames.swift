import Foundation
import GRDB
import StreetCore
import Synchronization

/// The names of pictures in memory, about 40 bytes each, so that a pattern is matched in milliseconds. SQLite has no
/// index for patterns that begin with `*`.
///
/// It is brought up to date with the database on use. Share one among the stores of a database.
package final class PictureNames: Sendable {
  /// The concatenated names of a set's members, in Unicode normalisation form C.
  private struct SetNames {
    var bytes: [UInt8] = []
    /// The end of each name in `bytes`.
    var ends: [Int] = []
    var ordinals: [Int32] = []
    /// The number of members; nil if the set is incomplete.
    var memberCount: Int?
  }

  private struct State {
    var sets: [Int: SetNames] = [:]
    var checked: ContinuousClock.Instant?
    /// Whether a caller is loading names.
    var isLoading = false
    /// Whether there are more names than the limit.
    var isFull = false
  }

  private let state = Mutex(State())
  /// The maximum number of names; beyond it, patterns are searched in the database.
  private let most: Int
  /// The minimum time between two updates.
  private let pause: Duration

  /// Starts without names.
  package init(most: Int = 20_000_000, pause: Duration = .seconds(1)) { (self.most, self.pause) = (most, pause) }

  /// Loads the names that are not loaded yet, at about 20 microseconds each, so that no query has to wait for them.
  package func load(from store: Store) throws(StoreError) {
    try store.read { db in try refresh(db) }
  }

  /// The pictures of the newest sets whose names match a pattern, if there are fewer than `limit`. Nil if there are
  /// more, if there are more names than the maximum, or while another caller is loading names.
  func pictures(matching pattern: String, fewerThan limit: Int, _ db: Database) throws -> [BrowseStatement.PictureKey]?
  {
    try refresh(db)
    let glob = NamePattern(pattern)
    return state.withLock { state in
      guard !state.isLoading, !state.isFull else { return nil }
      var found: [BrowseStatement.PictureKey] = []
      for (set, names) in state.sets {
        var begin = 0
        for (index, end) in names.ends.enumerated() {
          if glob.matches(names.bytes[begin..<end]) {
            found.append(BrowseStatement.PictureKey(set: set, ordinal: Int(names.ordinals[index])))
            if found.count >= limit { return nil }
          }
          begin = end
        }
      }
      return found
    }
  }

  /// Updates the names, unless that was done recently or another caller is doing it. After an interruption, the names
  /// loaded so far are kept.
  private func refresh(_ db: Database) throws {
    let known: [Int: SetNames]? = state.withLock { state in
      let isRecent = state.checked.map { ContinuousClock.now - $0 < pause } ?? false
      guard !state.isLoading, !isRecent else { return nil }
      state.isLoading = true
      return state.sets
    }
    guard var sets = known else { return }
    var isFull = false
    var isWhole = false
    defer {
      state.withLock { state in
        (state.sets, state.isFull, state.isLoading) = (isFull ? [:] : sets, isFull, false)
        state.checked = isWhole ? .now : nil
      }
    }
    isFull = try !update(&sets, db)
    isWhole = true
  }

  /// Updates `sets` to the newest sets; returns false if there are too many names.
  private func update(_ sets: inout [Int: SetNames], _ db: Database) throws -> Bool {
    var present: Set<Int> = []
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, member_count FROM newest_sets JOIN result_sets ON id = result_set_id")
    var total = 0
    while let row = try rows.next() {
      let (set, count) = (try row.integer(0, in: 0...Int.max), try row.optionalInteger(1))
      present.insert(set)
      var names = sets[set] ?? SetNames()
      let isKnown = names.memberCount != nil && names.memberCount == count && names.ends.count == count
      if !isKnown {
        // If a set is still being read, new members follow the known ones.
        if count != nil || names.memberCount != nil { names = SetNames() }
        try Self.add(to: &names, of: set, db)
        names.memberCount = count
        sets[set] = names
      }
      total += names.ends.count
      guard total <= most else { return false }
    }
    for set in sets.keys where !present.contains(set) { sets[set] = nil }
    return true
  }

  private static func add(to names: inout SetNames, of set: Int, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT ordinal, name FROM members WHERE result_set_id = ? AND ordinal > ? ORDER BY ordinal")
    let rows = try Row.fetchCursor(statement, arguments: [set, names.ordinals.last.map(Int.init) ?? -1])
    while let row = try rows.next() {
      let name = try row.text(1)
      let isPlain = name.utf8.allSatisfy { $0 < 0x80 }
      names.bytes += isPlain ? Array(name.utf8) : Array(name.precomposedStringWithCanonicalMapping.utf8)
      names.ends.append(names.bytes.count)
      names.ordinals.append(Int32(clamping: try row.integer(0, in: 0...Int.max)))
    }
  }
}
