import Foundation
package import StreetLedger

/// The site of `streetnum serve`: pages, pictures and the API for one database. Responses block and may be requested
/// from any thread.
package final class Site: Sendable {
  /// The path of the database.
  let path: String
  let readers: StorePool
  let pictures: PictureDesk
  /// The names of pictures, in memory for pattern searches.
  let names = PictureNames()
  /// Stores decisions; nil if the database is read-only.
  let desk: Reviewing?

  /// The time limit for counting matches, in seconds, in addition to finding those that are shown.
  static let countingTime = 0.01

  /// The maximum number of threads that read the database.
  package static let readers = 4

  /// The site for a database.
  ///
  /// - Parameters:
  /// - reviewer: The name under which decisions are stored.
  /// - isReadOnly: Whether to store nothing, even if the database is writable.
  /// - Throws: `store.missing` and the other errors of opening a database; a read-only database is not an error.
  package init(database path: String, reviewer: String, isReadOnly: Bool = false) throws(StoreError) {
    self.path = path
    readers = StorePool(path: path)
    pictures = PictureDesk(path: path)
    // The database is opened for reading first, so that a missing one is not created. An older schema is migrated when
    // it is opened for writing.
    do throws(StoreError) {
      try Store.open(path: path, mode: .read).close()
    } catch  where error.code == .olderSchema && !isReadOnly {}
    desk = isReadOnly ? nil : try Reviewing(path: path, reviewer: reviewer)
    let reader = try Store.open(path: path, mode: .read)
    try reader.requireCurrentSchema()
    // Until the names are loaded, patterns are searched in the database. If loading fails, the first search loads them.
    Thread.detachNewThread { [names] in
      try? names.load(from: reader)
      try? reader.close()
    }
  }

  /// Whether decisions can be stored.
  package var takesDecisions: Bool { desk != nil }

  /// Closes the connections to the database.
  package func close() {
    readers.close()
    desk?.close()
  }

  /// A response, or the work needed to produce it.
  package enum Answer: Sendable {
    /// The response is available.
    case ready(WebResponse)
    /// A picture must be decoded, which only a few threads may do at a time.
    case picture(PictureWork)
  }

  /// Answers a request that has been admitted; see ``AccessRules``.
  package func answer(to request: WebRequest) -> Answer {
    do {
      switch try route(request) {
      case .ready(let response): return .ready(Self.guarded(response))
      case let work: return work
      }
    } catch {
      return .ready(Self.refusal(Self.webError(error), of: request))
    }
  }

  /// The response with the picture.
  package func response(of work: PictureWork, to request: WebRequest) -> WebResponse {
    do {
      return Self.guarded(.jpeg(try pictures.jpeg(work.wanted)))
    } catch {
      return Self.refusal(Self.webError(error), of: request)
    }
  }

  /// Answers a request on the current thread, including decoding.
  package func response(to request: WebRequest) -> WebResponse {
    switch answer(to: request) {
    case .ready(let response): response
    case .picture(let work): self.response(of: work, to: request)
    }
  }
}

/// A picture to be fetched, decoded and encoded.
package struct PictureWork: Sendable {
  let wanted: PictureRequest
}
