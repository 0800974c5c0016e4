package import Foundation
package import StreetCore

/// The report of a nightly run, as text and as JSON.
package struct NightReport: Sendable, Codable {
  /// The result for one item in the inbox.
  package struct Entry: Sendable, Codable {
    /// The outcome of an item.
    package enum Outcome: String, Sendable, Codable, CaseIterable {
      /// It was read by this run.
      case read
      /// Its content had already been read, under the same or another name.
      case known
      /// Nothing of it can be read.
      case unusable
      /// A system error prevented reading or moving it, or another run holds it; it stays for the next run.
      case failed
      /// It changed recently; it stays for the next run.
      case growing
      /// It is not a regular file; it is left in place.
      case passedOver = "passed_over"
      /// It is neither an archive nor a picture, but a file that is often stored with them; it is left in place.
      case ignored
    }

    /// The name in the inbox.
    package var name: String
    /// The outcome.
    package var outcome: Outcome
    /// Why it was not read, or not completely.
    package var reason: Reason?
    /// The current path.
    package var path: String
    /// The number of members that were read.
    package var done = 0
    /// The number of members that were rejected, by this run or an earlier one.
    package var rejected = 0
    /// The number of members that were ignored.
    package var ignored = 0
    /// The number of numbers with at least the default confidence in pictures that this run read, without those known
    /// from other sources.
    package var numbers = 0
    /// The first members that this run rejected.
    package var rejections: [Rejection] = []
    /// What is known of positions; nil if nothing was read, or if there are none.
    package var positions: Positions?
    /// The duration in seconds.
    package var seconds = 0.0

    /// Whether the entry needs attention.
    package var isTrouble: Bool {
      rejected > 0 || reason != nil && ![.growing, .ignored].contains(outcome) && reason?.id != Reason.readAgain.id
    }
  }

  /// The positions of a source.
  package struct Positions: Sendable, Codable, Hashable {
    /// The number of the source's photographs that have a position.
    package var photographs: Int
    /// The number of files of positions that this run took.
    package var files: Int
    /// The number of their lines that name no known photograph.
    package var unknown: Int

    /// Nil if a report has no positions and no files.
    init?(_ report: SidecarReport) {
      guard report.placed > 0 || report.files > 0 else { return nil }
      (photographs, files, unknown) = (report.placed, report.files, report.unknown)
    }
  }

  /// A rejected member.
  package struct Rejection: Sendable, Codable {
    /// The member name.
    package var member: String
    /// The reason.
    package var reason: Reason
  }

  /// The maximum number of rejections listed per source.
  static let maximumRejections = 100

  /// The version of the program.
  package var version = Version.current
  /// The SHA-256 of the model file.
  package var model: String
  /// The path of the database.
  package var database: String
  /// The path of the inbox.
  package var inbox: String
  /// When the run started.
  package var startedAt: Date
  /// When the run ended.
  package var endedAt: Date
  /// The entries, in the order of processing.
  package var entries: [Entry] = []
  /// The program's exit code; see docs/operations.md.
  package var exitCode: Int
  /// The error that ended the run early; nil if it came to its end, or was stopped.
  package var reason: Reason?

  /// The report of a run that ends now.
  package init(
    model: String, database: String, inbox: String, startedAt: Date, entries: [Entry], exitCode: Int,
    reason: Reason? = nil
  ) {
    (self.model, self.database, self.inbox, self.startedAt) = (model, database, inbox, startedAt)
    (self.entries, self.exitCode, self.reason, endedAt) = (entries, exitCode, reason, Date())
  }

  /// The number of entries with an outcome.
  package func count(_ outcome: Entry.Outcome) -> Int { entries.count { $0.outcome == outcome } }

  /// The report as a JSON object with sorted keys.
  package var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.dateEncodingStrategy = .iso8601
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("a report holds nothing but texts and numbers")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// A summary, then the entries that need attention, then the others.
  package var text: String {
    let seconds = Int(endedAt.timeIntervalSince(startedAt).rounded())
    // Known content was reported by the run that read it.
    func sum(_ count: (Entry) -> Int) -> Int { entries.filter { $0.outcome != .known }.map(count).reduce(0, +) }
    var lines = [
      "streetnum nightly, \(startedAt.formatted(.iso8601)), \(seconds) s, exit \(exitCode)",
      "\(inbox) -> \(database)",
      "",
      Entry.Outcome.allCases.filter { $0 != .ignored || count($0) > 0 }
        .map { "\(count($0)) \($0.rawValue.replacingOccurrences(of: "_", with: " "))" }.joined(separator: ", "),
      "\(counted(sum(\.done), "picture")) done, \(sum(\.rejected)) rejected, \(sum(\.ignored)) ignored; "
        + "\(counted(sum(\.numbers), "new number")) of confidence \(Confidence.shortText(Confidence.usual)) or more",
    ]
    if let reason { lines += ["The run ended early: \(reason.message) (\(reason.id))"] }
    let rest = entries.filter { !$0.isTrouble && $0.outcome != .ignored }
    for (title, some) in [("NEEDS ATTENTION", entries.filter(\.isTrouble)), ("OK", rest)] where !some.isEmpty {
      lines += ["", "\(title):"] + some.flatMap(NightReport.lines)
    }
    return lines.map(printable).joined(separator: "\n") + "\n"
  }

  private static func lines(_ entry: Entry) -> [String] {
    var line = "  \(entry.name): \(entry.outcome.rawValue.replacingOccurrences(of: "_", with: " "))"
    if entry.done + entry.rejected + entry.ignored > 0 {
      line += ", \(entry.done) done, \(entry.rejected) rejected, \(entry.ignored) ignored"
    }
    if let positions = entry.positions {
      line += ", \(positions.photographs) with a position"
      if positions.unknown > 0 {
        line += ", \(counted(positions.unknown, "line of positions names", "lines of positions name")) no photograph"
      }
    }
    if let reason = entry.reason { line += ": \(reason.message) (\(reason.id))" }
    let shown = entry.rejections.map { "    \($0.member): \($0.reason.message) (\($0.reason.id))" }
    let more = entry.rejected - shown.count
    return [line + "; now at \(entry.path)"] + shown
      + (more > 0 && !shown.isEmpty ? ["    and \(more) more"] : [])
  }
}
