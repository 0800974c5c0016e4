import StreetCore

/// Members that are written down as begun before they are read, so that where this process dies the next run knows whom to
/// suspect.
///
/// All that are written down and have not ended are suspected, so there are never more than two for each lane; whenever no lane
/// has one in reserve, as many as there are lanes are written down at once.
struct BegunMembers {
  /// A member, and what begins its reading.
  struct Waiting {
    let member: Member
    let begin: @Sendable () -> Void
  }

  private let lanes: Int
  private var waiting: [Waiting] = []
  /// Those that are written down and have not ended.
  private var open = 0
  /// The ordinals of those that have ended and are not stored yet.
  private var ended: Set<Int> = []

  init(lanes: Int) { self.lanes = lanes }

  /// Takes a member that is to be read when it is its turn.
  mutating func add(_ member: Member, _ begin: @escaping @Sendable () -> Void) {
    waiting.append(Waiting(member: member, begin: begin))
  }

  /// Takes a member that is written down and begun at once.
  mutating func addAlone() { open += 1 }

  /// The members that are to be written down now, and then begun; they count as open from here on.
  mutating func takeDue() -> [Waiting] {
    guard open <= lanes else { return [] }
    let due = Array(waiting.prefix(2 * lanes - open))
    waiting.removeFirst(due.count)
    open += due.count
    return due
  }

  /// Takes that a member has ended, or is given up: the process did not die of it.
  mutating func end(_ ordinal: Int) {
    open -= 1
    ended.insert(ordinal)
  }

  /// Takes that outcomes are stored.
  mutating func store(_ outcomes: [MemberOutcome]) { ended.subtract(outcomes.map(\.ordinal)) }

  /// The ordinals that are suspected no more, each given once.
  mutating func takeEnded() -> [Int] {
    defer { ended.removeAll(keepingCapacity: true) }
    return ended.sorted()
  }
}
