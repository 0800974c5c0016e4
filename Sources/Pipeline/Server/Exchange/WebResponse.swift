/// What the site answers, whatever server sends it.
package struct WebResponse: Sendable {
  /// The status code.
  package var status: Int
  /// Header fields, without the length of the body.
  package var headers: [(name: String, value: String)]
  /// The body.
  package var body: [UInt8]

  /// An answer from its parts.
  package init(
    status: Int = 200, type: String? = nil, headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.status = status
    self.headers = (type.map { [("Content-Type", $0)] } ?? []) + headers
    self.body = body
  }

  /// A page.
  static func page(_ html: HTML, status: Int = 200) -> WebResponse {
    WebResponse(
      status: status, type: "text/html; charset=utf-8", headers: [("Cache-Control", "no-store")],
      body: Array(html.text.utf8))
  }

  /// JSON that is written already.
  static func json(_ text: String, status: Int = 200) -> WebResponse {
    WebResponse(
      status: status, type: "application/json", headers: [("Cache-Control", "no-store")],
      body: Array((text + "\n").utf8))
  }

  /// A JPEG, whose address names its bytes, so that it stays good; not for ever, as a picture may be forgotten.
  static func jpeg(_ bytes: [UInt8]) -> WebResponse {
    WebResponse(type: "image/jpeg", headers: [("Cache-Control", "private, max-age=3600")], body: bytes)
  }

  /// Sends the browser to another address of this site by GET.
  static func seeOther(_ location: String, headers: [(name: String, value: String)] = []) -> WebResponse {
    WebResponse(status: 303, headers: [("Location", location), ("Cache-Control", "no-store")] + headers)
  }

  /// The value of a header field, by its name in any case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
