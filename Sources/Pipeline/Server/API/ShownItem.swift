import DigitNet
import StreetCore
import StreetFormats
import StreetImages
import StreetLedger

/// A number that a reviewer is shown.
struct ShownItem {
  /// SHA-256 of the picture's bytes.
  let picture: String
  /// The picture's size, upright.
  let size: ImageSize
  let box: Box
  /// What was read there, or what a reviewer added.
  let shown: String
  /// In 1/10,000.
  let confidence: Int
  /// The source's name, and the picture's in it.
  let archive, image: String
  /// Its place in a sample.
  var place: Int?

  /// What stands in its JSON.
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
  /// An item of a queue or of a sample.
  init(_ item: ReviewItem) {
    self.init(
      picture: item.picture, size: item.size, box: item.box, shown: item.shown, confidence: item.confidence,
      archive: item.archive, image: item.image, place: item.place)
  }
}
