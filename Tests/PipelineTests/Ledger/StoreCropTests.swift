import DigitNet
import Foundation
import GRDB
import Pipeline
import Testing

@Suite("Crops in the database")
struct StoreCropTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let seven = number("7", 9_000, left: 10, top: 20)
  private let twelve = number("12", 3_000, left: 100, top: 20)

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
  }

  private func crop(_ number: HouseNumber, _ mark: UInt8 = 0) -> NumberCrop {
    NumberCrop(
      box: number.box, part: number.box.surrounded(in: ImageSize(width: 640, height: 480)),
      jpeg: Data([0xFF, 0xD8, 0xFF, mark]))
  }

  /// A picture whose numbers have crops, as a reading of it hands them over.
  private func cut(_ ordinal: Int, _ numbers: [HouseNumber], sha256: String, mark: UInt8 = 0) -> MemberOutcome {
    var outcome = done(ordinal, numbers, sha256: sha256)
    outcome.crops = numbers.map { crop($0, mark) }
    return outcome
  }

  @Test("What is kept is given back, by the picture's bytes and the number's box; the one that is there stays")
  func kept() throws {
    try store.add(archive("a.tar", "1"), [cut(0, [seven, twelve], sha256: digest("5"))])
    try store.add(archive("b.tar", "2"), [cut(0, [seven], sha256: digest("5"), mark: 1)])
    #expect(try store.crop(ofPicture: digest("5"), box: seven.box) == crop(seven))
    #expect(try store.crop(ofPicture: digest("5"), box: twelve.box) == crop(twelve))
    #expect(try store.crop(ofPicture: digest("6"), box: seven.box) == nil)
    #expect(try store.cropCount() == 2)
    #expect(try store.verify().faults == [])
  }

  @Test("What is found does not depend on crops")
  func independent() throws {
    try store.add(archive("a.tar", "1"), [cut(0, [seven, twelve], sha256: digest("5"))])
    let (found, verified) = (try store.found(), try store.verify())
    #expect(try store.pruneCrops().crops == 2)
    #expect(try store.found() == found)
    #expect(try store.verify().members == verified.members)
    #expect(try store.crop(ofPicture: digest("5"), box: seven.box) == nil)
  }

  @Test("Pictures without crops are those with numbers that are sure enough, of the newest sets")
  func uncut() throws {
    let faint = number("3", 1_999, left: 300, top: 20)
    try store.add(
      archive("a.tar", "1"),
      [
        done(0, [seven, twelve, faint], sha256: digest("5")), cut(1, [seven], sha256: digest("6")),
        done(2, [faint], sha256: digest("7")), done(3, [seven]),
      ])
    let uncut = try store.uncutPictures()
    #expect(uncut.map(\.sha256) == [digest("5")])
    #expect(uncut.first?.size == ImageSize(width: 640, height: 480))
    #expect(Set(uncut.first?.boxes ?? []) == [seven.box, twelve.box])
    try store.keep([(digest("5"), crop(seven)), (digest("5"), crop(twelve)), (digest("e"), crop(seven))])
    #expect(try store.uncutPictures().isEmpty)
    #expect(try store.cropCount() == 3, "of a picture that nobody knows none is kept")
  }

  @Test("A source that is removed takes its crops along, but for those of pictures that another source has")
  func forgotten() throws {
    try store.add(
      archive("a.tar", "1"), [cut(0, [seven], sha256: digest("5")), cut(1, [twelve], sha256: digest("6"))])
    try store.add(archive("b.tar", "2"), [done(0, [seven], sha256: digest("5"))])
    try store.forget(store.source(named: "a.tar"))
    #expect(try store.crop(ofPicture: digest("5"), box: seven.box) != nil)
    #expect(try store.crop(ofPicture: digest("6"), box: twelve.box) == nil)
    try store.forget(store.source(named: "b.tar"))
    #expect(try store.cropCount() == 0)
  }

  @Test("Superseded results take those crops along whose numbers nobody reads any more")
  func pruned() throws {
    var later = method
    later.modelID = digest("b")
    try store.add(archive("a.tar", "1"), [cut(0, [seven, twelve], sha256: digest("5"))])
    try store.add(archive("a.tar", "1"), [cut(0, [seven], sha256: digest("5"))], method: later)
    _ = try store.prune()
    #expect(try store.crop(ofPicture: digest("5"), box: seven.box) != nil)
    #expect(try store.crop(ofPicture: digest("5"), box: twelve.box) == nil)
  }

  @Test("A crop of no picture, and one that is no JPEG, are faults")
  func faults() throws {
    try store.add(archive("a.tar", "1"), [cut(0, [seven], sha256: digest("5"))])
    try store.close()
    try folder.damage("UPDATE crops SET sha256 = '\(digest("9"))', jpeg = x'00'")
    let damaged = try Store.open(path: folder.database, mode: .read)
    #expect(try damaged.verify().faults.count == 2)
  }

  @Test("A database of an earlier version is read without crops, and has the table when it is written to")
  func migrated() throws {
    try store.close()
    try FileManager.default.removeItem(atPath: folder.database)
    let sql = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("schema-1.sql")
    try folder.damage("PRAGMA foreign_keys = OFF; " + String(decoding: try Data(contentsOf: sql), as: UTF8.self))
    let reader = try Store.open(path: folder.database, mode: .read)
    let found = try reader.found()
    #expect(try reader.cropCount() == 0 && reader.crop(ofPicture: digest("5"), box: seven.box) == nil)
    #expect(try reader.verify().faults == [])
    try reader.close()
    let writer = try Store.open(path: folder.database, mode: .write)
    #expect(try !writer.uncutPictures().isEmpty)
    #expect(try writer.found() == found && writer.cropCount() == 0)
  }
}
