import Benchmark
import CDigitKernels
import DigitNet
import Foundation
import Pipeline

/// Kernels, engine and whole pictures, on noise, which holds about as many digits as a wall: for regressions, not for comparisons
/// with others (scripts/bench does those).
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
  Benchmark("recognisers on a crop of 96 pixels") { benchmark in
    guard let recogniser = try Recogniser(model: Model(file: Model.shippedFile), kernels: .best) else { return }
    let crop = Crop(around: [0, 20, 40].map { Box(left: 60 + $0, top: 40, width: 18, height: 30) })
    let image = noise(width: 200, height: 120)
    benchmark.startMeasurement()
    for _ in 0..<20 { blackHole(recogniser.transcripts(of: crop, in: image)) }
  }
  Benchmark("numbers of a photograph of 2 megapixels") { benchmark in
    let reader = try Reader(model: Model(file: Model.shippedFile), kernels: .best)
    let image = noise(width: 1600, height: 1250)
    benchmark.startMeasurement()
    blackHole(reader.numbers(in: image))
  }
}

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
