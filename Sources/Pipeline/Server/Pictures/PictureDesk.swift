import DigitNet
import StreetArchives
import StreetCore
import StreetImages
import StreetIngest
import StreetLedger
import Synchronization

/// Gives pictures and parts of them as JPEG, upright, without metadata, no larger than asked for.
final class PictureDesk: Sendable {
  /// Pictures that are decoded at once, at most: one of 256 megapixels may take three quarters of a gigabyte.
  static let decoders = 2
  /// Pixels of a longer side that may be asked for.
  static let sides = 16...4_096
  /// Seconds that decoding a picture may take.
  private static let patience = 20.0
  /// Bytes of a compressed archive that are decompressed for one picture, at most.
  private static let mostDecompressed = 1 << 30
  /// JPEG's own scale, 0...100.
  private static let quality = 85

  private let path: String
  /// A fetcher belongs to one thread at a time; the one that is put back remembers the archive that it has open.
  private let idle = Mutex<[Fetching]>([])
  private let cache = PictureCache(mostBytes: 64 << 20)

  /// `@unchecked Sendable`: it is taken out of `idle` before it is used and put back afterwards, so that one thread at a time has it.
  private final class Fetching: @unchecked Sendable {
    let store: Store
    let fetcher: PictureFetcher

    init(path: String) throws(StoreError) {
      store = try Store.open(path: path, mode: .read)
      fetcher = PictureFetcher(store, mostDecompressed: PictureDesk.mostDecompressed)
    }
  }

  /// Pictures of the sources of the database at a path.
  init(path: String) { self.path = path }

  /// What was asked for, if it is at hand.
  func cached(_ wanted: PictureRequest) -> [UInt8]? { cache[wanted] }

  /// Fetches, decodes, scales and encodes; blocks.
  ///
  /// - Throws: `WebError` of 404 with `source.picture_gone` where the bytes of that SHA-256 are nowhere; of 422 where they can't be
  ///   decoded; `StoreError`.
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
    else { throw WebError.invalid("part", "it does not lie in the picture") }
    let size = ImageSize(width: part.width, height: part.height).reduced(toLongerSide: wanted.side)
    guard let image = try coded.parts([(part, size)]).first, let jpeg = ImageEncoder.jpeg(image, quality: quality)
    else {
      throw WebError.overloaded
    }
    return jpeg
  }
}
