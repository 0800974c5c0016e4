import DigitNet
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Pictures of a source")
struct SourceImagesTests {
  @Test("Those whose names are wanted come decoded, in order; what can't be decoded is passed over")
  func pictures() throws {
    func picture(_ grey: Int) -> [UInt8] {
      PNGEncoder(width: 4, height: 2, samples: Array(repeating: grey, count: 24)).file
    }
    let folder = try TemporaryFolder()
    let tar = TarFile([
      ("1.png", picture(1)), ("2.png", picture(2)), ("README.txt", [65]), ("3.png", Array(picture(3).prefix(40))),
      ("4.png", picture(4)),
    ])
    try Data(tar.bytes).write(to: URL(fileURLWithPath: folder.path + "/a.tar"))
    var seen: [String] = []
    try Source(path: folder.path + "/a.tar").forEachImage(named: { $0 != "2.png" }) { name, image in
      seen.append("\(name) \(image.width)x\(image.height) \(image.pixels[0])")
    }
    #expect(seen == ["1.png 4x2 1", "4.png 4x2 4"])
    try Data(picture(4)).write(to: URL(fileURLWithPath: folder.path + "/4.png"))
    let wanted = try Source(path: folder.path + "/4.png").sha256()
    var names: [String] = []
    try Source(path: folder.path + "/a.tar").forEachImage(where: { $1 == wanted }) { name, sha256, image in
      names.append("\(name) \(sha256 == wanted) \(image.pixels[0])")
    }
    #expect(names == ["4.png true 4"])
  }

  @Test("What the receiver throws ends it")
  func stopped() throws {
    struct Enough: Error {}
    let folder = try TemporaryFolder()
    let file = PNGEncoder(width: 1, height: 1, samples: [1, 2, 3]).file
    for name in ["1.png", "2.png"] { try Data(file).write(to: URL(fileURLWithPath: folder.path + "/" + name)) }
    var count = 0
    #expect(throws: Enough.self) {
      try Source(path: folder.path).forEachImage(named: { _ in true }) { _, _ in
        count += 1
        throw Enough()
      }
    }
    #expect(count == 1)
  }
}
