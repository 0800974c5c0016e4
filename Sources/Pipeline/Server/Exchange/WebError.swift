package import StreetCore

/// Why a request is refused: a status code, and a reason with a stable id.
package struct WebError: Error, Sendable, Hashable {
  /// The status code.
  package let status: Int
  /// The id and the message.
  package let reason: Reason
  /// Seconds after which the request may be repeated; nil if that is useless.
  package var retryAfter: Int?

  /// An error from its parts.
  package init(_ status: Int, _ id: String, _ message: String, retryAfter: Int? = nil) {
    (self.status, self.reason, self.retryAfter) = (status, Reason(id: id, message: message), retryAfter)
  }

  /// The target or the fields are malformed.
  static let badRequest = WebError(400, "server.bad_request", "The request is malformed.")
  /// There is no such resource.
  static let notFound = WebError(404, "server.not_found", "There is nothing at this address.")
  /// The Host header names another site.
  static let foreignHost = WebError(
    403, "server.foreign_host", "The request names a host that this server does not serve; --allowed-host adds one.")
  /// The request was sent by a page of another site.
  static let foreignOrigin = WebError(403, "server.foreign_origin", "The request comes from a page of another site.")
  /// The access token is missing or wrong.
  static let noToken = WebError(
    401, "server.token_missing", "Open the link that streetnum serve printed when it was started.")
  /// The body exceeds the limit.
  static let tooLarge = WebError(413, "server.too_large", "The request exceeds the size limit.")
  /// The server has too much work in progress.
  static let overloaded = WebError(503, "server.overloaded", "The server is overloaded; try again.", retryAfter: 1)
  /// The database is read-only.
  static let readOnly = WebError(
    403, "server.read_only", "The database is read-only, so nothing can be reviewed.")

  /// The resource does not support the method.
  static func methodNotAllowed(_ allowed: String) -> WebError {
    WebError(405, "server.method_not_allowed", "This address supports only \(allowed).")
  }

  /// A field has an invalid value.
  static func invalid(_ field: String, _ why: String) -> WebError {
    WebError(400, "server.invalid_field", "\(field): \(why)")
  }

  /// A JSON body that can't be decoded: the field that is missing or has another type, if there is one.
  static func unreadable(_ error: any Error) -> WebError {
    func message(_ path: [any CodingKey], _ what: String) -> String {
      path.isEmpty ? "The body \(what)." : "\(path.map(\.stringValue).joined(separator: ".")): it \(what)."
    }
    let text: String? =
      switch error as? DecodingError {
      case .keyNotFound(let key, let context): message(context.codingPath + [key], "is missing")
      case .valueNotFound(_, let context): message(context.codingPath, "is null")
      case .typeMismatch(_, let context): message(context.codingPath, "has another type")
      case .dataCorrupted(let context) where !context.codingPath.isEmpty: message(context.codingPath, "is invalid")
      case .dataCorrupted: "The body is no JSON."
      default: nil
      }
    return text.map { WebError(400, "server.bad_request", $0) } ?? badRequest
  }
}
