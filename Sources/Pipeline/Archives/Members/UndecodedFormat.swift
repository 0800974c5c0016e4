import StreetCore

/// A format of still pictures that are known but not decoded.
package struct UndecodedFormat: Sendable, Equatable {
  /// The format's usual name.
  package let name: String
  /// What to do with such a picture, as the end of a sentence.
  let wayOut: String

  static func named(_ name: String) -> UndecodedFormat {
    UndecodedFormat(name: name, wayOut: "convert it to JPEG or PNG, for example with ImageMagick's `magick`")
  }

  /// A camera's raw file.
  static func raw(_ name: String) -> UndecodedFormat {
    UndecodedFormat(
      name: "raw (\(name))", wayOut: "develop it to JPEG, for example with `darktable-cli`, or take the camera's JPEG")
  }

  /// HEIF with any coding of its pictures.
  static func heif(_ name: String) -> UndecodedFormat {
    UndecodedFormat(
      name: name, wayOut: "convert it to JPEG, for example with `heif-convert`, or set the camera to take JPEG")
  }

  static let webP = UndecodedFormat(name: "WebP", wayOut: "convert it to PNG, for example with `dwebp`")
  static let jpegXL = UndecodedFormat(name: "JPEG XL", wayOut: "convert it to JPEG or PNG, for example with `djxl`")
  static let jpeg2000 = UndecodedFormat(
    name: "JPEG 2000", wayOut: "convert it to PNG, for example with `opj_decompress`")
  static let tiff = named("TIFF")

  /// Raw formats that are TIFF by their first bytes, by the extensions of their names.
  private static let rawInTIFF: Set<String> = [
    "3fr", "arw", "cr2", "dcr", "dng", "erf", "fff", "gpr", "iiq", "kdc", "mef", "mos", "nef", "nrw", "pef", "rwl",
    "sr2",
    "srw",
  ]

  /// The format of a file of this name: of what is built as TIFF is, only the name tells a camera's raw file.
  func refined(byName name: String) -> UndecodedFormat {
    guard self == .tiff, let type = MemberName.fileExtension(name), UndecodedFormat.rawInTIFF.contains(type) else {
      return self
    }
    return .raw(type.uppercased())
  }

  /// Why such a picture is not read.
  var reason: Reason {
    Reason(
      id: ImageError.Code.unsupported.rawValue,
      message: "It is a picture in \(name) format, which is not read; \(wayOut)")
  }
}
