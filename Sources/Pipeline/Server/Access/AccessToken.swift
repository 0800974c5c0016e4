/// What off the loopback interface every request must carry: as a cookie, which the link that is printed sets, or as a bearer.
package struct AccessToken: Sendable {
  /// Its text: URL-safe.
  package let text: String

  /// The cookie's name.
  static let cookie = "streetnum_token"

  /// A token of 32 characters or more of those that need no encoding; nil otherwise.
  package init?(_ text: String) {
    guard text.utf8.count >= 32, WebForm.encoded(text) == text else { return nil }
    self.text = text
  }

  /// A new one that nobody can guess: 192 bits of the system's generator.
  package static func random() -> AccessToken {
    var generator = SystemRandomNumberGenerator()
    return AccessToken(unchecked: (0..<3).map { _ in hexadecimal(generator.next()) }.joined())
  }

  private init(unchecked text: String) { self.text = text }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether a request carries it.
  func isCarried(by request: WebRequest) -> Bool {
    if let given = request.cookie(Self.cookie), equals(given) { return true }
    guard let authorization = request.header("authorization"), authorization.lowercased().hasPrefix("bearer ") else {
      return false
    }
    return equals(String(authorization.dropFirst(7)))
  }

  /// Whether a text is the token; takes the same time wherever they differ.
  func equals(_ given: String) -> Bool {
    let (own, other) = (Array(text.utf8), Array(given.utf8))
    return own.count == other.count && zip(own, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Sets the cookie, for a month; scripts can't read it, other sites don't send it.
  var setCookie: (name: String, value: String) {
    ("Set-Cookie", "\(Self.cookie)=\(text); Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict")
  }
}
