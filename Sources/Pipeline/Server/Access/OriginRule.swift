/// Whether a request that changes something comes from a page of this site, or from no page at all.
enum OriginRule {
  /// Browsers say where a request comes from, and pages can't change that; a client that says nothing is no browser.
  static func allows(_ request: WebRequest) -> Bool {
    if request.isSafe { return true }
    if let site = request.header("sec-fetch-site") { return site == "same-origin" || site == "none" }
    guard let origin = request.header("origin") else { return true }
    guard let host = request.host else { return false }
    return ["http://", "https://"].contains { origin.lowercased() == $0 + host.lowercased() }
  }
}
