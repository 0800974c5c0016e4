/// Who may ask for what: looked at before anything of a request's body is read.
package struct AccessRules: Sendable {
  private let hosts: HostRule
  private let token: AccessToken?

  /// Rules of a server at an address; every request needs the token, where there is one.
  package init(bound host: String, port: Int, allowed: [String], token: AccessToken?) {
    hosts = HostRule(bound: host, port: port, allowed: allowed)
    self.token = token
  }

  /// What is answered at once: a refusal, or the cookie in exchange for the token of the printed link; nil where the request may
  /// go on.
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
