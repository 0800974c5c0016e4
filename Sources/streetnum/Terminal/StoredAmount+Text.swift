import Pipeline

extension StoredAmount {
  /// How much it is, for people.
  var text: String {
    let states = "\(members.done) done, \(members.rejected) rejected, \(members.ignored) ignored"
    return "\(sets) result sets, \(members.total) members (\(states)\(pending > 0 ? "; \(pending) in progress" : "")), "
      + "\(numbers) numbers"
  }
}
