import CExpat
import StreetCore

extension GeotagReader {
  /// The versions of the libraries that read metadata, by name. libexif does not report its version; its value is the
  /// file name.
  package static var libraries: [String: String] {
    let expat = XML_ExpatVersionInfo()
    return [
      "expat": "\(expat.major).\(expat.minor).\(expat.micro)",
      "libexif": LinkedLibrary.fileName(of: "libexif") ?? "unknown",
    ]
  }
}
