import Foundation
import Testing

/// What the program says of its command line is written down, for its users and for who changes it.
@Suite("Help, docs/cli.md and manual pages")
struct HelpTests {
  private let workplace: Workplace
  private let generator = "python3 \(Workplace.fixtures)/../scripts/cli-page --binary \(Workplace.binaries)/streetnum"

  init() throws { workplace = try Workplace() }

  @Test("docs/cli.md and the snapshots of every --help are the program's; `scripts/cli-page` makes them anew")
  func snapshots() throws {
    let result = try workplace.shell("\(generator) --check")
    #expect(result.code == 0, "run scripts/cli-page:\n\(result.output)\(result.errors)")
  }

  @Test("Every command has a manual page that man(1) takes without a warning")
  func manual() throws {
    let help = try workplace.shell("streetnum --help").output
    // Those of the examples begin with the program's name.
    let commands = help.split(separator: "\n").compactMap { $0.firstMatch(of: /^  ([a-z]+)\s/)?.output.1 }
      .filter { $0 != "streetnum" }
    #expect(commands.count > 10)
    #expect(try workplace.shell("\(generator) --manual manual").code == 0)
    for command in commands { #expect(workplace.exists("manual/streetnum-\(command).1"), "\(command)") }
    guard Workplace.has("man") else {
      Issue.record("Skipped: man is not installed", severity: .warning)
      return
    }
    let warnings = try workplace.shell(
      "for page in manual/*.1; do man --warnings -E UTF-8 -l -Tutf8 $page; done >/dev/null")
    #expect((warnings.code, warnings.errors) == (0, ""))
  }

  @Test(
    "A mistyped command is named, with the nearest one",
    arguments: [
      ("ingst x.tar", "There is no command `streetnum ingst`; did you mean `streetnum ingest`?"),
      ("QUERY", "There is no command `streetnum QUERY`; did you mean `streetnum query`?"),
      ("qurey", "There is no command `streetnum qurey`; did you mean `streetnum query`?"),
      ("help qurey", "There is no command `streetnum qurey`; did you mean `streetnum query`?"),
      ("learn mnst d", "There is no command `streetnum learn mnst`; did you mean `streetnum learn mnist`?"),
      ("photographs.tar", "There is no command `streetnum photographs.tar`; `streetnum --help` lists them"),
    ])
  func mistyped(arguments: String, says: String) throws {
    let result = try workplace.shell("streetnum \(arguments)")
    #expect(result.code == 64 && result.output.isEmpty)
    #expect(result.errors.contains(says + "\n"), "\(result.errors)")
  }

  @Test("The names that options had in version 0.1.0 still work, and are not shown")
  func formerNames() throws {
    #expect(try workplace.shell("streetnum ingest $FIXTURES/crops.tar").code == 0)
    let query = "streetnum query --format csv"
    let found = try workplace.shell("\(query) --pattern '1*'").output
    #expect(try !found.isEmpty && workplace.shell("\(query) --like '1*'").output == found)
    #expect(
      try workplace.shell("streetnum show --side 1 x.png").errors.contains("--max-side takes a number from 64 to 16384")
    )
    for (command, name) in [("query", "--like"), ("show", "--side"), ("ingest", "--temp ")] {
      #expect(try !workplace.shell("streetnum \(command) --help").output.contains(name))
    }
  }

  @Test(
    "Completions know the commands and options that the help shows, and no others", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = try workplace.shell("streetnum --generate-completion-script \(shell) | tee script")
    #expect(script.code == 0)
    for name in ["doctor", "pattern", "fetch-folder"] { #expect(script.output.contains(name), "\(name)") }
    for name in ["walk-source", "--like", "--side"] { #expect(!script.output.contains(name), "\(name)") }
    guard Workplace.has(shell) else {
      Issue.record("Not parsed: \(shell) is not installed", severity: .warning)
      return
    }
    #expect(try workplace.shell("\(shell) -n script").errors == "")
  }

  @Test("On a terminal of 20 columns the help still says what options mean")
  func narrow() throws {
    guard Workplace.has("script") else {
      Issue.record("Skipped: script(1) is not installed", severity: .warning)
      return
    }
    let help = try workplace.shell("script -qec 'stty cols 20; streetnum backup --help' /dev/null")
    #expect(help.code == 0 && help.output.contains("The database."), "\(help.output)")
  }
}
