import Crypto
import DigitNet
import Foundation
import Pipeline
import StreetServer
import TestSupport

/// A database of two pictures in a folder, and the site over it; gone when it is.
final class SiteFixture {
  let path = FileManager.default.temporaryDirectory.path + "/streetnum-" + UUID().uuidString
  let site: Site
  /// SHA-256 of the pictures' bytes: the first has 1427 and 27, the second 7 and a hostile name.
  let pictures: [String]

  static let hostileName = "<script>alert(1)<!--\"'&.png"
  static let box = Box(left: 10, top: 10, width: 40, height: 20)

  var database: String { path + "/numbers.sqlite" }

  init(isReadOnly: Bool = false) throws {
    let folder = path + "/photographs"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let names = ["first.png", SiteFixture.hostileName]
    let files = try (0..<2).map { index in
      let pixels = (0..<(160 * 120 * 3)).map { UInt8(truncatingIfNeeded: $0 &* (index + 3)) }
      let bytes = ImageEncoder.png(Image(width: 160, height: 120, pixels: pixels)) ?? []
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + names[index]))
      return bytes
    }
    let hashes = files.map { hexadecimal(SHA256.hash(data: $0)) }
    pictures = hashes
    let database = path + "/numbers.sqlite"
    let store = try Store.open(path: database, mode: .write)
    let method = ReadingMethod(
      modelID: String(repeating: "a", count: 64), modelName: "first", modelMetadata: "{}", parameters: "{}",
      toolVersion: "1.0")
    let source = SourceDescription.folder(realPath: folder)
    let set = try store.begin(source, method: method)
    let numbers = [
      [
        SiteFixture.number("1427", 9_731, at: SiteFixture.box),
        SiteFixture.number("27", 5_100, at: Box(left: 80, top: 60, width: 20, height: 20)),
      ],
      [SiteFixture.number("7", 6_400, at: Box(left: 20, top: 30, width: 10, height: 20))],
    ]
    let outcomes = (0..<2).map { index in
      MemberOutcome(
        ordinal: index, name: names[index], byteCount: files[index].count, sha256: hashes[index], offset: nil,
        state: .done(width: 160, height: 120, numbers: numbers[index]))
    }
    let rejected = MemberOutcome(
      ordinal: 2, name: "torn.jpg", byteCount: 9, sha256: nil, offset: nil,
      state: .rejected(Reason(id: "image.truncated", message: "It ends <b>early</b>.")))
    try store.commit(outcomes + [rejected], to: set)
    try store.complete(set, memberCount: 3)
    try store.close()
    site = try Site(database: database, reviewer: "ann", isReadOnly: isReadOnly)
  }

  deinit {
    site.close()
    try? FileManager.default.removeItem(atPath: path)
  }

  private static func number(_ text: String, _ confidence: Int, at box: Box) -> HouseNumber {
    let width = box.width / text.count
    return HouseNumber(
      digits: text.enumerated().map { index, character in
        Digit(
          value: character.wholeNumberValue ?? 0, score: 9_000,
          box: Box(left: box.left + width * index, top: box.top, width: width, height: box.height))
      }, confidence: confidence)
  }

  /// What the site answers.
  func get(_ target: String, accept: String = "*/*") -> WebResponse {
    guard let request = WebRequest(method: "GET", target: target, host: "localhost", headers: [("Accept", accept)])
    else {
      return WebResponse(status: 0)
    }
    return site.response(to: request)
  }

  /// What the site answers to JSON, or to a form.
  func post(_ target: String, _ body: String, type: String = "application/json") -> WebResponse {
    guard var request = WebRequest(method: "POST", target: target, host: "localhost", headers: [("Content-Type", type)])
    else { return WebResponse(status: 0) }
    request.body = Array(body.utf8)
    return site.response(to: request)
  }

  /// A decision on 1427 as JSON.
  func decision(_ verdict: String, _ rest: String = "", id: String = "d-1", shown: String = "1427") -> String {
    """
    {"id": "\(id)", "picture": "\(pictures[0])", "verdict": "\(verdict)", "box": [10, 10, 40, 20], "shown": "\(shown)"\(rest)}
    """
  }
}

extension WebResponse {
  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as a JSON object; empty where it is none.
  var object: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:] }
}
