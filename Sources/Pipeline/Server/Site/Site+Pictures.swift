import DigitNet
import StreetCore
import StreetImages
import StreetLedger

extension Site {
  /// `/images/SHA256.jpg`: a picture, or a part of it.
  func image(_ request: WebRequest) throws -> Answer {
    let sha256 = try Self.digest(of: request.path[1])
    let wanted = try PictureRequest(sha256: sha256, query: request.query)
    try checkKnown(sha256)
    if let bytes = pictures.cached(wanted) { return .ready(.jpeg(bytes)) }
    return .picture(PictureWork(wanted: wanted))
  }

  /// `/crops/SHA256/LEFT,TOP,WIDTH,HEIGHT.jpg`: the stored crop of a number, or a new one cut from the picture.
  func crop(_ request: WebRequest) throws -> Answer {
    let sha256 = try Self.digest(of: request.path[1], ending: "")
    guard request.path[2].hasSuffix(".jpg"), let box = Box(text: String(request.path[2].dropLast(4))) else {
      throw WebError.notFound
    }
    if let crop = try readers.read({ try $0.crop(ofPicture: sha256, box: box) }) {
      return .ready(.jpeg(Array(crop.jpeg)))
    }
    guard let size = try readers.read({ try $0.size(ofPicture: sha256) }), box.right <= size.width,
      box.bottom <= size.height
    else { throw WebError.notFound }
    let wanted = PictureRequest(sha256: sha256, part: box.surrounded(in: size), side: NumberCrop.longerSide)
    if let bytes = pictures.cached(wanted) { return .ready(.jpeg(bytes)) }
    return .picture(PictureWork(wanted: wanted))
  }

  /// Throws if the database does not contain the picture, or no longer does.
  private func checkKnown(_ sha256: String) throws {
    guard try readers.read({ try $0.size(ofPicture: sha256) }) != nil else { throw WebError.notFound }
  }

  /// The SHA-256 in a path segment.
  static func digest(of segment: String, ending: String = ".jpg") throws(WebError) -> String {
    let name = segment.dropLast(ending.count)
    guard segment.hasSuffix(ending), name.utf8.count == 64,
      name.allSatisfy({ ("0"..."9").contains($0) || ("a"..."f").contains($0) })
    else { throw .notFound }
    return String(name)
  }
}
