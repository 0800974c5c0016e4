import StreetCore

/// A known format of still pictures that is not supported.
package struct UndecodedFormat: Sendable, Equatable {
  /// The name of the format.
  package let name: String
  /// What to do with such a picture, as the end of a sentence.
  let wayOut: String

  static func named(_ name: String) -> UndecodedFormat {
    UndecodedFormat(name: name, wayOut: "convert it to JPEG or PNG, for example with ImageMagick's `magick`")
  }

  /// A camera's raw format.
  static func raw(_ name: String) -> UndecodedFormat {
    UndecodedFormat(
      name: "raw (\(name))", wayOut: "develop it to JPEG, for example with `darktable-cli`, or take the camera's JPEG")
  }

  /// HEIF with any codec.
  static func heif(_ name: String) -> UndecodedFormat {
    UndecodedFormat(
      name: name, wayOut: "convert it to JPEG, for example with `heif-convert`, or set the camera to take JPEG")
  }

  static let webP = UndecodedFormat(name: "WebP", wayOut: "convert it to PNG, for example with `dwebp`")
  static let jpegXL = UndecodedFormat(name: "JPEG XL", wayOut: "convert it to JPEG or PNG, for example with `djxl`")
  static let jpeg2000 = UndecodedFormat(
    name: "JPEG 2000", wayOut: "convert it to PNG, for example with `opj_decompress`")
  static let tiff = named("TIFF")

  /// Extensions of raw formats that have TIFF's signature.
  private static let rawInTIFF: Set<String> = [
    "3fr", "arw", "cr2", "dcr", "dng", "erf", "fff", "gpr", "iiq", "kdc", "mef", "mos", "nef", "nrw", "pef", "rwl",
    "sr2",
    "srw",
  ]

  /// The format of a file with this name: raw files that have TIFF's signature can only be told by name.
  func refined(byName name: String) -> UndecodedFormat {
    guard self == .tiff, let type = MemberName.fileExtension(name), UndecodedFormat.rawInTIFF.contains(type) else {
      return self
    }
    return .raw(type.uppercased())
  }

  /// The reason for rejecting such a picture.
  var reason: Reason {
    Reason(
      id: ImageError.Code.unsupported.rawValue,
      message: "It is a picture in \(name) format, which is not supported; \(wayOut)")
  }
}
