import StreetCore

/// Members that are recorded as in progress before they are read. If this process dies, the next run knows which
/// members may have caused it.
///
/// Every member that is recorded and has no final state is a suspect, so there are never more than two per lane. When
/// no lane has a member in reserve, as many members as there are lanes are recorded at once.
struct BegunMembers {
  /// A member and the closure that starts its reading.
  struct Waiting {
    let member: Member
    let begin: @Sendable () -> Void
  }

  private let lanes: Int
  private var waiting: [Waiting] = []
  /// The number of members that are recorded and have no final state.
  private var open = 0
  /// The ordinals of members that have a final state but are not stored yet.
  private var ended: Set<Int> = []

  init(lanes: Int) { self.lanes = lanes }

  /// Adds a member that will be read when it is its turn.
  mutating func add(_ member: Member, _ begin: @escaping @Sendable () -> Void) {
    waiting.append(Waiting(member: member, begin: begin))
  }

  /// Adds a member that is recorded and started immediately.
  mutating func addAlone() { open += 1 }

  /// Returns the members to be recorded now and then started; from here on, they count as open.
  mutating func takeDue() -> [Waiting] {
    guard open <= lanes else { return [] }
    let due = Array(waiting.prefix(2 * lanes - open))
    waiting.removeFirst(due.count)
    open += due.count
    return due
  }

  /// Notes that a member has a final state or was given up, so the process did not die of it.
  mutating func end(_ ordinal: Int) {
    open -= 1
    ended.insert(ordinal)
  }

  /// Notes that outcomes are stored.
  mutating func store(_ outcomes: [MemberOutcome]) { ended.subtract(outcomes.map(\.ordinal)) }

  /// Returns the ordinals that are no longer suspects, each once.
  mutating func takeEnded() -> [Int] {
    defer { ended.removeAll(keepingCapacity: true) }
    return ended.sorted()
  }
}
