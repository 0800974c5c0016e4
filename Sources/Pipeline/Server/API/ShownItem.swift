import DigitNet
import StreetCore
import StreetFormats
import StreetImages
import StreetLedger

/// A number that is shown to a reviewer.
struct ShownItem {
  /// The SHA-256 of the picture's bytes.
  let picture: String
  /// The size of the upright picture.
  let size: ImageSize
  let box: Box
  /// The number that was read there or added by a reviewer.
  let shown: String
  /// The confidence in 1/10,000.
  let confidence: Int
  /// The names of the source and of the picture in it.
  let archive, image: String
  /// The position in a sample.
  var place: Int?

  /// The item as JSON.
  var json: String {
    JSON.object([
      ("picture", JSON.string(picture)), ("width", String(size.width)), ("height", String(size.height)),
      ("box", APIJSON.array(box)), ("part", APIJSON.array(box.surrounded(in: size))), ("text", JSON.string(shown)),
      ("confidence", Confidence.text(confidence)), ("archive", JSON.string(archive)), ("image", JSON.string(image)),
      ("place", APIJSON.whole(place)), ("crop", JSON.string("/crops/\(picture)/\(box.address).jpg")),
    ])
  }
}

extension ShownItem {
  /// An item of a queue or a sample.
  init(_ item: ReviewItem) {
    self.init(
      picture: item.picture, size: item.size, box: item.box, shown: item.shown, confidence: item.confidence,
      archive: item.archive, image: item.image, place: item.place)
  }
}
