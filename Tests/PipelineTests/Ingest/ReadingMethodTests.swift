import DigitNet
import DigitNetWeights
import Pipeline
import TestSupport
import Testing

@Suite("What a reading method is known by")
struct ReadingMethodTests {
  private func method(
    limit: (inout IngestOptions) -> Void = { _ in }, look: (inout Detector.Parameters) -> Void = { _ in },
    assembly: Assembly.Parameters = Assembly.Parameters(), model: Model = .sevens
  ) throws -> ReadingMethod {
    var (options, parameters) = (IngestOptions(), Detector.Parameters())
    limit(&options)
    look(&parameters)
    let reader = try NumberReader(
      model: model, kernels: .best, detector: parameters, assembly: Assembly(parameters: assembly))
    return try LoadedModel(file: Model.shippedFile).method(reader, options)
  }

  @Test("Limits change which members are pictures, and no number")
  func limits() throws {
    let usual = try method()
    let changes: [(inout IngestOptions) -> Void] = [
      { $0.images = ImageLimits(megapixels: 7) }, { $0.images = ImageLimits(progressiveScans: 7) },
      { $0.sources.members = 7 }, { $0.sources.memberBytes = 7 }, { $0.sources.ratio = 7 },
    ]
    for change in changes {
      let other = try method(limit: change)
      #expect(other.digest == usual.digest && other.selectionDigest != usual.selectionDigest)
      #expect(other.parameters != usual.parameters)
    }
  }

  @Test("What a caller chooses of how pictures are read changes numbers, and not which members are pictures")
  func parameters() throws {
    let usual = try method()
    let changes: [(inout Detector.Parameters) -> Void] = [
      { $0.exhaustive = true }, { $0.leastScore = 7 }, { $0.overlap = 7 }, { $0.enlargedBelow = 7 },
    ]
    var others = try changes.map { try method(look: $0) }
    for scores in [[7, 3_000], [5_000]] {
      var assembly = Assembly.Parameters()
      assembly.leastScores = scores
      others.append(try method(assembly: assembly))
    }
    #expect(Set(others.map(\.digest) + [usual.digest]).count == others.count + 1)
    #expect(Set(others.map(\.selectionDigest)) == [usual.selectionDigest])
  }

  @Test("How a machine is used, and what decodes, is no part of it")
  func irrelevant() throws {
    let usual = try method()
    var other = try method(limit: { options in (options.jobs, options.memory, options.memberTimeout) = (7, 7, 7) })
    (other.libraries, other.toolVersion, other.modelName, other.modelMetadata) = ("{}", "9", "x", "{}")
    #expect((other.digest, other.selectionDigest) == (usual.digest, usual.selectionDigest))
  }

  @Test("The libraries that unpack and decode are named with their versions")
  func libraries() throws {
    let found = try method().libraries
    let form = /\{"libarchive":"\d+\.\d+\.\d+","libjpeg":"(turbo )?[\d.]+","libpng":"1\.[\d.]+","zlib":"1\.[\w.-]+"\}/
    #expect(try form.wholeMatch(in: found) != nil, "\(found)")
  }
}
