import ArgumentParser
import Foundation
import Pipeline
import Synchronization

/// Shows the progress of an ingest on standard error: a bar on a terminal, else plain lines; and one summary at the
/// end.
final class ProgressReport: Sendable {
  private struct State {
    var source = ""
    var share = 0.0
    var isHashing = false
    var begun = ContinuousClock.now
    var sourceBegun = ContinuousClock.now
    var shown = ContinuousClock.now
    /// Pictures that were read, and those that are known from other sources.
    var pictures = 0
    var knownPictures = 0
    var pixels = 0
    /// Numbers in the former, and in both.
    var newNumbers = 0
    var numbers = 0
    /// What files of positions state; without their errors, which are printed at once.
    var positions = SidecarReport()
    var totals = MemberCounts()
    var sources = 0
    var known = 0
    var failed = 0
    var rejections = 0
    var barLength = 0
  }

  private let verbose: Bool
  private let isTerminal = Diagnostics.isTerminal
  private let state = Mutex(State())

  /// The count of rejected members that are named one by one without --verbose.
  private static let maximumNamed = 20

  init(verbose: Bool) { self.verbose = verbose }

  /// Handles an event of the ingest; may be called from any thread.
  @Sendable func take(_ event: IngestEvent) {
    state.withLock { state in
      switch event {
      case .hashing(let source, let share):
        (state.source, state.share, state.isHashing) = (source, share, true)
        show(&state)
      case .started(let source, let committed):
        (state.source, state.share, state.isHashing, state.sourceBegun) = (source, 0, false, .now)
        if committed > 0 { line("\(source): resumes after \(counted(committed, "member"))", &state, always: true) }
      case .readingAgain(let source, let reason):
        line("\(source): \(reason.line)", &state, always: true)
      case .progress(let share):
        state.share = max(state.share, share)  // members end out of order
        show(&state)
      case .member(let name, let outcome, let pixels, let isNew): member(name, outcome, pixels, isNew, &state)
      case .positions(_, var report):
        for text in report.lines { line(text, &state, always: true) }
        report.faults = []
        state.positions += report
      case .finished(let source, let counts, let ending, let isNew):
        finished(source, counts, ending.map { "; \($0.line)" } ?? "", isNew, &state)
      }
    }
  }

  /// Reports that one of several inputs can't be read.
  func take(_ error: SourceError) { fail(error.line) }

  /// Reports the outcome of one of several inputs that can't be read.
  func fail(_ text: String) {
    state.withLock { state in
      state.failed += 1
      line(text, &state, always: true)
    }
  }

  private func finished(
    _ source: String, _ counts: MemberCounts, _ ending: String, _ isNew: Bool, _ state: inout State
  ) {
    state.sources += 1
    guard isNew else {
      state.known += 1
      let rejected = counts.rejected > 0 ? ", \(counts.rejected) rejected" : ""
      line(
        "\(source): nothing to do, its \(counted(counts.total, "member is", "members are")) in the database\(rejected)\(ending)",
        &state, always: true)
      return
    }
    state.totals.done += counts.done
    state.totals.rejected += counts.rejected
    state.totals.ignored += counts.ignored
    line("\(source): \(Self.text(counts))\(ending)", &state, always: !ending.isEmpty)
  }

  private func member(
    _ name: String, _ outcome: MemberOutcome.State, _ pixels: Int, _ isNew: Bool, _ state: inout State
  ) {
    switch outcome {
    case .done(_, _, let numbers):
      let count = numbers.count { $0.confidence >= Confidence.usual }
      state.pictures += isNew ? 1 : 0
      state.knownPictures += isNew ? 0 : 1
      state.pixels += pixels
      state.newNumbers += isNew ? count : 0
      state.numbers += count
    case .rejected(let reason):
      state.rejections += 1
      if verbose || state.rejections <= Self.maximumNamed {
        line("\(state.source): \(name): rejected: \(reason.line)", &state, always: true)
      } else if state.rejections == Self.maximumNamed + 1 {
        line("more members are rejected; --verbose prints all of them", &state, always: true)
      }
    case .ignored(let reason):
      if verbose { line("\(state.source): \(name): ignored: \(reason.line)", &state, always: true) }
    }
    show(&state)
  }

  /// Prints the summary at the end, with the database in which the numbers are stored, if any. `nothing` says why there
  /// was nothing to do.
  func end(database: String? = nil, code: ExitCode = .success, nothing: String? = nil) {
    state.withLock { state in
      clear(&state)
      let spent = Self.seconds(state.begun.duration(to: .now))
      if let database, code.isSignal {
        Diagnostics.line(
          "stopped: what was read of files and folders is in \(database); run it again to resume")
        return
      }
      let positions = state.positions
      if let database, state.known == state.sources && state.failed == 0 {
        Diagnostics.line(
          positions.newFiles > 0
            ? "no picture to read: all are in \(database) already; \(positions.text)"
            : "nothing to do: \(nothing ?? "everything is in \(database) already")")
        return
      }
      // Nothing is new to a database that is dropped.
      let numbers =
        database == nil ? counted(state.numbers, "number") : counted(state.newNumbers, "new number")
      let known =
        database == nil || state.knownPictures == 0
        ? "" : ", \(counted(state.knownPictures, "picture was", "pictures were")) read before"
      let placed =
        database == nil || positions.placed == 0 && positions.files == 0
        ? ""
        : "; \(counted(positions.placed, "photograph")) with a position"
          + (positions.files > 0 ? " (\(positions.text))" : "")
      Diagnostics.line(
        "\(Self.text(state.totals)); \(numbers) of confidence \(Confidence.shortText(Confidence.usual)) or more"
          + "\(known)\(placed); \(Self.clock(spent)), \(rates(state))\(database.map { "; in \($0)" } ?? "")")
    }
  }

  private static func text(_ counts: MemberCounts) -> String {
    "\(counts.done) done, \(counts.rejected) rejected, \(counts.ignored) ignored"
  }

  private func rates(_ state: State) -> String {
    let seconds = max(Self.seconds(state.begun.duration(to: .now)), 0.001)
    return String(
      format: "%.1f pictures/s, %.1f megapixels/s", Double(state.pictures) / seconds,
      Double(state.pixels) / 1e6 / seconds)
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  /// Draws a bar ten times a second on a terminal; prints a line every ten seconds elsewhere.
  private func show(_ state: inout State) {
    let pause = Self.seconds(state.shown.duration(to: .now))
    guard pause >= (isTerminal ? 0.1 : 10) else { return }
    state.shown = .now
    let spent = Self.seconds(state.sourceBegun.duration(to: .now))
    let left = state.share > 0.01 ? ", \(Self.clock(spent * (1 - state.share) / state.share)) left" : ""
    let percent = Int(state.share * 100)
    let doing = state.isHashing ? "computing its SHA-256" : "\(rates(state))\(left)"
    guard isTerminal else {
      Diagnostics.line("\(state.source): \(percent) %, \(doing)")
      return
    }
    // On a narrow terminal the figures matter more than the bar.
    let columns = Self.columns
    let cells = min(16, max(0, columns - 28))
    let filled = Int(state.share * Double(cells))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
    let text = (cells > 0 ? bar + " " : "") + "\(percent) % \(printable(state.source)): \(doing)"
    Diagnostics.write("\r\u{1B}[K" + String(text.prefix(columns - 1)))
    state.barLength = text.count
  }

  /// Erases the bar, so that another line can take its place.
  func clear() { state.withLock { clear(&$0) } }

  private func clear(_ state: inout State) {
    if state.barLength > 0 { Diagnostics.write("\r\u{1B}[K") }
    state.barLength = 0
  }

  private func line(_ text: String, _ state: inout State, always: Bool) {
    guard always || !isTerminal else { return }
    clear(&state)
    Diagnostics.line(text)
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 3.6e6))
    return whole >= 3600
      ? String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
      : String(format: "%d:%02d", whole / 60, whole % 60)
  }

  private static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1 ? Int(size.ws_col) : 80
  }
}
