import TestSupport
import Testing

/// Every option that takes a time takes it in the same spellings, through the built program.
@Suite("Times on the command line")
struct DurationTests {
  let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    let picture = try #require(Photographs.numbered.first)
    try workplace.write(Photographs.copy(picture, "1.png"), "1.png")
  }

  @Test(
    "A number alone is seconds, and s, m and h are units; up to a day for --wait and --member-timeout",
    arguments: ["--wait", "--member-timeout"])
  func spellings(option: String) throws {
    for time in ["86400", "86400s", "1440m", "24h", "5", "1e3"] {
      let result = try workplace.shell("streetnum ingest \(option) \(time) 1.png")
      #expect(result.code == 0, "\(time): \(result.errors)")
    }
    for time in ["86401", "86401s", "1441m", "25h", "-1", "1d", "m", "nan", "inf", "1e308h", "''"] {
      let result = try workplace.shell("streetnum ingest \(option)=\(time) 1.png")
      #expect(result.code == 64 && result.errors.contains(option), "\(time): \(result.errors)")
    }
    #expect(try workplace.shell("streetnum ingest --help").output.contains("\(option) <time>"))
  }

  @Test("A file that changed a second ago is growing for ten minutes of quiet time, and read for 0.01 minutes")
  func quietTime() throws {
    _ = try workplace.shell("mkdir inbox; cp 1.png inbox; sleep 1.1")
    let night = "streetnum nightly --inbox inbox --quiet-time"
    for time in ["600", "600s", "10m", "0.9h"] {
      let result = try workplace.shell("\(night) \(time)")
      #expect(result.code == 0 && result.output.contains("1.png: growing"), "\(time): \(result.output)")
    }
    let result = try workplace.shell("\(night) 0.01m")
    #expect(result.code == 0 && result.output.contains("1.png: read"), "\(result.output)\(result.errors)")
    for time in ["soon", "-1", "1e300"] { #expect(try workplace.shell("\(night)=\(time)").code == 64, "\(time)") }
  }
}
