import CPage
import Crypto
import StreetCore

/// A file of the page that is built into the program: its styles, its scripts.
package struct PageFile: Sendable {
  /// Its bytes.
  package let bytes: [UInt8]
  /// Tells them from those of another version.
  package let tag: String
  private let type: String

  /// All files by their names.
  package static let all: [String: PageFile] = Dictionary(
    uniqueKeysWithValues: (0..<streetnum_page_file_count()).map { index in
      let file = streetnum_page_file_at(index)
      let name = String(cString: file.name)
      return (name, PageFile(bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.size)), named: name))
    })

  private init(bytes: [UInt8], named name: String) {
    self.bytes = bytes
    tag = String(hexadecimal(SHA256.hash(data: bytes)).prefix(16))
    switch name.split(separator: ".").last {
    case "css": type = "text/css; charset=utf-8"
    case "js": type = "text/javascript; charset=utf-8"
    case "svg": type = "image/svg+xml"
    case "json": type = "application/json"
    default: type = "application/octet-stream"
    }
  }

  /// Its address on a page, which changes with its bytes.
  static func address(of name: String) -> String { "/page/\(name)?\(all[name]?.tag ?? "")" }

  /// The file, unless the browser has it already.
  package func response(to request: WebRequest) -> WebResponse {
    let quoted = "\"\(tag)\""
    let headers = [("ETag", quoted), ("Cache-Control", "private, no-cache")]
    if request.header("if-none-match") == quoted { return WebResponse(status: 304, headers: headers) }
    return WebResponse(type: type, headers: headers, body: bytes)
  }
}
