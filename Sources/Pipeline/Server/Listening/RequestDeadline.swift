#if Server
  import HTTPTypes
  import NIOCore
  import NIOHTTPTypes

  /// Closes a connection whose client is too slow in sending a body or receiving a response, because each occupies
  /// memory and a connection.
  final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// The time limits, in seconds, for receiving a request's body and for sending the response.
    private static let (bodySeconds, answerSeconds): (Int64, Int64) = (10, 60)

    private var timer: Scheduled<Void>?
    /// Whether the last request has been received completely; it may be answered before.
    private var isComplete = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head:
        isComplete = false
        start(Self.bodySeconds, context)
      case .body: break
      case .end:
        isComplete = true
        start(Self.answerSeconds, context)
      }
      context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      guard case .end = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
      // The deadline is met when the system has taken the bytes, not when they are written here.
      let sent = promise ?? context.eventLoop.makePromise()
      let answered = isComplete ? timer : nil
      sent.futureResult.whenComplete { _ in answered?.cancel() }
      context.write(data, promise: sent)
    }

    func channelInactive(context: ChannelHandlerContext) {
      timer?.cancel()
      context.fireChannelInactive()
    }

    private func start(_ seconds: Int64, _ context: ChannelHandlerContext) {
      timer?.cancel()
      let channel = context.channel
      timer = context.eventLoop.scheduleTask(in: .seconds(seconds)) { channel.close(promise: nil) }
    }
  }
#endif
