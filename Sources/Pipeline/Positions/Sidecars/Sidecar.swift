import Crypto
package import Foundation
package import StreetCore

/// A file that states where photographs were taken: a table, lines of JSON, the image descriptions of mapillary_tools, or a GPS track.
package struct Sidecar: Sendable {
  /// What it states.
  package enum Content: Sendable {
    /// Of photographs by their names.
    case entries([SidecarEntry])
    /// Of times.
    case track(GPSTrack)
  }

  /// Its name, under which another content takes its place.
  package let name: String
  /// SHA-256 of its bytes, lower-case hexadecimal.
  package let sha256: String
  /// What its statements are kept as.
  package let origin: GeotagOrigin
  /// What it states.
  package let content: Content
  /// What is wrong in it, by line; the rest counts.
  package let faults: [SidecarFault]

  /// Bytes of a file, at most.
  package static let mostBytes = 256 << 20
  /// What the names of such files end with.
  package static let extensions = ["csv", "jsonl", "json", "gpx"]
  /// Faults of one file that are named, at most.
  package static let mostFaults = 100

  /// Reads a file by its name's extension; nil where its content is of another kind, which many files beside photographs are.
  ///
  /// - Parameters:
  ///   - origin: `beside` or `inside`; what a track states is of origin `track`.
  ///   - timeZone: The zone of times that have none.
  /// - Throws: `positions.malformed` where it is of such a kind and can't be read as a whole.
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

/// What was read in a file.
struct SidecarReading {
  var content: Sidecar.Content
  var faults: [SidecarFault]
}

/// What a file states of one photograph.
package struct SidecarEntry: Sendable, Hashable {
  /// The photograph's name, with or without folders.
  package var image: String
  /// Whether the folders in the name are those of another machine, so that the last part alone counts.
  package var isByBaseName: Bool
  /// MD5 of the photograph's bytes, lower-case hexadecimal; nil where the file has none.
  package var md5: String?
  /// The line or the place in the file, from 1.
  package var line: Int
  /// What is stated.
  package var geotag: Geotag

  func zoned(_ timeZone: TimeZone?) -> SidecarEntry {
    var zoned = self
    zoned.geotag.time = geotag.time?.zoned(timeZone)
    return zoned
  }
}
