import Foundation

/// The "C" locale, in which libarchive does not convert member names; in other locales it converts some of them.
final class PlainLocale {
  /// Nil if memory is short.
  private let locale: locale_t?

  init() { locale = newlocale(1 << LC_CTYPE, "C", nil) }

  deinit {
    if let locale { freelocale(locale) }
  }

  /// Runs `body` in this locale, which is set for the current thread only.
  func callAsFunction<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    guard let locale else { return try body() }
    let before = uselocale(locale)
    defer { uselocale(before) }
    return try body()
  }
}
