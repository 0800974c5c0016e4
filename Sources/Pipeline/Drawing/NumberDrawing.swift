import DigitNet
import StreetCore

/// Draws the numbers read in a picture: boxes around numbers and digits, texts and confidences.
struct NumberDrawing {
  private let numbers: [HouseNumber]
  /// Pixels of the drawing per pixel of the picture.
  private let scale: Double
  private let frame: Rectangle
  private let size: Double
  private let line: Double
  private let detail: Detail

  /// The level of detail.
  enum Detail {
    /// Boxes, digits, numbers and confidences.
    case all
    /// Only boxes, with thin lines.
    case boxes
  }

  /// The numbers of a picture that is drawn at the given scale. Letters and lines are sized for the canvas, so that a
  /// large drawing is legible as a whole, and a label fits into a narrow one.
  init(_ numbers: [HouseNumber], scale: Double, on canvas: Canvas, detail: Detail = .all) {
    // The most confident numbers are drawn last, over the others.
    self.numbers = numbers.sorted { ($0.confidence, $1.box) < ($1.confidence, $0.box) }
    self.scale = scale
    frame = canvas.frame
    let (shorter, longer) = (min(frame.width, frame.height), max(frame.width, frame.height))
    size = max(min(longer / 64, shorter / 8), 15)
    line = detail == .all ? size / 8 : 1.6
    self.detail = detail
  }

  /// Draws all numbers.
  func draw(on canvas: inout Canvas) {
    for number in numbers { drawBoxes(of: number, on: &canvas) }
    guard detail == .all else { return }
    var taken = numbers.flatMap { drawValues(of: $0, on: &canvas) }
    // The most confident numbers choose the places of their labels first.
    for (number, label) in numbers.reversed().map({ ($0, Label($0, size: size, canvas.lettering)) }) {
      let place = place(for: label, of: number, avoiding: taken)
      taken.append(place)
      label.draw(at: place, on: &canvas)
    }
  }

  private func outline(_ number: HouseNumber) -> Rectangle {
    Rectangle(number.box, scale: scale).grown(by: line(around: number))
  }

  /// The line is thinner around a small number, which it would otherwise hide.
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

  /// Writes the digits outside the number's box, each beside its own box, if there is room; returns the rectangles
  /// used.
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

  /// The place of a label: above the number, or where it covers the least of what matters.
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

/// A number and its confidence on a background of its colour.
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

/// A confidence in 1/10,000 as a whole percentage, rounded down, so that 100 % means exactly 1.
func percent(_ confidence: Int) -> String { "\(confidence / 100) %" }
