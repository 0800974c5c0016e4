import Pipeline
import TestSupport
import Testing

/// Archives as other programs write and damage them, of which libarchive would say nothing.
@Suite("Hostile archives")
struct HostileArchiveTests {
  let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    for (seed, name) in ["a", "b", "c", "d", "e"].enumerated() {
      try workplace.write(Photographs.noise(seed), "\(name).png")
    }
  }

  /// How an archive named x is made, and what comes of it.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let script: String
    /// Members that are read.
    let done: Int
    /// The reason's id, or "" where all is well.
    let says: String
    let input: String

    init(_ description: String, _ script: String, done: Int, _ says: String = "", input: String = "x") {
      (testDescription, self.script, self.done, self.says, self.input) = (description, script, done, says, input)
    }
  }

  /// `pack NAMES` writes a tar without its end marker, `full NAMES` a whole one.
  private static let tools = """
    pack() { tar -cf - "$@" | head -c $(($# * SIZE)); }
    full() { pack "$@"; head -c 1024 /dev/zero; }
    SIZE=\(512 + (Photographs.noise(0).count + 511) / 512 * 512)

    """

  static let cases =
    ["cat", "gzip", "zstd", "xz"].filter(Workplace.has).flatMap { program in
      [
        Case("a tar cut between members, \(program)", "pack a.png b.png | \(program) > x", done: 2, "no_end_marker"),
        Case(
          "a tar cut between members on standard input, \(program)", "pack a.png b.png | \(program) > x", done: 2,
          "no_end_marker", input: "- <x"),
        Case(
          "two tars that were packed alone, \(program)",
          "(full a.png b.png | \(program); full c.png d.png e.png | \(program)) > x", done: 5),
        Case(
          "two tars in one, on standard input, \(program)", "(full a.png b.png; full c.png) | \(program) > x", done: 3,
          input: "- <x"),
        Case(
          "a text behind the end marker, \(program)", "(full a.png b.png; seq 99) | \(program) > x", done: 2,
          "trailing_data"),
        Case(
          "zeros behind the end marker, \(program)", "(full a.png b.png; head -c 1M /dev/zero) | \(program) > x",
          done: 2),
      ]
    } + [
      Case("a text behind gzip", "full a.png b.png | gzip > x; seq 99 >> x", done: 2, "trailing_data"),
      Case("a file that is a hole", "cp a.png h.png; truncate -s 8G h.png; tar -Scf x a.png h.png", done: 1, "ratio"),
    ]

  @Test("What may be missing is told, and nothing that is there is lost", arguments: cases)
  func archives(_ hostile: Case) throws {
    let result = try workplace.shell(Self.tools + hostile.script + "\ntimeout 60 streetnum ingest \(hostile.input)")
    #expect(result.code == (hostile.says.isEmpty ? 0 : 3))
    #expect(result.errors.contains(" \(hostile.done) done, 0 rejected, 0 ignored"), "\(result.errors)")
    #expect(hostile.says.isEmpty || result.errors.contains("(archive.\(hostile.says))"), "\(result.errors)")
  }

  @Test(
    "libarchive gives zstd and xz away a block at a time: what follows them costs the last block, and is told",
    arguments: ["zstd", "xz"].filter(Workplace.has))
  func trailingData(program: String) throws {
    let script = "head -c 400000 /dev/urandom > z; tar -cf - a.png b.png z | \(program) > x; seq 999 >> x; "
    let result = try workplace.shell(script + "streetnum ingest x")
    #expect(result.code == 3)
    #expect(result.errors.contains(" 2 done, ") && result.errors.contains("(archive.damaged)"), "\(result.errors)")
  }

  @Test(
    "What is compressed twice is refused", arguments: ["gzip", "zstd", "xz"].filter(Workplace.has),
    ["gzip", "zstd", "xz"].filter(Workplace.has))
  func nested(inner: String, outer: String) throws {
    let result = try workplace.shell("tar -cf - a.png | \(inner) | \(outer) > x; streetnum ingest x")
    #expect(result.code == 65)
    #expect(result.lines.count == 1 && result.errors.contains("more than once"), "\(result.errors)")
  }

  @Test("A zip whose sizes follow its members is read without its directory, too", .enabled(if: Workplace.has("zip")))
  func streamedZip() throws {
    let whole = try workplace.shell("zip -q - a.png b.png | cat > x; streetnum ingest x")
    #expect(whole.code == 0)
    #expect(whole.errors.contains(" 2 done, 0 rejected"), "\(whole.errors)")
    let cut = try workplace.shell("head -c -40 x > y; streetnum ingest y")
    #expect(cut.code == 3)
    #expect(cut.errors.contains(" 2 done, 0 rejected") && cut.errors.contains("archive.no_directory"), "\(cut.errors)")
    let bomb = try workplace.shell(
      "truncate -s 1G z; zip -q - z a.png | cat > v; head -c -40 v > w; timeout 20 streetnum ingest w")
    #expect(bomb.code == 3)
    #expect(bomb.errors.contains("archive.ratio"), "\(bomb.errors)")
  }
}
