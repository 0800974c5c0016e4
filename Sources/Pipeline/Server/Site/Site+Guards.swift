import StreetCore
import StreetFormats
import StreetLedger

extension Site {
  /// The security headers of every response: nothing is loaded from other sites, no inline script runs, and no page may
  /// be framed or embedded.
  private static let guards: [(name: String, value: String)] = [
    (
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'"
    ), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
  ]

  static func guarded(_ response: WebResponse) -> WebResponse {
    var response = response
    response.headers += guards
    return response
  }

  /// The response to a refused request: JSON for programs, a page for browsers.
  package static func refusal(_ error: WebError, of request: WebRequest?) -> WebResponse {
    let wantsPage = request?.path.first != "api" && request?.header("accept")?.contains("text/html") == true
    var response =
      wantsPage
      ? WebResponse.page(ErrorPage(error).html, status: error.status)
      : WebResponse.json(JSON.object([("error", json(error.reason))]), status: error.status)
    if let seconds = error.retryAfter { response.headers.append(("Retry-After", String(seconds))) }
    if error.status == 401 { response.headers.append(("WWW-Authenticate", "Bearer")) }
    return guarded(response)
  }

  private static func status(of code: StoreError.Code) -> Int {
    switch code {
    case .malformedDecision: 400
    case .permission: 403
    case .unknownPicture, .unknownSample, .unknownDecision: 404
    case .staleReading, .undecidedNumbers: 409
    case .busy, .timeLimit: 503
    default: 500
    }
  }

  /// The error as reported to the client.
  static func webError(_ error: any Error) -> WebError {
    switch error {
    case let error as WebError: error
    case let error as StoreError:
      WebError(
        status(of: error.code), error.code.rawValue, error.message,
        retryAfter: [.busy, .timeLimit].contains(error.code) ? 1 : nil)
    default: WebError(500, "server.internal", "Internal error; please report it.")
    }
  }
}
