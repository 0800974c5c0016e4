import StreetLedger

extension Site {
  /// Finds the handler for an address.
  func route(_ request: WebRequest) throws -> Answer {
    let path = request.path
    switch (path.first, path.count) {
    case ("api", _): return .ready(try api(request))
    case ("decide", 1): return .ready(try takeForm(request, decideByForm))
    case ("samples", 1): return .ready(try takeForm(request, sampleByForm))
    default: break
    }
    guard request.isSafe else { throw WebError.methodNotAllowed("GET and HEAD") }
    switch (path.first, path.count) {
    case (nil, 0): return .ready(try numbersPage(request))
    case ("pictures", 2): return .ready(try picturePage(request))
    case ("review", 1): return .ready(try reviewPage(request))
    case ("sources", 1): return .ready(try sourcesPage(request))
    case ("rejected", 1): return .ready(try rejectedPage(request))
    case ("runs", 1): return .ready(try runsPage(request))
    case ("images", 2): return try image(request)
    case ("crops", 3): return try crop(request)
    case ("page", 2), ("favicon.ico", 1):
      guard let file = PageFile.all[path.count == 2 ? path[1] : "icon.svg"] else { throw WebError.notFound }
      return .ready(file.response(to: request))
    case ("robots.txt", 1):
      return .ready(WebResponse(type: "text/plain; charset=utf-8", body: Array("User-agent: *\nDisallow: /\n".utf8)))
    default: throw WebError.notFound
    }
  }

  /// Handles a form submitted from a page.
  private func takeForm(_ request: WebRequest, _ take: (WebForm) throws -> WebResponse) throws -> WebResponse {
    guard request.method == "POST" else { throw WebError.methodNotAllowed("POST") }
    let type = request.header("content-type")?.prefix { $0 != ";" }
    guard type == "application/x-www-form-urlencoded", let text = String(validating: request.body, as: UTF8.self),
      let form = WebForm(encoded: text)
    else { throw WebError.badRequest }
    return try take(form)
  }
}
