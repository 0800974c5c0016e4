import DigitNet
import Pipeline
import Testing

@Suite("Drawings of what was read")
struct DrawingTests {
  private static func grey(_ width: Int, _ height: Int) -> Image {
    Image(width: width, height: height, pixels: Array(repeating: 128, count: Image.channels * width * height))
  }

  private static func number(_ text: String, _ confidence: Int, left: Int, top: Int, side: Int = 20) -> HouseNumber {
    let digits = text.enumerated().map { index, character in
      Digit(
        value: character.wholeNumberValue ?? 0, score: 9_000,
        box: Box(left: left + index * side, top: top, width: side, height: 2 * side))
    }
    return HouseNumber(digits: digits, confidence: confidence)
  }

  private static func changed(_ drawing: Image, _ original: Image) -> [Bool] {
    zip(stride(from: 0, to: drawing.pixels.count, by: 3), stride(from: 0, to: original.pixels.count, by: 3)).map {
      drawing.pixels[$0..<$0 + 3] != original.pixels[$1..<$1 + 3]
    }
  }

  @Test("Numbers are drawn around their boxes, whatever the size of the picture and wherever they lie")
  func boxes() throws {
    for (width, height) in [(1, 1), (40, 12), (700, 500), (3_000, 200)] {
      let image = Self.grey(width, height)
      let places = [(0, 0), (width - 1, height - 1), (width / 2, height / 2)]
      for confidence in [100, 5_000, 10_000] {
        let numbers = places.map { Self.number("1427", confidence, left: $0.0, top: $0.1) }
        let drawing = try #require(PictureDrawing(image, width: width, toLongerSide: 2_048).drawn(numbers))
        #expect(drawing.width >= width)
        #expect(drawing.pixels.contains { $0 != 128 })
      }
    }
  }

  @Test("Far from a number the picture stays as it is, and inside its box but for the lines")
  func rest() throws {
    let image = Self.grey(900, 700)
    let number = Self.number("88", 9_500, left: 400, top: 300, side: 60)
    let drawing = try #require(PictureDrawing(image, width: 900, toLongerSide: 2_048).drawn([number]))
    let changed = Self.changed(drawing, image)
    #expect(drawing.size == image.size)
    for y in 0..<700 {
      for x in 0..<900 where abs(x - 460) > 160 || abs(y - 360) > 110 { #expect(!changed[y * 900 + x]) }
    }
    #expect(!changed[360 * 900 + 430] && !changed[360 * 900 + 490])
    #expect(try #require(PictureDrawing(image, width: 900, toLongerSide: 2_048).drawn([])) == image)
  }

  @Test("A small picture is enlarged, one that was made smaller keeps its size, and boxes follow")
  func scales() throws {
    let small = try #require(PictureDrawing(Self.grey(40, 30), width: 40, toLongerSide: 2_048).drawn([]))
    #expect(small.size == ImageSize(width: 640, height: 480))
    let bounded = try #require(PictureDrawing(Self.grey(40, 30), width: 40, toLongerSide: 100).drawn([]))
    #expect(bounded.size == ImageSize(width: 80, height: 60))
    let image = Self.grey(800, 600)
    let number = Self.number("5", 9_500, left: 7_000, top: 5_000, side: 100)
    let changed = Self.changed(
      try #require(PictureDrawing(image, width: 8_000, toLongerSide: 800).drawn([number])), image)
    #expect((695...705).contains { changed[510 * 800 + $0] })
    #expect(!changed[300 * 800 + 400])
  }

  @Test("A contact sheet has a place for each card, in rows of five, with names of any kind")
  func sheet() throws {
    let part = Box(left: 100, top: 100, width: 160, height: 120)
    func card(_ index: Int) -> ContactSheet.Card {
      ContactSheet.Card(
        number: Self.number("27", 9_000 - index, left: 150, top: 140),
        picture: index % 3 == 2
          ? .failure(ContactSheet.Absence(reason: "the photograph is not there"))
          : .success((Self.grey(160, 120), part)),
        image: "\u{1B}[2J\u{202E}<b>\(String(repeating: "é", count: 300)).jpg", source: "a.tar")
    }
    let sizes = try [0, 1, 5, 6, 200].map { count in
      try #require(ContactSheet(title: "27", (0..<count).map(card)).drawn()).size
    }
    #expect(sizes[0].width > 0 && sizes[1].width < sizes[2].width)
    #expect(sizes[3].height > sizes[2].height)
    #expect(sizes[4].width == sizes[2].width && sizes[4].height > 30 * ContactSheet.picture.height)
  }
}
