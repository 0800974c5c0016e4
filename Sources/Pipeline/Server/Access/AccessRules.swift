/// The rules for access, which are applied before a request's body is read.
package struct AccessRules: Sendable {
  private let hosts: HostRule
  private let token: AccessToken?

  /// The rules of a server that is bound to an address; with a token, every request must carry it.
  package init(bound host: String, port: Int, allowed: [String], token: AccessToken?) {
    hosts = HostRule(bound: host, port: port, allowed: allowed)
    self.token = token
  }

  /// The immediate response to a request: a refusal, or a cookie in exchange for the token in the printed link; nil if
  /// the request is admitted.
  package func answer(to request: WebRequest) throws(WebError) -> WebResponse? {
    guard hosts.allows(request.host) else { throw .foreignHost }
    guard OriginRule.allows(request) else { throw .foreignOrigin }
    guard let token else { return nil }
    if request.isSafe, let given = request.query["token"], token.equals(given) {
      let rest = request.query.with("token", nil).encoded
      let path = "/" + request.path.map(WebForm.encoded).joined(separator: "/")
      return .seeOther(path + (rest.isEmpty ? "" : "?" + rest), headers: [token.setCookie])
    }
    guard token.isCarried(by: request) else { throw .noToken }
    return nil
  }
}
