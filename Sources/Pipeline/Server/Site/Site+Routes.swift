extension Site {
  /// Finds what an address stands for.
  func route(_ request: WebRequest) throws -> Answer {
    let path = request.path
    if path.first == "api" { return .ready(try api(request)) }
    guard request.isSafe else { throw WebError.methodNotAllowed("GET and HEAD") }
    switch (path.first, path.count) {
    case (nil, 0): return .ready(try browsePage(request))
    case ("page", 2):
      guard let file = PageFile.all[path[1]] else { throw WebError.notFound }
      return .ready(file.response(to: request))
    case ("favicon.ico", 1): return .ready(PageFile.all["icon.svg"]?.response(to: request) ?? WebResponse(status: 404))
    case ("robots.txt", 1):
      return .ready(WebResponse(type: "text/plain", body: Array("User-agent: *\nDisallow: /\n".utf8)))
    case ("images", 2): return try image(request)
    case ("crops", 3): return try crop(request)
    default: throw WebError.notFound
    }
  }

  func api(_ request: WebRequest) throws -> WebResponse { throw WebError.notFound }
  func browsePage(_ request: WebRequest) throws -> WebResponse { .page("<!doctype html>hello") }
}
