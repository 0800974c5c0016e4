import Benchmark
import CDigitKernels
import DigitNet
import DigitNetWeights
import Foundation
import Pipeline

/// Kernels, engine and pictures, on noise, which holds about as many digits as a wall, and the whole job on an archive: for
/// regressions, not for comparisons with others (scripts/bench does those).
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .peakMemoryResident, .throughput], warmupIterations: 1, maxDuration: .seconds(5))

  for name in Kernels.names {
    guard let kernels = Kernels.named(name) else { continue }
    Benchmark("halving 8 megapixels, \(name)") { benchmark in
      let image = noise(width: 4096, height: 2048)
      benchmark.startMeasurement()
      blackHole(image.halved(kernels: kernels))
    }
    Benchmark("detector over every spot of half a megapixel, \(name)") { benchmark in
      try detect(noise(width: 1024, height: 512), kernels: kernels, exhaustive: true, threads: 1, benchmark)
    }
  }
  for threads in [1, 2] {
    for exhaustive in [true, false] {
      Benchmark("8 megapixels, \(exhaustive ? "every spot" : "gated"), \(threads) threads") { benchmark in
        try detect(
          noise(width: 4096, height: 2048), kernels: .best, exhaustive: exhaustive, threads: threads, benchmark)
      }
    }
  }
  Benchmark("recognisers on 24 crops of 96 pixels") { benchmark in
    guard let recogniser = try Recogniser(model: Model(file: Model.shippedFile), kernels: .best) else { return }
    let crop = Crop(around: [0, 20, 40].map { Box(left: 60 + $0, top: 40, width: 18, height: 30) })
    let image = noise(width: 200, height: 120)
    benchmark.startMeasurement()
    blackHole(recogniser.transcripts(of: Array(repeating: crop, count: 24)) { $0.pixels(of: image) })
  }
  Benchmark("ingest of fixtures/street.tar into a new database") { benchmark in
    let loaded = try LoadedModel(file: Model.shippedFile)
    let reader = try NumberReader(model: loaded.model, kernels: .best)
    let options = IngestOptions()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    benchmark.startMeasurement()
    let store = try Store.open(path: folder.path + "/street.sqlite", mode: .write, busyTimeout: 1)
    let ingest = Ingest(store: store, reader: reader, method: loaded.method(reader, options), options: options)
    blackHole(try ingest.run(path: street))
    try store.close()
    benchmark.stopMeasurement()
  }
  Benchmark("numbers of a photograph of 2 megapixels") { benchmark in
    let reader = try NumberReader(model: Model(file: Model.shippedFile), kernels: .best)
    let image = noise(width: 1600, height: 1250)
    benchmark.startMeasurement()
    blackHole(reader.numbers(in: image))
  }
}

private let street = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("../../../fixtures/street.tar").standardizedFileURL.path

private func detect(
  _ image: Image, kernels: Kernels, exhaustive: Bool, threads: Int, _ benchmark: Benchmark
) throws {
  var parameters = Detector.Parameters()
  parameters.enlargedBelow = 0
  parameters.exhaustive = exhaustive
  let detector = try Detector(model: Model(file: Model.shippedFile), kernels: kernels, parameters: parameters)
  benchmark.startMeasurement()
  blackHole(detector.digits(in: image, threads: threads))
}

/// Grey noise with the grain of a wall.
private func noise(width: Int, height: Int) -> Image {
  var state: UInt32 = 1
  let pixels = (0..<(width * height)).flatMap { _ -> [UInt8] in
    state = state &* 1_664_525 &+ 1_013_904_223
    let value = UInt8(100 + (state >> 26))
    return [value, value, value]
  }
  return Image(width: width, height: height, pixels: pixels)
}
