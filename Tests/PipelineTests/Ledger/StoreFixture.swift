import DigitNet
import Foundation
import GRDB
import Pipeline

/// A folder that a test has to itself, gone when the test is.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/streetnum-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  var database: String { path + "/numbers.sqlite" }

  var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }

  /// Changes the database behind the store's back.
  func damage(_ sql: String) throws {
    let queue = try DatabaseQueue(path: database)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON; PRAGMA writable_schema = ON")
      try db.execute(sql: sql)
    }
    try queue.close()
  }
}

/// The same 64 hexadecimal digits for the same letter.
func digest(_ letter: Character) -> String { String(repeating: letter, count: 64) }

let method = ReadingMethod(
  modelID: digest("a"), modelName: "first", modelMetadata: "{}", parameters: #"{"min":500}"#,
  toolVersion: "1.0")

func archive(_ name: String, _ letter: Character, modified: Int = 1) -> SourceDescription {
  .file(
    .archive, sha256: digest(letter), name: name,
    at: SourcePath(path: "/photos/\(name)", byteCount: 10, modified: modified))
}

/// A number whose digits stand side by side, 10 by 20 pixels each.
func number(_ text: String, _ confidence: Int, left: Int = 0, top: Int = 0) -> HouseNumber {
  let digits = text.enumerated().map { index, character in
    Digit(
      value: character.wholeNumberValue ?? 0, score: 9_000 + index,
      box: Box(left: left + 10 * index, top: top, width: 10, height: 20))
  }
  return HouseNumber(digits: digits, confidence: confidence)
}

func done(
  _ ordinal: Int, _ numbers: [HouseNumber], name: String? = nil, sha256: String? = nil
) -> MemberOutcome {
  MemberOutcome(
    ordinal: ordinal, name: name ?? "\(ordinal).png", byteCount: 100, sha256: sha256, offset: 512 * ordinal,
    state: .done(width: 640, height: 480, numbers: numbers))
}

let notAnImage = Reason(id: "image.not_an_image", message: "It is no picture.")
let readme = Reason(id: "member.not_a_picture", message: "Not named like a picture.")

extension Store {
  /// Stores a whole source.
  func add(
    _ source: SourceDescription, _ outcomes: [MemberOutcome], method: ReadingMethod = method,
    complete: Bool = true
  ) throws {
    let set = try begin(source, method: method)
    try commit(outcomes, to: set)
    if complete { try self.complete(set, memberCount: outcomes.count) }
  }

  func found(_ change: (inout NumberQuery) -> Void = { _ in }) throws -> [FoundNumber] {
    var query = NumberQuery()
    change(&query)
    var all: [FoundNumber] = []
    try forEachNumber(matching: query) { all.append($0) }
    return all
  }

  func texts(_ change: (inout NumberQuery) -> Void) throws -> [String] {
    try found(change).map(\.number.text)
  }
}

extension TemporaryFolder {
  /// Holds the database's write lock meanwhile.
  func whileLocked(_ body: () throws -> Void) throws {
    let queue = try DatabaseQueue(path: database)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      try body()
      try db.execute(sql: "ROLLBACK")
    }
  }
}

/// Runs `body` with the file rights of nobody where the tests are run by root, whom no permission stops.
///
/// Linux keeps a file system user for each thread, so that other tests go on undisturbed.
func withoutPrivileges<Value>(_ body: () throws -> Value) throws -> Value {
  guard geteuid() == 0 else { return try body() }
  typealias SetFileSystemUser = @convention(c) (UInt32) -> Int32
  let symbol = dlsym(nil, "setfsuid")
  guard let symbol else { throw CocoaError(.featureUnsupported) }
  let setFileSystemUser = unsafeBitCast(symbol, to: SetFileSystemUser.self)
  _ = setFileSystemUser(65_534)
  defer { _ = setFileSystemUser(0) }
  return try body()
}
