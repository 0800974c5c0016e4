import Pipeline

extension StoredAmount {
  /// The amount as text for people.
  var text: String {
    let states = "\(members.done) done, \(members.rejected) rejected, \(members.ignored) ignored"
    let more = pending > 0 ? "; \(pending) in progress" : ""
    return "\(Figure.count(sets, "result set")), \(Figure.count(members.total, "member")) (\(states)\(more)), "
      + Figure.count(numbers, "number") + " of any confidence"
      + (decisions > 0 ? ", \(Figure.count(decisions, "decision")) of reviewers" : "")
  }
}
