package import DigitNet
import StreetCore
import StreetImages

/// A sheet of pictures with drawings.
package struct PictureSheet {
  /// A picture on the sheet.
  package struct Picture {
    /// The drawing, which fills ``room``; nil if there is none.
    package let image: Image?
    /// The picture's name.
    package let name: String

    /// A picture from its parts.
    package init(image: Image?, name: String) { (self.image, self.name) = (image, name) }
  }

  /// The size available for a picture.
  package static let room = ImageSize(width: 480, height: 360)

  private static let (gap, caption, head) = (16, 30, 62)
  private static let maximumColumns = 4

  private let title: String
  private let pictures: [Picture]

  /// A sheet of pictures in the given order, with a title.
  package init(title: String, _ pictures: [Picture]) { (self.title, self.pictures) = (title, pictures) }

  /// The drawing; nil if memory is short.
  package func drawn() -> Image? {
    let columns = min(max(pictures.count, 2), Self.maximumColumns)
    let rows = max(1, (pictures.count + columns - 1) / columns)
    let (width, height) = (Self.room.width + Self.gap, Self.room.height + Self.caption + Self.gap)
    guard var canvas = Canvas(width: Self.gap + columns * width, height: Self.head + rows * height, .paper) else {
      return nil
    }
    let room = canvas.frame.width - 2 * Double(Self.gap)
    canvas.write(
      canvas.lettering.shortened(title, size: 24, toWidth: room), left: Double(Self.gap), baseline: 41, size: 24,
      .black)
    for (index, picture) in pictures.enumerated() {
      let (left, top) = (Self.gap + index % columns * width, Self.head + index / columns * height)
      draw(picture, left: left, top: top, on: &canvas)
    }
    return canvas.image
  }

  private func draw(_ picture: Picture, left: Int, top: Int, on canvas: inout Canvas) {
    let (x, y, width) = (Double(left), Double(top), Double(Self.room.width))
    let frame = Rectangle(left: x, top: y, width: width, height: Double(Self.room.height))
    canvas.fill(frame, .grid)
    if let image = picture.image {
      precondition(image.width <= Self.room.width && image.height <= Self.room.height)
      canvas.place(
        image, left: left + (Self.room.width - image.width) / 2, top: top + (Self.room.height - image.height) / 2)
    } else {
      let text = "can't be read"
      let middle = x + (width - canvas.lettering.width(of: text, size: 15)) / 2
      canvas.write(text, left: middle, baseline: y + frame.height / 2, size: 15, .faint)
    }
    let name = canvas.lettering.shortened(printable(picture.name), size: 14, toWidth: width)
    canvas.write(name, left: x, baseline: y + frame.height + 19, size: 14, .black)
  }
}
