#if Server
  package import Logging
  import Hummingbird
  import HummingbirdCore
  import NIOCore
  import ServiceLifecycle
  import Synchronization

  /// Serves a site over HTTP/1.1 until it is stopped.
  package final class WebServer: Sendable {
    private let site: Site
    private let address: (host: String, port: Int)
    private let access: ServerAccess
    private let logger: Logger
    private let connections: Int
    private let group = Mutex<(group: ServiceGroup?, isStopped: Bool)>((nil, false))

    /// The maximum number of simultaneous connections; others wait.
    package static let maximumConnections = 1_024
    /// The time limit in seconds for an idle connection, and for receiving a request's header.
    private static let idleSeconds: Int64 = 15
    /// The maximum size of a header field and of all fields in bytes, and the maximum number of fields.
    private static let (fieldBytes, headerBytes, fieldCount) = (8_192, 16_384, 64)

    /// A server for a site. Port 0 selects a free port. Each connection uses a file descriptor.
    package init(
      _ site: Site, host: String, port: Int, access: ServerAccess, logger: Logger,
      connections: Int = WebServer.maximumConnections
    ) {
      (self.site, address, self.access, self.logger) = (site, (host, port), access, logger)
      self.connections = connections
    }

    /// Serves until ``stop()``; requests in progress are answered before it returns.
    ///
    /// - Parameter running: Receives the port once connections are accepted.
    /// - Throws: ``ListeningError`` if the address can't be bound.
    package func run(running: @escaping @Sendable (_ port: Int) -> Void) async throws {
      let responder = SiteResponder(site)
      defer { responder.close() }
      let channel = HTTP1Channel.Configuration(
        additionalChannelHandlers: [RequestDeadline()], idleTimeout: .seconds(Self.idleSeconds),
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: Self.fieldBytes, maxHeaderListSize: Self.headerBytes, maxHeaderFieldCount: Self.fieldCount
        ))
      let (host, access) = (address.host, access)
      let application = Application(
        responder: responder, server: .http1(configuration: channel),
        configuration: ApplicationConfiguration(
          address: .hostname(host, port: address.port), backlog: Self.maximumConnections,
          availableConnectionsDelegate: .maximum(connections, logger: logger)),
        onServerRunning: { channel in
          let port = channel.localAddress?.port ?? 0
          responder.open(access.rules(bound: host, port: port))
          running(port)
        }, logger: logger)
      let services = ServiceGroup(configuration: .init(services: [application], logger: logger))
      let isStopped = group.withLock { state in
        state.group = services
        return state.isStopped
      }
      if isStopped { return }
      do {
        try await services.run()
      } catch {
        throw ListeningError(error) ?? error
      }
    }

    /// Makes ``run(running:)`` return; may be called from any thread.
    package func stop() {
      let running = group.withLock { state in
        state.isStopped = true
        return state.group
      }
      if let running { Task { await running.triggerGracefulShutdown() } }
    }
  }
#endif
