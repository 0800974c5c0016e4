// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Benchmarks",
  products: [.executable(name: "EngineTimer", targets: ["EngineTimer"])],
  dependencies: [
    .package(name: "streetnum", path: ".."),
    // Without its traits it counts no allocations, but builds everywhere.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .target(name: "CPeak"),
    .executableTarget(
      name: "EngineTimer",
      dependencies: [
        "CPeak",
        .product(name: "CDigitKernels", package: "streetnum"),
        .product(name: "DigitNet", package: "streetnum"),
        .product(name: "DigitNetWeights", package: "streetnum"),
        .product(name: "Pipeline", package: "streetnum"),
      ]),
    .executableTarget(
      name: "Stencil",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "CDigitKernels", package: "streetnum"),
        .product(name: "DigitNet", package: "streetnum"),
        .product(name: "DigitNetWeights", package: "streetnum"),
        .product(name: "Pipeline", package: "streetnum"),
      ],
      path: "Benchmarks/Stencil",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17
)
