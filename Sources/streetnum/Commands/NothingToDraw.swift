import ArgumentParser
import Pipeline

/// The error of a command that finds nothing to draw; it writes no file.
struct NothingToDraw: Reportable {
  let summary: String
  let exitCode: ExitCode

  /// The database has no place of the number with confidence `least` or more; `less` places have less.
  init(number: String, database: String, least: Int, less: Int) {
    let hint =
      less == 0
      ? "`streetnum query` lists the numbers that it has"
      : "\(counted(less, "place")) of less confidence; lower --min-confidence"
    summary =
      "database \(database): has no place with the number \(number) of confidence \(Figure.confidence(least)) or more; "
      + "nothing is drawn; \(hint)"
    exitCode = .missing
  }

  /// The archive or folder contains no pictures.
  init(source: String) {
    summary = "\(source): holds no picture; nothing is drawn"
    exitCode = .unusable
  }
}
