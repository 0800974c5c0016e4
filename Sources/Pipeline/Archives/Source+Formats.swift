import CArchive
import libz

extension Source {
  /// The formats that members are read from, and what may be around a tar.
  package static let formats = ["tar", "zip"] + Compression.allCases.map(\.rawValue)

  /// The versions of the libraries that unpack, by their names.
  package static var libraries: [String: String] {
    ["libarchive": version(archive_version_number()), "zlib": String(cString: zlibVersion())]
  }

  /// libarchive's versions are whole numbers: 3007004 is 3.7.4.
  private static func version(_ number: CInt) -> String {
    "\(number / 1_000_000).\(number / 1_000 % 1_000).\(number % 1_000)"
  }
}
