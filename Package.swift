// swift-tools-version: 6.2
import PackageDescription

/// Set by CI: warnings in this package's own targets, but not in dependencies, are errors.
let warningsAreErrors = Context.environment["STREETNUM_STRICT"] == "1"

let strictC: [CSetting] = [.enableWarning("all")] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

/// A layer of the pipeline: a target in a folder of Sources/Pipeline.
func layer(_ name: String, in folder: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: ["DigitNet"] + dependencies, path: "Sources/Pipeline/\(folder)", swiftSettings: strict)
}

/// A library that only the web server needs: without the trait, it is neither fetched nor built.
func web(_ product: String, from package: String) -> Target.Dependency {
  .product(name: product, package: package, condition: .when(traits: ["Server"]))
}

let package = Package(
  name: "streetnum",
  products: [
    .executable(name: "streetnum", targets: ["streetnum"]),
    .library(name: "Pipeline", targets: ["Pipeline"]),
    .library(name: "DigitNet", targets: ["DigitNet"]),
    // The weights have another licence than the code: see Sources/CModel/WEIGHTS-NOTICE.md.
    .library(name: "DigitNetWeights", targets: ["DigitNetWeights"]),
    .library(name: "CDigitKernels", targets: ["CDigitKernels"]),
    .library(name: "DigitNetTraining", targets: ["DigitNetTraining"]),
  ],
  traits: [
    .default(enabledTraits: ["Server"]),
    .trait(name: "Failpoints", description: "Places at which a test can kill the program; see scripts/torture."),
    .trait(name: "Server", description: "The command serve, which needs Hummingbird."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.0.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CArchive", path: "Sources/SystemLibraries/libarchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(
      name: "libpng", path: "Sources/SystemLibraries/libpng", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
      name: "libjpeg", path: "Sources/SystemLibraries/libjpeg", pkgConfig: "libjpeg",
      providers: [.apt(["libjpeg-dev"])]),
    .systemLibrary(
      name: "libz", path: "Sources/SystemLibraries/zlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CFreeType", path: "Sources/SystemLibraries/freetype", pkgConfig: "freetype2",
      providers: [.apt(["libfreetype-dev"])]),
    .systemLibrary(
      name: "CExif", path: "Sources/SystemLibraries/libexif", pkgConfig: "libexif",
      providers: [.apt(["libexif-dev"])]),
    .systemLibrary(
      name: "CExpat", path: "Sources/SystemLibraries/expat", pkgConfig: "expat",
      providers: [.apt(["libexpat1-dev"])]),
    .target(name: "CFont", exclude: ["label.otf", "FONT-LICENSE.txt"], cSettings: strictC),
    .target(name: "CPage", exclude: ["files"], cSettings: strictC),
    .target(name: "CPNG", dependencies: ["libpng"], cSettings: strictC),
    .target(name: "CJPEG", dependencies: ["libjpeg"], cSettings: strictC),
    .target(name: "CDigitKernels", cSettings: strictC),
    .target(name: "CProcess", cSettings: strictC),
    .target(
      name: "CModel", exclude: ["digitnet.safetensors", "WEIGHTS-NOTICE.md"], cSettings: strictC),
    .target(name: "DigitNet", dependencies: ["CDigitKernels"], swiftSettings: strict),
    .target(name: "CTrainingKernels", cSettings: strictC),
    .target(name: "DigitNetTraining", dependencies: ["CTrainingKernels", "DigitNet"], swiftSettings: strict),
    .target(name: "DigitNetWeights", dependencies: ["DigitNet", "CModel"], swiftSettings: strict),
    layer("StreetCore", in: "Core", []),
    layer("StreetArchives", in: "Archives", ["StreetCore", "CArchive", "libz", crypto]),
    layer("StreetImages", in: "Images", ["StreetCore", "libz", "CPNG", "CJPEG"]),
    layer("StreetPositions", in: "Positions", ["StreetCore", "StreetImages", "CExif", "CExpat", crypto]),
    layer("StreetReading", in: "Reading", ["StreetCore"]),
    layer("StreetLedger", in: "Ledger", ["StreetCore", .product(name: "GRDB", package: "GRDB.swift"), crypto]),
    layer("StreetDrawing", in: "Drawing", ["StreetCore", "StreetImages", "CFont", "CFreeType"]),
    layer("StreetFormats", in: "Formats", ["StreetCore"]),
    layer(
      "StreetMaps", in: "Maps", ["StreetCore", "StreetFormats", .product(name: "GRDB", package: "GRDB.swift")]),
    layer("StreetEvaluation", in: "Evaluation", ["StreetCore"]),
    layer(
      "StreetIngest", in: "Ingest",
      ["StreetArchives", "StreetImages", "StreetReading", "StreetLedger", "StreetPositions", crypto]),
    layer(
      "StreetServer", in: "Server",
      [
        "StreetCore", "StreetFormats", "StreetImages", "StreetIngest", "StreetLedger", "CPage", crypto,
        web("Hummingbird", from: "hummingbird"), web("HummingbirdCore", from: "hummingbird"),
        web("HTTPTypes", from: "swift-http-types"),
        web("NIOCore", from: "swift-nio"), web("NIOHTTPTypes", from: "swift-nio-extras"),
        web("NIOPosix", from: "swift-nio"), web("ServiceLifecycle", from: "swift-service-lifecycle"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(
      name: "Pipeline", dependencies: ["StreetDrawing", "StreetEvaluation", "StreetIngest", "StreetMaps"],
      path: "Sources/Pipeline",
      exclude: [
        "Archives", "Core", "Drawing", "Evaluation", "Formats", "Images", "Ingest", "Ledger", "Maps", "Positions",
        "Reading",
        "Server",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "streetnum",
      dependencies: [
        "CProcess", "DigitNetTraining", "DigitNetWeights", "Pipeline", "StreetServer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["DigitNet"], path: "Tests/TestSupport", swiftSettings: strict),
    .executableTarget(
      name: "Mutations",
      dependencies: [
        "Pipeline", "TestSupport", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/Mutations", swiftSettings: strict),
    .executableTarget(
      name: "BrowseTimer",
      dependencies: ["Pipeline", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Tests/BrowseTimer", swiftSettings: strict),
    .executableTarget(
      name: "NetworkTrace",
      dependencies: [
        "DigitNetWeights", "Pipeline", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/NetworkTrace", swiftSettings: strict),
    .testTarget(
      name: "DigitNetTests", dependencies: ["DigitNet", "DigitNetWeights", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "DigitNetTrainingTests", dependencies: ["DigitNetTraining"], swiftSettings: strict),
    .testTarget(
      name: "PipelineTests", dependencies: ["DigitNetWeights", "Pipeline", "TestSupport"],
      exclude: ["Ledger/schema-1.sql", "Ledger/schema-2.sql", "Ledger/schema-3.sql", "Ledger/schema-4.sql"],
      swiftSettings: strict),
    .testTarget(
      name: "PositionTests", dependencies: ["Pipeline", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    .testTarget(
      name: "MapTests", dependencies: ["DigitNetWeights", "Pipeline", "TestSupport"],
      exclude: ["feature-collection.schema.json"], swiftSettings: strict),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Pipeline", "StreetServer", "TestSupport", crypto, .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    // These tests can use only public declarations, like a program in another package.
    .testTarget(
      name: "EmbeddingTests", dependencies: ["DigitNetWeights", "Pipeline"], packageAccess: false,
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["DigitNetTraining", "DigitNetWeights", "streetnum", "TestSupport"],
      exclude: ["help", "method-record.txt"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17
)
