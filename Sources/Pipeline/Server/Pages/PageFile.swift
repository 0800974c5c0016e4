import CPage
import Crypto
import StreetCore

/// An embedded file of the page, such as a style sheet or a script.
package struct PageFile: Sendable {
  /// Its bytes.
  package let bytes: [UInt8]
  /// A tag that changes with the bytes.
  package let tag: String
  private let type: String

  /// All embedded files by name.
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

  /// The address of a file, which changes with its bytes.
  static func address(of name: String) -> String { "/page/\(name)?\(all[name]?.tag ?? "")" }

  /// The response with the file, or that the browser's copy is current.
  package func response(to request: WebRequest) -> WebResponse {
    let quoted = "\"\(tag)\""
    let headers = [("ETag", quoted), ("Cache-Control", "private, no-cache")]
    if request.header("if-none-match") == quoted { return WebResponse(status: 304, headers: headers) }
    return WebResponse(type: type, headers: headers, body: bytes)
  }
}
