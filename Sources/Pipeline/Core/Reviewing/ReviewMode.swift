/// How a reviewer reached the item of a decision.
package enum ReviewMode: Sendable, Hashable {
  /// By browsing, so the reviewer chose the item.
  case browse
  /// From a queue sorted by confidence.
  case queue
  /// From the random sample with the given id. Only this mode is used for estimates of precision.
  case sample(String)

  /// The name in the database and in JSON.
  package var name: String {
    switch self {
    case .browse: "browse"
    case .queue: "queue"
    case .sample: "sample"
    }
  }

  /// The id of the sample; nil for other modes.
  package var sample: String? {
    if case .sample(let id) = self { id } else { nil }
  }
}
