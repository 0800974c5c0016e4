public import DigitNet
public import StreetArchives
public import StreetCore
public import StreetImages
public import StreetReading

/// A picture in a file of its own.
public struct ImageFile: Sendable {
  /// The file's bytes and header.
  public let coded: CodedImage
  private let path: String

  /// Reads a file of at most `memberBytes`; throws `SourceError` if it can't be read, and `ImageFileError` if it is not
  /// a picture that can be decoded.
  public init(path: String, limits: ImageLimits, memberBytes: Int = SourceLimits().memberBytes) throws {
    let source = try Source(path: path)
    guard source.kind == .image else {
      throw ImageFileError(
        path: path, error: ImageError(.notAnImage, "It is neither PNG nor JPEG; `ingest` reads archives and folders"))
    }
    var sourceLimits = SourceLimits()
    sourceLimits.memberBytes = memberBytes
    var reader = try source.reader(limits: sourceLimits)
    let bytes: [UInt8]
    switch try reader.next(stored: nil)?.content {
    case .bytes(let all): bytes = all
    case .rejected(let reason), .ignored(let reason):
      throw ImageFileError(path: path, error: ImageError(ImageError.Code(rawValue: reason.id), reason.message))
    case .alias, nil: throw ImageFileError(path: path, error: .notAnImage)
    }
    self.path = path
    do throws(ImageError) {
      coded = try CodedImage(bytes, limits: limits)
    } catch {
      throw ImageFileError(path: path, error: error)
    }
  }

  /// The pixels, upright.
  public func image() throws(ImageFileError) -> Image { try named { () throws(ImageError) in try coded.image() } }

  /// The numbers, by descending confidence, computed on the given number of threads.
  public func numbers(_ reader: NumberReader, threads: Int) throws(ImageFileError) -> [HouseNumber] {
    try named { () throws(ImageError) in try reader.numbers(in: coded, threads: threads) }
  }

  /// Runs `body` and adds the file's path to its errors.
  func named<T>(_ body: () throws(ImageError) -> T) throws(ImageFileError) -> T {
    do throws(ImageError) {
      return try body()
    } catch {
      throw ImageFileError(path: path, error: error)
    }
  }
}

/// Why a file can't be read as a picture, with its path.
public struct ImageFileError: Error, Sendable, Hashable {
  /// The path.
  public let path: String
  /// The error.
  public let error: ImageError
}
