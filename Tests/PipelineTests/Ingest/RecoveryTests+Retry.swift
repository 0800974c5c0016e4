import Foundation
import Pipeline
import Synchronization
import TestSupport
import Testing

extension RecoveryTests {
  @Test("A retry that ends the program leaves the source to another retry, and to nothing else")
  func retryThatDies() throws {
    let path = try endedIn(2)
    _ = try ingest(isolation: isolation(survives: false)).run(path: path)
    let crashed = try #require(try store.rejectedSources(method: method).first)
    let source = SourceDescription.file(
      .archive, sha256: try Source(path: path).sha256(), name: "a.tar",
      at: SourcePath(path: path, byteCount: 0, modified: 0))
    guard case .granted = try store.claim(source, method: method, retry: (crashed, ["*"])) else {
      Issue.record("the set is held")
      return
    }
    try folder.damage("UPDATE result_sets SET run_id = NULL")
    #expect(try store.rejectedSources(method: method).map(\.name) == ["a.tar"])
    let again = try ingest(isolation: isolation()).run(path: path)
    #expect(again.ending?.id == "source.crashed" && again.counts.done == 2)
    let retried = try ingest(isolation: isolation()).retry(crashed, path: path, reasons: ["*"])
    #expect(retried.isWhole && retried.counts.done == 3)
  }

  @Test("Rejected members alone are read again when that is asked for")
  func retry() throws {
    var tar = TarFile([("1.png", Sevens.picture(1)), ("2.png", [1]), ("3.png", Array(Sevens.picture(3).dropLast(9)))])
    tar.add(Array("4.png".utf8), Sevens.picture(4))
    let path = try write(tar.bytes)
    #expect(try ingest().run(path: path).counts.rejected == 2)
    let rejected = try store.rejectedSources(method: method, reasons: ["image.trunc*"])
    #expect(rejected.map(\.members) == [1] && rejected.map(\.paths) == [[path]])
    let read = Mutex<[String]>([])
    let again = try ingest(watch: { event in
      if case .member(let name, _, _, _) = event { read.withLock { $0.append(name) } }
    }).retry(rejected[0], path: path, reasons: ["image.trunc*"])
    #expect(read.withLock { $0 } == ["3.png"])
    #expect((again.counts.done, again.counts.rejected) == (2, 2))
    #expect(try store.rejectedSources(method: method, archive: "b*").isEmpty)
  }

  @Test("A retry that was cut off is taken up by the next one; what lies elsewhere now is not taken for it")
  func retryCutOff() throws {
    let torn = Array(Sevens.picture(3).dropLast(9))
    let path = try write(TarFile([("1.png", Sevens.picture(1)), ("3.png", torn)]).bytes)
    _ = try ingest().run(path: path)
    let other = try write(TarFile([("4.png", Sevens.picture(4))]).bytes, "other.tar")
    let rejected = try store.rejectedSources(method: method)
    #expect { try ingest().retry(rejected[0], path: other, reasons: ["*"]) } throws: {
      let error = $0 as? SourceError
      return error?.code == .changed
        && error?.message.contains("`streetnum forget --archive \(rejected[0].sha256 ?? "")`") == true
    }
    #expect(try states() == ["done", "rejected image.truncated"])
    let stop = StopSign()
    stop.raise()
    #expect(throws: Stopped.self) { try ingest(stop: stop).retry(rejected[0], path: path, reasons: ["*"]) }
    #expect(try states() == ["done", "pending"])
    let left = try store.rejectedSources(method: method)
    #expect(left.map(\.members) == [1])
    #expect(try ingest().retry(left[0], path: path, reasons: ["*"]).counts.rejected == 1)
    #expect(try states() == ["done", "rejected image.truncated"])
  }

  @Test("Of a folder that has changed, members rejected before count no more; to retry them is refused, with no trace")
  func retryOfChangedFolder() throws {
    let photos = folder.path + "/photos"
    try FileManager.default.createDirectory(atPath: photos, withIntermediateDirectories: false)
    _ = try write([1], "photos/1.png")
    _ = try ingest().run(path: photos)
    let before = try store.rejectedSources(method: method)
    #expect(before.map(\.members) == [1])
    let stale = try #require(before.first)
    func expectRefusal(sets: Int) throws {
      #expect { try ingest().retry(stale, path: photos, reasons: ["*"]) } throws: {
        ($0 as? SourceError)?.code == .changed
      }
      let found = try store.verify()
      #expect((found.sets, found.pending) == (sets, 0))
    }
    _ = try write(Sevens.picture(2), "photos/2.png")
    try expectRefusal(sets: 1)

    // Rejected for a passing reason, which any run that claims the set opens again.
    _ = try ingest(change: { $0.memberTimeout = 0 }).run(path: photos)
    let now = try store.rejectedSources(method: method)
    #expect(now.map(\.members) == [2])
    try expectRefusal(sets: 2)
    let retried = try ingest().retry(try #require(now.first), path: photos, reasons: ["*"])
    #expect((retried.counts.done, retried.counts.rejected) == (1, 1))
  }
}
