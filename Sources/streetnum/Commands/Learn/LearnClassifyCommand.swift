import ArgumentParser
import DigitNetTraining
import Foundation
import Pipeline

/// `streetnum learn classify`: classifies a photograph with AlexNet.
struct LearnClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Classify a photograph with AlexNet and weights of your own.",
    discussion: """
      Prints the five most likely of a thousand classes. No weights come with streetnum. --weights takes a safetensors file in \
      PyTorch's layout:

        alexnet              AlexNet of 2012: layers conv1 to conv5 and fc6 to fc8
        torchvision-alexnet  torchvision's: features.0 and so on, as it is downloaded

      The photograph is scaled so that its shorter side is 256 pixels long, and its centre is cropped, as in torchvision.
      `streetnum learn describe` counts the parameters and neurons of both.

      Exit codes: 0 classified; 65, 66 the photograph or the names are unusable or missing; 78 the weights are of another \
      network.

      Example:
        streetnum learn classify photograph.jpg --weights alexnet.safetensors --classes imagenet.txt
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file.", valueName: "image"), completion: .file())
  var image: String

  @Option(help: "The network.")
  var network = AlexNet.torchvision

  @Option(help: ArgumentHelp("Its weights, a safetensors file.", valueName: "file"), completion: .file())
  var weights: String

  @Option(
    help: ArgumentHelp("File with the names of the classes, one per line. (default: their numbers)", valueName: "file"),
    completion: .file())
  var classes: String?

  @Option(
    help: ArgumentHelp(
      "Write all outputs before the softmax, one per line, to compare them with another program's.",
      valueName: "file"),
    completion: .file())
  var outputs: String?

  /// The count of classes that are printed.
  private static let shown = 5

  func run() throws {
    try streetnum.run {
      let file = outputs.map { OutputFile(path: $0, kind: .outputs) }
      try file?.check()
      try file?.check(against: [image, weights, classes].compactMap(\.self))
      let names = try classes.map { try ClassNames(path: $0, count: AlexNet.classes) }
      let picture = try ImageFile(path: image, limits: ImageLimits(), memberBytes: SourceLimits().memberBytes).image()
      let trained = try NetworkFile(path: weights).network(network)
      let input = network.numbers(of: network.view(of: picture))
      let begun = ContinuousClock.now
      let values = trained.values(for: input, .inference)
      let took = ContinuousClock.now - begun
      try file?.write(values[values.count - 2].values.map { "\($0)\n" }.joined())
      let output = StandardOutput()
      try output.say(answers(values[values.count - 1].values, names))
      let seconds = Double(took.components.seconds) + 1e-18 * Double(took.components.attoseconds)
      let megabytes = Double(values.reduce(input.values.count) { $0 + $1.values.count }) * 4e-6
      try output.say(String(format: "%.3f s, %.1f MB of activations\n", seconds, megabytes))
      try output.flush()
    }
  }

  private func answers(_ shares: [Float], _ names: ClassNames?) -> String {
    let order = shares.indices.sorted { (shares[$0], $1) > (shares[$1], $0) }
    return order.prefix(Self.shown).map { place in
      String(format: "%6.2f %%  ", 100 * shares[place]) + (names?[place] ?? "class \(place)") + "\n"
    }.joined()
  }
}
