/// The fields of a query or of a submitted form, `application/x-www-form-urlencoded`.
package struct WebForm: Sendable, Hashable {
  /// The names and values, in order.
  package private(set) var fields: [Field] = []

  /// One field.
  package struct Field: Sendable, Hashable {
    /// The decoded name and value.
    package let name, value: String
  }

  /// The maximum number of fields.
  package static let maximumFields = 64

  /// No fields.
  package init() {}

  /// The fields of an encoded text; nil if it is malformed or has too many.
  package init?(encoded text: some StringProtocol) {
    for part in text.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard fields.count < Self.maximumFields, let name = Self.decoded(pair[0]),
        let value = Self.decoded(pair.count > 1 ? pair[1] : "")
      else { return nil }
      fields.append(Field(name: name, value: value))
    }
  }

  /// The first non-empty value with a name; empty fields count as missing.
  package subscript(name: String) -> String? {
    fields.first { $0.name == name && !$0.value.isEmpty }?.value
  }

  /// The fields with one replaced, or removed if `value` is nil.
  package func with(_ name: String, _ value: String?) -> WebForm {
    var form = self
    form.fields.removeAll { $0.name == name || $0.value.isEmpty }
    if let value { form.fields.append(Field(name: name, value: value)) }
    return form
  }

  /// The fields as a query, without the question mark.
  package var encoded: String {
    fields.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: "&")
  }

  /// The text with everything except letters, digits and `-._~` percent-encoded.
  package static func encoded(_ text: String) -> String {
    text.utf8.reduce(into: "") { result, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default: result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
  }

  /// The text decoded from percent-encoding; nil if it is malformed or not UTF-8.
  static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = true) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8.makeIterator()
    func digit(_ byte: UInt8?) -> UInt8? {
      byte.flatMap { Character(Unicode.Scalar($0)).hexDigitValue }.map(UInt8.init)
    }
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = digit(rest.next()), let low = digit(rest.next()) else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
