import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("A system's own files beside photographs") struct SystemFileTests {
  static let own = [
    // Synology, QNAP and other network storage.
    "@eaDir/1.jpg/SYNOPHOTO_THUMB_XL.jpg", "a/@eaDir/1.jpg/SYNOFILE_THUMB_M.jpg", "#recycle/old.jpg",
    "#snapshot/x/1.jpg",
    ".@__thumb/s1001.jpg", "a/@Recycle/1.jpg", "@Recently-Snapshot/x/1.jpg", ".recycle/user/1.jpg",
    ".snapshot/daily/1.jpg",
    "1.jpg@SynoEAStream", ".wdmc/1.jpg",
    // Linux.
    ".Trash-1000/files/old.jpg", ".Trash/1000/files/1.jpg", "lost+found/#1234", ".thumbnails/normal/ab.png",
    "home/x/.thumbnails/large/ab.png", ".cache/thumbnails/large/ab.png",
    // macOS.
    ".Trashes/501/1.jpg", "__MACOSX/a/._1.jpg", "__macosx/1.jpg", "._1.jpg", "a/._1.jpg", ".DS_Store", "a/.ds_store",
    ".Spotlight-V100/x.jpg", ".fseventsd/0001", ".AppleDouble/1.jpg", "Network Trash Folder/1.jpg",
    // Windows.
    "$RECYCLE.BIN/S-1-5-21/$R1.jpg", "$Recycle.Bin/1.jpg", "System Volume Information/1.jpg", "Thumbs.db",
    "a/thumbs.db",
    "ehthumbs.db", "desktop.ini", "Desktop.INI", "thumbcache_256.db", "1.jpg:Zone.Identifier",
    // Android.
    "DCIM/.thumbnails/1.jpg", "DCIM/.trashed-1700000000-1.jpg", "DCIM/.pending-1700000000-1.jpg",
  ]

  static let photographs = [
    "1.jpg", "Trash/1.jpg", "recycle/1.jpg", "Recycled/1.jpg", "thumbnails/1.jpg", "eaDir/1.jpg",
    ".Trash-of-mine/1.jpg",
    ".Trash-/1.jpg", ".hidden folder/1.jpg", "lost and found/1.jpg", "MACOSX/1.jpg", "_1.jpg", ".1.jpg", "thumbs.jpg",
    "Thumbs.db.jpg", "@EADIR/1.jpg", "@1.jpg", "#1.jpg", "snapshot/1.jpg",
  ]

  @Test("are ignored, wherever they lie in an archive or a folder", arguments: own)
  func ignored(name: String) throws {
    for ending in try endings(name) {
      #expect(ending.members == ["member.system_note"])
      #expect(ending.counts.ignored == 1)
    }
  }

  @Test("are not what only sounds like it", arguments: photographs)
  func read(name: String) throws {
    for ending in try endings(name) { #expect(ending.members == [""]) }
  }

  @Test("count where they are what is asked for: names above the source have no say")
  func askedFor() throws {
    let fixture = try ArchiveFixture()
    let bin = fixture.folder.path + "/#recycle"
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
    try Data(ArchiveFixture.picture(1)).write(to: URL(fileURLWithPath: bin + "/1.png"))
    #expect(try fixture.ingest(path: bin).members == [""])
    #expect(try fixture.ingest(path: bin + "/1.png").members == [""])
  }

  /// How a picture of this name ends in a tar and in a folder.
  private func endings(_ name: String) throws -> [ArchiveFixture.Ending] {
    let fixture = try ArchiveFixture()
    let (picture, folder) = (ArchiveFixture.picture(1), fixture.folder.path + "/photographs")
    let file = URL(fileURLWithPath: folder + "/" + name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(picture).write(to: file)
    return [try fixture.ingest(TarFile([(name, picture)]).bytes), try fixture.ingest(path: folder)]
  }
}
