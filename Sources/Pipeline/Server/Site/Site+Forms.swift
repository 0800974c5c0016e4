import DigitNet
import StreetCore
import StreetLedger

/// The actions of forms, which need no script.
extension Site {
  /// Stores a decision from the page of a picture, and redirects back to it.
  func decideByForm(_ form: WebForm) throws -> WebResponse {
    let desk = try reviewing()
    let body = DecisionBody(
      picture: form["picture"] ?? "", verdict: form["verdict"] ?? "",
      box: form["box"].flatMap { Box(text: $0)?.list }, shown: form["shown"], text: form["text"], mode: "browse")
    let decision = try desk.decide(body.request(by: desk.reviewer))
    return .seeOther("/pictures/\(decision.picture)" + (decision.box.map { "#box=\($0.address)" } ?? ""))
  }

  /// Draws a sample, and redirects to its review.
  func sampleByForm(_ form: WebForm) throws -> WebResponse {
    let desk = try reviewing()
    let size = try NumberFields.whole(form, "size", in: 1...10_000) ?? 200
    let sample = try desk.makeSample(NumberFields(api: form).filter, size: size)
    return .seeOther("/review?sample=\(sample.id)")
  }

  /// Stores decisions; throws if the database is read-only.
  func reviewing() throws(WebError) -> Reviewing {
    guard let desk else { throw .readOnly }
    return desk
  }
}
