import CExpat
import Foundation

/// Parses XML incrementally. It reads nothing but the bytes given: a document type declaration, which could declare
/// entities, ends the parsing.
///
/// Use it on one thread only.
final class XMLScanner {
  /// A parsing event. Names are `namespace name`, or only the name if it has no namespace.
  enum Event {
    case start(name: String, attributes: [(name: String, value: String)])
    case text(String)
    case end(name: String)
  }

  /// An error in the document.
  struct Fault: Error {
    /// The message.
    let message: String
    /// The number of the line.
    let line: Int
  }

  private let parser: OpaquePointer
  private let take: (Event) throws -> Void
  private var failure: (any Error)?

  /// A scanner that passes events to `take`; nil if memory is short. An error thrown by `take` ends the parsing.
  init?(take: @escaping (Event) throws -> Void) {
    guard let parser = XML_ParserCreateNS(nil, XML_Char(bitPattern: UInt8(ascii: " "))) else { return nil }
    self.parser = parser
    self.take = take
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { scanner, name, attributes in
        XMLScanner.of(scanner)?.hand(on: .start(name: XMLScanner.text(name), attributes: XMLScanner.pairs(attributes)))
      },
      { scanner, name in XMLScanner.of(scanner)?.hand(on: .end(name: XMLScanner.text(name))) })
    XML_SetCharacterDataHandler(parser) { scanner, bytes, count in
      guard let bytes, count > 0 else { return }
      let text = bytes.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
        String(decoding: UnsafeBufferPointer(start: $0, count: Int(count)), as: UTF8.self)
      }
      XMLScanner.of(scanner)?.hand(on: .text(text))
    }
    XML_SetStartDoctypeDeclHandler(parser) { scanner, _, _, _, _ in
      guard let scanner = XMLScanner.of(scanner) else { return }
      scanner.stop(Fault(message: "it declares a document type, which is not supported", line: scanner.line))
    }
  }

  deinit { XML_ParserFree(parser) }

  /// Parses the next bytes; throws `Fault` if they are not XML, or the error thrown by the receiver.
  func parse(_ bytes: some Collection<UInt8>, isLast: Bool) throws {
    var rest = Array(bytes)[...]
    repeat {
      let part = rest.prefix(1 << 24)
      rest = rest.dropFirst(part.count)
      let status = part.withUnsafeBytes { part in
        XML_Parse(
          parser, part.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(part.count),
          isLast && rest.isEmpty ? 1 : 0)
      }
      if let failure { throw failure }
      guard status == XML_STATUS_OK else {
        throw Fault(message: XMLScanner.text(XML_ErrorString(XML_GetErrorCode(parser))), line: line)
      }
    } while !rest.isEmpty
  }

  /// The line number of the current event.
  var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

  private func hand(on event: Event) {
    guard failure == nil else { return }
    do {
      try take(event)
    } catch {
      stop(error)
    }
  }

  private func stop(_ error: any Error) {
    failure = failure ?? error
    XML_StopParser(parser, 0)
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> XMLScanner? {
    pointer.map { Unmanaged<XMLScanner>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func text(_ text: UnsafePointer<XML_Char>?) -> String { text.map { String(cString: $0) } ?? "" }

  /// An alternating list of names and values, terminated by a null pointer.
  private static func pairs(
    _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
  ) -> [(name: String, value: String)] {
    guard var next = attributes else { return [] }
    var pairs: [(name: String, value: String)] = []
    while let name = next[0], let value = next[1] {
      pairs.append((text(name), text(value)))
      next += 2
    }
    return pairs
  }
}
