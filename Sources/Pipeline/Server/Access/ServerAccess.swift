/// The access settings that are known before the server's port is bound.
package struct ServerAccess: Sendable {
  private let allowedHosts: [String]
  private let token: AccessToken?

  /// Allows further hosts; with a token, every request must carry it.
  package init(allowedHosts: [String] = [], token: AccessToken? = nil) {
    (self.allowedHosts, self.token) = (allowedHosts, token)
  }

  /// Whether an address can only be reached from this machine, so that no token is needed.
  package static func isLoopback(_ host: String) -> Bool { HostRule.isLoopback(host) }

  func rules(bound host: String, port: Int) -> AccessRules {
    AccessRules(bound: host, port: port, allowed: allowedHosts, token: token)
  }
}
