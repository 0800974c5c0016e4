import Foundation
import GRDB
import StreetCore
import Synchronization

/// The names of pictures in memory, some 40 bytes each, so that a pattern finds them in milliseconds: no index of SQLite's has a
/// pattern that begins with `*`.
///
/// It follows the database when it is asked. Share one among the stores of a database.
package final class PictureNames: Sendable {
  /// The names of a set's members, in form C of Unicode, one behind the other.
  private struct SetNames {
    var bytes: [UInt8] = []
    /// Where each name ends.
    var ends: [Int] = []
    var ordinals: [Int32] = []
    /// How many members it has in all, where it is complete.
    var memberCount: Int?
  }

  private struct State {
    var sets: [Int: SetNames] = [:]
    var checked: ContinuousClock.Instant?
    /// Whether a caller is bringing the names up to date.
    var isLoading = false
    /// Whether there are more names than are kept.
    var isFull = false
  }

  private let state = Mutex(State())
  /// Names in all sets, at most: beyond that patterns are looked for in the database.
  private let most: Int
  /// For how long the database is not asked again.
  private let pause: Duration

  /// No names yet.
  package init(most: Int = 20_000_000, pause: Duration = .seconds(1)) { (self.most, self.pause) = (most, pause) }

  /// Reads the names that are not known yet, some 20 microseconds each, so that no question has to wait for them.
  package func load(from store: Store) throws(StoreError) {
    try store.read { db in try refresh(db) }
  }

  /// The pictures of the newest sets whose names match a pattern, where there are fewer than some count of them; nil where there are
  /// more, where there are more names than are kept, and while another caller reads new names.
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

  /// Brings the names up to date, unless that was done a moment ago or another caller does it. What was read before an interruption
  /// stays.
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

  /// Makes names those of the newest sets; false where they are too many.
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
        // Of a set that is being read new members come behind those that are known.
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
