import Foundation
import StreetCore

/// The end of a page: the sort value and content key of its last number. It contains no row ids, so it stays valid when
/// they change.
struct BrowseCursor: Codable, Hashable {
  /// The sort order of the list.
  var order: BrowseOrder
  /// The confidence in 1/10,000.
  var confidence: Int
  var text: String
  /// The name and identity of the source.
  var name, identity: String
  var ordinal, place: Int

  /// The cursor as a URL-safe text.
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

  /// Nil for a token that is invalid or belongs to another order.
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
