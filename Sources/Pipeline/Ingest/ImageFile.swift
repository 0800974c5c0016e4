public import DigitNet
public import StreetArchives
public import StreetCore
public import StreetImages
public import StreetReading

/// A picture from a file of its own.
public struct ImageFile: Sendable {
  /// Its bytes, and how large it is.
  public let coded: CodedImage
  private let path: String

  /// Reads a file; throws `SourceError` where it can't be read, `ImageFileError` where it is no picture that can be decoded.
  /// One of more than `memberBytes` is not read.
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

  /// Its pixels, upright.
  public func image() throws(ImageFileError) -> Image { try named { () throws(ImageError) in try coded.image() } }

  /// Its numbers, surest first, on as many threads as given.
  public func numbers(_ reader: NumberReader, threads: Int) throws(ImageFileError) -> [HouseNumber] {
    try named { () throws(ImageError) in try reader.numbers(in: coded, threads: threads) }
  }

  /// Runs `body`, whose errors come to name the file.
  func named<T>(_ body: () throws(ImageError) -> T) throws(ImageFileError) -> T {
    do throws(ImageError) {
      return try body()
    } catch {
      throw ImageFileError(path: path, error: error)
    }
  }
}

/// Why a file is no picture, with its path.
public struct ImageFileError: Error, Sendable, Hashable {
  /// The file.
  public let path: String
  /// What is wrong with it.
  public let error: ImageError
}
