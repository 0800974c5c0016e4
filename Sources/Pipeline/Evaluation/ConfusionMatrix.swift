import DigitNet
package import StreetCore

/// A confusion matrix of digits, including missed and false ones.
package struct ConfusionMatrix: Sendable, Hashable {
  private var counts = Array(repeating: Array(repeating: 0, count: none + 1), count: none + 1)
  /// The number of numbers that can't be aligned digit by digit: those without boxes and with another number of digits
  /// than the label.
  package private(set) var unaligned = 0

  private static let none = 10

  /// How often a labelled digit was read as another, 0...9. For `labelled`, nil means that there is none (a false
  /// digit); for `read`, nil means a missed digit.
  package subscript(labelled labelled: Int?, read read: Int?) -> Int {
    get { counts[labelled ?? Self.none][read ?? Self.none] }
    set { counts[labelled ?? Self.none][read ?? Self.none] = newValue }
  }

  /// For photographs with one number: compares all digits found with the labelled ones, if these have boxes; otherwise
  /// compares the best number digit by digit, if it is as long as the label.
  package init(_ photographs: [LabelledPhotograph], found: [[HouseNumber]]) {
    for (photograph, numbers) in zip(photographs, found) {
      if let digits = photograph.digits {
        add(digits, found: numbers.flatMap(\.digits))
      } else {
        let best = numbers.max { $0.confidence < $1.confidence }
        align(photograph.number, with: best)
      }
    }
  }

  /// For scenes: compares the digits of each labelled number, in order, with those of the number found there.
  package init(_ scenes: [LabelledScene], found: [[HouseNumber]]) {
    for (scene, numbers) in zip(scenes, found) {
      let matching = SceneMatching(scene, found: numbers)
      for reading in matching.readings {
        if let label = reading.label {
          align(label.text, with: reading.number)
        } else {
          for digit in reading.number.digits { self[labelled: nil, read: digit.value] += 1 }
        }
      }
      for digit in matching.missed.flatMap({ Self.digits($0.text) ?? [] }) { self[labelled: digit, read: nil] += 1 }
    }
  }

  /// Pairs digits whose boxes have an intersection over union of at least 0.5, in descending order; ties prefer equal
  /// digits.
  private mutating func add(_ labelled: [LabelledDigit], found: [Digit]) {
    let pairs = labelled.enumerated().flatMap { place, label in
      found.enumerated().map { other, digit in
        (
          label: place, digit: other, overlap: label.box.intersectionOverUnion(digit.box),
          isSame: label.value == digit.value
        )
      }
    }
    var (open, loose) = (Set(labelled.indices), Set(found.indices))
    for pair in pairs.sorted(by: { $0.overlap != $1.overlap ? $0.overlap > $1.overlap : $0.isSame && !$1.isSame })
    where pair.overlap >= Box.sameThing && open.contains(pair.label) && loose.contains(pair.digit) {
      open.remove(pair.label)
      loose.remove(pair.digit)
      self[labelled: labelled[pair.label].value, read: found[pair.digit].value] += 1
    }
    for place in open { self[labelled: labelled[place].value, read: nil] += 1 }
    for place in loose { self[labelled: nil, read: found[place].value] += 1 }
  }

  private mutating func align(_ text: String, with number: HouseNumber?) {
    guard let digits = Self.digits(text), let number, number.digits.count == digits.count else {
      unaligned += 1
      return
    }
    for (digit, read) in zip(digits, number.digits) { self[labelled: digit, read: read.value] += 1 }
  }

  /// The digits of a labelled number; nil if it contains other characters.
  private static func digits(_ text: String) -> [Int]? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    return text.utf8.map { Int($0 - UInt8(ascii: "0")) }
  }
}
