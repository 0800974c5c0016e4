public import DigitNet

/// A picture from a file of its own.
public struct Picture: Sendable {
  /// Its pixels, upright.
  public let image: Image

  /// Reads and decodes a file; throws `SourceError` where it can't be read, `PictureError` where it can't be decoded.
  public init(path: String, limits: ImageLimits) throws {
    let source = try Source(path: path)
    guard source.kind == .image else {
      throw PictureError(
        path: path, error: ImageError(.notAnImage, "It is neither PNG nor JPEG; ingest reads archives and folders"))
    }
    var reader = try source.reader(limits: SourceLimits())
    let bytes: [UInt8]
    switch try reader.next(skip: false)?.content {
    case .bytes(let all): bytes = all
    case .rejected(let reason), .ignored(let reason):
      throw PictureError(path: path, error: ImageError(ImageError.Code(rawValue: reason.id), reason.message))
    case nil: throw PictureError(path: path, error: .notAnImage)
    }
    do throws(ImageError) {
      image = try ImageDecoder.decode(bytes, limits: limits)
    } catch {
      throw PictureError(path: path, error: error)
    }
  }
}

/// Why a file is no picture, with its path.
public struct PictureError: Error, Sendable, Hashable {
  /// The file.
  public let path: String
  /// What is wrong with it.
  public let error: ImageError
}
