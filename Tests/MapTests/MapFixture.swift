import DigitNet
import Foundation
import Pipeline
import Testing

/// A number whose digits stand side by side, 10 by 20 pixels each.
func number(_ text: String, _ confidence: Int = 9_000, left: Int = 0) -> HouseNumber {
  let digits = text.enumerated().map { index, character in
    Digit(
      value: character.wholeNumberValue ?? 0, score: 9_000,
      box: Box(left: left + 10 * index, top: 40, width: 10, height: 20))
  }
  return HouseNumber(digits: digits, confidence: confidence)
}

/// A number in a picture of 640 by 480 pixels.
func found(
  _ text: String, left: Int = 0, image: String = "1.png", width: Int = 640, height: Int = 480, _ geotag: Geotag?
) -> FoundNumber {
  FoundNumber(
    archive: "a.tar", archiveSHA256: String(repeating: "a", count: 64), image: image, ordinal: 0, width: width,
    height: height, number: number(text, left: left), geotag: geotag)
}

/// A position in degrees that a photograph's EXIF states.
func position(_ north: Double, _ east: Double, altitude: Int? = nil) throws -> Position {
  try #require(Position(degreesNorth: north, degreesEast: east, altitude: altitude, origin: .exif))
}

func coordinate(_ north: Double, _ east: Double) throws -> Coordinate {
  try #require(Coordinate(degreesNorth: north, degreesEast: east))
}

/// A compass direction in degrees.
func heading(
  _ degrees: Double, kind: Heading.Kind = .view, origin: GeotagOrigin = .exif
) throws -> Heading {
  try #require(Heading(degrees: degrees, kind: kind, origin: origin))
}

/// A folder that a test has to itself, gone when the test is.
final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.path + "/streetnum-" + UUID().uuidString

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false) }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Programs that tests compare with, where they are installed.
enum Program {
  /// Debian's Python, which has GDAL's modules.
  static let python = "/usr/bin/python3"

  /// How a program ended, and all that it said; nil, and said, where it is not there.
  static func run(_ path: String, _ arguments: [String]) throws -> (code: Int32, text: String)? {
    guard FileManager.default.isExecutableFile(atPath: path) else {
      Issue.record("Skipped: \(path) is not installed", severity: .warning)
      return nil
    }
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    (process.standardOutput, process.standardError) = (output, output)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  /// The same of a module of Python; nil, and said, where Python or the module is not there.
  static func runModule(_ module: String, _ arguments: [String]) throws -> (code: Int32, text: String)? {
    guard let found = try run(python, ["-c", "import \(module)"]) else { return nil }
    guard found.code == 0 else {
      Issue.record("Skipped: Python has no \(module)", severity: .warning)
      return nil
    }
    return try run(python, ["-m", module] + arguments)
  }
}
