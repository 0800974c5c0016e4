import DigitNet
import DigitNetTraining
import DigitNetWeights
import Foundation
import Pipeline
import TestSupport
import Testing

/// `streetnum explain`, `learn classify`, `learn describe` and `learn limits`.
@Suite("Explaining networks")
struct ExplainTests {
  private let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    #expect(try workplace.shell("tar xf $FIXTURES/street.tar 0003.jpg 0004.png").code == 0)
  }

  private func picture(_ name: String) throws -> Image {
    try ImageFile(path: workplace.path + "/" + name, limits: ImageLimits()).image()
  }

  @Test("Each explanation of the shipped networks is drawn, the learned beside the random")
  func draws() throws {
    let commands = [
      ("0003.jpg --layer trunk --features 4", "4 of 64 features"),
      ("0003.jpg --network gate --layer block", "48 of 48"),
      ("0003.jpg --network recogniser_2 --layer near1", "64 of 96"), ("--filters", "32 filters"),
      ("--strongest --layer context0 --features 2 0004.png", "the strongest patches of 1 picture\n"),
      ("0004.png --why 19", "why 19: probability "), ("0004.png --network detector --why 9", "why 9: score "),
    ]
    for (arguments, says) in commands {
      let result = try workplace.shell("streetnum explain \(arguments) -o out.png")
      #expect(result.code == 0 && result.output.contains(says), "\(arguments): \(result.output)\(result.errors)")
      let values = result.output.matches(of: /(?:probability|score) ([01]\.\d+)/).compactMap { Double($0.1) }
      #expect(values.isEmpty || (values.count == 2 && values[0] > max(0.5, values[1])), "\(result.output)")
      #expect(try picture("out.png").width > 300)
    }
  }

  @Test("A dream of the detector raises its score, and the recogniser is asked what it reads")
  func dreams() throws {
    let result = try workplace.shell("streetnum explain --dream 7 -o dream.png")
    #expect(
      result.code == 0 && result.output.contains("dreams of 7: it sees 7 with a score of 0.9"), "\(result.output)")
    #expect(result.output.contains("the recogniser, which had no part in it, reads 7"))
  }

  @Test("What is not there is one line that says what there is, and exit 64")
  func unknown() throws {
    let cases = [
      ("0003.jpg --layer nothing", "the layers are stem1, stem2, trunk"),
      ("0003.jpg --network net --layer a", "there are gate, detector"),
      ("0003.jpg --why 77", "No number 77 is read in it, but 853"),
      ("0003.jpg --network gate --why 1", "reads no numbers"),
      ("0003.jpg --network alexnet --layer relu1", "--weights"), ("--network gate --dream 1", "--dream takes"),
      ("--network recogniser --dream 1", "detector's dream"),
    ]
    for (arguments, says) in cases {
      let result = try workplace.shell("streetnum explain \(arguments) -o out.png")
      #expect(
        result.code == 64 && result.lines.count == 1 && result.errors.contains(says), "\(arguments): \(result.errors)")
    }
    for wrong in [
      "", "0003.jpg", "--filters 0003.jpg", "--layer trunk", "--strongest 0003.jpg", "0003.jpg --why x", "--dream 12",
    ] {
      #expect(try workplace.shell("streetnum explain \(wrong) -o out.png").code == 64, "\(wrong)")
    }
    #expect(try workplace.shell("streetnum explain none.jpg --layer trunk -o out.png").code == 66)
    #expect(try workplace.shell("streetnum explain 0003.jpg --layer trunk -o 0003.jpg").code == 64)
    #expect(!workplace.exists("out.png"))
  }

  @Test("Networks that learned are explained, and a second one says what it reads in a dream")
  func learned() throws {
    for (part, count) in [("train", 600), ("t10k", 100)] {
      try workplace.write(HandwrittenFiles.images(count), "\(part)-images-idx3-ubyte")
      try workplace.write(HandwrittenFiles.labels(count), "\(part)-labels-idx1-ubyte")
    }
    let learning = try workplace.shell(
      "for seed in 1 2; do streetnum learn mnist . --epochs 2 --seed $seed -o $seed.safetensors || exit; done")
    #expect(learning.code == 0, "\(learning.errors)")
    for (arguments, says) in [
      ("--filters", "15 filters"), ("0004.png --layer sigmoid1", "15 of 15 features"),
      ("0004.png --why 3", "why 3: sum"),
      ("--dream 7 --second 2.safetensors", "a second network says"),
    ] {
      let result = try workplace.shell("streetnum explain --weights 1.safetensors \(arguments) -o out.png")
      #expect(result.code == 0 && result.output.contains(says), "\(arguments): \(result.output)\(result.errors)")
    }
    let shipped = Workplace.fixtures + "/../Sources/CModel/digitnet.safetensors"
    #expect(try workplace.shell("streetnum explain --filters --weights \(shipped) -o out.png").code == 78)
  }

  @Test("A copy of a shipped network in floats says nearly what the 8-bit network says")
  func copies() throws {
    let model = try Model(file: Model.shippedFile)
    let image = try picture("0004.png").cropped(to: Box(left: 96, top: 144, width: 192, height: 144))
    let networks = [model.detector, model.gate?.network].compactMap(\.self)
    for network in networks {
      let graph = try FeatureGraph(copying: network, input: image.size)
      let copied = graph.output(of: graph.nodes.count - 1, for: Tensor(bitsOf: image)).values
      let exact = try Engine(network: network, kernels: .best).output(for: image).values
      #expect(copied.count == exact.count)
      // A logit is counted in 1/256; the roundings of a dozen layers add up to a fraction of one.
      let differences = zip(copied, exact).map { abs($0 - Float($1)) }
      #expect(differences.reduce(0, +) / Float(differences.count) < 64)
    }
    // Each layer, of the same inputs: half a step.
    let part = image.cropped(to: Box(left: 64, top: 48, width: 40, height: 24))
    var values = [FeatureMap(part)]
    for layer in model.detector.layers {
      values.append(Reference.output(of: layer, for: layer.inputs.map { values[$0] }))
    }
    let first = Network(layers: [model.detector.layers[0]])
    let graph = try FeatureGraph(copying: first, input: part.size)
    for (value, integer) in zip(graph.output(of: 1, for: Tensor(bitsOf: part)).values, values[1].values) {
      #expect(abs(value - Float(integer)) <= 0.5001)
    }
  }

  @Test("describe counts both AlexNets and says what runs the shipped layers")
  func describes() throws {
    let original = try workplace.shell("streetnum learn describe alexnet").output
    #expect(
      original.contains("60,965,224    659,272") && original.contains("convolution1") && original.contains("floats"))
    #expect(try workplace.shell("streetnum learn describe torchvision-alexnet").output.contains("61,100,840"))
    #expect(try workplace.shell("streetnum learn describe 784-15-10").output.contains("11,935"))
    let detector = try workplace.shell("streetnum learn describe detector").output
    #expect(detector.contains("engine") && !detector.contains("reference only"))
    #expect(try workplace.shell("streetnum learn describe nothing").code == 64)
  }

  @Test("classify refuses weights of another network, and names of another count, in one line")
  func classifies() throws {
    let other = #"{"features.0.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    let header = Array(other.utf8)
    try workplace.write([UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header + [0, 0, 0, 0], "tv.safetensors")
    try workplace.write(Array("cat\ndog\n".utf8), "names")
    let cases: [(arguments: String, code: Int32, says: String)] = [
      ("0003.jpg --network alexnet --weights tv.safetensors", 78, "name torchvision-alexnet"),
      ("0003.jpg --weights tv.safetensors", 78, "F32 and shape [64, 3, 11, 11]"),
      ("0003.jpg --weights none", 66, "none"),
      ("0003.jpg --weights tv.safetensors --classes names", 65, "2 lines"),
      ("none.jpg --weights tv.safetensors", 66, "none.jpg"),
    ]
    for (arguments, code, says) in cases {
      let result = try workplace.shell("streetnum learn classify \(arguments)")
      #expect(
        result.code == code && result.lines.count == 1 && result.errors.contains(says), "\(arguments): \(result.errors)"
      )
    }
  }

  @Test("limits measures turned, scaled, moved and lit digits; the pyramid sees what one scale does not")
  func limits() throws {
    try workplace.write(
      Array(#"{"file": "0004.png", "numbers": [{"text": "19", "box": [162, 192, 80, 52]}]}"#.utf8), "labels.jsonl")
    let result = try workplace.shell("streetnum learn limits 0004.png --labels labels.jsonl")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(result.code == 0 && lines.first == "change,amount,seen,digits", "\(result.errors)")
    #expect(lines.contains("rotation,0.0,1.0000,2") && lines.contains("rotation,90.0,0.0000,2"))
    #expect(lines.contains("scale,3.0,0.0000,2") && lines.contains("pyramid,3.0,1.0000,2"))
    let named = try workplace.shell(
      """
      sum=$(sha256sum < 0004.png | cut -c 1-64)
      sed 's/0004.png"/elsewhere.png", "sha256": "'$sum'"/' labels.jsonl > digest.jsonl
      streetnum learn limits 0004.png --labels digest.jsonl
      sed 's/"sha256": "./"sha256": "/; s/elsewhere/0004/; s/", "numbers/0", "numbers/' digest.jsonl > other.jsonl
      streetnum learn limits 0004.png --labels other.jsonl
      """)
    #expect(named.output == result.output && named.code == 65, "\(named.errors)")
    try workplace.write(Array(#"{"file": "x.png", "number": "1"}"#.utf8), "labels.jsonl")
    #expect(try workplace.shell("streetnum learn limits 0004.png --labels labels.jsonl").code == 65)
  }
}
