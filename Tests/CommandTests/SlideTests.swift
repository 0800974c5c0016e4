import Pipeline
import TestSupport
import Testing

/// `streetnum learn slide`: the map of a network over a picture.
@Suite("learn slide")
struct SlideTests {
  let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    for (part, count) in [("train", 600), ("t10k", 100)] {
      try workplace.write(HandwrittenFiles.images(count), "\(part)-images-idx3-ubyte")
      try workplace.write(HandwrittenFiles.labels(count), "\(part)-labels-idx1-ubyte")
    }
    try workplace.write(picture(60, 40), "picture.png")
    #expect(try workplace.shell("streetnum learn mnist . --epochs 2 -o net.safetensors").code == 0)
  }

  private func picture(_ width: Int, _ height: Int) -> [UInt8] {
    PNGEncoder(width: width, height: height, samples: (0..<3 * width * height).map { $0 / 3 % width * 4 % 256 }).file
  }

  @Test("The map has three parts and a legend; it replaces an earlier one and nothing else")
  func draws() throws {
    for _ in 0..<2 {
      let result = try workplace.shell("streetnum learn slide net.safetensors picture.png -o map.png")
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.hasPrefix("\(33 * 13) windows in "))
    }
    let map = try ImageFile(path: workplace.path + "/map.png", limits: ImageLimits()).image()
    #expect(map.width == 60 && map.height == 3 * 40 + 3 * 8 + 24)
    let picture = try ImageFile(path: workplace.path + "/picture.png", limits: ImageLimits()).image()
    #expect(map.pixels.starts(with: picture.pixels))
  }

  @Test("Bad input is one line that names the file")
  func badInput() throws {
    try workplace.write(picture(27, 40), "narrow.png")
    try workplace.write(Array("a text".utf8), "text")
    _ = try workplace.shell("head -c 3000 net.safetensors > cut.safetensors")
    let cases: [(arguments: String, code: Int32, says: String)] = [
      ("net.safetensors narrow.png -o map.png", 65, "narrow.png"),
      ("net.safetensors none.png -o map.png", 66, "none.png"), ("net.safetensors text -o map.png", 65, "text"),
      ("none picture.png -o map.png", 66, "none"), ("text picture.png -o map.png", 78, "text"),
      ("cut.safetensors picture.png -o map.png", 78, "cut.safetensors"),
      ("net.safetensors picture.png -o picture.png", 64, "picture.png"),
      ("net.safetensors picture.png -o text", 64, "text"),
      ("net.safetensors picture.png -o narrow.png", 64, "narrow.png"),
    ]
    for (arguments, code, says) in cases {
      let result = try workplace.shell("streetnum learn slide \(arguments)")
      #expect(result.code == code && result.lines.count == 1 && result.errors.contains("\(says): "), "\(result.errors)")
    }
    #expect(!workplace.exists("map.png"))
  }

  @Test("The model that reads house numbers is another kind of file, and is named so")
  func otherModel() throws {
    let model = Workplace.fixtures + "/../Sources/CModel/digitnet.safetensors"
    let result = try workplace.shell("streetnum learn slide \(model) picture.png -o map.png")
    #expect(result.code == 78 && result.errors.contains("reads house numbers"))
  }
}
