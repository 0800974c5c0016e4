import ArgumentParser
import DigitNetTraining
import Foundation
import Pipeline

/// `streetnum learn mnist`: trains a network on handwritten digits.
struct LearnMNISTCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mnist",
    abstract: "Train a network of Nielsen's book on handwritten digits (MNIST).",
    discussion: """
      DIR holds MNIST's four files, plain or compressed. Of the 60,000 training images, shuffled, 10,000 are held out to \
      measure the accuracy after each epoch. The 10,000 test images are read once, after the last epoch.

        784-15-10    15 hidden units, sigmoid, quadratic cost, 30 epochs: seconds
        784-30-10    the same with 30
        784-100-10   100 hidden units, cross-entropy, L2, 60 epochs
        convnet      two convolutions, shifted copies, dropout, 10 epochs: minutes

      The same seed gives the same network on any machine and with any --threads. Ctrl-C keeps the network of the last \
      complete epoch.

      Exit codes: 0 trained; 65, 66 a file of DIR is unusable or missing; 78 the training diverged; 130 stopped.

      Example:
        streetnum learn mnist mnist --network 784-30-10 -o network.safetensors --pictures lesson
      """)

  @Argument(help: ArgumentHelp("The folder with MNIST's files.", valueName: "dir"), completion: .directory)
  var folder: String

  @Option(help: "The network.")
  var network = Recipe.hidden15

  @Option(help: ArgumentHelp("Number of epochs. (default: 30, 30, 60, 10)", valueName: "count"))
  var epochs: Int?

  @Option(help: "Seed of the order of the images and of the initial weights.")
  var seed: UInt64 = 1

  @Option(help: "Learning rate of the first epoch. (default: the network's own)")
  var rate: Float?

  @Flag(help: "Train on all images; hold none out.")
  var all = false

  @Option(help: ArgumentHelp("Number of threads. (default: the number of cores)", valueName: "count"))
  var threads: Int?

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the network.", valueName: "file"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("Write the learning curve and the misread test digits into a folder.", valueName: "folder"),
    completion: .directory)
  var pictures: String?

  func validate() throws {
    if let epochs, !(1...10_000 ~= epochs) { throw ValidationError("--epochs takes a number from 1 to 10000") }
    if let rate, !(rate > 0 && rate.isFinite) { throw ValidationError("--rate takes a number above 0") }
    if let threads, !(1...1024 ~= threads) { throw ValidationError("--threads takes a number from 1 to 1024") }
  }

  func run() throws {
    try streetnum.run {
      let interruption = try Interruption()
      let inputs = HandwrittenDigits.File.allCases.compactMap { MNISTFolder(path: folder).path(of: $0) }
      let file = output.map { OutputFile(path: $0, kind: .network) }
      try file?.check()
      try file?.check(against: inputs)
      let drawings = try pictures.map { try OutputFolder(path: $0, files: LessonPictures.files, inputs: inputs) }
      let digits = try MNISTFolder(path: folder).digits()
      var course = try HandwritingCourse(
        network, digits.training, seed: seed, epochs: epochs ?? network.epochs, rate: rate, learnsFromAll: all,
        threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
      let report = LessonReport(output: StandardOutput())
      try report.begin(course, network, seed: seed)
      let isWhole = try learn(&course, report) { interruption.stop.isRaised }
      if !course.progress.isEmpty { try file?.write(course.network.file(metadata: metadata(of: course))) }
      guard isWhole else {
        try report.stop(after: course.progress.count, keptIn: output)
        throw interruption.exitCode ?? .success
      }
      let answers = course.answers(for: digits.test)
      try drawings.map {
        try LessonPictures(course, digits.test, answers, name: network.rawValue, seed: seed).write(to: $0)
      }
      try report.end(answers, lost: course.lostDigits)
    }
  }

  /// Runs all epochs; returns false where a signal stopped it.
  private func learn(
    _ course: inout HandwritingCourse, _ report: LessonReport, shouldStop: () -> Bool
  ) throws -> Bool {
    while course.progress.count < epochs ?? network.epochs {
      let begun = ContinuousClock.now
      guard let progress = try course.runEpoch(shouldStop: shouldStop) else { return false }
      try report.line(progress, took: ContinuousClock.now - begun)
    }
    return true
  }

  private func metadata(of course: HandwritingCourse) -> [String: String] {
    [
      "name": network.rawValue, "seed": "\(seed)", "epochs": "\(course.progress.count)",
      "images": "\(course.images.count)", "tool_version": Version.current,
    ]
  }
}
