/// Whether a request that changes something comes from a page of this site, or from a client other than a browser.
enum OriginRule {
  /// Browsers state the origin of a request, and pages can't change it; a client that states none is not a browser.
  static func allows(_ request: WebRequest) -> Bool {
    if request.isSafe { return true }
    if let site = request.header("sec-fetch-site") { return site == "same-origin" || site == "none" }
    guard let origin = request.header("origin") else { return true }
    guard let host = request.host else { return false }
    return ["http://", "https://"].contains { origin.lowercased() == $0 + host.lowercased() }
  }
}
