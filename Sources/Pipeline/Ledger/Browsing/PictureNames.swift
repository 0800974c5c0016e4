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
  }

  private let state = Mutex(State())
  /// Names in all sets, at most: beyond that patterns are looked for in the database.
  private let most: Int
  /// For how long the database is not asked again.
  private let pause: Duration

  /// No names yet.
  package init(most: Int = 20_000_000, pause: Duration = .seconds(1)) { (self.most, self.pause) = (most, pause) }

  /// The pictures of the newest sets whose names match a pattern, where there are fewer than some count of them; nil where there are
  /// more, or more names than are kept.
  func pictures(matching pattern: String, fewerThan limit: Int, _ db: Database) throws -> [BrowseStatement.PictureKey]?
  {
    let glob = NamePattern(pattern)
    return try state.withLock { state in
      guard try refresh(&state, db) else { return nil }
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

  /// Brings the names up to date; false where they are too many.
  private func refresh(_ state: inout State, _ db: Database) throws -> Bool {
    let now = ContinuousClock.now
    if let checked = state.checked, now - checked < pause {
      return state.sets.reduce(0) { $0 + $1.value.ends.count } <= most
    }
    var present: Set<Int> = []
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, member_count FROM newest_sets JOIN result_sets ON id = result_set_id")
    var total = 0
    while let row = try rows.next() {
      let (set, count) = (try row.integer(0, in: 0...Int.max), try row.optionalInteger(1))
      present.insert(set)
      var names = state.sets[set] ?? SetNames()
      let isKnown = names.memberCount != nil && names.memberCount == count && names.ends.count == count
      if !isKnown {
        // Of a set that is being read new members come behind those that are known.
        if count != nil || names.memberCount != nil { names = SetNames() }
        try Self.add(to: &names, of: set, db)
        names.memberCount = count
        state.sets[set] = names
      }
      total += names.ends.count
      guard total <= most else {
        state.sets = [:]
        return false
      }
    }
    for set in state.sets.keys where !present.contains(set) { state.sets[set] = nil }
    state.checked = now
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
