/// An EXIF block with entries as a test wants them, sound or not.
struct ExifWriter {
  /// The values of an entry.
  enum Value {
    case ascii(String)
    case bytes([UInt8])
    case undefined([UInt8])
    case short(Int)
    case fractions([(Int, Int)])
    case signedFractions([(Int, Int)])
  }

  var littleEndian = true
  var main: [(tag: Int, value: Value)] = []
  var exif: [(tag: Int, value: Value)] = []
  var gps: [(tag: Int, value: Value)] = []

  /// The block from its TIFF header.
  var tiff: [UInt8] {
    let header = (littleEndian ? [0x49, 0x49] : [0x4D, 0x4D]) + integer(42, 2) + integer(8, 4)
    let pointers = (exif.isEmpty ? 0 : 1) + (gps.isEmpty ? 0 : 1)
    // Directories one behind the other, each with what it holds.
    let mainSize = size(main.map(\.value)) + 12 * pointers
    let exifStart = 8 + mainSize
    let gpsStart = exifStart + (exif.isEmpty ? 0 : size(exif.map(\.value)))
    var entries = main.map { (tag: $0.tag, type: type($0.value), count: count($0.value), data: data($0.value)) }
    if !exif.isEmpty { entries.append((tag: 0x8769, type: 4, count: 1, data: integer(exifStart, 4))) }
    if !gps.isEmpty { entries.append((tag: 0x8825, type: 4, count: 1, data: integer(gpsStart, 4))) }
    return header + directory(entries, at: 8) + (exif.isEmpty ? [] : directory(of: exif, at: exifStart))
      + (gps.isEmpty ? [] : directory(of: gps, at: gpsStart))
  }

  private typealias Entry = (tag: Int, type: Int, count: Int, data: [UInt8])

  private func directory(of values: [(tag: Int, value: Value)], at start: Int) -> [UInt8] {
    directory(values.map { ($0.tag, type($0.value), count($0.value), data($0.value)) }, at: start)
  }

  private func directory(_ entries: [Entry], at start: Int) -> [UInt8] {
    var (fixed, loose) = (integer(entries.count, 2), [UInt8]())
    let elsewhere = start + 2 + 12 * entries.count + 4
    for entry in entries.sorted(by: { $0.tag < $1.tag }) {
      fixed += integer(entry.tag, 2) + integer(entry.type, 2) + integer(entry.count, 4)
      if entry.data.count > 4 {
        fixed += integer(elsewhere + loose.count, 4)
        loose += entry.data
      } else {
        fixed += entry.data + Array(repeating: 0, count: 4 - entry.data.count)
      }
    }
    return fixed + integer(0, 4) + loose
  }

  private func size(_ values: [Value]) -> Int {
    2 + 12 * values.count + 4 + values.map { data($0).count }.filter { $0 > 4 }.reduce(0, +)
  }

  private func type(_ value: Value) -> Int {
    switch value {
    case .bytes: 1
    case .ascii: 2
    case .short: 3
    case .fractions: 5
    case .undefined: 7
    case .signedFractions: 10
    }
  }

  private func count(_ value: Value) -> Int {
    switch value {
    case .fractions(let all), .signedFractions(let all): all.count
    case .short: 1
    default: data(value).count
    }
  }

  private func data(_ value: Value) -> [UInt8] {
    switch value {
    case .ascii(let text): Array(text.utf8) + [0]
    case .bytes(let bytes), .undefined(let bytes): bytes
    case .short(let number): integer(number, 2)
    case .fractions(let all), .signedFractions(let all): all.flatMap { integer($0.0, 4) + integer($0.1, 4) }
    }
  }

  private func integer(_ value: Int, _ count: Int) -> [UInt8] {
    let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return littleEndian ? little : little.reversed()
  }
}

extension ExifWriter {
  /// A block whose GPS directory has a position of degrees, minutes and seconds, with letters.
  static func at(
    _ latitude: [(Int, Int)], _ north: String?, _ longitude: [(Int, Int)], _ east: String?,
    more: [(tag: Int, value: Value)] = [], littleEndian: Bool = true
  ) -> ExifWriter {
    var writer = ExifWriter(littleEndian: littleEndian)
    writer.gps = [(tag: 2, value: .fractions(latitude)), (tag: 4, value: .fractions(longitude))] + more
    if let north { writer.gps.append((tag: 1, value: .ascii(north))) }
    if let east { writer.gps.append((tag: 3, value: .ascii(east))) }
    return writer
  }
}
