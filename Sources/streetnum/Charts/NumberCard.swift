import DigitNet
import Foundation
import Pipeline

/// A number with its crop, as a figure of an HTML page.
struct NumberCard {
  let found: FoundNumber
  let crop: NumberCrop?

  var html: String {
    let confidence = found.number.confidence
    let kind = confidence >= 9_000 ? "sure" : confidence >= 5_000 ? "likely" : "unsure"
    return """
      <figure>\(picture)<figcaption><b>\(found.number.text)</b> <span class="share \(kind)">\(confidence / 100)&nbsp;%</span>
      <small><bdi>\(markup(found.image))</bdi></small><small class="faint"><bdi>\(markup(found.archive ?? ""))</bdi></small>
      </figcaption></figure>
      """
  }

  private var picture: String {
    guard let crop else { return "<div class=\"none\">no picture is kept</div>" }
    let (part, box) = (crop.part, crop.box)
    let rectangle = "x=\"\(box.left)\" y=\"\(box.top)\" width=\"\(box.width)\" height=\"\(box.height)\""
    return """
      <svg viewBox="\(part.left) \(part.top) \(part.width) \(part.height)" role="img" aria-label="\(found.number.text)">\
      <image x="\(part.left)" y="\(part.top)" width="\(part.width)" height="\(part.height)" preserveAspectRatio="none" \
      href="data:image/jpeg;base64,\(crop.jpeg.base64EncodedString())"/>\
      <rect class="rim" \(rectangle)/><rect \(rectangle)/></svg>
      """
  }
}

extension LedgerPage.Gallery {
  /// The largest count of numbers of each kind.
  private static let most = 24

  /// The numbers of a store with the highest and the lowest confidence, from a threshold on, each with its stored crop.
  init(of store: Store, from confidence: Int, since: String? = nil) throws {
    surest = try Self.cards(store, .surestFirst, confidence, since)
    leastSure = try Self.cards(store, .leastSureFirst, confidence, since)
  }

  private static func cards(
    _ store: Store, _ order: NumberQuery.Order, _ confidence: Int, _ since: String?
  ) throws -> [NumberCard] {
    var query = NumberQuery()
    (query.order, query.minimumConfidence, query.since) = (order, confidence, since)
    // A picture that lies in several archives is shown once.
    (query.withProvenance, query.limit) = (true, 4 * most)
    var (found, seen) = ([FoundNumber](), Set<[String]>())
    try store.forEachNumber(matching: query) { number in
      let key = [number.provenance?.imageSHA256 ?? number.image, "\(number.number.box)"]
      if found.count < most, seen.insert(key).inserted { found.append(number) }
    }
    return try found.map { number in
      let sha256 = number.provenance?.imageSHA256
      return NumberCard(
        found: number, crop: try sha256.flatMap { try store.crop(ofPicture: $0, box: number.number.box) })
    }
  }
}
