import DigitNet
import Foundation
import Pipeline
import TestSupport
import Testing

/// Which commands find a damaged page that they do not need, through the built program.
@Suite("Checking a database's pages")
struct PageCheckTests {
  let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    try workplace.write(TarFile([("1.png", Photographs.noise(1))]).bytes, "a.tar")
    let store = try Store.open(path: workplace.path + "/streetnum.sqlite", mode: .write)
    let box = Box(left: 30, top: 40, width: 20, height: 28)
    let number = HouseNumber(digits: [Digit(value: 7, score: 9_000, box: box)], confidence: 9_731)
    let source = SourceDescription.file(
      .archive, sha256: String(repeating: "c", count: 64), name: "large.tar",
      at: SourcePath(path: "/large.tar", byteCount: 1, modified: 1))
    let set = try store.begin(
      source,
      method: ReadingMethod(
        modelID: String(repeating: "a", count: 64), modelName: "m", modelMetadata: "{}", parameters: "{}",
        toolVersion: "1"))
    try store.commit(
      (0..<1_000).map {
        MemberOutcome(
          ordinal: $0, name: "\($0).png", byteCount: 1, sha256: nil, offset: nil,
          state: .done(width: 640, height: 480, numbers: [number]))
      }, to: set)
    try store.complete(set, memberCount: 1_000)
    try store.close()
  }

  private func damagePage() throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: workplace.path + "/streetnum.sqlite"))
    let page = bytes.count / 4_096 * 3 / 4 * 4_096
    bytes.replaceSubrange(page..<page + 4_096, with: Data(repeating: 0x5A, count: 4_096))
    try workplace.write(Array(bytes), "streetnum.sqlite")
  }

  @Test(
    "A night, verify and backup find a damaged page, 65",
    arguments: ["nightly --inbox inbox", "verify", "backup copy.sqlite"])
  func found(command: String) throws {
    try damagePage()
    let result = try workplace.shell("mkdir inbox; streetnum \(command)")
    #expect(result.code == 65 && result.errors.contains("is damaged"), "\(result.code) \(result.errors)")
    #expect(!workplace.exists("copy.sqlite"))
  }

  @Test("The run after one that was killed finds it, 65, whoever reads in between; on a sound database it goes on, 0")
  func killed() throws {
    for isDamaged in [false, true] {
      let process = workplace.process("exec streetnum ingest -")
      let input = Pipe()
      (process.standardInput, process.standardError) = (input, FileHandle.nullDevice)
      try process.run()
      // The run is entered before it reads what never comes.
      while try workplace.shell("test -s streetnum.sqlite-wal").code != 0 { Thread.sleep(forTimeInterval: 0.02) }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(try workplace.shell("streetnum query --limit 1").code == 0)
      #expect(!workplace.exists("streetnum.sqlite-wal"), "the reader took the log in")
      if isDamaged { try damagePage() }
      let next = try workplace.shell("streetnum ingest a.tar")
      #expect(next.code == (isDamaged ? 65 : 0), "\(next.errors)")
      #expect(next.errors.contains("is damaged") == isDamaged)
    }
  }
}
