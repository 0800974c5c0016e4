import Foundation
import StreetCore

/// Positions as JSON: one object per line, or an array of such objects or of mapillary_tools' image descriptions.
enum JSONSidecar {
  /// Reads lines; nil if the first is not an object with `image` and at least one value.
  static func read(lines bytes: [UInt8], _ origin: GeotagOrigin) throws(SidecarFault) -> SidecarReading? {
    var (entries, faults) = ([SidecarEntry](), [SidecarFault]())
    var isKnown = false
    for (index, bytes) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
    where !bytes.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) {
      let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
      guard isKnown || object.map(isEntry) == true else { return nil }
      isKnown = true
      take(object, line: index + 1, origin, &entries, &faults)
    }
    return isKnown ? SidecarReading(content: .entries(entries), faults: faults) : nil
  }

  /// Reads an array; nil if it contains neither image descriptions nor objects with `image`.
  static func read(array bytes: [UInt8], _ origin: GeotagOrigin) throws(SidecarFault) -> SidecarReading? {
    guard let array = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [Any] else { return nil }
    var (entries, faults) = ([SidecarEntry](), [SidecarFault]())
    let objects = array.map { $0 as? [String: Any] }
    if objects.contains(where: { $0.map(ImageDescription.isOne) == true }) {
      for (index, object) in objects.enumerated() {
        do throws(SidecarFault) {
          guard let object else { throw SidecarFault(.malformed, "it is not an object", line: index + 1) }
          if let entry = try ImageDescription(object, line: index + 1, origin).entry() { entries.append(entry) }
        } catch {
          faults.append(error)
        }
      }
    } else if objects.contains(where: { $0.map(isEntry) == true }) {
      for (index, object) in objects.enumerated() { take(object, line: index + 1, origin, &entries, &faults) }
    } else {
      return nil
    }
    return SidecarReading(content: .entries(entries), faults: faults)
  }

  /// The keys of the object in the first line, sorted; nil if it is none.
  static func keys(ofLines bytes: [UInt8]) -> [String]? {
    let line = bytes.split(separator: UInt8(ascii: "\n")).first ?? []
    return (try? JSONSerialization.jsonObject(with: Data(line))).flatMap { keys(of: $0) }
  }

  /// The keys of the first object in an array, sorted; nil if there is none.
  static func keys(ofArray bytes: [UInt8]) -> [String]? {
    let array = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [Any]
    return array?.first.flatMap { keys(of: $0) }
  }

  private static func keys(of object: Any) -> [String]? {
    let keys = (object as? [String: Any])?.keys.sorted() ?? []
    return keys.isEmpty ? nil : keys
  }

  private static func isEntry(_ object: [String: Any]) -> Bool {
    object[SidecarFields.image] is String && object.keys.contains(where: SidecarFields.values.contains)
  }

  private static func take(
    _ object: [String: Any]?, line: Int, _ origin: GeotagOrigin, _ entries: inout [SidecarEntry],
    _ faults: inout [SidecarFault]
  ) {
    do throws(SidecarFault) {
      guard let object else { throw SidecarFault(.malformed, "it is not a JSON object", line: line) }
      var fields: [String: String] = [:]
      for (name, value) in object where name == SidecarFields.image || SidecarFields.values.contains(name) {
        guard let text = JSONSidecar.text(value) else {
          throw SidecarFault(.malformed, "`\(name)` is neither a string nor a number", line: line)
        }
        fields[name] = text
      }
      if let entry = try SidecarFields(fields, line: line, origin).entry() { entries.append(entry) }
    } catch {
      faults.append(error)
    }
  }

  /// A string or number as text, null as an empty text; nil for other values.
  static func text(_ value: Any) -> String? {
    switch value {
    case let text as String: text
    case is NSNull: ""
    // A boolean is an NSNumber too.
    case let number as NSNumber where isTruthValue(number): nil
    case let number as NSNumber: "\(number.doubleValue)"
    default: nil
    }
  }

  private static func isTruthValue(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
