import CExpat
import StreetCore

extension GeotagReader {
  /// The versions of the libraries that read metadata, by their names; of libexif, which does not say its own, the file's name.
  package static var libraries: [String: String] {
    let expat = XML_ExpatVersionInfo()
    return [
      "expat": "\(expat.major).\(expat.minor).\(expat.micro)",
      "libexif": LinkedLibrary.fileName(of: "libexif") ?? "unknown",
    ]
  }
}
