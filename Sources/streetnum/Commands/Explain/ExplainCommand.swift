import ArgumentParser
import DigitNet
import DigitNetTraining
import Foundation
import Pipeline

/// `streetnum explain`: draws feature maps, the pixels that an answer rests on, and inputs that are synthesised for a
/// digit.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Draw what a network's features respond to, and which pixels a reading depends on.",
    discussion: """
      explain IMAGE --layer NAME           what each feature of a layer responds to in a photograph
      explain --filters                    the filters of the first layer
      explain --strongest --layer NAME INPUT...
                                           the nine patches that excite each feature most, and the pixels responsible
      explain IMAGE --why NUMBER           the pixels that a reading of NUMBER depends on: gradient and occlusion
      explain --dream DIGIT                a picture, made from noise, in which the network sees a digit

      Beside each picture is the same for a network with random weights: what looks alike in both was not learned, and \
      explains nothing.

      --network names one of the model's networks: detector (the default), gate, recogniser (the default of --why) or \
      recogniser_2, copied from 8-bit integers into floats. --weights takes a file that `learn mnist -o` wrote; with \
      --network alexnet or torchvision-alexnet it takes weights as `learn classify` does, and NUMBER is a class. \
      If a layer does not exist, the message lists those that do.

      Exit codes: 0 drawn; 64 there is no such layer or number; 65, 66 a picture is unusable or missing; 78 the weights are \
      unusable.

      Examples:
        streetnum explain photograph.jpg --why 27 -o why.png
        streetnum explain --filters -o filters.png
      """)

  @Argument(
    help: ArgumentHelp("A photograph; with --strongest photographs, folders or archives.", valueName: "input"),
    completion: .file())
  var inputs: [String] = []

  @Option(help: ArgumentHelp("Draw the features of this layer.", valueName: "name"))
  var layer: String?

  @Flag(help: "Draw the filters of the first layer.")
  var filters = false

  @Flag(help: "Draw the patches of the inputs that excite each feature most.")
  var strongest = false

  @Option(help: ArgumentHelp("Draw the pixels that a reading of this number depends on.", valueName: "digits"))
  var why: String?

  @Option(help: ArgumentHelp("Draw a picture in which the network sees this digit.", valueName: "digit"))
  var dream: Int?

  @Option(help: "The network. (default: detector, or recogniser with --why)")
  var network: String?

  @Option(
    help: ArgumentHelp("The weights of a network of floats, a safetensors file.", valueName: "file"),
    completion: .file())
  var weights: String?

  @Option(
    help: ArgumentHelp(
      "With --weights and --dream: a network of another seed, which also reads the drawn picture.",
      valueName: "file"),
    completion: .file())
  var second: String?

  @Option(
    help: ArgumentHelp(
      "Maximum number of features, from the first. (default: 64, or 8 with --strongest)", valueName: "count"))
  var features: Int?

  @Option(help: "Seed of the random weights and of a dream's noise.")
  var seed: UInt64 = 1

  @Option(
    name: [.short, .long], help: ArgumentHelp("Write the drawing to a file, PNG or JPEG.", valueName: "file"),
    completion: .file())
  var output: String

  @OptionGroup(title: "Reading") var networks: NetworkOptions

  func validate() throws {
    let tasks = [layer != nil || strongest, filters, why != nil, dream != nil].count { $0 }
    guard tasks == 1 else { throw ValidationError("Ask for one of --layer, --filters, --strongest, --why and --dream") }
    if strongest, layer == nil { throw ValidationError("--strongest needs --layer") }
    let wanted = strongest ? 1...Int.max : filters || dream != nil ? 0...0 : 1...1
    guard wanted ~= inputs.count else {
      throw ValidationError(
        strongest
          ? "--strongest takes one input or more" : wanted == 0...0 ? "This takes no input" : "Name one photograph")
    }
    if let why, why.isEmpty || why.count > 6 || !why.allSatisfy({ ("0"..."9").contains($0) }) {
      throw ValidationError("--why takes one to six digits")
    }
    if let dream, !(0...9 ~= dream) { throw ValidationError("--dream takes a digit") }
    if let features, !(1...1024 ~= features) { throw ValidationError("--features takes a number from 1 to 1024") }
    if features != nil, layer == nil { throw ValidationError("--features goes with --layer") }
    if networks.model != nil, weights != nil { throw ValidationError("--model and --weights exclude each other") }
    if filters || dream != nil, let option = networks.pictures.changed {
      throw ValidationError("\(option) goes with a photograph")
    }
    if second != nil, weights == nil || dream == nil {
      throw ValidationError("--second goes with --weights and --dream")
    }
  }

  func run() throws {
    try streetnum.run {
      let needed = inputs + [weights, second, networks.model].compactMap(\.self)
      try DrawingFile(path: output).check(against: needed)
      let network = try ExplainedNetwork(
        name: network, weights: weights, default: why == nil ? "detector" : "recogniser", networks)
      if networks.exhaustive, !readsNumbers(network) {
        throw UsageError(
          summary:
            "--exhaustive goes with a photograph for the recogniser, or with a dream of the detector: nothing else reads numbers"
        )
      }
      let (sheet, said) = try explanation(of: network)
      guard let drawing = sheet.drawn() else { throw ShortageError(what: "there is not enough memory to draw") }
      try DrawingFile(path: output).write(drawing)
      let out = StandardOutput()
      try out.say("\(printable(output)): \(said)\n")
      try out.flush()
    }
  }

  /// Whether the model reads house numbers in this run: to find a crop, or to read a synthesised picture.
  private func readsNumbers(_ network: ExplainedNetwork) -> Bool {
    switch network.kind {
    case .recogniser: !inputs.isEmpty
    case .stencil: dream != nil
    case .learned, .alexNet: false
    }
  }

  private func explanation(of network: ExplainedNetwork) throws -> (TileSheet, said: String) {
    if let dream { return try DreamDrawing(network, seed: seed, second: second).drawn(dream) }
    if filters { return try FeatureDrawing(network, seed: seed).filters() }
    if let layer, strongest {
      var drawing = try StrongestDrawing(network, layer: layer, features: features ?? 8, seed: seed)
      try drawing.take(inputs, networks.pictures)
      return drawing.drawn()
    }
    let photograph = try ImageFile(
      path: inputs[0], limits: networks.pictures.limits, memberBytes: networks.pictures.memberBytes
    ).image()
    if let why {
      return try InfluenceDrawing(network, seed: seed).drawn(why, in: photograph, path: inputs[0])
    }
    let view = try network.view(of: photograph, path: inputs[0])
    return try FeatureDrawing(network, seed: seed).maps(of: layer ?? "", in: view, features: features ?? 64)
  }
}
