/// The token that requests must carry on a server that is not limited to the loopback interface: in a cookie, which the
/// printed link sets, or as a bearer token.
package struct AccessToken: Sendable {
  /// The text of the token, which is URL-safe.
  package let text: String

  /// The name of the cookie.
  static let cookie = "streetnum_token"

  /// A token of at least 32 characters that need no URL encoding; nil for other texts.
  package init?(_ text: String) {
    guard text.utf8.count >= 32, WebForm.encoded(text) == text else { return nil }
    self.text = text
  }

  /// A new random token with 192 bits from the system's generator.
  package static func random() -> AccessToken {
    var generator = SystemRandomNumberGenerator()
    return AccessToken(unchecked: (0..<3).map { _ in hexadecimal(generator.next()) }.joined())
  }

  private init(unchecked text: String) { self.text = text }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether a request carries the token.
  func isCarried(by request: WebRequest) -> Bool {
    if let given = request.cookie(Self.cookie), equals(given) { return true }
    guard let authorization = request.header("authorization"), authorization.lowercased().hasPrefix("bearer ") else {
      return false
    }
    return equals(String(authorization.dropFirst(7)))
  }

  /// Whether a text is the token; takes constant time to prevent timing attacks.
  func equals(_ given: String) -> Bool {
    let (own, other) = (Array(text.utf8), Array(given.utf8))
    return own.count == other.count && zip(own, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// The cookie with the token: it lasts a month, is hidden from scripts, and is not sent by other sites.
  var setCookie: (name: String, value: String) {
    ("Set-Cookie", "\(Self.cookie)=\(text); Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict")
  }
}
