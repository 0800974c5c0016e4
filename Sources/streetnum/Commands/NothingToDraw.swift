import ArgumentParser
import Pipeline

/// There is nothing that a sheet could show, so that none is written.
struct NothingToDraw: Reportable {
  let summary: String
  let exitCode: ExitCode

  /// A database has no place of a number that is sure enough; `less` counts those that are less sure.
  init(number: String, database: String, least: Int, less: Int) {
    let hint =
      less == 0
      ? "`streetnum query` lists the numbers that it has"
      : "\(Figure.count(less, "place")) of less confidence; lower --min-confidence"
    summary =
      "database \(database): has no place with the number \(number) of confidence \(Figure.confidence(least)) or more; "
      + "nothing is drawn; \(hint)"
    exitCode = .missing
  }

  /// An archive or a folder holds no picture.
  init(source: String) {
    summary = "\(source): holds no picture; nothing is drawn"
    exitCode = .unusable
  }
}
