package import StreetCore

/// Why a request is refused: a status, and a reason with a stable id.
package struct WebError: Error, Sendable, Hashable {
  /// The status code.
  package let status: Int
  /// The id and a sentence.
  package let reason: Reason
  /// Seconds after which it may be tried again; nil where that changes nothing.
  package var retryAfter: Int?

  /// An error from its parts.
  package init(_ status: Int, _ id: String, _ message: String, retryAfter: Int? = nil) {
    (self.status, self.reason, self.retryAfter) = (status, Reason(id: id, message: message), retryAfter)
  }

  /// The target or the fields are not well formed.
  static let badRequest = WebError(400, "server.bad_request", "The request is not well formed.")
  /// There is no such thing.
  static let notFound = WebError(404, "server.not_found", "There is nothing at this address.")
  /// The header Host names another site.
  static let foreignHost = WebError(
    403, "server.foreign_host", "The request names a host that this server does not serve; --allowed-host adds one.")
  /// Another site sent it.
  static let foreignOrigin = WebError(403, "server.foreign_origin", "The request comes from a page of another site.")
  /// The access token is missing or wrong.
  static let noToken = WebError(
    401, "server.token_missing", "Open the link that streetnum serve printed when it was started.")
  /// The body is larger than what is taken.
  static let tooLarge = WebError(413, "server.too_large", "The request is larger than what is taken.")
  /// Too much is being done at once.
  static let overloaded = WebError(503, "server.overloaded", "The server has too much to do; try again.", retryAfter: 1)
  /// Nothing may be changed.
  static let readOnly = WebError(
    403, "server.read_only", "The database may not be written, so nothing can be reviewed.")

  /// The address knows other methods.
  static func methodNotAllowed(_ allowed: String) -> WebError {
    WebError(405, "server.method_not_allowed", "This address knows \(allowed) alone.")
  }

  /// A field has a value that it can't have.
  static func invalid(_ field: String, _ why: String) -> WebError {
    WebError(400, "server.invalid_field", "\(field): \(why)")
  }
}
