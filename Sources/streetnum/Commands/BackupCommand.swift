import ArgumentParser
import Pipeline

/// `streetnum backup`: copies the database in its present state.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Back up a database, even while other runs use it.",
    discussion: """
      The backup gets its name only when it is complete, checked and on the disk. It replaces an older backup of that name, \
      and never any other file.

      Example:
        streetnum backup --db numbers.sqlite numbers-monday.sqlite
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @Argument(help: ArgumentHelp("The backup to write.", valueName: "file"), completion: .file())
  var file: String

  func run() throws {
    try streetnum.run {
      let store = try Store.open(path: db, mode: .read)
      do throws(StoreError) {
        try store.backup(to: file)
      } catch {
        throw BackupError(reason: error)
      }
      try store.close()
    }
  }
}
