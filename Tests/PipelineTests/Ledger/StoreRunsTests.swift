import Foundation
import GRDB
import Pipeline
import Testing

@Suite("Runs and what they claim")
struct StoreRunsTests {
  let folder: TemporaryFolder
  let first: Store
  let second: Store

  init() throws {
    folder = try TemporaryFolder()
    first = try Store.open(path: folder.database, mode: .write)
    second = try Store.open(path: folder.database, mode: .write)
    try first.startRun("first")
    try second.startRun("second")
  }

  private func holder(_ claim: Claim) -> Run? {
    guard case .held(let run) = claim else { return nil }
    return run
  }

  /// Makes the first run another process's.
  private func change(_ sql: String) throws { try folder.damage("UPDATE runs SET \(sql) WHERE command = 'first'") }

  @Test("What one run reads another doesn't; it is told who, and may read all else")
  func held() throws {
    let set = try first.begin(archive("a.tar", "1"), method: method)
    let run = try #require(holder(try second.claim(archive("a.tar", "1"), method: method)))
    #expect(run.process == .current)
    #expect(run.description.contains("process \(getpid()) on "))
    #expect(throws: StoreError.self) { try second.begin(archive("a.tar", "1"), method: method) }
    _ = try second.begin(archive("b.tar", "2"), method: method)
    try first.complete(set, memberCount: 0)
    #expect(try second.begin(archive("a.tar", "1"), method: method).isComplete)
  }

  @Test("A run that has ended, or whose process is gone, holds nothing")
  func ended() throws {
    _ = try first.begin(archive("a.tar", "1"), method: method)
    try first.endRun(exitCode: 143)
    #expect(holder(try second.claim(archive("a.tar", "1"), method: method)) == nil)
    try second.endRun(exitCode: 0)
    try first.startRun("first")
    _ = try first.begin(archive("a.tar", "1"), method: method)
    try second.startRun("second")
    #expect(holder(try second.claim(archive("a.tar", "1"), method: method)) != nil)
    try change("process_id = 4194304")
    #expect(holder(try second.claim(archive("a.tar", "1"), method: method)) == nil)
  }

  @Test("A later process of the same number, or one before the machine was started again, is not taken for it")
  func reused() throws {
    _ = try first.begin(archive("a.tar", "1"), method: method)
    for mark in ["process_mark || '0'", "'boot' || process_mark"] {
      try change("process_mark = \(mark)")
      #expect(holder(try second.claim(archive("a.tar", "1"), method: method)) == nil)
      try folder.damage("UPDATE result_sets SET run_id = (SELECT id FROM runs WHERE command = 'first')")
    }
  }

  @Test("A run whose set was taken over stores nothing more in it")
  func taken() throws {
    let set = try first.begin(archive("a.tar", "1"), method: method)
    let run = try #require(holder(try second.claim(archive("a.tar", "1"), method: method)))
    guard case .granted(let theirs) = try second.claim(archive("a.tar", "1"), method: method, from: run) else {
      Issue.record("not granted")
      return
    }
    #expect { try first.commit([done(0, [])], to: set) } throws: { StoreError.Code.busy ~= $0 }
    try second.commit([done(0, [])], to: theirs)
    try second.complete(theirs, memberCount: 1)
    try first.commit([done(0, [])], to: set)
    #expect(try second.refreshed(theirs).counts.total == 1)
  }

  @Test("A heartbeat shows; the summary knows the last night that ended well")
  func heartbeat() throws {
    _ = try first.begin(archive("a.tar", "1"), method: method)
    let before = try #require(holder(try second.claim(archive("a.tar", "1"), method: method)))
    Thread.sleep(forTimeInterval: 0.005)
    try first.beat()
    let after = try #require(holder(try second.claim(archive("a.tar", "1"), method: method)))
    #expect(before.heartbeatAt < after.heartbeatAt)
    #expect(try first.summary().lastSuccess == nil)
    try first.endRun(exitCode: 0)
    try first.startRun("nightly")
    try first.endRun(exitCode: 0)
    let success = try #require(try second.summary().lastSuccess)
    #expect(abs(success - Date().timeIntervalSince1970) < 60)
  }

  @Test("A lock that doesn't come free names a run that lives")
  func lockHolder() throws {
    let third = try Store.open(path: folder.database, mode: .write, busyTimeout: 0.05)
    try folder.whileLocked {
      let error = #expect(throws: StoreError.self) { try third.startRun("third") }
      #expect(error?.message.contains("process \(getpid()) on ") == true, "\(error?.message ?? "")")
    }
  }
}
