import DigitNet
import StreetArchives
import StreetCore
import StreetImages
import StreetIngest
import StreetLedger
import Synchronization

/// Provides pictures and parts of them as upright JPEG without metadata, scaled down to the requested size.
final class PictureDesk: Sendable {
  /// The maximum number of pictures decoded at once; one of 256 megapixels may need three quarters of a gigabyte.
  static let decoders = 2
  /// The allowed lengths of the longer side in pixels.
  static let sides = 16...4_096
  /// The time limit for decoding a picture, in seconds.
  private static let patience = 20.0
  /// The maximum number of bytes decompressed from an archive for one picture.
  private static let maximumDecompressed = 1 << 30
  /// The JPEG quality, 0...100.
  private static let quality = 85

  private let path: String
  /// Idle fetchers. A fetcher is used by one thread at a time, and keeps its archive open for the next request.
  private let idle = Mutex<[Fetching]>([])
  private let cache = PictureCache(maximumBytes: 64 << 20)

  /// `@unchecked Sendable` is sound because it is removed from `idle` while it is used, so only one thread at a time
  /// has it.
  private final class Fetching: @unchecked Sendable {
    let store: Store
    let fetcher: PictureFetcher

    init(path: String) throws(StoreError) {
      store = try Store.open(path: path, mode: .read)
      fetcher = PictureFetcher(store, maximumDecompressed: PictureDesk.maximumDecompressed)
    }
  }

  /// Provides the pictures in the sources of the database at a path.
  init(path: String) { self.path = path }

  /// The picture, if it is cached.
  func cached(_ wanted: PictureRequest) -> [UInt8]? { cache[wanted] }

  /// Fetches, decodes, scales and encodes a picture; blocks.
  ///
  /// - Throws: `WebError` with status 404 and `source.picture_gone` if no file has the bytes with that SHA-256; with
  ///   status 422 if they can't be decoded; `StoreError`.
  func jpeg(_ wanted: PictureRequest) throws -> [UInt8] {
    if let bytes = cache[wanted] { return bytes }
    let fetching = try idle.withLock({ $0.popLast() }) ?? Fetching(path: path)
    do {
      let bytes = try fetching.fetcher.bytes(ofPicture: wanted.sha256)
      idle.withLock { $0.append(fetching) }
      let jpeg = try Self.encoded(bytes, wanted)
      cache[wanted] = jpeg
      return jpeg
    } catch let error as SourceError {
      try? fetching.store.close()
      throw WebError(404, error.code.rawValue, error.message)
    } catch let error as ImageError {
      throw WebError(422, error.code.rawValue, error.message)
    }
  }

  private static func encoded(_ bytes: [UInt8], _ wanted: PictureRequest) throws -> [UInt8] {
    let coded = try CodedImage(bytes).due(Deadline(in: patience))
    let whole = Box(left: 0, top: 0, width: coded.size.width, height: coded.size.height)
    let part = wanted.part ?? whole
    guard part.left >= 0, part.top >= 0, part.width > 0, part.height > 0, part.right <= whole.right,
      part.bottom <= whole.bottom
    else { throw WebError.invalid("part", "it is not inside the picture") }
    let size = ImageSize(width: part.width, height: part.height).reduced(toLongerSide: wanted.side)
    guard let image = try coded.parts([(part, size)]).first, let jpeg = ImageEncoder.jpeg(image, quality: quality)
    else {
      throw WebError.overloaded
    }
    return jpeg
  }
}
