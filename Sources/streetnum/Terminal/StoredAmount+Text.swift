import Pipeline

extension StoredAmount {
  /// The amount as text for people.
  var text: String {
    let states = "\(members.done) done, \(members.rejected) rejected, \(members.ignored) ignored"
    let more = pending > 0 ? "; \(pending) in progress" : ""
    return "\(counted(sets, "result set")), \(counted(members.total, "member")) (\(states)\(more)), "
      + counted(numbers, "number") + " of any confidence"
      + (decisions > 0 ? ", \(counted(decisions, "decision")) of reviewers" : "")
  }
}
