package import DigitNet
package import StreetCore
import StreetImages

/// A contact sheet: small pictures of the places where numbers were seen.
package struct ContactSheet {
  /// One place on the sheet.
  package struct Card {
    /// The number; its boxes are those in the whole picture.
    package let number: HouseNumber
    /// The part of the picture around the number and its box, or why there is none.
    package let picture: Result<(image: Image, part: Box), Absence>
    /// The names of the picture and of its source.
    package let image, source: String

    /// A card from its parts.
    package init(
      number: HouseNumber, picture: Result<(image: Image, part: Box), Absence>, image: String, source: String
    ) {
      (self.number, self.picture, self.image, self.source) = (number, picture, image, source)
    }
  }

  /// Why a card has no picture, in a few words.
  package struct Absence: Error {
    /// The text shown.
    package let reason: String

    /// An absence with a reason.
    package init(reason: String) { self.reason = reason }
  }

  /// The size of a card's picture in pixels.
  package static let picture = ImageSize(width: 248, height: 186)

  private static let (gap, caption, head) = (16, 66, 62)
  private static let maximumColumns = 5

  private let title: String
  private let cards: [Card]

  /// A sheet of cards in the given order, with a title.
  package init(title: String, _ cards: [Card]) { (self.title, self.cards) = (title, cards) }

  /// The drawing; nil if memory is short.
  package func drawn() -> Image? {
    // A few cards are arranged in rows of about equal length.
    let lines = (cards.count + Self.maximumColumns - 1) / Self.maximumColumns
    let columns = min(max((cards.count + max(lines, 1) - 1) / max(lines, 1), 2), Self.maximumColumns)
    let rows = max(1, (cards.count + columns - 1) / columns)
    let (width, height) = (Self.picture.width, Self.picture.height + Self.caption)
    guard
      var canvas = Canvas(
        width: Self.gap + columns * (width + Self.gap), height: Self.head + rows * (height + Self.gap), .paper)
    else { return nil }
    let most = canvas.frame.width - 2 * Double(Self.gap)
    canvas.write(
      canvas.lettering.shortened(title, size: 24, toWidth: most), left: Double(Self.gap), baseline: 41, size: 24,
      .black)
    for (index, card) in cards.enumerated() {
      let left = Self.gap + index % columns * (width + Self.gap)
      draw(card, left: left, top: Self.head + index / columns * (height + Self.gap), on: &canvas)
    }
    return canvas.image
  }

  private func draw(_ card: Card, left: Int, top: Int, on canvas: inout Canvas) {
    let (x, y) = (Double(left), Double(top))
    let (width, height) = (Double(Self.picture.width), Double(Self.picture.height))
    let frame = Rectangle(left: x, top: y, width: width, height: height + Double(Self.caption))
    canvas.fill(frame, .white, radius: 6)
    canvas.fill(Rectangle(left: x, top: y, width: width, height: height), .grid, radius: 6)
    switch card.picture {
    case .success(let (image, part)):
      let shown = picture(card.number, image, part)
      canvas.place(
        shown, left: left + (Self.picture.width - shown.width) / 2, top: top + (Self.picture.height - shown.height) / 2)
    case .failure(let absence):
      let text = canvas.lettering.shortened(absence.reason, size: 13, toWidth: width - 20)
      let middle = x + (width - canvas.lettering.width(of: text, size: 13)) / 2
      canvas.write(text, left: middle, baseline: y + height / 2, size: 13, .faint)
    }
    canvas.stroke(frame, .grid, width: 1, radius: 6)
    caption(card, left: x + 10, top: y + height, on: &canvas)
  }

  private func caption(_ card: Card, left: Double, top: Double, on canvas: inout Canvas) {
    let room = Double(Self.picture.width) - 20
    let colour = Colour.of(confidence: card.number.confidence)
    let share = percent(card.number.confidence)
    let width = canvas.lettering.width(of: card.number.text, size: 17)
    canvas.write(card.number.text, left: left, baseline: top + 23, size: 17, .black)
    let pill = Rectangle(
      left: left + width + 10, top: top + 9, width: canvas.lettering.width(of: share, size: 12) + 12, height: 18)
    canvas.fill(pill, colour, radius: 9)
    canvas.write(share, left: pill.left + 6, baseline: top + 22, size: 12, colour.ink)
    for (line, text, ink) in [(0.0, card.image, Colour.black), (1, card.source, .faint)] {
      let short = canvas.lettering.shortened(printable(text), size: 12, toWidth: room)
      canvas.write(short, left: left, baseline: top + 42 + 15 * line, size: 12, ink)
    }
  }

  /// The picture of a card with the number's boxes, as large as possible.
  private func picture(_ number: HouseNumber, _ image: Image, _ part: Box) -> Image {
    var large = image
    while large.width < Self.picture.width, large.height < Self.picture.height { large = large.enlarged() }
    let size = large.size.reduced(toFit: Self.picture)
    let fitted = large.scaled(Box(left: 0, top: 0, width: large.width, height: large.height), to: size)
    let moved = number.moved(left: part.left, top: part.top)
    guard var canvas = Canvas(fitted) else { return fitted }
    NumberDrawing([moved], scale: Double(size.width) / Double(part.width), on: canvas, detail: .boxes)
      .draw(on: &canvas)
    return canvas.image
  }
}

extension ImageSize {
  /// The largest size with this aspect ratio that fits into another one.
  func reduced(toFit room: ImageSize) -> ImageSize {
    guard width > room.width || height > room.height else { return self }
    return width * room.height > height * room.width
      ? ImageSize(width: room.width, height: max(1, height * room.width / width))
      : ImageSize(width: max(1, width * room.height / height), height: room.height)
  }
}

extension HouseNumber {
  /// The number in a part of its picture with the given top left corner.
  func moved(left: Int, top: Int) -> HouseNumber {
    let digits = digits.map { digit in
      var moved = digit
      (moved.box.left, moved.box.top) = (digit.box.left - left, digit.box.top - top)
      return moved
    }
    return HouseNumber(digits: digits, confidence: confidence)
  }
}
