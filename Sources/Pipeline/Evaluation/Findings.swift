package import StreetCore

/// The numbers found in labelled pictures, and the state of each picture.
///
/// It receives the outcomes of an ingest while it runs, and then the stored numbers.
package struct Findings: Sendable {
  /// The numbers found for each label, in the order of the labels; sorted by descending confidence if exactly one
  /// picture matches the label.
  package private(set) var numbers: [[HouseNumber]]
  /// The names of pictures without a label.
  package private(set) var unlabelled: [String] = []

  private let given: Labels
  private let index: LabelIndex
  private var pixels: [Int?]
  private var readings: [Int]
  private var reasons: [Reason?]

  /// Starts without findings.
  package init(labels: Labels) {
    let files = labels.files
    given = labels
    index = LabelIndex(labels)
    numbers = Array(repeating: [], count: files.count)
    pixels = Array(repeating: nil, count: files.count)
    readings = Array(repeating: 0, count: files.count)
    reasons = Array(repeating: nil, count: files.count)
  }

  /// The labels; a scene without a labelled size gets the picture's, if it was read.
  package var labels: Labels {
    guard case .scenes(var scenes) = given else { return given }
    for position in scenes.indices where scenes[position].pixels == nil { scenes[position].pixels = pixels[position] }
    return .scenes(scenes)
  }

  /// The index of a picture's label: the one with its SHA-256, if given, or with its whole path, or else the only one
  /// with its base name; nil without one.
  package func position(of image: String, sha256: String? = nil) -> Int? { index.position(of: image, sha256: sha256) }

  /// Records the final state of a member.
  package mutating func take(_ name: String, sha256: String? = nil, _ state: MemberOutcome.State) {
    switch (state, index.position(of: name, sha256: sha256)) {
    case (.ignored, _): break
    case (_, nil): unlabelled.append(name)
    case (.rejected(let reason), let position?): reasons[position] = reason
    case (.done(let width, let height, _), let position?):
      readings[position] += 1
      pixels[position] = width * height
    }
  }

  /// Records a number; numbers in pictures without a label are ignored.
  package mutating func take(_ found: FoundNumber) {
    let position = index.position(of: found.image, sha256: found.provenance?.imageSHA256)
    if let position { numbers[position].append(found.number) }
  }

  /// Why a labelled picture was rejected; nil if it was read or is missing.
  package func rejection(at position: Int) -> Reason? { readings[position] == 0 ? reasons[position] : nil }

  /// The indices of labels whose picture is missing.
  package var missing: [Int] { readings.indices.filter { readings[$0] == 0 && reasons[$0] == nil } }

  /// The indices of labels whose picture was rejected.
  package var rejected: [Int] { readings.indices.filter { rejection(at: $0) != nil } }

  /// The indices of labels that match several pictures.
  package var ambiguous: [Int] { readings.indices.filter { readings[$0] > 1 } }

  /// The numbers with at least the given confidence, in 1/10,000.
  package func numbers(ofAtLeast confidence: Int) -> [[HouseNumber]] {
    numbers.map { numbers in numbers.filter { $0.confidence >= confidence } }
  }
}
