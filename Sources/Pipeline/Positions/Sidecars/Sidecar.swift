import Crypto
package import Foundation
package import StreetCore

/// A sidecar: a file that states where photographs were taken, as a table, JSON lines, the image descriptions of
/// mapillary_tools, or a GPS track.
package struct Sidecar: Sendable {
  /// The content of a sidecar.
  package enum Content: Sendable {
    /// Entries that name photographs.
    case entries([SidecarEntry])
    /// A track, which is matched by time.
    case track(GPSTrack)
  }

  /// The name of the file. A file of the same name replaces its statements.
  package let name: String
  /// The SHA-256 of its bytes, in lower-case hexadecimal.
  package let sha256: String
  /// The origin of its statements.
  package let origin: GeotagOrigin
  /// The content.
  package let content: Content
  /// The lines that can't be used; the other lines are.
  package let faults: [SidecarFault]

  /// The maximum size of a file in bytes.
  package static let maximumBytes = 256 << 20
  /// The file name extensions of sidecars.
  package static let extensions = ["csv", "jsonl", "json", "gpx"]
  /// The maximum number of faults reported per file.
  package static let maximumFaults = 100

  /// Reads a file according to its extension. Nil if the content is of another kind, as in many files beside
  /// photographs.
  ///
  /// - Parameters:
  /// - origin: `beside` or `inside`; the statements of a track have the origin `track`.
  /// - timeZone: The zone of times that state none.
  /// - Throws: `positions.malformed` if the file is of such a kind and can't be read at all.
  package init?(
    name: String, bytes: [UInt8], origin: GeotagOrigin, timeZone: TimeZone? = nil
  ) throws(SidecarFault) {
    let reading: SidecarReading?
    do throws(SidecarFault) {
      switch name.lowercased().split(separator: ".").last {
      case "csv": reading = try CSVSidecar.read(bytes, origin)
      case "jsonl": reading = try JSONSidecar.read(lines: bytes, origin)
      case "json": reading = try JSONSidecar.read(array: bytes, origin)
      case "gpx": reading = try GPSTrack.read(gpx: bytes)
      default: reading = nil
      }
    } catch {
      throw SidecarFault(error.code, error.message, line: error.line, path: name)
    }
    guard let reading else { return nil }
    self.name = name
    sha256 = hexadecimal(SHA256.hash(data: bytes))
    switch reading.content {
    case .entries(let entries):
      self.origin = origin
      content = .entries(entries.map { $0.zoned(timeZone) })
    case .track:
      self.origin = .track
      content = reading.content
    }
    faults = reading.faults.map { SidecarFault($0.code, $0.message, line: $0.line, path: name) }
  }
}

extension Sidecar {
  /// What a table or JSON that is no sidecar lacks, as part of a sentence; nil for other content.
  package static func lack(name: String, bytes: [UInt8]) -> String? {
    let (names, what): ([String]?, String) =
      switch name.lowercased().split(separator: ".").last {
      case "csv": (CSVSidecar.columns(of: bytes), "column")
      case "jsonl": (JSONSidecar.keys(ofLines: bytes), "key")
      case "json": (JSONSidecar.keys(ofArray: bytes), "key")
      default: (nil, "")
      }
    guard let names else { return nil }
    let hasImage = names.contains(SidecarFields.image)
    guard !hasImage || !names.contains(where: SidecarFields.values.contains) else { return nil }
    let missing =
      hasImage
      ? "`\(SidecarFields.latitude)` and `\(SidecarFields.longitude)`" : "`\(SidecarFields.image)`"
    let shown = names.prefix(10).map { printable(String($0.prefix(40))) }.joined(separator: ", ")
    let rest = names.count - 10
    return "it has no \(what) \(missing); it has \(shown)\(rest > 0 ? " and \(rest) more" : "")"
  }
}

/// The content and the faults of a file.
struct SidecarReading {
  var content: Sidecar.Content
  var faults: [SidecarFault]
}

/// The statement of a file about one photograph.
package struct SidecarEntry: Sendable, Hashable {
  /// The name of the photograph, with or without folders.
  package var image: String
  /// Whether the folders in the name are those of another machine, so that only the last component counts.
  package var isByBaseName: Bool
  /// The MD5 of the photograph's bytes, in lower-case hexadecimal; nil if the file has none.
  package var md5: String?
  /// The number of the line or array element, from 1.
  package var line: Int
  /// The geotag that is stated.
  package var geotag: Geotag

  func zoned(_ timeZone: TimeZone?) -> SidecarEntry {
    var zoned = self
    zoned.geotag.time = geotag.time?.zoned(timeZone)
    return zoned
  }
}
