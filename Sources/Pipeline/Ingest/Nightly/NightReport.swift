package import Foundation
package import StreetCore

/// What a nightly run did, for people and for programs.
package struct NightReport: Sendable, Codable {
  /// What became of something in the inbox.
  package struct Entry: Sendable, Codable {
    /// How it ended.
    package enum Outcome: String, Sendable, Codable, CaseIterable {
      /// Read, by this run.
      case read
      /// Its content had been read before, under this name or another.
      case known
      /// Nothing can be read of it.
      case unusable
      /// The system failed to read or to move it, or another run holds it; it stays for the next run.
      case failed
      /// It was changed a moment ago; it stays for the next run.
      case growing
      /// Not a file; it stays.
      case passedOver = "passed_over"
      /// Neither an archive nor a picture, but something that lies beside such; it stays.
      case ignored
    }

    /// Its name in the inbox.
    package var name: String
    /// How it ended.
    package var outcome: Outcome
    /// Why it did not end well, or not whole.
    package var reason: Reason?
    /// Where it lies now.
    package var path: String
    /// Its members that are done.
    package var done = 0
    /// Its members that were rejected, by this run or an earlier one.
    package var rejected = 0
    /// Its members that were ignored.
    package var ignored = 0
    /// Numbers of the usual confidence, in pictures that this run read.
    package var numbers = 0
    /// The first of the members that this run rejected.
    package var rejections: [Rejection] = []
    /// How long it took.
    package var seconds = 0.0

    /// Whether somebody should look at it.
    package var isTrouble: Bool {
      rejected > 0 || reason != nil && ![.growing, .ignored].contains(outcome) && reason?.id != Reason.readAgain.id
    }
  }

  /// A member that was rejected.
  package struct Rejection: Sendable, Codable {
    /// Its name.
    package var member: String
    /// Why.
    package var reason: Reason
  }

  /// Rejected members that are named for each source.
  static let mostRejections = 100

  /// What made it.
  package var version = Version.current
  /// SHA-256 of the model file.
  package var model: String
  /// The database.
  package var database: String
  /// The inbox.
  package var inbox: String
  /// When it began.
  package var startedAt: Date
  /// When it ended.
  package var endedAt: Date
  /// What was in the inbox, in the order of the work.
  package var entries: [Entry] = []
  /// What the program's exit says; see docs/operations.md.
  package var exitCode: Int

  /// A report of a run that ends now.
  package init(
    model: String, database: String, inbox: String, startedAt: Date, entries: [Entry], exitCode: Int
  ) {
    (self.model, self.database, self.inbox, self.startedAt) = (model, database, inbox, startedAt)
    (self.entries, self.exitCode, endedAt) = (entries, exitCode, Date())
  }

  /// How many ended in a way.
  package func count(_ outcome: Entry.Outcome) -> Int { entries.count { $0.outcome == outcome } }

  /// One object, keys in order.
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

  /// A summary, then what somebody should look at, then the rest.
  package var text: String {
    let seconds = Int(endedAt.timeIntervalSince(startedAt).rounded())
    // What was known already was told of by the run that read it.
    func sum(_ count: (Entry) -> Int) -> Int { entries.filter { $0.outcome != .known }.map(count).reduce(0, +) }
    var lines = [
      "streetnum nightly, \(startedAt.formatted(.iso8601)), \(seconds) s, exit \(exitCode)",
      "\(inbox) -> \(database)",
      "",
      Entry.Outcome.allCases.filter { $0 != .ignored || count($0) > 0 }
        .map { "\(count($0)) \($0.rawValue.replacingOccurrences(of: "_", with: " "))" }.joined(separator: ", "),
      "\(sum(\.done)) pictures done, \(sum(\.rejected)) rejected, \(sum(\.ignored)) ignored; "
        + "\(sum(\.numbers)) new numbers of confidence \(Confidence.shortText(Confidence.usual)) or more",
    ]
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
    if let reason = entry.reason { line += ": \(reason.message) (\(reason.id))" }
    let shown = entry.rejections.map { "    \($0.member): \($0.reason.message) (\($0.reason.id))" }
    let more = entry.rejected - shown.count
    return [line + "; now at \(entry.path)"] + shown
      + (more > 0 && !shown.isEmpty ? ["    and \(more) more"] : [])
  }
}
