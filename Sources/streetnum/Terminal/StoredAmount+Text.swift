import Pipeline

extension StoredAmount {
  /// How much it is, for people.
  var text: String {
    let states = "\(members.done) done, \(members.rejected) rejected, \(members.ignored) ignored"
    let more = pending > 0 ? "; \(pending) in progress" : ""
    return "\(counted(sets, "result set")), \(counted(members.total, "member")) (\(states)\(more)), "
      + counted(numbers, "number") + (decisions > 0 ? ", \(counted(decisions, "decision")) of reviewers" : "")
  }
}

/// A count and what is counted, whose plural ends in s.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
