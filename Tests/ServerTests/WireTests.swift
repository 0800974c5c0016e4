#if Server
  import Foundation
  import Logging
  import StreetServer
  import Synchronization
  import Testing

  /// What clients can do to a server that talks to the network.
  @Suite("On the wire")
  struct WireTests {
    private let fixture: SiteFixture

    init() throws { fixture = try SiteFixture() }

    /// Runs `body` while the site is served at a port of the loopback interface.
    private func serving(
      _ access: ServerAccess = ServerAccess(), _ body: @escaping @Sendable (_ port: Int) throws -> Void
    ) async throws {
      let server = WebServer(
        fixture.site, host: "127.0.0.1", port: 0, access: access,
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
      let (ports, told) = AsyncStream.makeStream(of: Int.self)
      let running = Task {
        defer { told.finish() }
        try await server.run { told.yield($0) }
      }
      for await port in ports {
        // It blocks, which the threads of tasks must not: the server's run on these.
        let result = await withCheckedContinuation { continuation in
          Thread.detachNewThread { continuation.resume(returning: Result { try body(port) }) }
        }
        server.stop()
        try await running.value
        return try result.get()
      }
      try await running.value
    }

    private static func status(_ answer: String) -> Int? {
      answer.hasPrefix("HTTP/1.1 ") ? Int(answer.dropFirst(9).prefix(3)) : nil
    }

    @Test("Requests that are broken, hostile or too large are refused, and the next one is served")
    func brokenRequests() async throws {
      try await serving { port in
        let long = String(repeating: "a", count: 20_000)
        let body = String(repeating: "b", count: 70_000)
        for (request, expected): (String, [Int?]) in [
          ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", [200]),
          ("HEAD / HTTP/1.1\r\nHost: localhost:\(port)\r\n\r\n", [200]),
          ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", [403]),
          ("GET / HTTP/1.1\r\n\r\n", [400, 403]),
          ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", [400, 403]),
          // What a proxy is asked: NIO leaves Host alone of it, which no page of another site can make up.
          ("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", [200]),
          ("GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", [403]),
          ("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", [400]),
          ("GET /page/%2e%2e%2fetc HTTP/1.1\r\nHost: localhost\r\n\r\n", [400]),
          ("GET /\(long) HTTP/1.1\r\nHost: localhost\r\n\r\n", [400, 414, nil]),
          ("GET / HTTP/1.1\r\nHost: localhost\r\nX: \(long)\r\n\r\n", [400, 431, nil]),
          (
            "GET / HTTP/1.1\r\nHost: localhost\r\n" + String(repeating: "A: b\r\n", count: 200) + "\r\n",
            [400, 431, nil]
          ),
          ("\u{16}\u{3}\u{1}nonsense\r\n\r\n", [400, nil]), ("GET /\r\n\r\n", [400, nil]),
          ("BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", [400, 405, nil]),
          (
            "POST /api/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 70000\r\n\r\n"
              + body, [413]
          ),
          ("POST /api/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", [400, nil]),
          (
            "POST /api/decisions HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 2\r\n\r\n{}",
            [403]
          ),
          (
            "POST /api/decisions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
            [400, 415, nil]
          ),
        ] {
          let status = Self.status(try Wire(port: port).answer(to: request))
          #expect(expected.contains(status), "\(request.prefix(90)): \(status ?? 0)")
        }
        try #expect(Self.status(Wire(port: port).answer(to: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")) == 200)
      }
    }

    @Test("With a token every request needs it, files of the page too")
    func token() async throws {
      let token = AccessToken.random()
      try await serving(ServerAccess(token: token)) { port in
        for address in ["/", "/page/page.css", "/api/numbers"] {
          let bare = "GET \(address) HTTP/1.1\r\nHost: localhost\r\n"
          try #expect(Self.status(Wire(port: port).answer(to: bare + "\r\n")) == 401, "\(address)")
          let carrying = bare + "Cookie: streetnum_token=\(token.text)\r\n\r\n"
          try #expect(Self.status(Wire(port: port).answer(to: carrying)) == 200, "\(address)")
        }
      }
    }

    @Test("Clients that are slow or say nothing do not keep others from being served")
    func stalledClients() async throws {
      try await serving { port in
        let stalled = try (0..<200).map { index in
          let wire = try Wire(port: port)
          if index % 2 == 0 {
            wire.send("POST /api/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
          }
          return wire
        }
        for _ in 0..<20 {
          try #expect(Self.status(Wire(port: port).answer(to: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")) == 200)
        }
        // A body that does not come ends its connection after ten seconds.
        #expect(stalled[0].isClosed(within: 14))
      }
    }

    private final class Ended: Sendable {
      let time = Mutex(ContinuousClock.now)
    }

    @Test("Several requests come over one connection, and a server that is told to stop ends at once")
    func keepingAlive() async throws {
      let ended = Ended()
      try await serving { port in
        let wire = try Wire(port: port)
        for _ in 0..<3 {
          wire.send("GET /page/icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n")
          #expect(Self.status(wire.receive(until: "</svg>")) == 200)
        }
        ended.time.withLock { $0 = .now }
      }
      #expect(ended.time.withLock { $0 }.duration(to: .now) < .seconds(3))
    }
  }
#endif
