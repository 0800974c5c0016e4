import CArchive
import libz

extension Source {
  /// The archive formats that are supported, and the compressions of tars.
  package static let formats = ["tar", "zip"] + Compression.allCases.map(\.rawValue)

  /// The versions of the libraries for decompression, by library name.
  package static var libraries: [String: String] {
    ["libarchive": version(archive_version_number()), "zlib": String(cString: zlibVersion())]
  }

  /// libarchive encodes its version as an integer: 3007004 is 3.7.4.
  private static func version(_ number: CInt) -> String {
    "\(number / 1_000_000).\(number / 1_000 % 1_000).\(number % 1_000)"
  }
}
