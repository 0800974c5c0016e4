import CExif

/// The entries of an EXIF block, read by libexif. A damaged block has the entries before the damage, or none.
final class ExifBlock {
  /// The directories of entries.
  enum Directory { case main, exif, gps }

  private let data: UnsafeMutablePointer<ExifData>
  private let order: ExifByteOrder

  /// Reads a block from its TIFF header; nil if memory is short.
  init?(tiff: ArraySlice<UInt8>) {
    guard let data = exif_data_new() else { return nil }
    self.data = data
    // Entries are not added, dropped or converted.
    exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION)
    exif_data_unset_option(data, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS)
    exif_data_set_option(data, EXIF_DATA_OPTION_DONT_CHANGE_MAKER_NOTE)
    // libexif requires the header that precedes the block in JPEG.
    let bytes = Array("Exif\0\0".utf8) + tiff
    bytes.withUnsafeBufferPointer { exif_data_load_data(data, $0.baseAddress, UInt32(clamping: $0.count)) }
    order = exif_data_get_byte_order(data)
  }

  deinit { exif_data_unref(data) }

  /// The text of an entry up to its first zero, without surrounding white space; nil if it is missing or empty.
  func text(_ directory: Directory, _ tag: UInt32) -> String? {
    guard let entry = entry(directory, tag), [EXIF_FORMAT_ASCII, EXIF_FORMAT_UNDEFINED].contains(entry.format) else {
      return nil
    }
    let text = String(decoding: ExifBlock.bytes(of: entry).prefix { $0 != 0 }, as: UTF8.self).trimmed
    return text.isEmpty ? nil : text
  }

  /// The bytes of an entry of any format.
  func bytes(_ directory: Directory, _ tag: UInt32) -> [UInt8]? { entry(directory, tag).map(ExifBlock.bytes) }

  /// The integers of an entry of bytes, shorts or longs.
  func integers(_ directory: Directory, _ tag: UInt32) -> [Int]? {
    guard let entry = entry(directory, tag) else { return nil }
    return elements(of: entry) { element in
      switch entry.format {
      case EXIF_FORMAT_BYTE: Int(element[0])
      case EXIF_FORMAT_SHORT: Int(exif_get_short(element, order))
      case EXIF_FORMAT_LONG: Int(exif_get_long(element, order))
      default: nil
      }
    }
  }

  /// The rational numbers of an entry; nil for a denominator of 0.
  func fractions(_ directory: Directory, _ tag: UInt32) -> [Double?]? {
    guard let entry = entry(directory, tag), [EXIF_FORMAT_RATIONAL, EXIF_FORMAT_SRATIONAL].contains(entry.format) else {
      return nil
    }
    let isSigned = entry.format == EXIF_FORMAT_SRATIONAL
    return elements(of: entry) { element -> Double?? in
      let (above, below): (Double, Double)
      if isSigned {
        let value = exif_get_srational(element, order)
        (above, below) = (Double(value.numerator), Double(value.denominator))
      } else {
        let value = exif_get_rational(element, order)
        (above, below) = (Double(value.numerator), Double(value.denominator))
      }
      return .some(below == 0 ? nil : above / below)
    }
  }

  /// The first rational number of an entry; nil for a denominator of 0.
  func fraction(_ directory: Directory, _ tag: UInt32) -> Double? { fractions(directory, tag)?.first ?? nil }

  private func entry(_ directory: Directory, _ tag: UInt32) -> ExifEntry? {
    let ifds = data.pointee.ifd
    let content =
      switch directory {
      case .main: ifds.0
      case .exif: ifds.2
      case .gps: ifds.3
      }
    guard let content, let entry = exif_content_get_entry(content, ExifTag(rawValue: tag)) else { return nil }
    return entry.pointee
  }

  private static func bytes(of entry: ExifEntry) -> [UInt8] {
    guard let data = entry.data else { return [] }
    return Array(UnsafeBufferPointer(start: data, count: Int(entry.size)))
  }

  /// The elements of an entry, at most ``maximumElements``, that lie within its bytes; nil if one can't be read.
  private func elements<Value>(of entry: ExifEntry, _ value: (UnsafePointer<UInt8>) -> Value?) -> [Value]? {
    let bytes = ExifBlock.bytes(of: entry)
    let size = Int(exif_format_get_size(entry.format))
    guard size > 0 else { return nil }
    let count = min(bytes.count / size, Int(clamping: entry.components), ExifBlock.maximumElements)
    return bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      var values: [Value] = []
      for index in 0..<count {
        guard let value = value(start + index * size) else { return nil }
        values.append(value)
      }
      return values.isEmpty ? nil : values
    }
  }

  private static let maximumElements = 16
}
