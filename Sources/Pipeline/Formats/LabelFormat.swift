import DigitNet
package import StreetCore

/// Labels as JSON lines, in the format that `streetnum evaluate` and training read.
package enum LabelFormat {
  /// The label of a picture as a scene with all its numbers.
  package static func scene(_ picture: LabelledPicture) -> String {
    let numbers = picture.numbers.map { number in
      JSON.object([("text", JSON.string(number.text)), ("box", JSONFormat.array(number.box))])
    }
    return line(picture, ("numbers", JSON.array(numbers)))
  }

  /// The label of a picture as a photograph with one number; nil if it shows none or several.
  package static func photograph(_ picture: LabelledPicture) -> String? {
    guard picture.numbers.count == 1, let number = picture.numbers.first else { return nil }
    return line(picture, ("number", JSON.string(number.text)))
  }

  private static func line(_ picture: LabelledPicture, _ truth: (key: String, json: String)) -> String {
    let differs: [(key: String, json: String)] = picture.differs ? [("reviewers_differ", "true")] : []
    return JSON.object(
      [
        ("file", JSON.string(picture.image)), ("width", String(picture.size.width)),
        ("height", String(picture.size.height)), truth, ("sha256", JSON.string(picture.sha256)),
        ("archive", JSON.string(picture.archive)),
      ] + differs) + "\n"
  }
}
