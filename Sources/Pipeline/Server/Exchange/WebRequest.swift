/// An HTTP request, independent of the server implementation.
package struct WebRequest: Sendable {
  /// The method in upper case.
  package let method: String
  /// The percent-decoded segments of the path; `/a/b%2Fc` has two. Empty for `/`.
  package let path: [String]
  /// The fields of the query.
  package let query: WebForm
  /// The host name and port in the Host header; nil if there is none, or more than one.
  package let host: String?
  /// The body; may be empty.
  package var body: [UInt8] = []
  /// The header fields by lower-case name; several of one name are joined by commas.
  private let headers: [String: String]

  /// A request from its parts; nil if its target is not a path or is malformed.
  ///
  /// - Parameters:
  /// - target: The encoded path and query.
  /// - headers: The header fields other than Host.
  package init?(method: String, target: String, host: String?, headers: [(name: String, value: String)] = []) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard target.utf8.count <= Self.maximumTargetBytes, target.hasPrefix("/"), let path = Self.segments(of: parts[0]),
      let query = WebForm(encoded: parts.count > 1 ? parts[1] : "")
    else { return nil }
    (self.method, self.path, self.query, self.host) = (method, path, query, host)
    self.headers = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $0 + ", " + $1 })
  }

  /// The maximum length of a target in bytes.
  package static let maximumTargetBytes = 4_096

  /// The value of a header field with the given lower-case name.
  package func header(_ name: String) -> String? { headers[name] }

  /// The value of a cookie.
  package func cookie(_ name: String) -> String? {
    (headers["cookie"] ?? "").split(whereSeparator: { $0 == ";" || $0 == "," }).lazy
      .map { $0.drop { $0 == " " } }.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
  }

  /// Whether the method is safe: it changes nothing.
  package var isSafe: Bool { method == "GET" || method == "HEAD" }

  /// The decoded segments of a path; nil if one is not UTF-8, is `.` or `..`, or contains a control character or an
  /// encoded slash.
  private static func segments(of path: Substring) -> [String]? {
    var segments: [String] = []
    for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let segment = WebForm.decoded(part, plusIsSpace: false), segment != ".", segment != "..",
        !segment.unicodeScalars.contains(where: { $0.value < 0x20 || $0 == "/" || $0 == "\\" || $0.value == 0x7F })
      else { return nil }
      segments.append(segment)
    }
    return segments == [""] ? [] : segments
  }
}
