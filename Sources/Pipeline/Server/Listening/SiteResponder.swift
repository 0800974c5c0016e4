#if Server
  import HTTPTypes
  import Hummingbird
  import HummingbirdCore
  import NIOCore
  import NIOPosix
  import Synchronization

  /// Answers requests on threads that may block, because a blocked event loop would delay other connections.
  struct SiteResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    private let site: Site
    private let pages: WorkQueue
    private let pictures: WorkQueue
    private let rules = RulesBox()

    /// The maximum size of a request's body in bytes.
    private static let maximumBodyBytes = 65_536

    init(_ site: Site) {
      self.site = site
      pages = WorkQueue(threads: Site.readers, maximumWaiting: 1_024)
      pictures = WorkQueue(threads: PictureDesk.decoders, maximumWaiting: 64)
    }

    /// Starts answering with rules that include the bound port.
    func open(_ access: AccessRules) { rules.value.withLock { $0 = access } }

    /// Stops the threads.
    func close() {
      pages.close()
      pictures.close()
    }

    func respond(to request: Request, context: Context) async throws -> Response {
      guard
        var asked = WebRequest(
          method: request.method.rawValue, target: request.head.path ?? "",
          host: request.headers.contains { $0.name.canonicalName == "host" } ? nil : request.head.authority,
          headers: request.headers.map { ($0.name.rawName, $0.value) })
      else { return Self.response(Site.refusal(.badRequest, of: nil), isHead: false) }
      let isHead = asked.method == "HEAD"
      do throws(WebError) {
        guard let access = rules.value.withLock({ $0 }) else { throw .overloaded }
        if let answer = try access.answer(to: asked) { return Self.response(answer, isHead: isHead) }
        if !asked.isSafe { asked.body = try await Self.body(of: request) }
        let complete = asked
        var answer = try await pages.run { site.answer(to: complete) }
        if case .picture(let work) = answer {
          answer = .ready(try await pictures.run { site.response(of: work, to: complete) })
        }
        guard case .ready(let response) = answer else { throw .overloaded }
        return Self.response(response, isHead: isHead)
      } catch {
        return Self.response(Site.refusal(error, of: asked), isHead: isHead)
      }
    }

    private static func body(of request: Request) async throws(WebError) -> [UInt8] {
      do {
        return Array((try await request.body.collect(upTo: maximumBodyBytes)).readableBytesView)
      } catch is NIOTooManyBytesError {
        throw .tooLarge
      } catch {
        throw .badRequest
      }
    }

    private static func response(_ answer: WebResponse, isHead: Bool) -> Response {
      var fields = HTTPFields()
      for (name, value) in answer.headers {
        if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
      }
      let status = HTTPResponse.Status(code: answer.status)
      let hasBody = status.kind != .informational && answer.status != 204 && answer.status != 304
      if hasBody { fields[.contentLength] = String(answer.body.count) }
      let body = isHead || !hasBody ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
      return Response(status: status, headers: fields, body: body)
    }

    /// The access rules, which are known once the port is bound.
    private final class RulesBox: Sendable {
      let value = Mutex<AccessRules?>(nil)
    }
  }
#endif
