import Crypto
import Foundation
import GRDB
import StreetCore

/// A database of results from another run, possibly on another machine: untrusted input.
///
/// It is read as immutable: nothing is written to it or next to it, and it must not change meanwhile.
package struct Shard: Sendable {
  /// The path as given by the user.
  package let path: String
  /// The SHA-256 of the file, in lower-case hexadecimal.
  package let sha256: String
  private let file: DatabaseFile
  private let unlocked: UnlockedFile

  /// Opens and hashes a file; costs reading it once.
  ///
  /// Throws `store.missing`, `store.permission`, `store.not_a_database`, `store.io`, and `shard.incomplete` if there is
  /// a log or a journal next to it.
  package init(path: String) throws(StoreError) {
    file = DatabaseFile(path)
    self.path = path
    if file.isHidden { throw .permission(path) }
    if !file.exists { throw .missing(shard: path) }
    if file.isFolder || file.isSpecial { throw .notADatabase(shard: path) }
    if file.hasLog { throw .incomplete(shard: path, "a log or a journal lies beside it") }
    do throws(FileError) {
      unlocked = try UnlockedFile(file)
      let bytes = try File(path: Array(file.plainPath.utf8))
      var (hash, part) = (SHA256(), [UInt8](repeating: 0, count: 1 << 18))
      while case let count = try bytes.read(into: &part), count > 0 { hash.update(data: part[..<count]) }
      sha256 = hexadecimal(hash.finalize())
    } catch {
      throw [EACCES, EPERM].contains(error.number) ? .permission(path) : .unreadable(shard: path, error.message)
    }
  }

  /// The SQL that sets a large page cache, at most 256 MiB, for indexes whose rows are inserted in random order and for the pages
  /// that a transaction changes. A changed page that is written before the transaction ends may have to be written again.
  static let manyPages = "PRAGMA cache_size = -262144; PRAGMA cache_spill = 60000"
  /// The SQL that sets a page cache of at most 32 MiB.
  static let somePages = "PRAGMA cache_size = -32768"
  /// The SQL that sets SQLite's default page cache; pages that a transaction changed are kept besides.
  static let fewPages = "PRAGMA cache_size = -2000"
  /// The SQL that sets the page cache of a connection when it is opened.
  static let usualPages = fewPages + "; PRAGMA cache_spill = 1"

  /// The file's URI for SQLite's ATTACH.
  var uri: String { file.uri("mode=ro&immutable=1") }

  /// The file name without folders.
  var name: String { file.path.split(separator: "/").last.map(String.init) ?? file.path }

  /// Whether the file is the database of a store.
  package func isFile(of store: Store) -> Bool { store.paths.contains { leadToSameFile($0, file.plainPath) } }

  /// Throws if the file has changed since it was checked.
  func checkUnchanged() throws(StoreError) {
    guard unlocked.isUntouched else { throw .incomplete(shard: path, "it was written to while it was read") }
  }

  /// Checks the whole shard: its pages, its schema, and every value. Costs reading it once, and index lookups for each
  /// row.
  package func check() throws(StoreError) { try check(checkContent) }

  /// Checks the shard's pages, its schema, and its decisions.
  package func checkDecisions() throws(StoreError) {
    try check { db in
      try checkConstraints(of: Store.decisionTables.map(\.0), db)
      try checkDecisions(db)
    }
  }

  private func check(_ content: (Database) throws -> Void) throws(StoreError) {
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.label = "streetnum.shard"
      configuration.prepareDatabase { db in
        try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
        try db.execute(sql: Shard.somePages)
      }
      let queue = try DatabaseQueue(path: uri, configuration: configuration)
      try queue.read { db in
        try checkSchema(db)
        let verdict = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
        guard verdict == "ok" else { throw StoreError.damaged(shard: path, verdict ?? "quick_check says nothing") }
        try checkIndexes(db)
        try content(db)
      }
      try queue.close()
    } catch let error as StoreError {
      throw error
    } catch {
      let error = StoreError(error, path: path)
      if error.code == .notADatabase { throw .notADatabase(shard: path) }
      throw error.code == .damaged || error.code == .internal ? .damaged(shard: path, error.message) : error
    }
    try checkUnchanged()
  }

  private func checkSchema(_ db: Database) throws {
    guard try Int.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
      throw StoreError.notADatabase(shard: path)
    }
    let version = try Store.schemaVersion(db)
    guard version <= Schema.version else { throw StoreError.newerSchema(path, version: version) }
    guard let ours = try Shard.schemas.get()[version] else { throw StoreError.olderSchema(path, version: version) }
    // SQLite can't attach a database with another encoding.
    let encoding = try String.fetchOne(db, sql: "PRAGMA encoding") ?? ""
    guard encoding == "UTF-8" else { throw StoreError.foreign(shard: path, "its text is \(encoding)") }
    let theirs = try Shard.schema(db)
    if let object = theirs.subtracting(ours).min() ?? ours.subtracting(theirs).min() {
      throw StoreError.foreign(shard: path, String(object.prefix(80)))
    }
  }

  /// For each version whose shards can be merged, the statements that create its schema.
  private static let schemas = Result {
    let queue = try DatabaseQueue()
    var schemas: [Int: Set<String>] = [:]
    for version in Schema.oldestMerged...Schema.version {
      try Schema.migrator.migrate(queue, upTo: "\(version)")
      schemas[version] = try queue.read(schema)
    }
    return schemas
  }

  private static func schema(_ db: Database) throws -> Set<String> {
    try Set(
      String.fetchAll(
        db, sql: "SELECT type || ' ' || name || ' of ' || tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema"))
  }
}
