/// The simple properties of an XMP packet: attributes and child elements of its descriptions. Nested properties, such
/// as the location shown, do not describe the photograph itself.
struct XMPProperties {
  private static let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  /// The maximum length of a value in bytes.
  private static let longestValue = 256

  private var values: [String: String] = [:]

  /// Reads a packet; nil if it is not XML up to the end of its RDF.
  init?(_ packet: ArraySlice<UInt8>) {
    let collector = Collector()
    guard let scanner = XMLScanner(take: collector.take) else { return nil }
    // Files may have any padding after the packet.
    do { try scanner.parse(packet, isLast: true) } catch { guard collector.isComplete else { return nil } }
    values = collector.values
  }

  /// The value of a property, without surrounding white space; nil if it is missing or empty.
  subscript(_ namespace: Namespace, _ name: String) -> String? { values["\(namespace.rawValue) \(name)"] }

  /// The namespaces of the properties in use.
  enum Namespace: String {
    case exif = "http://ns.adobe.com/exif/1.0/"
    case exifEX = "http://cipa.jp/exif/1.0/"
    case xmp = "http://ns.adobe.com/xap/1.0/"
    case photoshop = "http://ns.adobe.com/photoshop/1.0/"
    case panorama = "http://ns.google.com/photos/1.0/panorama/"
  }

  private final class Collector {
    private(set) var values: [String: String] = [:]
    private(set) var isComplete = false
    private var path: [String] = []
    private var text = ""

    func take(_ event: XMLScanner.Event) {
      switch event {
      case .start(let name, let attributes):
        path.append(name)
        text = ""
        if isDescription(path[...]) { for attribute in attributes { add(attribute.name, attribute.value) } }
      case .text(let more):
        if isDescription(path.dropLast()), text.utf8.count <= longestValue { text += more }
      case .end(let name):
        if isDescription(path.dropLast()) { add(name, text) }
        if name == "\(rdf)RDF" || name == "\(rdf) RDF" { isComplete = true }
        text = ""
        path.removeLast()
      }
    }

    private func isDescription(_ path: ArraySlice<String>) -> Bool {
      path.last == "\(rdf) Description" && path.dropLast().last == "\(rdf) RDF"
    }

    private func add(_ name: String, _ value: String) {
      let value = value.trimmed
      if !value.isEmpty, value.utf8.count <= longestValue, values[name] == nil { values[name] = value }
    }
  }
}

extension String {
  /// The text without surrounding white space and zeros.
  var trimmed: String {
    let isPadding = { (scalar: Unicode.Scalar) in scalar.value == 0 || scalar.properties.isWhitespace }
    var scalars = unicodeScalars[...]
    while let first = scalars.first, isPadding(first) { scalars.removeFirst() }
    while let last = scalars.last, isPadding(last) { scalars.removeLast() }
    return String(scalars)
  }
}
