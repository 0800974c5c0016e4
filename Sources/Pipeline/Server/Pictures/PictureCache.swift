import Synchronization

/// A cache of encoded pictures with a limit in bytes; the oldest are dropped first.
final class PictureCache: Sendable {
  private struct Content {
    var pictures: [PictureRequest: [UInt8]] = [:]
    var order: [PictureRequest] = []
    var byteCount = 0
  }

  private let maximumBytes: Int
  private let content = Mutex(Content())

  init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

  /// A picture; nil if it is not cached.
  subscript(wanted: PictureRequest) -> [UInt8]? {
    get { content.withLock { $0.pictures[wanted] } }
    set {
      guard let newValue, newValue.count <= maximumBytes / 4 else { return }
      content.withLock { content in
        guard content.pictures.updateValue(newValue, forKey: wanted) == nil else { return }
        content.order.append(wanted)
        content.byteCount += newValue.count
        while content.byteCount > maximumBytes {
          content.byteCount -= content.pictures.removeValue(forKey: content.order.removeFirst())?.count ?? 0
        }
      }
    }
  }
}
