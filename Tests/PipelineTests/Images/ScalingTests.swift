import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("Making parts of pictures smaller")
struct ScalingTests {
  private static func noise(_ width: Int, _ height: Int) -> Image {
    var random = SeededGenerator(seed: UInt64(width * 1_000 + height))
    return Image(
      width: width, height: height,
      pixels: (0..<Image.channels * width * height).map { _ in UInt8.random(in: 0...255, using: &random) })
  }

  private static func whole(_ image: Image) -> Box { Box(left: 0, top: 0, width: image.width, height: image.height) }

  @Test("Half the size is what the pyramid's halving gives", arguments: [(2, 2), (64, 40), (30, 500)])
  func halved(width: Int, height: Int) throws {
    let image = Self.noise(width, height)
    #expect(image.scaled(Self.whole(image), to: ImageSize(width: width / 2, height: height / 2)) == image.halved())
  }

  @Test("Each pixel is the mean of the area that it covers", arguments: [(7, 5, 3, 2), (5, 9, 4, 9), (31, 17, 1, 1)])
  func means(width: Int, height: Int, columns: Int, rows: Int) throws {
    let image = Self.noise(width, height)
    let small = image.scaled(Self.whole(image), to: ImageSize(width: columns, height: rows))
    for y in 0..<rows {
      for x in 0..<columns {
        for channel in 0..<Image.channels {
          var sum = 0
          // In units in which all areas are whole.
          for row in 0..<height {
            let high = max(0, min((y + 1) * height, (row + 1) * rows) - max(y * height, row * rows))
            for column in 0..<width where high > 0 {
              let wide = max(0, min((x + 1) * width, (column + 1) * columns) - max(x * width, column * columns))
              sum += high * wide * Int(image.pixels[Image.channels * (row * width + column) + channel])
            }
          }
          let area = width * height
          #expect(Int(small.pixels[Image.channels * (y * columns + x) + channel]) == (sum + area / 2) / area)
        }
      }
    }
  }

  @Test("Parts of a coded picture are those of its pixels, and a part as it is keeps every pixel")
  func parts() throws {
    let image = Self.noise(80, 60)
    let coded = try CodedImage(#require(ImageEncoder.png(image)))
    let part = Box(left: 11, top: 7, width: 50, height: 40)
    let sizes = [ImageSize(width: 50, height: 40), ImageSize(width: 13, height: 39)]
    #expect(try coded.parts(sizes.map { (part, $0) }) == sizes.map { image.scaled(part, to: $0) })
    #expect(image.scaled(part, to: sizes[0]) == image.cropped(to: part))
    #expect(try coded.reduced(toLongerSide: 40).size == ImageSize(width: 40, height: 30))
    #expect(try coded.reduced(toLongerSide: 100) == image)
  }

  @Test("Parts that lie far apart are the same as those of all pixels, whatever is passed over between them")
  func apart() throws {
    let image = Self.noise(61, 300)
    for file in [try #require(ImageEncoder.png(image)), try #require(ImageEncoder.jpeg(image, quality: 80))] {
      let (coded, whole) = (try CodedImage(file), try ImageDecoder.decode(file))
      for first in stride(from: 0, through: 170, by: 5) {
        let parts = [(first, 20), (first + 90, 40), (first + 100, 3), (first + 105, 25)].map { top, height in
          Box(left: 3, top: top, width: 50, height: height)
        }
        let expected = parts.map { whole.cropped(to: $0) }
        let found = try coded.parts(parts.map { ($0, ImageSize(width: $0.width, height: $0.height)) })
        #expect(found == expected, "\(coded.header.format), from row \(first)")
      }
    }
  }

  @Test("The surroundings of a number hold it, lie in the picture, and are of the shape 4:3 where there is room")
  func surroundings() {
    let size = ImageSize(width: 640, height: 480)
    for box in [
      Box(left: 300, top: 200, width: 60, height: 30), Box(left: 0, top: 0, width: 5, height: 9),
      Box(left: 600, top: 470, width: 40, height: 10), Box(left: 100, top: 0, width: 20, height: 480),
    ] {
      let around = box.surrounded(in: size)
      #expect(around.union(box) == around)
      #expect(around.left >= 0 && around.top >= 0 && around.right <= 640 && around.bottom <= 480)
    }
    let around = Box(left: 300, top: 200, width: 60, height: 30).surrounded(in: size)
    #expect(3 * around.width == 4 * around.height)
  }

  @Test("A drawing is known by its first bytes, and no other picture is taken for one")
  func drawings() throws {
    let image = Self.noise(9, 9)
    for name in ["a.png", "a.JPG", "b.jpeg", "c"] {
      let drawing = try #require(ImageEncoder.drawing(image, named: name))
      #expect(ImageEncoder.isDrawing(Array(drawing.prefix(ImageEncoder.drawingHead))), "\(name)")
      let isJPEG = name.lowercased().contains(".jp")
      #expect(try ImageDecoder.header(of: drawing).format == (isJPEG ? .jpeg : .png))
      #expect(try isJPEG || ImageDecoder.decode(drawing) == image)
    }
    #expect(!ImageEncoder.isDrawing(try #require(ImageEncoder.png(image))))
    #expect(!ImageEncoder.isDrawing(try #require(ImageEncoder.jpeg(image, quality: 88))))
    #expect(!ImageEncoder.isDrawing([]))
  }
}
