/// An HTTP response, independent of the server implementation.
package struct WebResponse: Sendable {
  /// The status code.
  package var status: Int
  /// The header fields, without the content length.
  package var headers: [(name: String, value: String)]
  /// The body.
  package var body: [UInt8]

  /// A response from its parts.
  package init(
    status: Int = 200, type: String? = nil, headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.status = status
    self.headers = (type.map { [("Content-Type", $0)] } ?? []) + headers
    self.body = body
  }

  /// A response with a page.
  static func page(_ html: HTML, status: Int = 200) -> WebResponse {
    WebResponse(
      status: status, type: "text/html; charset=utf-8", headers: [("Cache-Control", "no-store")],
      body: Array(html.text.utf8))
  }

  /// A response with encoded JSON.
  static func json(_ text: String, status: Int = 200) -> WebResponse {
    WebResponse(
      status: status, type: "application/json", headers: [("Cache-Control", "no-store")],
      body: Array((text + "\n").utf8))
  }

  /// A response with a JPEG. It is cached for a limited time: its address identifies its bytes, but a picture may be
  /// forgotten.
  static func jpeg(_ bytes: [UInt8]) -> WebResponse {
    WebResponse(type: "image/jpeg", headers: [("Cache-Control", "private, max-age=3600")], body: bytes)
  }

  /// Redirects the browser to another address of this site by GET.
  static func seeOther(_ location: String, headers: [(name: String, value: String)] = []) -> WebResponse {
    WebResponse(status: 303, headers: [("Location", location), ("Cache-Control", "no-store")] + headers)
  }

  /// The value of a header field; the name is not case-sensitive.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
