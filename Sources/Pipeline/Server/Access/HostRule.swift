/// Which hosts a request may name. A page of another site whose name was bound to this machine's address (DNS rebinding) names
/// that site.
struct HostRule: Sendable {
  /// Names that are served with the port that is bound, or without one.
  private let names: Set<String>
  /// Names of proxies, which may have any port.
  private let proxied: Set<String>
  /// Whether every address is served: an address is no name that somebody could bind.
  private let takesAddresses: Bool
  private let port: Int

  /// Serves the loopback names, the host that is bound and those that are allowed.
  init(bound host: String, port: Int, allowed: [String]) {
    let isWildcard = ["0.0.0.0", "::", "*"].contains(host)
    names = Set(
      ["localhost", "127.0.0.1", "[::1]"] + (isWildcard ? [] : [Self.normal(host.contains(":") ? "[\(host)]" : host)]))
    proxied = Set(allowed.map(Self.normal))
    takesAddresses = isWildcard
    self.port = port
  }

  /// Whether the value of the header Host is served.
  func allows(_ host: String?) -> Bool {
    guard let host, let (name, port) = Self.parts(of: host) else { return false }
    if proxied.contains(name) || proxied.contains(Self.normal(host)) { return true }
    guard port == nil || port == self.port else { return false }
    return names.contains(name) || takesAddresses && Self.isAddress(name)
  }

  /// Whether it names this machine as seen from itself.
  static func isLoopback(_ host: String) -> Bool {
    ["localhost", "::1"].contains(normal(host)) || host.hasPrefix("127.") && isAddress(host)
  }

  /// A name and its port; nil where it is malformed.
  private static func parts(of host: String) -> (name: String, port: Int?)? {
    let end = host.hasPrefix("[") ? host.firstIndex(of: "]").map { host.index(after: $0) } : host.firstIndex(of: ":")
    let name = host[..<(end ?? host.endIndex)]
    let rest = host[(end ?? host.endIndex)...]
    guard !name.isEmpty, name.utf8.count <= 255 else { return nil }
    if rest.isEmpty { return (normal(String(name)), nil) }
    guard rest.hasPrefix(":"), rest.dropFirst().allSatisfy({ ("0"..."9").contains($0) }),
      let port = Int(rest.dropFirst())
    else { return nil }
    return (normal(String(name)), port)
  }

  /// Lower case, without the dot that ends a full name.
  private static func normal(_ name: String) -> String {
    let name = name.lowercased()
    return name.hasSuffix(".") ? String(name.dropLast()) : name
  }

  private static func isAddress(_ name: String) -> Bool {
    if name.hasPrefix("["), name.hasSuffix("]") {
      return name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }
}
