import Testing

import Pipeline
import StreetServer

@Suite("Who may ask")
struct AccessTests {
  private func request(
    _ method: String = "GET", _ target: String = "/", host: String? = "localhost:8080",
    _ headers: [(String, String)] = []
  ) throws -> WebRequest {
    try #require(
      WebRequest(method: method, target: target, host: host, headers: headers.map { (name: $0.0, value: $0.1) }))
  }

  private func refusal(_ rules: AccessRules, _ request: WebRequest) -> String? {
    do throws(WebError) {
      _ = try rules.answer(to: request)
      return nil
    } catch {
      return error.reason.id
    }
  }

  @Test(
    "Own names are served with the port, without one, and with a trailing dot",
    arguments: [
      "localhost", "localhost:8080", "LOCALHOST.:8080", "127.0.0.1", "127.0.0.1:8080", "127.0.0.1.", "[::1]",
      "[::1]:8080",
      "numbers.lan", "numbers.lan.:8080", "Proxy.example.org", "proxy.example.org:443", "proxy.example.org.",
    ])
  func ownHosts(host: String) throws {
    let rules = AccessRules(bound: "numbers.lan", port: 8080, allowed: ["proxy.example.org"], token: nil)
    try #expect(refusal(rules, request(host: host)) == nil)
  }

  @Test(
    "Other names are refused, as a page uses them that was bound to this machine's address",
    arguments: [
      nil, "", ":8080", "evil.example", "evil.example:8080", "localhost.evil.example", "evil.example#localhost",
      "localhost:80",
      "localhost:8080:8080", "localhost:x", "127.0.0.2:8080", "[::1", "[::1]8080", "192.168.0.7:8080", "user@localhost",
    ] as [String?])
  func foreignHosts(host: String?) throws {
    let rules = AccessRules(bound: "127.0.0.1", port: 8080, allowed: [], token: nil)
    try #expect(refusal(rules, request(host: host)) == "server.foreign_host")
  }

  @Test("Bound to all addresses, addresses are served and names are not")
  func wildcard() throws {
    let rules = AccessRules(bound: "0.0.0.0", port: 8080, allowed: [], token: nil)
    for host in ["192.168.0.7:8080", "[fe80::1]:8080", "10.0.0.1"] {
      try #expect(refusal(rules, request(host: host)) == nil, "\(host)")
    }
    for host in ["evil.example:8080", "0.0.0.0.evil.example", "1.2.3:8080", "999.1.1.1"] {
      try #expect(refusal(rules, request(host: host)) == "server.foreign_host", "\(host)")
    }
  }

  @Test("What changes something must come from this site or from no page")
  func origins() throws {
    let rules = AccessRules(bound: "127.0.0.1", port: 8080, allowed: [], token: nil)
    for (headers, isAllowed): ([(String, String)], Bool) in [
      ([], true), ([("Sec-Fetch-Site", "same-origin")], true), ([("Sec-Fetch-Site", "none")], true),
      ([("Sec-Fetch-Site", "cross-site")], false), ([("Sec-Fetch-Site", "same-site")], false),
      ([("Origin", "http://localhost:8080")], true), ([("Origin", "https://localhost:8080")], true),
      ([("Origin", "http://localhost:9999")], false), ([("Origin", "null")], false),
      ([("Origin", "http://evil.example")], false),
      ([("Sec-Fetch-Site", "cross-site"), ("Origin", "http://localhost:8080")], false),
    ] {
      let expected = isAllowed ? nil : "server.foreign_origin"
      try #expect(refusal(rules, request("POST", "/api/decisions", headers)) == expected, "\(headers)")
      try #expect(refusal(rules, request("DELETE", "/", headers)) == expected, "\(headers)")
      try #expect(refusal(rules, request("GET", "/", headers)) == nil, "\(headers)")
    }
  }

  @Test("With a token all needs it; the printed link exchanges it for a cookie and takes it out of the address")
  func token() throws {
    let token = AccessToken.random()
    let rules = AccessRules(bound: "0.0.0.0", port: 80, allowed: [], token: token)
    try #expect(refusal(rules, request(host: "10.0.0.1")) == "server.token_missing")
    try #expect(refusal(rules, request("GET", "/?token=wrong", host: "10.0.0.1")) == "server.token_missing")
    try #expect(
      refusal(rules, request("POST", "/api/decisions?token=\(token.text)", host: "10.0.0.1"))
        == "server.token_missing")
    let link = try rules.answer(to: request("GET", "/runs?token=\(token.text)&a=1%202", host: "10.0.0.1"))
    #expect(link?.status == 303 && link?.header("Location") == "/runs?a=1%202")
    let cookie = try #require(link?.header("Set-Cookie"))
    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
    let pair = String(cookie.prefix { $0 != ";" })
    try #expect(refusal(rules, request(host: "10.0.0.1", [("Cookie", "other=1; " + pair)])) == nil)
    try #expect(refusal(rules, request(host: "10.0.0.1", [("Authorization", "Bearer \(token.text)")])) == nil)
    try #expect(refusal(rules, request(host: "10.0.0.1", [("Cookie", pair + "x")])) == "server.token_missing")
    #expect(AccessToken.random().text != token.text && AccessToken("short") == nil)
  }
}
