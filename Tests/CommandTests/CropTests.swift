import Foundation
import Pipeline
import Testing

@Suite("Crops: ingest, prune, backfill")
struct CropTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  /// How many crops a database has, and which numbers could have one.
  private func counts(_ database: String) throws -> (crops: Int, numbers: Int) {
    let store = try Store.open(path: workplace.path + "/" + database, mode: .read)
    var query = NumberQuery()
    (query.minimumConfidence, query.withProvenance) = (NumberCrop.minimumConfidence, true)
    var numbers: Set<[String]> = []
    try store.forEachNumber(matching: query) { found in
      numbers.insert([found.provenance?.imageSHA256 ?? "", "\(found.number.box)"])
    }
    return (try store.cropCount(), numbers.count)
  }

  private func export(_ database: String) throws -> String {
    try workplace.shell(
      "streetnum export --min-confidence 0 --db \(database) --fields +model,generation,tool_version,image_sha256"
    ).output
  }

  @Test("Exports are the same with and without crops, before and after they are dropped and made again")
  func exports() throws {
    let ingested = try workplace.shell(
      "cp $FIXTURES/crops.tar . && streetnum ingest crops.tar --db with.sqlite"
        + " && streetnum ingest crops.tar --no-crops --db without.sqlite")
    #expect(ingested.code == 0, "\(ingested.errors)")
    let with = try counts("with.sqlite")
    #expect(with.numbers > 0 && with.crops == with.numbers)
    #expect(try counts("without.sqlite").crops == 0)
    let exported = try export("with.sqlite")
    #expect(try export("without.sqlite") == exported)

    let dry = try workplace.shell("streetnum prune --crops --dry-run --db with.sqlite")
    #expect(dry.output == "would drop \(with.crops) crops\n")
    let pruned = try workplace.shell("streetnum prune --crops --db with.sqlite")
    #expect(pruned.code == 0 && pruned.output.hasPrefix("dropped \(with.crops) crops; the database is "))
    #expect(try counts("with.sqlite").crops == 0 && export("with.sqlite") == exported)

    for database in ["with.sqlite", "without.sqlite"] {
      let made = try workplace.shell("streetnum backfill --crops --db \(database)")
      #expect(made.code == 0 && made.output.hasPrefix("made \(with.crops) crops of "), "\(made.errors)")
      #expect(try counts(database).crops == with.crops && export(database) == exported)
    }
    #expect(try workplace.shell("streetnum backfill --crops --db with.sqlite").output == "made 0 crops of 0 pictures\n")
    #expect(try workplace.shell("streetnum verify --db with.sqlite").code == 0)
  }

  @Test("A shard keeps crops as an ingest does, and a merge takes them over")
  func shards() throws {
    let made = try workplace.shell(
      "cp $FIXTURES/crops.tar . && streetnum ingest crops.tar --db one.sqlite && streetnum ingest crops.tar --shard with"
        + " && streetnum ingest crops.tar --no-crops --shard without && streetnum merge with --into with.sqlite"
        + " && streetnum merge without --into without.sqlite")
    #expect(made.code == 0, "\(made.errors)")
    let one = try counts("one.sqlite")
    #expect(try one.crops > 0 && counts("with.sqlite") == one && counts("without.sqlite").crops == 0)
    #expect(try export("with.sqlite") == export("one.sqlite") && export("without.sqlite") == export("one.sqlite"))
    #expect(try workplace.shell("streetnum merge with --into without.sqlite").code == 0)
    #expect(try counts("without.sqlite").crops == one.crops && export("without.sqlite") == export("one.sqlite"))
    #expect(try workplace.shell("streetnum verify --db without.sqlite").code == 0)
  }

  @Test("A backfill says which sources are gone, and ends with 3")
  func gone() throws {
    let made = try workplace.shell(
      "cp $FIXTURES/crops.tar . && streetnum ingest --no-crops crops.tar && rm crops.tar && streetnum backfill --crops")
    #expect(made.code == 3 && made.output.contains("could not be found"))
    #expect(made.errors.contains("crops.tar"))
    #expect(try workplace.shell("streetnum backfill --crops --db none.sqlite").code == 66)
    #expect(try workplace.shell("streetnum backfill").code == 64 && !workplace.exists("none.sqlite"))
  }

  @Test("A night keeps crops unless it is told not to, and a contact sheet shows them when the photographs are gone")
  func night() throws {
    for (flag, hasCrops) in [("", true), ("--no-crops", false)] {
      let night = try workplace.shell(
        "rm -rf inbox && mkdir inbox && cp $FIXTURES/crops.tar inbox && streetnum nightly --inbox inbox --quiet-time 0 \(flag)"
          + " --db night\(flag).sqlite && rm -rf inbox")
      #expect(night.code == 0, "\(night.errors)")
      #expect(try (counts("night\(flag).sqlite").crops > 0) == hasCrops)
    }
    let number = try workplace.shell("streetnum query --db night.sqlite --format csv | tail -n 1 | cut -d , -f 7")
      .output
    let sheets = try workplace.shell(
      "for db in night night--no-crops; do streetnum show --db $db.sqlite --number \(number.prefix { $0.isNumber }) -o $db.png; done"
        + "; ! cmp -s night.png night--no-crops.png")
    #expect(sheets.code == 0, "\(sheets.errors)")
  }
}
