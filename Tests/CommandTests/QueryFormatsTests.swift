import DigitNet
import Foundation
import Pipeline
import Testing
import streetnum

@Suite("Formats of found numbers")
struct QueryFormatsTests {
  private let found = FoundNumber(
    archive: "a.tar", archiveSHA256: String(repeating: "c", count: 64), image: "dir/1.png", ordinal: 3,
    width: 640, height: 480,
    number: HouseNumber(
      digits: [
        Digit(value: 0, score: 9_912, box: Box(left: 30, top: 40, width: 20, height: 28)),
        Digit(value: 7, score: 10_000, box: Box(left: 52, top: 41, width: 20, height: 28)),
      ], confidence: 731))

  private var detected: FoundNumber {
    var detected = found
    (detected.archive, detected.archiveSHA256, detected.ordinal) = (nil, nil, nil)
    return detected
  }

  @Test("A JSON object has the fields of the contract, in its order")
  func json() {
    #expect(
      JSONFormat.object(found) == """
        {"archive": "a.tar", "archive_sha256": "\(String(repeating: "c", count: 64))", \
        "image": "dir/1.png", "ordinal": 3, "width": 640, "height": 480, "number": "07", \
        "confidence": 0.0731, "box": [30, 40, 42, 29], \
        "digits": [{"digit": 0, "score": 0.9912, "box": [30, 40, 20, 28]}, \
        {"digit": 7, "score": 1.0000, "box": [52, 41, 20, 28]}]}
        """)
    #expect(
      JSONFormat.object(detected).hasPrefix(
        #"{"archive": null, "archive_sha256": null, "image": "dir/1.png", "ordinal": null, "width": 640"#))
  }

  @Test(
    "A name comes back from JSON as it was, on one line",
    arguments: [
      "plain", "\"\\/", "a\nb\r\n\t", "\u{0}\u{1}\u{1f}\u{7f}", "\u{85}\u{2028}\u{2029}", "é漢🏠", "",
    ])
  func jsonStrings(name: String) throws {
    let text = JSON.string(name)
    #expect(text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count == 1)
    let back = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    #expect(back as? String == name)
  }

  @Test("CSV quotes what has a comma, a quote or a line end")
  func csv() {
    #expect(
      CSVFormat.line(found)
        == "a.tar,\(String(repeating: "c", count: 64)),dir/1.png,3,640,480,07,0.0731,30,40,42,29\n")
    #expect(CSVFormat.line(detected) == ",,dir/1.png,,640,480,07,0.0731,30,40,42,29\n")
    var odd = detected
    odd.image = "a,\"b\"\r\nc"
    #expect(CSVFormat.line(odd) == ",,\"a,\"\"b\"\"\r\nc\",,640,480,07,0.0731,30,40,42,29\n")
  }

  @Test(
    "A name that a spreadsheet would compute is a text in CSV", arguments: ["=1+1.png", "+1", "-1.png", "@x", "\t=1"])
  func csvFormulas(name: String) {
    var odd = detected
    odd.image = name
    #expect(CSVFormat.line(odd) == ",,'\(name),,640,480,07,0.0731,30,40,42,29\n")
    odd.archive = "-"
    odd.image = "a=1"
    #expect(CSVFormat.line(odd).hasPrefix("-,,a=1,"))
  }

  @Test("Shares have four decimals")
  func shares() {
    let texts = [0, 5, 731, 9_999, 10_000].map(Confidence.text)
    #expect(texts == ["0.0000", "0.0005", "0.0731", "0.9999", "1.0000"])
  }

  @Test("The least confidence takes in every number that is printed with it")
  func minimumConfidence() throws {
    for value in 0...10_000 {
      let share = try #require(Double(Confidence.text(value)))
      #expect(Confidence.least(share) == value)
    }
    #expect(Confidence.least(0.97311) == 9_732)
  }

  @Test("Control characters in names can't reach the terminal")
  func controlCharacters() {
    #expect(printable("a\u{1b}[31m\n\u{9b}é") == "a%1B[31m%0A%C2%9Bé")
  }
}
