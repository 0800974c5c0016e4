#if Server
  import ArgumentParser
  import Foundation
  import Logging
  import Pipeline
  import StreetServer
  import Synchronization

  /// `streetnum serve`: search, verification and correction of results in a browser.
  struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "serve",
      abstract: "Search, check and correct the numbers in a browser.",
      discussion: """
        Serves a page and an API over one database until it is stopped by Ctrl-C (130) or SIGTERM (143). Photographs are shown \
        from where they were read. Runs that write to the database are not disturbed, and do not disturb it.

        On 127.0.0.1 everyone who is logged in to this machine may use it. At any other address, and with --allowed-host, each \
        browser first needs the link with a token that is printed. The connection is not encrypted; docs/operations.md shows a \
        proxy that does so.

        Exit codes: 66 there is no such database; 73 the address can't be bound; 130, 143 stopped.

        Example:
          streetnum serve --db numbers.sqlite
        """)

    @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
    var db = "streetnum.sqlite"

    @Option(help: ArgumentHelp("The address to listen on; 0.0.0.0 for all addresses.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port to listen on; 0 picks a free one.", valueName: "number"))
    var port = 8080

    @Option(
      help: ArgumentHelp("A host name of a proxy in front; may be given more than once.", valueName: "name"))
    var allowedHost: [String] = []

    @Option(
      help: ArgumentHelp(
        "Keep the token in a file, created if it is missing. (default: a new token at each start)", valueName: "file"
      ),
      completion: .file())
    var tokenFile: String?

    @Flag(help: "Require no token: a proxy in front controls access.")
    var noToken = false

    @Option(help: ArgumentHelp("Name stored with each decision. (default: the system's user)", valueName: "name"))
    var reviewer: String?

    @Flag(help: "Disable reviewing: change nothing.")
    var readOnly = false

    func validate() throws {
      guard 0...65_535 ~= port else { throw ValidationError("--port takes a number from 0 to 65535") }
      if let reviewer, reviewer.isEmpty || reviewer.utf8.count > 100 || printable(reviewer) != reviewer {
        throw ValidationError("--reviewer takes a name of 1 to 100 bytes without control characters")
      }
      if readOnly, reviewer != nil {
        throw ValidationError("--reviewer and --read-only exclude each other: nothing is decided")
      }
      if noToken, tokenFile != nil { throw ValidationError("--token-file and --no-token exclude each other") }
    }

    func run() throws {
      try streetnum.run {
        let interruption = try Interruption()
        let token = try self.token()
        let site = try Site(database: db, reviewer: reviewer ?? NSUserName(), isReadOnly: readOnly)
        let server = WebServer(
          site, host: host, port: port, access: ServerAccess(allowedHosts: allowedHost, token: token),
          logger: Logger(label: "streetnum", factory: { _ in SwiftLogNoOpLogHandler() }),
          connections: Self.connections())
        interruption.whenRaised { server.stop() }
        try serve(server, token: token, takesDecisions: site.takesDecisions)
        site.close()
        if let code = interruption.exitCode { throw code }
      }
    }

    /// The largest count of connections; some descriptors are reserved for the database and archives.
    private static func connections() -> Int {
      var limit = rlimit()
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
      guard getrlimit(resource, &limit) == 0 else { return 256 }
      limit.rlim_cur = min(limit.rlim_max, rlim_t(2 * WebServer.maximumConnections))
      _ = setrlimit(resource, &limit)
      _ = getrlimit(resource, &limit)
      return min(WebServer.maximumConnections, max(16, Int(min(limit.rlim_cur, 1 << 20)) - 128))
    }

    /// Waits until the server ends; it works on other threads.
    private func serve(_ server: WebServer, token: AccessToken?, takesDecisions: Bool) throws {
      let (ended, ending) = (DispatchSemaphore(value: 0), Ending())
      let name = host.contains(":") ? "[\(host)]" : host
      Task.detached {
        do {
          try await server.run { port in
            let query = token.map { "?token=\($0.text)" } ?? ""
            if !takesDecisions { Diagnostics.line("review is off: the database may not be written") }
            Diagnostics.line("serves http://\(name):\(port)/\(query)")
          }
        } catch {
          ending.failure.withLock { $0 = error }
        }
        ended.signal()
      }
      ended.wait()
      if let failure = ending.failure.withLock({ $0 }) {
        let reason = (failure as? ListeningError)?.message ?? "\(failure); name another --host or --port"
        throw AddressError(address: "\(name):\(port)", reason: reason)
      }
    }

    /// Stores how the server ended.
    private final class Ending: Sendable {
      let failure = Mutex<(any Error)?>(nil)
    }

    /// The token that requests need; nil where they need none.
    private func token() throws -> AccessToken? {
      if noToken || ServerAccess.isLoopback(host) && allowedHost.isEmpty && tokenFile == nil { return nil }
      guard let tokenFile else { return .random() }
      return try TokenFile(path: tokenFile).token()
    }
  }

  /// The error for an address on which the server can't listen.
  struct AddressError: Reportable {
    let address: String
    let reason: String

    var id: String? { "server.address" }
    var summary: String { "\(address): can't be served: \(reason)" }
    var exitCode: ExitCode { .cannotCreate }
  }
#endif
