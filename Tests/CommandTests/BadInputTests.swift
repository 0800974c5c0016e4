import Foundation
import Pipeline
import TestSupport
import Testing

/// Each bad input ends with its exit code and a clear line, and takes nothing else with it.
@Suite("Bad inputs")
struct BadInputTests {
  let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    for (seed, name) in ["a", "b", "c"].enumerated() {
      try workplace.write(Photographs.noise(seed), "\(name).png")
    }
    try workplace.write(Self.good.bytes, "good.tar")
  }

  private static let good = TarFile(["a.png", "b.png", "c.png"].enumerated().map { ($1, Photographs.noise($0)) })
  /// Where the second member's header begins.
  private static let second = 512 + (Photographs.noise(0).count + 511) / 512 * 512

  /// What is done in the folder beforehand, what is then ingested, and what comes of it.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let script: String
    let input: String
    let code: Int32
    /// Members that are read all the same.
    let done: Int
    let says: String

    init(
      _ description: String, _ script: String, _ input: String, code: Int32 = 3, done: Int = 0, _ says: String = ""
    ) {
      (testDescription, self.script, self.input) = (description, script, input)
      (self.code, self.done, self.says) = (code, done, says)
    }
  }

  static let unusable = [
    Case("a file of no bytes", ": > bad.tar", "bad.tar", code: 65, "empty"),
    Case("random bytes", "gzip -c good.tar | tail -c 3000 > bad.tar", "bad.tar", code: 65, "tar or zip"),
    Case("a text named .tar", "seq 2000 > bad.tar", "bad.tar", code: 65, "tar or zip"),
    Case("a text named .jpg", "seq 2000 > bad.jpg", "bad.jpg", code: 65, "not a picture"),
    Case("a tar cut in its first header", "head -c 300 good.tar > bad.tar", "bad.tar", code: 65, "tar or zip"),
    Case("a tar whose only header is flipped", "flip 20 first.tar", "first.tar", code: 65, "tar or zip"),
    Case(
      "a tar.gz cut in its first bytes", "gzip -c good.tar | head -c 15 > bad.tgz", "bad.tgz", code: 65, "truncated"),
    Case("a tar of nothing", "head -c 1024 /dev/zero > bad.tar", "bad.tar", code: 65, "no member"),
    Case("gzip in gzip", "gzip -c good.tar | gzip > bad.tgz", "bad.tgz", code: 65, "more than once"),
    Case("zeros in gzip thrice", "head -c 9M /dev/zero | gzip | gzip | gzip > x", "x", code: 65, "more than once"),
    Case("a named pipe", "mkfifo bad.tar", "bad.tar", code: 65, "pipe"),
    Case("an endless device", ":", "/dev/zero", code: 65, "device"),
    Case("a folder of nothing", "mkdir empty", "empty", code: 65, "no file"),
    Case("nothing on standard input", ":", "-", code: 65, "Standard input"),
    Case("a name that isn't there", ":", "none.tar", code: 66, "no such file"),
    Case("a name below a file", ":", "good.tar/x", code: 66, "no such file"),
    Case("a link to nothing", "ln -s none.tar bad.tar", "bad.tar", code: 66, "no such file"),
  ]

  @Test("An only input that is unusable is one line that names it", arguments: unusable)
  func unusableAlone(_ bad: Case) throws {
    let result = try ingest(bad)
    #expect(result.code == bad.code)
    #expect(result.lines.count == 1, "\(result.errors)")
    #expect(result.errors.hasPrefix("streetnum: "))
    #expect(result.errors.contains("\(bad.input): "))
    #expect(result.errors.contains(bad.says), "\(result.errors)")
    #expect(result.output == "")
    if bad.code == 66 { #expect(!workplace.exists("streetnum.sqlite")) }
  }

  static let damaged = [
    Case(
      "a tar cut inside its last member", "cut $((2 * SECOND + 1000)) good.tar", "good.tar", done: 2,
      "archive.truncated"),
    Case("a tar cut in its second header", "head -c $((SECOND + 300)) good.tar > x", "x", done: 1, "archive.truncated"),
    Case(
      "a tar with a flipped header byte", "flip $((SECOND + 20)) good.tar", "good.tar", done: 2,
      "archive.header_damaged"),
    Case(
      "a tar whose last header is flipped", "flip $((2 * SECOND + 20)) good.tar", "good.tar", done: 2, "header_damaged"),
    Case(
      "a tar.gz cut in the middle", "gzip -1c $FIXTURES/street.tar > x; cut 1M x", "x", done: 5, "archive.truncated"),
    Case("a tar.gz cut in its first block", "gzip -c good.tar > x; cut 1500 x", "x", done: 1, "archive.truncated"),
    Case("half a PNG among whole ones", "cut 600 b.png; tar -cf x a.png b.png c.png", "x", done: 2, "image.truncated"),
    Case("a flipped byte in a PNG", "flip 300 b.png; tar -cf x a.png b.png c.png", "x", done: 2, "image.damaged"),
    Case("flipped bytes in a JPEG", "jpeg; tar -cf x a.png j.jpg", "x", done: 1, "image.damaged"),
    Case("an empty member named .png", ": > b.png; tar -cf x a.png b.png c.png", "x", done: 2, "image.not_an_image"),
    Case("a text named .jpg in a folder", "mkdir x; cp a.png x; seq 9 > x/b.jpg", "x", done: 1, "image.not_an_image"),
    Case(
      "a HEIC picture among PNGs",
      #"printf '\0\0\0\030ftypheic\0\0\0\0mif1heic' > b.HEIC; tar -cf x a.png b.HEIC c.png"#, "x", done: 2,
      "image.unsupported"),
    Case("an archive in an archive", "tar -cf b.tar b.png; tar -cf x a.png b.tar", "x", done: 1, "archive.nested"),
    Case("an archive in a folder", "mkdir x; tar -cf x/b.tar b.png; cp a.png x", "x", done: 1, "archive.nested"),
    Case("a PNG that says 30000 x 30000", "mkdir x; cp a.png vast.png x", "x", done: 1, "--max-megapixels"),
    Case("a PNG of sides of 32 bits in a folder", "mkdir x; cp a.png endless.png x", "x", done: 1, "image.damaged"),
    Case(
      "a PNG of sides of 32 bits in a tar", "tar -cf x a.png endless.png c.png", "x", done: 2, "image.damaged"),
    Case("a PNG of sides of 32 bits, alone", ":", "endless.png", "image.damaged"),
    Case("a PNG that says 30000 x 30000, alone", ":", "vast.png", "image.too_many_pixels"),
    Case(
      "a file too large for --max-member-size",
      "mkdir x; truncate -s 2M x/a.png; head -c 9 a.png | "
        + "dd of=x/a.png conv=notrunc status=none", "--max-member-size 1 x", "--max-member-size"),
  ]

  @Test("What is damaged is rejected with its reason, and all else is read", arguments: damaged)
  func damagedInPart(_ bad: Case) throws {
    let result = try ingest(bad)
    #expect(result.code == 3)
    #expect(result.errors.contains(" \(bad.done) done, "), "\(result.errors)")
    #expect(result.lines.filter { $0.contains(bad.says) }.count == 1, "\(result.errors)")
    let again = try ingest(Case("again", ":", bad.input))
    #expect(again.code == 3)
    #expect(again.errors.contains("nothing to do"))
  }

  @Test("A member of a zip whose checksum is wrong is rejected", .enabled(if: Workplace.has("zip")))
  func zipChecksum() throws {
    let result = try ingest(
      Case("a zip", "zip -q -0 x.zip a.png b.png c.png; flip $((SECOND + 300)) x.zip", "x.zip"))
    #expect(result.code == 3)
    #expect(result.errors.contains("archive.member_damaged"), "\(result.errors)")
    #expect(result.errors.contains(" 2 done, 1 rejected"), "\(result.errors)")
  }

  @Test("A bad input beside a good one is said, 3, and the good one is read", arguments: ["none.tar", "text"])
  func oneOfTwo(bad: String) throws {
    let result = try workplace.shell("seq 9 > text; streetnum ingest \(bad) good.tar")
    #expect(result.code == 3)
    #expect(result.lines.filter { $0.contains("\(bad): ") }.count == 1, "\(result.errors)")
    #expect(result.errors.contains("3 done, 0 rejected"), "\(result.errors)")
  }

  @Test("What can't be read for want of rights is 77, or a rejected member where it lies in a folder")
  func rights() throws {
    guard let bound = try workplace.bound() else { return }
    let setUp = "mkdir dir half half/sub; cp a.png half; cp b.png half/sub; chmod 0 good.tar dir half/sub; "
    for input in ["good.tar", "dir"] {
      let result = try workplace.shell("\(input == "dir" ? "" : setUp)\(bound)streetnum ingest \(input)")
      #expect(result.code == 77)
      #expect(result.lines.count == 1 && result.errors.contains("\(input): No permission"), "\(result.errors)")
      #expect(!workplace.exists("streetnum.sqlite"))
    }
    let half = try workplace.shell("\(bound)streetnum ingest half; code=$?; chmod 700 dir half/sub; exit $code")
    #expect(half.code == 3)
    #expect(half.errors.contains("sub: rejected: ") && half.errors.contains(" 1 done, 1 rejected"), "\(half.errors)")
  }

  @Test("A folder of nothing but links, dangling and in circles, ends: all are ignored, and that is said, 3")
  func links() throws {
    let links = "mkdir x; cd x; ln -s none a; ln -s . b; ln -s d c; ln -s c d; ln -s ../a.png e.png; ln -s / f; cd ..; "
    let result = try workplace.shell(links + "timeout 20 streetnum ingest x")
    #expect(result.code == 3 && result.errors.contains("(source.no_pictures)"), "\(result.errors)")
    #expect(result.errors.contains("0 done, 0 rejected, 6 ignored"), "\(result.errors)")
    let more = try workplace.shell("cp a.png x/g.png; timeout 20 streetnum ingest x")
    #expect(more.code == 0)
    #expect(more.errors.contains("1 done, 0 rejected, 6 ignored"), "\(more.errors)")
  }

  @Test("An archive or a folder in which all is ignored is said, 3, again on every rerun; --allow-empty takes it, 0")
  func noPictures() throws {
    _ = try workplace.shell("mkdir d; seq 9 > d/README.txt; tar -cf x.tar -C d README.txt")
    for input in ["x.tar", "d"] {
      for _ in 0..<2 {
        let result = try workplace.shell("streetnum ingest \(input)")
        #expect(result.code == 3, "\(result.errors)")
        #expect(result.errors.contains("allow it with --allow-empty (source.no_pictures)"), "\(result.errors)")
        #expect(result.errors.contains("\(input == "d" ? "/d" : input): "), "\(result.errors)")
      }
      #expect(try workplace.shell("streetnum ingest --allow-empty \(input)").code == 0)
    }
    let night = try workplace.shell("mkdir inbox; cp x.tar inbox; streetnum nightly --inbox inbox --quiet-time 0")
    #expect(night.output.contains("allow it with --allow-empty (source.no_pictures)"), "\(night.output)")
  }

  @Test("No member at all is unusable, 65; --allow-empty takes it, 0, and a file of no bytes never")
  func allowEmpty() throws {
    _ = try workplace.shell(
      "mkdir empty; head -c 10240 /dev/zero > empty.tar; printf 'PK\\5\\6' > empty.zip; head -c 18 /dev/zero >> empty.zip"
    )
    for input in ["empty", "empty.tar", "empty.zip"] {
      for _ in 0..<2 { #expect(try workplace.shell("streetnum ingest \(input)").code == 65) }
      for _ in 0..<2 { #expect(try workplace.shell("streetnum ingest --allow-empty \(input)").code == 0) }
    }
    #expect(try workplace.shell("streetnum verify").code == 0)
  }

  @Test(
    "What can't be done is its code and, but for wrong usage, one line",
    arguments: [
      ("streetnum ingest", 64), ("streetnum ingest --jobs 0 good.tar", 64),
      ("streetnum ingest --memory 0 good.tar", 64),
      ("streetnum ingest --what good.tar", 64), ("streetnum what", 64),
      ("STREETNUM_KERNEL=nonsense streetnum ingest good.tar", 78),
      ("streetnum ingest --model a.png good.tar", 78), ("streetnum ingest --model none good.tar", 78),
      ("streetnum ingest --db none/x.sqlite good.tar", 73), ("streetnum ingest --db a.png good.tar", 65),
      ("streetnum ingest --db . good.tar", 73),
      ("streetnum detect good.tar", 65), ("seq 9 > text; streetnum detect text", 65), ("streetnum detect none.png", 66),
      ("streetnum detect .", 65), ("streetnum detect -", 65), ("cut 600 b.png; streetnum detect b.png", 65),
    ] as [(String, Int32)])
  func commands(command: String, code: Int32) throws {
    let result = try workplace.shell(Self.tools + command)
    #expect(result.code == code, "\(result.errors)")
    #expect(result.output == "")
    #expect(!result.errors.isEmpty)
    if code != 64 { #expect(result.lines.count == 1, "\(result.errors)") }
    if command.contains("--db") { #expect(result.errors.contains(" with --db (store."), "\(result.errors)") }
    if command.contains("--model a.png") { #expect(result.errors.contains("a.png"), "\(result.errors)") }
    #expect(!workplace.exists("streetnum.sqlite"))
  }

  @Test("detect tells the sound pictures' numbers and goes past the others, 3")
  func detectSome() throws {
    let result = try workplace.shell(Self.tools + "cut 600 b.png; streetnum detect a.png none.png b.png --format json")
    #expect(result.code == 3)
    #expect(result.output == "[]\n")
    #expect(result.lines.count == 2, "\(result.errors)")
  }

  @Test("Of several inputs of which some can't be read, detect ends with the gravest fault, as ingest does")
  func gravestOfSeveral() throws {
    guard let bound = try workplace.bound() else { return }
    for command in ["detect", "ingest"] {
      for (inputs, code) in [("none.png a.png", 3), ("b.png none.png a.png", 77)] as [(String, Int32)] {
        let result = try workplace.shell("chmod 0 b.png; \(bound)streetnum \(command) \(inputs)")
        #expect(result.code == code, "\(command) \(inputs): \(result.errors)")
      }
    }
  }

  @Test("detect takes --max-member-size, and names it where it refuses a larger file, 65")
  func detectTooLarge() throws {
    let detect = "cp a.png large.png; truncate -s 2M large.png; streetnum detect large.png --max-member-size "
    let refused = try workplace.shell(detect + "1")
    #expect(refused.code == 65 && refused.lines.count == 1, "\(refused.errors)")
    #expect(refused.errors.contains("large.png: ") && refused.errors.contains("--max-member-size"), "\(refused.errors)")
    let taken = try workplace.shell(detect + "2")
    #expect(taken.code == 0 && taken.lines.isEmpty, "\(taken.errors)")
    #expect(try workplace.shell(detect + "0").code == 64)
  }

  @Test(
    "A system that gives too few threads, files or too little memory is one line, 71, at once",
    arguments: ["-n 8", "-v 200000"])
  func shortage(limit: String) throws {
    for command in ["ingest good.tar", "detect a.png", "nightly --inbox .", "evaluate --labels none good.tar"] {
      let result = try workplace.shell("ulimit \(limit); exec timeout 20 streetnum \(command)")
      #expect(result.code == 71 && result.lines.count == 1, "\(command): \(result.code) \(result.errors)")
    }
    #expect(try workplace.shell("streetnum ingest good.tar").code == 0)
  }

  @Test(
    "Under a limit on memory, a trap remains a crash, and is not reported as a shortage",
    arguments: [("ILL", 128 + SIGILL), ("TRAP", 128 + SIGTRAP)] as [(String, Int32)])
  func crashUnderLimit(signal: String, code: Int32) throws {
    let result = try workplace.shell(
      """
      mkfifo pipe; ulimit -c 0; (ulimit -v 16000000; exec streetnum ingest - <> pipe) & sleep 1
      kill -\(signal) $!; wait $!
      """, ["SWIFT_BACKTRACE": "enable=no"])
    #expect(result.code == code, "\(result.errors)")
    #expect(!result.errors.contains("out of memory"), "\(result.errors)")
  }

  @Test("So it is for threads, by a user's limit", .enabled(if: getuid() == 0 && Workplace.has("setpriv")))
  func threadShortage() throws {
    let drop = "setpriv --reuid=64123 --regid=64123 --clear-groups"
    for threads in 1...4 {
      let result = try workplace.shell(
        "chmod 777 .; cp \(Workplace.binaries)/streetnum own; exec timeout 20 \(drop) bash -c 'ulimit -u \(threads); exec ./own ingest good.tar'"
      )
      #expect(result.code == 71 && result.lines.count == 1, "\(threads): \(result.code) \(result.errors)")
    }
  }

  @Test("An argument that is not UTF-8 is refused, 64, and never makes a file of another name")
  func strangeArguments() throws {
    for arguments in ["good.tar --db $'stra\\xdfe.sqlite'", "$'stra\\xdfe.tar'"] {
      let result = try workplace.shell("streetnum ingest \(arguments)")
      #expect(result.code == 64 && result.lines.count == 1, "\(result.errors)")
    }
    #expect(try workplace.shell("ls").output == "a.png\nb.png\nc.png\ngood.tar\n")
  }

  @Test("Standard error that is closed, or read no further, stops nothing")
  func noErrors() throws {
    let command = "streetnum ingest good.tar --verbose "
    #expect(try workplace.shell(command + "2>&-").code == 0)
    #expect(try workplace.shell(command + "--db x.sqlite 2>&1 | true").code == 0)
    #expect(try workplace.shell("streetnum ingest good.tar --db x.sqlite").errors.contains("nothing to do"))
    _ = try workplace.shell("streetnum ingest a.png --db x.sqlite")
    let one = try workplace.shell("streetnum ingest a.png --db x.sqlite").errors
    #expect(one.contains("nothing to do, its 1 member is in the database"), "\(one)")
  }

  /// `cut N FILE` leaves the first N bytes, `flip N FILE` inverts byte N, `jpeg` makes j.jpg with 400 bytes inverted.
  private static let tools = """
    cut() { truncate -s $1 $2; }
    invert() { dd if=$3 bs=1 skip=$1 count=$2 status=none | LC_ALL=C tr '\\000-\\377' "$(printf '\\\\%03o' {255..0})" |
      dd of=$3 bs=1 seek=$1 conv=notrunc status=none; }
    flip() { invert $1 1 $2; }
    jpeg() { tar -xOf $FIXTURES/street.tar 0003.jpg > j.jpg; invert 30000 400 j.jpg; }
    SECOND=\(second)

    """

  private func ingest(_ bad: Case) throws -> Workplace.Outcome {
    try workplace.write(TarFile([("a.png", Photographs.noise(0))]).bytes, "first.tar")
    try workplace.write(
      PNGEncoder.signature + PNGEncoder.header(width: 30_000, height: 30_000) + PNGEncoder.chunk("IDAT", [0x78, 0x01]),
      "vast.png")
    let longest = Int(UInt32.max)
    try workplace.write(
      PNGEncoder.signature + PNGEncoder.header(width: longest, height: longest)
        + PNGEncoder.chunk("IDAT", [0x78, 0x01]),
      "endless.png")
    return try workplace.shell(Self.tools + bad.script + "\ntimeout 60 streetnum ingest \(bad.input)")
  }
}
