import DigitNet
import StreetCore

/// Draws what was read in a picture: a box around each number and its digits, the number and its confidence.
struct NumberDrawing {
  private let numbers: [HouseNumber]
  /// Pixels of the drawing for each of the picture's.
  private let scale: Double
  private let frame: Rectangle
  private let size: Double
  private let line: Double
  private let detail: Detail

  /// How much is drawn.
  enum Detail {
    /// Boxes, digits, numbers and confidences.
    case all
    /// Boxes alone, in thin lines.
    case boxes
  }

  /// Numbers of a picture that is drawn at a scale on a canvas. Letters and lines follow the canvas's size, so that the
  /// whole of a large drawing can be read, and a label fits into a narrow one.
  init(_ numbers: [HouseNumber], scale: Double, on canvas: Canvas, detail: Detail = .all) {
    // The surest come last, over the others.
    self.numbers = numbers.sorted { ($0.confidence, $1.box) < ($1.confidence, $0.box) }
    self.scale = scale
    frame = canvas.frame
    let (shorter, longer) = (min(frame.width, frame.height), max(frame.width, frame.height))
    size = max(min(longer / 64, shorter / 8), 15)
    line = detail == .all ? size / 8 : 1.6
    self.detail = detail
  }

  /// Draws all of it.
  func draw(on canvas: inout Canvas) {
    for number in numbers { drawBoxes(of: number, on: &canvas) }
    guard detail == .all else { return }
    var taken = numbers.flatMap { drawValues(of: $0, on: &canvas) }
    // The surest choose their places first.
    for (number, label) in numbers.reversed().map({ ($0, Label($0, size: size, canvas.lettering)) }) {
      let place = place(for: label, of: number, avoiding: taken)
      taken.append(place)
      label.draw(at: place, on: &canvas)
    }
  }

  private func outline(_ number: HouseNumber) -> Rectangle {
    Rectangle(number.box, scale: scale).grown(by: line(around: number))
  }

  /// Thinner around a small number, which it would hide.
  private func line(around number: HouseNumber) -> Double {
    let box = Rectangle(number.box, scale: scale)
    return min(line, max(1.6, min(box.width, box.height) / 8))
  }

  private func drawBoxes(of number: HouseNumber, on canvas: inout Canvas) {
    let colour = Colour.of(confidence: number.confidence)
    let (box, line) = (outline(number), line(around: number))
    canvas.stroke(box, .black, width: line + 2, opacity: 0.55, radius: line)
    if number.digits.count > 1 {
      for digit in number.digits {
        let inner = Rectangle(digit.box, scale: scale)
        canvas.stroke(inner, .black, width: max(line / 2, 1.2) + 1, opacity: 0.35)
        canvas.stroke(inner, colour, width: max(line / 2, 1.2), opacity: 0.9)
      }
    }
    canvas.stroke(box, colour, width: line, radius: line)
  }

  /// Writes the digits outside the box of a number, each beside its own box, where there is room; gives the places taken.
  private func drawValues(of number: HouseNumber, on canvas: inout Canvas) -> [Rectangle] {
    let (box, small) = (outline(number).grown(by: line / 2 + 2), size * 0.75)
    let boxes = number.digits.map { Rectangle($0.box, scale: scale) }
    let isStack = number.digits.count > 1 && box.height > box.width
    let places = boxes.map { digit in
      isStack
        ? Rectangle(left: box.right, top: digit.middle.y - 0.65 * small, width: 1.1 * small, height: 1.3 * small)
        : Rectangle(left: digit.middle.x - 0.55 * small, top: box.bottom, width: 1.1 * small, height: 1.3 * small)
    }
    guard number.digits.count > 1, places.allSatisfy(frame.contains),
      zip(places, places.dropFirst()).allSatisfy({ $0.grown(by: 1).intersection($1) == 0 })
    else { return [] }
    for (place, digit) in zip(places, number.digits) {
      let text = String(digit.value)
      let width = canvas.lettering.width(of: text, size: small)
      canvas.fill(place, .black, opacity: 0.7, radius: small / 6)
      canvas.write(
        text, left: place.middle.x - width / 2, baseline: place.bottom - 0.29 * small, size: small, .white)
    }
    return places
  }

  /// Above the number, or wherever it covers least of what matters.
  private func place(for label: Label, of number: HouseNumber, avoiding taken: [Rectangle]) -> Rectangle {
    let box = outline(number).grown(by: line / 2 + 1)
    let (width, height) = (label.width, label.height)
    let corners: [(Double, Double)] = [
      (box.left, box.top - height), (box.right - width, box.top - height), (box.left, box.bottom),
      (box.right - width, box.bottom), (box.right, box.top), (box.left - width, box.top),
      (box.right, box.bottom - height), (box.left - width, box.bottom - height),
    ]
    let boxes = numbers.map(outline)
    let places = corners.map { corner in
      Rectangle(
        left: min(max(corner.0, 0), max(frame.width - width, 0)),
        top: min(max(corner.1, 0), max(frame.height - height, 0)), width: width, height: height)
    }
    func cost(_ place: Rectangle) -> Double {
      taken.reduce(0) { $0 + 4 * $1.intersection(place) } + boxes.reduce(0) { $0 + $1.intersection(place) }
    }
    var (best, least) = (places[0], cost(places[0]))
    for place in places.dropFirst() where cost(place) < least { (best, least) = (place, cost(place)) }
    return best
  }
}

/// A number and its confidence, on its colour.
private struct Label {
  private let text, share: String
  private let colour: Colour
  private let size: Double
  private let textWidth: Double
  let width: Double
  var height: Double { 1.3 * size }

  init(_ number: HouseNumber, size: Double, _ lettering: Lettering) {
    (text, share) = (number.text, percent(number.confidence))
    (colour, self.size) = (Colour.of(confidence: number.confidence), size)
    textWidth = lettering.width(of: text, size: size)
    width = textWidth + lettering.width(of: share, size: 0.68 * size) + 1.1 * size
  }

  func draw(at place: Rectangle, on canvas: inout Canvas) {
    canvas.fill(place.grown(by: 1), .black, opacity: 0.4, radius: size / 5 + 1)
    canvas.fill(place, colour, radius: size / 5)
    let baseline = place.bottom - 0.3 * size
    canvas.write(text, left: place.left + 0.35 * size, baseline: baseline, size: size, colour.ink)
    canvas.write(
      share, left: place.left + 0.72 * size + textWidth, baseline: baseline, size: 0.68 * size, colour.ink)
  }
}

/// A confidence in 1/10,000 as whole percent, rounded down: 100 % is none that is less.
func percent(_ confidence: Int) -> String { "\(confidence / 100) %" }
