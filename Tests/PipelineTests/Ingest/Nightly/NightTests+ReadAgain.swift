import Foundation
import Pipeline
import TestSupport
import Testing

/// What a night makes of what an earlier version read.
extension NightTests {
  /// A picture that is stored lying on its side.
  private func turned() -> [UInt8] {
    let exif: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
    let picture = Sevens.picture(1)
    return picture.prefix(33) + PNGEncoder.chunk("eXIf", exif) + picture.dropFirst(33)
  }

  @Test(
    "What an earlier version read wrongly is found where it lies in done, and read again with a reason",
    arguments: [
      "UPDATE members SET name = '' WHERE ordinal = 0",
      "UPDATE members SET width = 16, height = 8 WHERE ordinal = 1",
      """
      DELETE FROM numbers WHERE ordinal = 0;
      UPDATE members SET state = 'ignored', reason = 'x', message = 'x', width = NULL, height = NULL WHERE ordinal = 0
      """,
    ])
  func readAgain(fault: String) throws {
    try put(TarFile([("1.png", Sevens.picture(2)), ("2.png", turned())]).bytes, "a.tar")
    #expect(try night().map(\.outcome) == [.read])
    let before = try store.found { $0.minimumConfidence = 0 }
    #expect(Set(before.map(\.image)) == ["1.png", "2.png"])
    try folder.damage("UPDATE result_sets SET parameters = '{}', selection = '', rules = 1; \(fault)")
    #expect(try store.verify().outdated == 1)
    let entries = try night()
    #expect(entries.map(\.reason?.id) == ["source.read_again"] && entries.map(\.isTrouble) == [false])
    #expect(try store.found { $0.minimumConfidence = 0 } == before)
    #expect(try night().isEmpty && store.verify().outdated == 0)
  }

  @Test("Another file that lies where an earlier version read one is not taken for it")
  func replacedInDone() throws {
    try put(TarFile([("1.png", Sevens.picture(2))]).bytes, "a.tar")
    _ = try night()
    try folder.damage(
      "UPDATE result_sets SET parameters = '{}', selection = '', rules = 1; UPDATE members SET name = ''")
    let before = try store.found { $0.minimumConfidence = 0 }
    let other = TarFile([("2.png", Sevens.picture(9, width: 24, height: 16))]).bytes
    try Data(other).write(to: URL(fileURLWithPath: folder.path + "/inbox/done/a.tar"))
    #expect(try night().isEmpty)
    #expect(try store.found { $0.minimumConfidence = 0 } == before)
    #expect(try store.verify().outdated == 1)
  }

  @Test(
    "A photograph that an earlier version could not read for a passing reason is read by the next night of this one")
  func rejectedBefore() throws {
    try put(tar(1), "a.tar")
    var late = IngestOptions()
    late.memberTimeout = 0
    #expect(try night(options: late).map(\.rejected) == [1])
    try folder.damage("UPDATE result_sets SET parameters = '{}', selection = '', rules = 1")
    let entries = try night()
    #expect(entries.map(\.done) == [1] && entries.map(\.rejected) == [0])
  }

  @Test("What an earlier version put into failed and this one can read is read, and comes to done")
  func readableNow() throws {
    try put(tar(1), "a.tar")
    _ = try night()
    let inbox = folder.path + "/inbox"
    try FileManager.default.moveItem(atPath: inbox + "/done/a.tar", toPath: inbox + "/failed/a.tar")
    try folder.damage(
      """
      UPDATE result_sets SET parameters = '{}', selection = '', rules = 1, member_count = 0, reason = 'archive.not_an_archive', message = 'x';
      DELETE FROM numbers; DELETE FROM members; UPDATE source_paths SET path = replace(path, '/done/', '/failed/')
      """)
    #expect(try night().map(\.done) == [1])
    #expect(try list("inbox/done") == ["a.tar"] && list("inbox/failed").isEmpty)
  }

  @Test("What was read with other limits is not read again with the night's")
  func otherLimits() throws {
    try put(TarFile([("1.png", Sevens.picture(2))]).bytes, "a.tar")
    _ = try night()
    try folder.damage(
      """
      UPDATE result_sets SET parameters = '{"max_megapixels":300}', selection = '', rules = 1;
      UPDATE members SET name = ''
      """)
    #expect(try night().isEmpty && store.verify().outdated == 1)
  }

  @Test("What an earlier version read rightly is looked at once, and not read again")
  func readRightly() throws {
    try put(TarFile([("1.png", Sevens.picture(2)), ("2.png", turned()), ("3.txt", [1])]).bytes, "a.tar")
    _ = try night()
    try folder.damage("UPDATE result_sets SET parameters = '{}', selection = '', rules = 1")
    #expect(try night().isEmpty && store.verify().outdated == 0)
  }
}
