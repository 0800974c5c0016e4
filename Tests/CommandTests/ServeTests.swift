#if Server
  import Foundation
  import Testing

  @Suite("The command serve")
  struct ServeTests {
    private let workplace: Workplace

    init() throws {
      workplace = try Workplace()
      #expect(try workplace.shell("streetnum ingest $FIXTURES/crops.tar").code == 0)
    }

    /// Serves at a free port of this machine until it is told to stop; what it said, and its exit.
    private func serve(_ options: String) throws -> (said: String, code: Int32) {
      let run = try workplace.shell(
        "streetnum serve --port 0 \(options) 2> log & server=$!; for i in $(seq 1200); do grep -q http: log && break; sleep 0.05; "
          + "done; kill $server; wait $server")
      return (try workplace.shell("cat log").output, run.code)
    }

    @Test("It says where it serves, and ends by SIGTERM")
    func address() throws {
      let run = try serve("")
      #expect(run.code == 143)
      #expect(run.said.firstMatch(of: /^streetnum: serves http:\/\/127\.0\.0\.1:[0-9]+\/\n$/) != nil, "\(run.said)")
      #expect(try serve("--read-only").said.contains("review is off"))
    }

    @Test("Off the loopback interface it prints a link with a token, which a file keeps")
    func token() throws {
      func token(_ options: String) throws -> Substring? {
        try serve(options).said.firstMatch(of: /\?token=([0-9a-f]{48})/)?.1
      }
      let first = try #require(try token("--host 0.0.0.0"))
      #expect(try token("--host 0.0.0.0") != first)
      #expect(try token("--allowed-host numbers.example.org") != nil)
      #expect(try token("--host 0.0.0.0 --no-token") == nil)
      let kept = try #require(try token("--host 0.0.0.0 --token-file token"))
      #expect(try token("--host 0.0.0.0 --token-file token") == kept)
      #expect(try workplace.shell("stat -c %a token").output == "600\n")
      #expect(try !serve("--host 0.0.0.0 --token-file token").said.contains("other users"))
      _ = try workplace.shell("chmod 644 token")
      #expect(
        try serve("--host 0.0.0.0 --token-file token").said.contains(
          "token: other users may read the token in it (mode 644); "))
      try workplace.write(Array("short".utf8), "short")
      #expect(try workplace.shell("streetnum serve --host 0.0.0.0 --port 0 --token-file short").code == 73)
      let unwritten = "streetnum serve --host 0.0.0.0 --port 0 --read-only --token-file new"
      let full = try workplace.shell("{ (ulimit -f 0; exec \(unwritten)) 2>&1; echo $?; } | cat").output
      #expect(full.contains("(server.token_file)") && full.hasSuffix("\n73\n"), "\(full)")
      #expect(!workplace.exists("new"))
    }

    @Test("Without a database, and at an address that is not this machine's, it ends at once")
    func refusals() throws {
      let missing = try workplace.shell("streetnum serve --port 0 --db none.sqlite")
      #expect(missing.code == 66 && !workplace.exists("none.sqlite"))
      let elsewhere = try workplace.shell("streetnum serve --host 192.0.2.1 --port 0")
      #expect(
        elsewhere.code == 73 && elsewhere.errors.contains("192.0.2.1:0: can't be served: this machine does not have"))
      #expect(elsewhere.errors.hasSuffix("or 0.0.0.0 for all (server.address)\n"), "\(elsewhere.errors)")
      let unknown = try workplace.shell("streetnum serve --host no-such-host.invalid --port 0")
      #expect(
        unknown.code == 73 && unknown.errors.contains(": can't be served: there is no such host; "), "\(unknown.errors)"
      )
      let port = try workplace.shell(
        """
        streetnum serve --port 0 2> said & first=$!
        until grep -q serves said; do sleep 0.1; done
        port=$(sed 's/.*:\\([0-9]*\\).*/\\1/' said)
        streetnum serve --port $port; code=$?; kill $first; wait $first; exit $code
        """)
      #expect(port.code == 73 && port.errors.contains("another program uses this port; "), "\(port.errors)")
      #expect(try workplace.shell("streetnum serve --port 65536").code == 64)
      #expect(try workplace.shell("streetnum serve --reviewer ''").code == 64)
    }
  }
#endif
