import Testing

/// A file's first bytes, and what the reason's sentence has to name.
struct MemberSample: CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  var format = ""
  var testDescription: String { name }

  init(_ name: String, _ bytes: [UInt8], _ format: String = "") {
    (self.name, self.bytes, self.format) = (name, bytes, format)
  }

  init(_ name: String, _ text: String, _ bytes: [UInt8] = [], _ format: String = "") {
    self.init(name, Array(text.utf8) + bytes, format)
  }

  /// The type box of an ISO base media file.
  static func typed(_ name: String, _ main: String, _ compatible: [String], _ format: String = "") -> MemberSample {
    let brands = Array((main + "\0\0\0\0" + compatible.joined()).utf8)
    return MemberSample(name, [0, 0, 0, UInt8(8 + brands.count)] + "ftyp".utf8 + brands, format)
  }

  static func riff(_ name: String, _ form: String, _ format: String = "") -> MemberSample {
    MemberSample(name, "RIFF\u{1}\u{1}\u{1}\0" + form, [], format)
  }
}
