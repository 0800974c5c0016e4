import Foundation
import Pipeline
import Testing

@Suite("Opening a store")
struct StoreOpeningTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func code(_ mode: Store.Mode, path: String? = nil) -> StoreError.Code? {
    do throws(StoreError) {
      try Store.open(path: path ?? folder.database, mode: mode).close()
      return nil
    } catch {
      return error.code
    }
  }

  @Test("Reading a database that isn't there is an error and creates nothing")
  func missing() throws {
    #expect(code(.read) == .missing)
    #expect(try folder.files == [])
  }

  @Test("A closed database is one file, after writing and after reading")
  func oneFile() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    try store.add(archive("a.tar", "1"), [done(0, [number("7", 9_000)])])
    try store.close()
    #expect(try folder.files == ["numbers.sqlite"])
    let reader = try Store.open(path: folder.database, mode: .read)
    #expect(try reader.found().count == 1)
    try reader.close()
    #expect(try folder.files == ["numbers.sqlite"])
  }

  @Test("A temporary store gives what it was given, and each is its own")
  func temporary() throws {
    let (store, other) = (try Store.temporary(), try Store.temporary())
    try store.add(archive("a.tar", "1"), [done(0, [number("7", 9_000)])])
    #expect(try store.found().map(\.number) == [number("7", 9_000)])
    #expect(try other.found().isEmpty)
    try store.close()
    try other.close()
  }

  @Test("Reading never changes the file, not by a byte")
  func unchanged() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    try store.add(archive("a.tar", "1"), [done(0, [number("7", 9_000)])])
    try store.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.database))
    let reader = try Store.open(path: folder.database, mode: .read)
    #expect(try reader.found().count == 1)
    try reader.close()
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.database)) == before)
  }

  @Test("A reader sees what an open writer has committed")
  func readerBesideWriter() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    let reader = try Store.open(path: folder.database, mode: .read)
    try store.add(archive("a.tar", "1"), [done(0, [number("7", 9_000)])])
    #expect(try reader.found().count == 1)
    try reader.close()
    try store.close()
  }

  @Test("A cleanly closed database can be read where nothing may be written")
  func readOnlyFolder() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    try store.add(archive("a.tar", "1"), [done(0, [number("7", 9_000)])])
    try store.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.database)
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    let count = try withoutPrivileges {
      #expect(throws: (any Error).self) {
        try Data().write(to: URL(fileURLWithPath: folder.path + "/proof"))
      }
      let reader = try Store.open(path: folder.database, mode: .read)
      defer { try? reader.close() }
      return try reader.found().count
    }
    #expect(count == 1)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
    #expect(try folder.files == ["numbers.sqlite"])
  }

  @Test("What is read without a lock, where nothing may be written, counts until the database is written to")
  func writtenToUnlocked() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    try store.add(archive("a.tar", "1"), [done(0, [number("7", 9_000)])])
    try store.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.database)
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    let reader = try withoutPrivileges { try Store.open(path: folder.database, mode: .read) }
    defer { try? reader.close() }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.database)
    #expect(try folder.files == ["numbers.sqlite"], "a lock would need files beside it")
    #expect(try reader.found().count == 1)
    #expect(try reader.summary().completeSources == 1)

    Thread.sleep(forTimeInterval: 0.02)  // file systems may keep times to some milliseconds
    let writer = try Store.open(path: folder.database, mode: .write)
    try writer.add(archive("b.tar", "2"), [done(0, [number("12", 9_000)])])
    try writer.close()
    let error = #expect(throws: StoreError.self) { try reader.found() }
    #expect(error?.code == .busy && error?.message.contains("may not lock it") == true, "\(error?.message ?? "")")
    #expect { try reader.summary() } throws: { StoreError.Code.busy ~= $0 }
    #expect { try reader.backup(to: folder.path + "/copy.sqlite") } throws: { StoreError.Code.busy ~= $0 }
    #expect(try folder.files == ["numbers.sqlite"])
  }

  @Test("A log or a journal that may hold commits is looked for beside the file itself, by whatever link it is named")
  func logBesideLink() throws {
    let real = folder.path + "/real"
    try FileManager.default.createDirectory(atPath: real, withIntermediateDirectories: false)
    let store = try Store.open(path: real + "/n.sqlite", mode: .write)
    try store.add(archive("a.tar", "1"), [done(0, [number("7", 9_000)])])
    try store.close()
    try FileManager.default.createSymbolicLink(atPath: folder.database, withDestinationPath: real + "/n.sqlite")
    for end in ["-wal", "-journal"] {
      try Data([1, 2, 3]).write(to: URL(fileURLWithPath: real + "/n.sqlite" + end))
      for file in try FileManager.default.contentsOfDirectory(atPath: real) {
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: real + "/" + file)
      }
      try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: real)
      try withoutPrivileges {
        #expect(code(.read) == .permission, "\(end)")
        #expect(code(.read, path: real + "/n.sqlite") == .permission, "\(end)")
      }
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: real)
      try FileManager.default.removeItem(atPath: real + "/n.sqlite" + end)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: real)
    try withoutPrivileges { #expect(code(.read) == nil) }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: real)
  }

  @Test("A path or a name that is too long is said to be so, not to lack rights")
  func tooLong() throws {
    var long = folder.path
    for _ in 0..<9 { long += "/" + String(repeating: "d", count: 60) }
    try FileManager.default.createDirectory(atPath: long, withIntermediateDirectories: true)
    for path in [long + "/n.sqlite", folder.path + "/" + String(repeating: "n", count: 249)] {
      do throws(StoreError) {
        try Store.open(path: path, mode: .write).close()
        Issue.record("was opened")
      } catch {
        #expect(error.code == .cannotCreate && error.message.contains("too long"), "\(error.message)")
      }
    }
  }

  @Test("A pipe or a device is no database, and is not waited for", .timeLimit(.minutes(1)))
  func special() throws {
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    for path in [folder.path + "/pipe", "/dev/null"] {
      #expect(code(.read, path: path) == .notADatabase)
      #expect(code(.write, path: path) == .notADatabase)
    }
  }

  @Test("Names that SQLite would take for something else are names of files")
  func strangeNames() throws {
    for name in ["a?mode=memory#%41 é.sqlite", "file:x", ":memory:"] {
      let path = folder.path + "/" + name
      try Store.open(path: path, mode: .write).close()
      #expect(code(.read, path: path) == nil)
      #expect(try folder.files == [name])
      try FileManager.default.removeItem(atPath: path)
    }
  }

  @Test("A database of a newer version is refused, for reading and for writing")
  func newer() throws {
    try Store.open(path: folder.database, mode: .write).close()
    try folder.damage("PRAGMA user_version = 1000")
    #expect(code(.read) == .newerSchema)
    #expect(code(.write) == .newerSchema)
  }

  @Test("A database of an older version is not read before it is brought up to date")
  func older() throws {
    try Store.open(path: folder.database, mode: .write).close()
    try folder.damage("PRAGMA user_version = 0")
    #expect(code(.read) == .olderSchema)
  }

  @Test("What isn't a database of ours is refused, and stays as it is")
  func foreign() throws {
    let text = Data(String(repeating: "no database\n", count: 100).utf8)
    try text.write(to: URL(fileURLWithPath: folder.database))
    #expect(code(.read) == .notADatabase)
    #expect(code(.write) == .notADatabase)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.database)) == text)

    try FileManager.default.removeItem(atPath: folder.database)
    try folder.damage("CREATE TABLE other (x)")
    #expect(code(.read) == .notADatabase)
    #expect(code(.write) == .notADatabase)
  }

  @Test("An empty file, as another run leaves it for a moment, is no database yet to read, but one to write")
  func empty() throws {
    try Data().write(to: URL(fileURLWithPath: folder.database))
    #expect(code(.read) == .missing)
    #expect(code(.write) == nil)
    #expect(code(.read) == nil)
  }

  @Test("A database whose making was cut short is made anew")
  func cutShort() throws {
    try folder.damage(
      """
      PRAGMA journal_mode = WAL;
      CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)
      """)
    #expect(code(.write) == nil)
    #expect(code(.read) == nil)
  }

  @Test("A database can't be created in a folder that isn't there, nor where a folder is")
  func cannotCreate() throws {
    #expect(code(.write, path: folder.path + "/none/x.sqlite") == .cannotCreate)
    #expect(code(.write, path: folder.path) == .cannotCreate)
  }

  @Test("Another run that keeps the database makes the second one wait, then say so")
  func busy() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    let second = try Store.open(path: folder.database, mode: .write, busyTimeout: 0.1)
    let set = try store.begin(archive("a.tar", "1"), method: method)
    try store.commit([done(0, [number("7", 9_000)])], to: set)
    try folder.whileLocked {
      let error = #expect(throws: StoreError.self) { try second.complete(set, memberCount: 1) }
      #expect(error?.code == .busy)
      let count = try second.found().count
      #expect(count == 1)
    }
    try second.complete(set, memberCount: 1)
  }

  @Test("Many runs may create one database at once", .timeLimit(.minutes(1)))
  func createdAtOnce() async throws {
    let path = folder.database
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for letter in "12345678" {
        group.addTask {
          let store = try Store.open(path: path, mode: .write)
          try store.add(archive("\(letter).tar", letter), [done(0, [number("7", 9_000)])])
          defer { try? store.close() }
          return try store.found().count
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts.max() == 8)
    #expect(try folder.files == ["numbers.sqlite"])
  }
}
