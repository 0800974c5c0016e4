import Foundation

/// The "C" locale, in which libarchive leaves names as they are; in others it converts some of them.
final class PlainLocale {
  /// Nil where memory is short.
  private let locale: locale_t?

  init() { locale = newlocale(1 << LC_CTYPE, "C", nil) }

  deinit {
    if let locale { freelocale(locale) }
  }

  /// Runs `body` in it, this thread alone.
  func callAsFunction<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    guard let locale else { return try body() }
    let before = uselocale(locale)
    defer { uselocale(before) }
    return try body()
  }
}
