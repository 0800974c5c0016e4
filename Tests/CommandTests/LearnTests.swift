import DigitNetTraining
import Foundation
import Testing

/// `streetnum learn mnist` on small files of MNIST's form, sorted by label as some copies are.
@Suite("learn mnist")
struct LearnTests {
  let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    try workplace.write(HandwrittenFiles.images(600), "train-images-idx3-ubyte")
    try workplace.write(HandwrittenFiles.labels(600), "train-labels-idx1-ubyte")
    try workplace.write(HandwrittenFiles.images(100), "t10k-images-idx3-ubyte")
    try workplace.write(HandwrittenFiles.labels(100), "t10k-labels-idx1-ubyte")
  }

  private func learn(_ options: String = "") throws -> Workplace.Outcome {
    try workplace.shell("streetnum learn mnist . \(options)")
  }

  @Test("It learns; a line an epoch, and the test accuracy last")
  func learns() throws {
    let result = try learn("--epochs 12")
    #expect(result.code == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.count { $0.hasPrefix("epoch ") } == 12)
    #expect(lines[0].hasPrefix("784-15-10: 11935 parameters"))
    #expect(lines[1] == "500 training images, 100 validation images; seed 1")
    let last = try #require(lines.last?.wholeMatch(of: /test accuracy ([0-9.]+) %/))
    #expect(try #require(Double(last.1)) > 90)
    #expect(!result.output.contains("stuck"))
  }

  @Test("A digit that it never answers is named, in front of the accuracy")
  func stuck() throws {
    // No image is labelled 7, so that its output learns to be 0.
    try workplace.write(HandwrittenFiles.labels(600).map { $0 == 7 ? 1 : $0 }, "train-labels-idx1-ubyte")
    let result = try learn("--epochs 12")
    #expect(result.code == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n").filter { !$0.hasPrefix("epoch ") }.dropFirst(2)
    #expect(lines.first == "output 7 is stuck: the network never predicts 7; try another --seed")
    #expect(lines.count == 2 && lines.last?.hasPrefix("test accuracy ") == true, "\(result.output)")
  }

  @Test("The same seed gives the same file on any count of threads", arguments: ["784-15-10", "convnet"])
  func repeats(_ network: String) throws {
    for (threads, name) in [(1, "one"), (3, "three")] {
      let result = try learn("--network \(network) --epochs 1 --seed 9 --threads \(threads) -o \(name).safetensors")
      #expect(result.code == 0, "\(result.errors)")
    }
    #expect(try workplace.shell("cmp one.safetensors three.safetensors").code == 0)
    let file = Array(try Data(contentsOf: URL(fileURLWithPath: workplace.path + "/one.safetensors")))
    #expect(try TrainableNetwork(file: file).input == Shape(rows: 28, columns: 28, channels: 1))
  }

  @Test("Compressed files, and names with a dot, are read as well")
  func compressed() throws {
    _ = try workplace.shell("gzip train-* && mv t10k-images-idx3-ubyte t10k-images.idx3-ubyte")
    #expect(try learn("--epochs 1").code == 0)
  }

  @Test("Pictures are drawn: the curve, and what was read wrongly")
  func pictures() throws {
    let result = try learn("--epochs 2 --pictures drawn")
    #expect(result.code == 0, "\(result.errors)")
    let files = ["curve", "mistakes"].map { workplace.path + "/drawn/\($0).svg" }
    for file in files {
      let svg = try String(contentsOfFile: file, encoding: .utf8)
      #expect(svg.contains("784-15-10, seed 1") && svg.hasSuffix("</svg>\n"))
    }
  }

  static let bad: [(script: String, code: Int32, says: String)] = [
    ("rm t10k-labels-idx1-ubyte", 66, "t10k-labels-idx1-ubyte"),
    ("head -c 5000 train-images-idx3-ubyte > x && mv x train-images-idx3-ubyte", 65, "download it again"),
    ("head -c 6 train-images-idx3-ubyte > x && mv x train-images-idx3-ubyte", 65, "truncated in its header"),
    (": > train-labels-idx1-ubyte", 65, "train-labels-idx1-ubyte"),
    ("printf x >> train-labels-idx1-ubyte", 65, "608 bytes, but has 609"),
    (
      "mv train-images-idx3-ubyte x; mv train-labels-idx1-ubyte train-images-idx3-ubyte; mv x train-labels-idx1-ubyte",
      65, "swapped"
    ),
    ("cp t10k-labels-idx1-ubyte train-labels-idx1-ubyte", 65, "two sets mixed"),
    (
      "for f in train t10k; do mv $f-images-idx3-ubyte x-$f; mv $f-labels-idx1-ubyte y-$f; done; "
        + "mv x-train t10k-images-idx3-ubyte; mv y-train t10k-labels-idx1-ubyte; "
        + "mv x-t10k train-images-idx3-ubyte; mv y-t10k train-labels-idx1-ubyte", 65, "swapped"
    ),
    ("printf '\\x50\\x4b\\x03\\x04' | dd of=train-images-idx3-ubyte conv=notrunc status=none", 65, "0x0803"),
    ("printf '\\x0a' | dd of=train-labels-idx1-ubyte bs=1 seek=30 conv=notrunc status=none", 65, "not a digit"),
    (
      "gzip -c t10k-images-idx3-ubyte | head -c 900 > t10k-images-idx3-ubyte.gz; rm t10k-images-idx3-ubyte", 65,
      "truncated"
    ),
  ]

  @Test("A bad file is one line that names it", arguments: bad.indices)
  func badFiles(_ place: Int) throws {
    let bad = LearnTests.bad[place]
    #expect(try workplace.shell(bad.script).code == 0)
    let result = try learn("--epochs 1 -o net.safetensors")
    #expect(result.code == bad.code, "\(result.errors)")
    #expect(result.lines.count == 1 && result.errors.contains(bad.says), "\(result.errors)")
    #expect(!workplace.exists("net.safetensors"))
  }

  @Test("A folder that isn't there, and wrong options")
  func usage() throws {
    #expect(try workplace.shell("streetnum learn mnist none").code == 66)
    for options in ["--epochs 0", "--network 784-16-10", "--rate -1", "--rate nan", "--threads 0", "--seed -1"] {
      #expect(try learn(options).code == 64, "\(options)")
    }
  }

  @Test("A rate that is too high stops with the step and the way out")
  func diverges() throws {
    let result = try learn("--network convnet --rate 1e9 -o net.safetensors")
    #expect(result.code == 78)
    #expect(result.lines.count == 1 && result.errors.contains("in step ") && result.errors.contains("--rate"))
    #expect(!workplace.exists("net.safetensors"))
  }

  @Test("What is not a network is not replaced, nor is a file that is read")
  func outputs() throws {
    try workplace.write(Array("a text".utf8), "notes.txt")
    #expect(try learn("--epochs 1 -o notes.txt").code == 64)
    #expect(try learn("--epochs 1 -o t10k-labels-idx1-ubyte").code == 64)
    #expect(try learn("--epochs 1 -o none/net.safetensors").code == 73)
    #expect(try workplace.shell("cat notes.txt").output == "a text")
  }

  @Test("Ctrl-C keeps the last whole epoch")
  func interrupted() throws {
    let result = try workplace.shell(
      """
      streetnum learn mnist . --epochs 10000 -o net.safetensors > out & pid=$!
      for i in $(seq 500); do grep -q "^epoch  2" out && break; sleep 0.02; done
      kill -INT $pid; wait $pid
      """)
    #expect(result.code == 130, "\(result.errors)")
    let last = try workplace.shell("tail -n 1 out").output
    let epochs = try #require(last.firstMatch(of: /epoch ([0-9]+) is in net.safetensors/)).1
    #expect(try workplace.shell("grep -a -o '\"epochs\":\"\(epochs)\"' net.safetensors").code == 0)
    #expect(try workplace.shell("grep -c '^epoch' out").output == "\(epochs)\n")
  }
}
