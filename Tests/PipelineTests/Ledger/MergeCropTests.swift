import DigitNet
import Foundation
import GRDB
import Pipeline
import Testing

@Suite("Crops of shards")
struct MergeCropTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let seven = number("7", 9_000, left: 10, top: 20)
  private let twelve = number("12", 3_000, left: 100, top: 20)

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
  }

  /// What a merge looks at of a JPEG: a frame's header, and the end.
  private static func jpeg(_ mark: UInt8, width: UInt16 = 160, height: UInt16 = 120) -> Data {
    let sides = [height, width].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    return Data([0xFF, 0xD8, 0xFF, 0xFE, 0, 3, mark, 0xFF, 0xC0, 0, 11, 8] + sides + [1, 1, 0x11, 0, 0xFF, 0xD9])
  }

  private func crop(_ number: HouseNumber, _ mark: UInt8) -> NumberCrop {
    NumberCrop(
      box: number.box, part: number.box.surrounded(in: ImageSize(width: 640, height: 480)), jpeg: Self.jpeg(mark))
  }

  /// A picture whose numbers have crops.
  private func cut(_ ordinal: Int, _ numbers: [HouseNumber], sha256: String, mark: UInt8 = 0) -> MemberOutcome {
    var outcome = done(ordinal, numbers, sha256: sha256)
    outcome.crops = numbers.map { crop($0, mark) }
    return outcome
  }

  private func shard(_ name: String = "a", mark: UInt8 = 0) throws -> String {
    try folder.shard(name, archive("a.tar", "1"), [cut(0, [seven, twelve], sha256: digest("5"), mark: mark)])
  }

  @Test("Crops come along with the shard that has them, and the one that is there stays")
  func taken() throws {
    let bare = try folder.shard("bare", archive("b.tar", "2"), [done(0, [seven], sha256: digest("5"))])
    _ = try store.merge(Shard(path: bare))
    #expect(try store.cropCount() == 0)
    _ = try store.merge(Shard(path: shard()))
    #expect(try store.cropCount() == 2)
    #expect(try store.merge(Shard(path: shard("again", mark: 1))) != nil)
    #expect(try store.crop(ofPicture: digest("5"), box: seven.box) == crop(seven, 0))
    #expect(try store.crop(ofPicture: digest("5"), box: twelve.box) == crop(twelve, 0))
    #expect(try store.verify().faults == [])
  }

  @Test("Whether the better result has crops or the worse one, they are kept in any order")
  func replaced() throws {
    let rejected = MemberOutcome(
      ordinal: 1, name: "1.png", byteCount: 100, sha256: digest("6"), offset: 512, state: .rejected(notAnImage))
    let worse = try folder.shard(
      "worse", archive("a.tar", "1"), [cut(0, [seven, twelve], sha256: digest("5")), rejected])
    let better = try folder.shard(
      "better", archive("a.tar", "1"),
      [done(0, [seven], sha256: digest("5")), cut(1, [seven], sha256: digest("6"))])
    for order in [[worse, better], [better, worse]] {
      let merged = try Store.open(path: folder.path + "/" + UUID().uuidString, mode: .write)
      for shard in order { _ = try merged.merge(Shard(path: shard)) }
      #expect(try merged.crop(ofPicture: digest("5"), box: seven.box) == crop(seven, 0))
      #expect(try merged.crop(ofPicture: digest("6"), box: seven.box) == crop(seven, 0))
      #expect(try merged.cropCount() == 3)
      #expect(try merged.verify().faults == [])
    }
  }

  @Test("Crops of pictures or numbers that a shard does not hold are left out")
  func others() throws {
    try store.add(archive("own.tar", "9"), [done(0, [seven], sha256: digest("7"))])
    let shard = try shard()
    try folder.forge(
      shard,
      "UPDATE crops SET sha256 = '\(digest("7"))' WHERE id = 1; UPDATE crops SET box_left = box_left + 1 WHERE id = 2")
    _ = try store.merge(Shard(path: shard))
    #expect(try store.found().count == 2)
    #expect(try store.cropCount() == 0)
  }

  @Test("A shard of the schema before crops is merged")
  func earlier() throws {
    let shard = try folder.shard("a", archive("a.tar", "1"), [done(0, [seven], sha256: digest("5"))])
    try folder.forge(
      shard,
      """
      DROP TRIGGER reviews_of_numbers; DROP TRIGGER reviews_of_members; DROP TRIGGER newest_set_begun;
      DROP TRIGGER newest_set_changed; DROP TRIGGER newest_set_dropped; DROP TRIGGER stream_sealed;
      DROP TRIGGER number_counted; DROP TRIGGER number_uncounted; DROP TRIGGER number_moved;
      DROP TABLE sample_items; DROP TABLE samples; DROP TABLE decisions; DROP TABLE reviewed_numbers;
      DROP TABLE newest_sets; DROP TABLE confidence_counts; DROP TABLE text_counts;
      DROP INDEX members_rejected; DROP INDEX sources_by_name; DROP INDEX numbers_by_confidence;
      DROP INDEX numbers_by_text; CREATE INDEX numbers_by_text ON numbers (text);
      ALTER TABLE models DROP COLUMN sequence;
      DROP TRIGGER crops_of_members; DROP TABLE crops; DELETE FROM grdb_migrations WHERE identifier > '6';
      PRAGMA user_version = 6
      """)
    #expect(try store.merge(Shard(path: shard)) != nil)
    #expect(try store.found().count == 1)
  }

  @Test(
    "A crop that streetnum does not make is refused with its shard",
    arguments: [
      "jpeg = zeroblob(100000)", "jpeg = x'FFD8FFD9'", "jpeg = x''", "jpeg = substr(jpeg, 1, 15)",
      "jpeg = x'\(hexadecimal(jpeg(0, width: 60_000)))'", "jpeg = x'\(hexadecimal(jpeg(0, height: 161)))'",
      "jpeg = x'\(hexadecimal(jpeg(0, width: 0)))'", "jpeg = x'89504E470D0A1A0A'",
      "jpeg = x'FFD8FFE00000FFD9'", "jpeg = x'FFD8FFE0FFFF00000000000000FFD9'",
      "sha256 = 'x'", "sha256 = upper('\(digest("a"))')", "box_left = -1", "part_left = box_left + 1", "part_width = 1",
      "part_width = 9223372036854775807", "box_width = 9223372036854775807",
    ])
  func refused(change: String) throws {
    let shard = try shard()
    try folder.forge(shard, "UPDATE crops SET \(change) WHERE id = 1")
    let error = #expect(throws: StoreError.self) { try store.merge(Shard(path: shard)) }
    #expect(error?.code.rawValue == "shard.damaged", "\(error?.message ?? "")")
    #expect(try store.cropCount() == 0 && store.found() == [])
  }

  private static func hexadecimal(_ data: Data) -> String {
    data.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
