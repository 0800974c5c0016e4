import ArgumentParser
import DigitNet
import DigitNetTraining
import Foundation
import Pipeline

/// `streetnum learn slide`: slides a trained network over a large picture.
struct LearnSlideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slide",
    abstract: "Slide a network that `learn mnist` trained over a large picture, and draw its outputs.",
    discussion: """
      The dense layers become convolutions with the same weights everywhere: the outputs are those of the network for each \
      window of 28x28 pixels on its own, bit for bit. Digits should be about 20 pixels high. MNIST's digits are bright on \
      dark; a picture that is bright on average is inverted first.

      The map has three parts: the picture, the largest output at each window's centre (black 0, white 1), and the digit of \
      that output, by colour. Only an earlier drawing is overwritten.

      Example:
        streetnum learn slide network.safetensors page.png -o map.png
      """)

  @Argument(help: ArgumentHelp("A network file.", valueName: "model"), completion: .file())
  var model: String

  @Argument(help: ArgumentHelp("A PNG or JPEG file.", valueName: "image"), completion: .file())
  var image: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The map to write, a PNG.", valueName: "file"), completion: .file())
  var output: String

  /// The largest picture in pixels; its map takes 60 bytes or more per pixel.
  private static let maximumPixels = 4 << 20

  func run() throws {
    try streetnum.run {
      let file = DrawingFile(path: output)
      try file.check(against: [model, image])
      let network = try NetworkFile(path: model).network()
      guard network.input.channels == 1, network.output.channels == 10 else {
        throw NetworkFileError(
          path: model,
          error: TrainingError(
            .network,
            "The network takes \(network.input) and has \(network.output.channels) outputs; one that reads digits takes grey images and has 10"
          ))
      }
      let picture = try ImageFile(path: image, limits: ImageLimits(), memberBytes: SourceLimits().memberBytes).image()
      guard picture.size.pixels <= Self.maximumPixels else {
        throw UsageError(
          summary: "\(image): Has \(picture.size.pixels) pixels, and the map is drawn up to \(Self.maximumPixels)")
      }
      let threads = ProcessInfo.processInfo.activeProcessorCount
      let begun = ContinuousClock.now
      let answers = try Self.answers(network, picture, path: image, threads: threads)
      let map = StencilMap(picture, answers, window: network.input)
      try file.write(map.image)
      let took = ContinuousClock.now - begun
      let seconds = Double(took.components.seconds) + 1e-18 * Double(took.components.attoseconds)
      let output = StandardOutput()
      try output.say(
        "\(answers.shape.cells) windows in \(String(format: "%.2f", seconds)) s, "
          + "\(Figure.percent(map.share(above: 0.5), decimals: 1)) of them with an output above 0.5\n")
      try output.flush()
    }
  }

  private static func answers(
    _ network: TrainableNetwork, _ picture: Image, path: String, threads: Int
  ) throws -> Tensor {
    let stencil = try Stencil(network)
    guard picture.height >= stencil.window.rows, picture.width >= stencil.window.columns else {
      throw NetworkFileError(
        path: path,
        error: TrainingError(
          .data, "Has \(picture.width)x\(picture.height) pixels, fewer than the network's window; take a larger picture"
        ))
    }
    return try stencil.slide(over: Tensor(inkOf: picture), threads: threads)
  }
}
