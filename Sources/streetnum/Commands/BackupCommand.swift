import ArgumentParser
import Pipeline

/// `streetnum backup`: a copy of the database as it is now.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy a database to a file, whole or not at all, while others use it.",
    discussion: "An older backup of that name is replaced, once the new one is sound and on the disk; no other file is."
  )

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @Argument(help: ArgumentHelp("Where the copy goes.", valueName: "file"), completion: .file())
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
