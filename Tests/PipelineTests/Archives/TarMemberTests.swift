import Pipeline
import TestSupport
import Testing

@Suite("Kinds of members in a tar")
struct TarMemberTests {
  let fixture: ArchiveFixture

  init() throws { fixture = try ArchiveFixture() }

  private static func name(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("The rest of a member that an earlier volume begins is rejected, as GNU tar or pax writes it")
  func volumes() throws {
    let rest = Array(ArchiveFixture.picture(0).dropFirst(40))
    var gnu = TarFile()
    gnu.add(Self.name("backup Volume 2"), [], .label)
    gnu.add(Self.name("0.png"), rest, .continuation)
    gnu.add(Self.name("1.png"), ArchiveFixture.picture(1))
    #expect(try fixture.ingest(gnu.bytes).byName == ["0.png": "archive.member_cut", "1.png": ""])
    var pax = TarFile()
    pax.add(Self.name("./GNUFileParts.77/0.png.2"), rest)
    pax.add(Self.name("1.png"), ArchiveFixture.picture(1))
    let ending = try fixture.ingest(pax.bytes)
    #expect(ending.byName == ["./GNUFileParts.77/0.png.2": "archive.member_cut", "1.png": ""])
  }

  @Test("A kind that no one knows is a file; a folder's listing is none")
  func kinds() throws {
    var tar = TarFile()
    tar.add(Self.name("0.png"), ArchiveFixture.picture(0), .unknown)
    tar.add(Self.name("empty.png"), [], .unknown)
    tar.add(Self.name("folder/"), Self.name("Y0.png\0\0"), .folderListing)
    tar.add(Self.name("1.png"), ArchiveFixture.picture(1))
    #expect(
      try fixture.ingest(tar.bytes).byName
        == ["0.png": "", "empty.png": "image.not_an_image", "folder/": "member.not_a_file", "1.png": ""])
  }

  private static let spellings = ["x/1.png", "./x/1.png", "x//1.png", "/x/./1.png"]

  @Test("A hard link is an alias however the place is written", arguments: spellings, spellings)
  func links(member: String, target: String) throws {
    var tar = TarFile()
    tar.add(Self.name(member), ArchiveFixture.picture(1))
    tar.add(Self.name("2.png"), [], .hardLink, link: target)
    tar.add(Self.name("3.png"), [], .hardLink, link: "./2.png")
    let ending = try fixture.ingest(tar.bytes)
    #expect(ending.byName == [member: "", "2.png": "", "3.png": ""])
  }

  @Test("A hard link to nothing is rejected where it or what it names promises a picture, else ignored")
  func linksToNothing() throws {
    var tar = TarFile()
    tar.add(Self.name("later.png"), [], .hardLink, link: "1.png")
    tar.add(Self.name("self.png"), [], .hardLink, link: "self.png")
    tar.add(Self.name("front-door"), [], .hardLink, link: "nowhere.jpg")
    tar.add(Self.name("nameless.png"), [], .hardLink)
    tar.add(Self.name("notes"), [], .hardLink, link: "nowhere")
    tar.add(Self.name("1.png"), ArchiveFixture.picture(1))
    let nothing = "member.link_to_nothing"
    let ending = try fixture.ingest(tar.bytes)
    #expect(
      ending.byName
        == [
          "later.png": nothing, "self.png": nothing, "front-door": nothing, "nameless.png": nothing, "notes": nothing,
          "1.png": "",
        ])
    #expect(ending.counts.rejected == 4 && ending.counts.ignored == 1)
  }

  @Test("Of a hard link and its target each has its own name: what only the name of one makes ignored is never lost")
  func linksOfSystemFiles() throws {
    var tar = TarFile()
    tar.add(Self.name(".Trash/1.png"), ArchiveFixture.picture(1))
    tar.add(Self.name("photos/1.png"), [], .hardLink, link: ".Trash/1.png")
    tar.add(Self.name("front-door"), [], .hardLink, link: ".Trash/1.png")
    tar.add(Self.name("again.png"), [], .hardLink, link: "photos/1.png")
    tar.add(Self.name("@eaDir/1.png"), [], .hardLink, link: "photos/1.png")
    tar.add(Self.name("2.png"), ArchiveFixture.picture(2))
    tar.add(Self.name(".thumbnails/2.png"), [], .hardLink, link: "2.png")
    tar.add(Self.name("Thumbs.db"), [1])
    tar.add(Self.name("notes"), [], .hardLink, link: "Thumbs.db")
    let (system, lost) = ("member.system_note", "member.link_to_ignored")
    let ending = try fixture.ingest(tar.bytes)
    #expect(
      ending.byName
        == [
          ".Trash/1.png": system, "photos/1.png": lost, "front-door": lost, "again.png": lost, "@eaDir/1.png": system,
          "2.png": "", ".thumbnails/2.png": system, "Thumbs.db": system, "notes": system,
        ])
    #expect(ending.counts.rejected == 3 && ending.messages.contains { $0.contains("\".Trash/1.png\"") })
    #expect(try fixture.store.verify().faults == [])
  }

  @Test("A pax header that makes no sense is told, since the member's name may be another")
  func damagedPax() throws {
    var tar = TarFile()
    tar.add(Self.name("pax"), Self.name("999 path=cafe/1.png\n"), .extended)
    tar.add(Self.name("1.png"), ArchiveFixture.picture(1))
    let ending = try fixture.ingest(tar.bytes)
    #expect(ending.byName == ["1.png": ""] && ending.reason == "archive.damaged")
  }
}
