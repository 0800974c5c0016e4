import CJPEG
import CPNG

extension ImageDecoder {
  /// The versions of the libraries for decoding, by library name.
  package static var libraries: [String: String] {
    ["libjpeg": String(cString: cjpeg_library_version()), "libpng": String(cString: cpng_library_version())]
  }
}
