#if Server
  import Foundation
  import NIOCore
  import NIOPosix

  /// Why a server can't listen at its address.
  package enum ListeningError: Error {
    /// No address has the host's name.
    case unknownHost
    /// The system refuses it, with the number of the error.
    case refused(Int32)

    /// The cause in an error of the network library; nil for other errors.
    init?(_ error: any Error) {
      switch error {
      case let error as IOError: self = .refused(error.errnoCode)
      case is SocketAddressError, is SocketAddressError.UnknownHost: self = .unknownHost
      case let error as NIOConnectionError:
        self = error.connectionErrors.lazy.compactMap { ListeningError($0.error) }.first ?? .unknownHost
      default: return nil
      }
    }

    /// The cause and the way out, for people.
    package var message: String {
      switch self {
      case .unknownHost:
        "there is no such host; --host takes an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all"
      case .refused(EADDRINUSE): "another program uses this port; end that program, or name another --port"
      case .refused(EADDRNOTAVAIL):
        "this machine does not have this address; --host takes one of its own, such as 127.0.0.1, or 0.0.0.0 for all"
      case .refused(EACCES): "ports below 1024 need privileges; name another --port"
      case .refused(let number): "\(String(cString: strerror(number))); name another --host or --port"
      }
    }
  }
#endif
