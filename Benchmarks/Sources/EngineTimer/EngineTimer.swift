import CDigitKernels
import CPeak
import DigitNet
import DigitNetWeights
import Dispatch
import Foundation
import Pipeline

/// Pictures in memory, and the detector with and without its gate.
struct EngineTimer {
  let images: [Image]
  let dense: Detector
  let gated: Detector

  init(paths: [String]) throws {
    images = try paths.map { try ImageFile(path: $0, limits: ImageLimits()).image() }
    let file = ProcessInfo.processInfo.environment["STREETNUM_MODEL"].flatMap {
      FileManager.default.contents(atPath: $0)
    }
    let model = try Model(file: file.map(Array.init) ?? Model.shippedFile)
    var parameters = Detector.Parameters()
    gated = try Detector(model: model, kernels: .chosen(), parameters: parameters)
    parameters.exhaustive = true
    dense = try Detector(model: model, kernels: .chosen(), parameters: parameters)
  }

  /// Operations of the detector's network over all levels of all pictures.
  private var operations: Int {
    images.reduce(0) { total, image in
      Pyramid(image, enlarged: false).reduce(total) {
        $0 + dense.engine.operations(width: $1.image.width, height: $1.image.height)
      }
    }
  }

  func detect(_ detector: Detector, threads: Int) {
    var digits = 0
    let seconds = measured {
      for image in images { digits += detector.digits(in: image, threads: threads).count }
    }
    let pixels = images.reduce(0) { $0 + $1.width * $1.height }
    report(["seconds": seconds, "pixels": Double(pixels), "operations": Double(operations), "digits": Double(digits)])
  }

  func peak(threads: Int) {
    let rounds: Int64 = 40_000_000
    let seconds = measured { onAll(threads) { _ in _ = peak_run(rounds) } }
    report(["seconds": seconds, "operations": Double(peak_operations(rounds)) * Double(threads)])
  }

  /// One 3x3 layer of 64 channels.
  func layer(threads: Int) {
    let rounds = 300
    let kernels = digit_kernels_best().pointee
    let seconds = measured { onAll(threads) { _ in OneLayer(kernels: kernels).run(rounds: rounds) } }
    report(["seconds": seconds, "operations": Double(OneLayer.operations * rounds * threads)])
  }

  private func onAll(_ threads: Int, _ body: @Sendable (Int) -> Void) {
    DispatchQueue.concurrentPerform(iterations: threads, execute: body)
  }

  private func measured(_ body: () -> Void) -> Double {
    let start = ContinuousClock.now
    body()
    return start.duration(to: .now) / .seconds(1)
  }

  private func report(_ values: [String: Double]) {
    let fields = values.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1)" }
    FileHandle.standardOutput.write(Data("{\(fields.joined(separator: ", "))}\n".utf8))
  }
}
