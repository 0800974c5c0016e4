import Foundation
import Testing

/// An option that a command would ignore is wrong usage, not silence.
@Suite("Options that would be ignored")
struct IgnoredOptionTests {
  private let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    _ = try workplace.shell("tar -xf $FIXTURES/street.tar 0004.png && cp $FIXTURES/crops.tar a.tar")
  }

  @Test(
    "An option that its command does not use, or not together with another, is refused with 64 and named",
    arguments: [
      ("backfill --crops --model x", "--model"), ("backfill --crops --exhaustive", "--exhaustive"),
      ("backfill --positions --panorama", "--panorama"), ("backfill --crops --timezone UTC", "--timezone"),
      ("backfill --crops --bridge-gaps", "--bridge-gaps"), ("backfill --positions --max-scans 7", "--max-scans"),
      ("backfill --positions --max-megapixels 7", "--max-megapixels"),
      ("learn calibrate a.tar --labels l -o x --memory 9", "--memory"),
      ("learn calibrate a.tar --labels l -o x --panorama", "--panorama"),
      ("learn calibrate a.tar --labels l -o x --member-timeout 9", "--member-timeout"),
      ("learn calibrate a.tar --labels l -o x --allow-empty", "--allow-empty"),
      ("learn limits a.tar --labels l --exhaustive", "--exhaustive"),
      ("learn limits a.tar --labels l --panorama", "--panorama"),
      ("learn describe alexnet --model x", "--model"), ("learn describe 784-15-10 --model x", "--model"),
      ("explain --filters --features 3 -o x.png", "--features"),
      ("explain 0004.png --why 1 --features 3 -o x.png", "--features"),
      ("explain --filters --panorama -o x.png", "--panorama"),
      ("explain --filters --max-scans 7 -o x.png", "--max-scans"),
      ("explain --dream 3 --max-member-size 7 -o x.png", "--max-member-size"),
      ("explain --filters --exhaustive -o x.png", "--exhaustive"),
      ("explain 0004.png --layer trunk --exhaustive -o x.png", "--exhaustive"),
      ("explain 0004.png --layer trunk --weights w --model m -o x.png", "--model"),
      ("show 0004.png --limit 3 -o x.png", "--limit"), ("show a.tar --max-side 99 -o x.png", "--max-side"),
      ("show 0004.png --side 99 --max-side 99 -o x.png", "--side"),
      ("show --number 1 --max-side 99 -o x.png", "--max-side"), ("show --number 1 --model x -o x.png", "--model"),
      ("show --number 1 --exhaustive -o x.png", "--exhaustive"),
      ("show --number 1 --panorama -o x.png", "--panorama"),
      ("export --labels --min-confidence 0.9", "--labels"), ("export --labels --min-confidence 0.5", "--labels"),
      ("query --pattern 1 --like 2", "--like"),
      ("ingest a.tar --shard s --db other.sqlite", "--db"), ("ingest a.tar --shard s --rehash", "--rehash"),
      ("ingest a.tar --shard s --fetch-folder .", "--fetch-folder"),
      ("ingest a.tar --no-positions --timezone UTC", "--timezone"),
      ("nightly --inbox . --no-positions --time-offset 1h", "--time-offset"),
    ])
  func refused(arguments: String, option: String) throws {
    let result = try workplace.shell("streetnum \(arguments)")
    #expect(result.code == 64 && result.errors.contains(option), "\(result.code): \(result.errors)")
    #expect(!workplace.exists("x.png") && !workplace.exists("streetnum.sqlite") && !workplace.exists("s"))
  }

  #if Server
    @Test("A reviewer of a page on which nothing is decided is refused")
    func serve() throws {
      let result = try workplace.shell("streetnum serve --read-only --reviewer ann")
      #expect(result.code == 64 && result.errors.contains("--reviewer"), "\(result.errors)")
    }
  #endif

  @Test("What goes together still does")
  func accepted() throws {
    for arguments in [
      "ingest a.tar", "backfill --crops --max-scans 7 --max-member-size 7", "backfill --positions --timezone UTC",
      "backfill --crops --positions --timezone UTC --max-megapixels 300", "show a.tar --limit 1 -o a.png",
      "show 0004.png --max-side 99 --exhaustive -o b.png", "export --labels --single",
      "explain --filters -o c.png", "learn describe detector",
    ] {
      let result = try workplace.shell("streetnum \(arguments)")
      #expect(result.code == 0, "\(arguments): \(result.errors)")
    }
  }
}
