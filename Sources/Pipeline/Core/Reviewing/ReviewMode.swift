/// How a reviewer came upon what was decided on.
package enum ReviewMode: Sendable, Hashable {
  /// By browsing: the reviewer chose it.
  case browse
  /// It was next in a queue that is sorted by confidence.
  case queue
  /// It is an item of a random sample: the sample's id. Estimates of precision come from this mode alone.
  case sample(String)

  /// Its name in the database and in JSON.
  package var name: String {
    switch self {
    case .browse: "browse"
    case .queue: "queue"
    case .sample: "sample"
    }
  }

  /// The sample's id; nil outside samples.
  package var sample: String? {
    if case .sample(let id) = self { id } else { nil }
  }
}
