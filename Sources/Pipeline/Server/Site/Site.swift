import Foundation
package import StreetLedger

/// What `streetnum serve` shows: pages, pictures and the API over one database. Its answers block and may come from any thread.
package final class Site: Sendable {
  /// The database.
  let path: String
  let readers: StorePool
  let pictures: PictureDesk
  /// The names of pictures in memory: patterns find them there.
  let names = PictureNames()
  /// What writes decisions; nil where the database may not be written.
  let desk: Reviewing?

  /// Seconds that counting may take beside finding what is shown.
  static let countingTime = 0.01

  /// Threads that read the database at once.
  package static let readers = 4

  /// The site of a database.
  ///
  /// - Parameters:
  ///   - reviewer: Who decides, where decisions can be stored.
  ///   - isReadOnly: Whether nothing is to be written, even where it could be.
  /// - Throws: `store.missing` and what else opening a database can throw; not where it may be read alone.
  package init(database path: String, reviewer: String, isReadOnly: Bool = false) throws(StoreError) {
    self.path = path
    readers = StorePool(path: path)
    pictures = PictureDesk(path: path)
    // Reading first: what is missing is not made. One of an older schema is brought up to date by what writes.
    do throws(StoreError) {
      try Store.open(path: path, mode: .read).close()
    } catch  where error.code == .olderSchema && !isReadOnly {}
    desk = isReadOnly ? nil : try Reviewing(path: path, reviewer: reviewer)
    let reader = try Store.open(path: path, mode: .read)
    try reader.requireCurrentSchema()
    // Patterns are looked for in the database until the names are there; what can't be read now is read by the first question.
    Thread.detachNewThread { [names] in
      try? names.load(from: reader)
      try? reader.close()
    }
  }

  /// Whether decisions can be stored.
  package var takesDecisions: Bool { desk != nil }

  /// Ends the connections to the database.
  package func close() {
    readers.close()
    desk?.close()
  }

  /// An answer, or the work that it takes to have it.
  package enum Answer: Sendable {
    /// It is here.
    case ready(WebResponse)
    /// A picture has to be decoded, which few may do at once.
    case picture(PictureWork)
  }

  /// Answers a request that may be answered; see ``AccessRules``.
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

  /// The picture that an answer needs.
  package func response(of work: PictureWork, to request: WebRequest) -> WebResponse {
    do {
      return Self.guarded(.jpeg(try pictures.jpeg(work.wanted)))
    } catch {
      return Self.refusal(Self.webError(error), of: request)
    }
  }

  /// Answers a request on this thread, whatever it takes.
  package func response(to request: WebRequest) -> WebResponse {
    switch answer(to: request) {
    case .ready(let response): response
    case .picture(let work): self.response(of: work, to: request)
    }
  }
}

/// A picture that has to be fetched, decoded and encoded.
package struct PictureWork: Sendable {
  let wanted: PictureRequest
}
