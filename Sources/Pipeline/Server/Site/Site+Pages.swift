import Foundation
import StreetCore
import StreetLedger

extension Site {
  func numbersPage(_ request: WebRequest) throws -> WebResponse {
    let fields = try NumberFields(page: request.query)
    let page = try readers.read { store in
      NumbersPage(
        form: request.query, fields: fields,
        found: try store.browse(
          fields.filter, order: fields.order, reviewed: fields.isReviewed, after: fields.cursor, limit: fields.limit,
          names: names),
        count: try store.count(fields.filter, reviewed: fields.isReviewed, names: names, within: Self.countingTime),
        confidences: try store.confidenceCounts())
    }
    return .page(request.query["fragment"] == nil ? page.html : page.fragment)
  }

  func picturePage(_ request: WebRequest) throws -> WebResponse {
    let sha256 = try Self.digest(of: request.path[1], ending: "")
    let (picture, places) = try readers.read { store in
      (try store.pictureReview(sha256), try store.places(ofPicture: sha256))
    }
    guard let picture else { throw WebError.notFound }
    let isThere = places.contains { $0.paths.contains { FileManager.default.fileExists(atPath: $0) } }
    return .page(PicturePage(picture: picture, isThere: isThere, takesDecisions: takesDecisions).html)
  }

  func sourcesPage(_ request: WebRequest) throws -> WebResponse {
    let archive = try NumberFields(page: request.query).filter.archive
    let sources = try readers.read { try $0.browseSources(archive: archive, after: request.query["cursor"]) }
    return .page(SourcesPage(form: request.query, sources: sources).html)
  }

  func rejectedPage(_ request: WebRequest) throws -> WebResponse {
    let archive = try NumberFields(page: request.query).filter.archive
    let reason = try NumberFields.pattern(request.query, "reason")
    let members = try readers.read { store in
      try store.browseMembers(state: "rejected", reason: reason, archive: archive, after: request.query["cursor"])
    }
    return .page(RejectedPage(form: request.query, members: members).html)
  }

  func runsPage(_ request: WebRequest) throws -> WebResponse {
    .page(RunsPage(runs: try readers.read { try $0.pastRuns() }).html)
  }

  func reviewPage(_ request: WebRequest) throws -> WebResponse {
    guard let desk else { return .page(ErrorPage(.readOnly).html, status: 403) }
    _ = try NumberFields(api: request.query)
    let page = try readers.read { store in
      let samples = try store.samples()
      let wanted = request.query["sample"]
      let sample = samples.first { $0.id == wanted }
      if wanted != nil, sample == nil { throw WebError.notFound }
      return ReviewPage(
        form: request.query, reviewer: desk.reviewer, sample: sample, samples: samples,
        agreement: try store.reviewerAgreement())
    }
    return .page(page.html)
  }
}
