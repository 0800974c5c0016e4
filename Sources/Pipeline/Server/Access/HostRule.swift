/// The host names that a request may use. This prevents DNS rebinding, in which a page of another site binds its own
/// name to this machine's address.
struct HostRule: Sendable {
  /// Names that are served with the bound port, or without a port.
  private let names: Set<String>
  /// Names of proxies, which are served with any port.
  private let proxied: Set<String>
  /// Whether every IP address is served, because an address can't be rebound.
  private let takesAddresses: Bool
  private let port: Int

  /// Serves the loopback names, the bound host and the allowed names.
  init(bound host: String, port: Int, allowed: [String]) {
    let isWildcard = ["0.0.0.0", "::", "*"].contains(host)
    names = Set(
      ["localhost", "127.0.0.1", "[::1]"] + (isWildcard ? [] : [Self.normal(host.contains(":") ? "[\(host)]" : host)]))
    proxied = Set(allowed.map(Self.normal))
    takesAddresses = isWildcard
    self.port = port
  }

  /// Whether the value of the Host header is served.
  func allows(_ host: String?) -> Bool {
    guard let host, let (name, port) = Self.parts(of: host) else { return false }
    if proxied.contains(name) || proxied.contains(Self.normal(host)) { return true }
    guard port == nil || port == self.port else { return false }
    return names.contains(name) || takesAddresses && Self.isAddress(name)
  }

  /// Whether the host is a loopback name or address.
  static func isLoopback(_ host: String) -> Bool {
    ["localhost", "::1"].contains(normal(host)) || host.hasPrefix("127.") && isAddress(host)
  }

  /// The name and port of a host; nil if it is malformed.
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

  /// The name in lower case, without a trailing dot.
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
