import Foundation
import StreetCore

/// Where a page ends: the sort value and the content key of its last number, so that it holds in whatever way the row's ids change.
struct BrowseCursor: Codable, Hashable {
  /// Of which order it is.
  var order: BrowseOrder
  /// In 1/10,000.
  var confidence: Int
  var text: String
  /// The source's name and identity.
  var name, identity: String
  var ordinal, place: Int

  /// The cursor as a text that can stand in a URL.
  var token: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let json = try? encoder.encode(self) else { return "" }
    return json.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  init(order: BrowseOrder, after number: BrowsedNumber) {
    self.order = order
    confidence = number.found.number.confidence
    text = number.found.number.text
    name = number.found.archive ?? ""
    identity = number.source
    ordinal = number.found.ordinal ?? 0
    place = number.place
  }

  /// Nil where a token is none of this order.
  init?(token: String, order: BrowseOrder) {
    guard token.utf8.count <= 32_768 else { return nil }
    let padded = token.replacing("-", with: "+").replacing("_", with: "/")
    let padding = String(repeating: "=", count: (4 - padded.utf8.count % 4) % 4)
    guard let json = Data(base64Encoded: padded + padding),
      let cursor = try? JSONDecoder().decode(Self.self, from: json), cursor.order == order
    else { return nil }
    self = cursor
  }
}
