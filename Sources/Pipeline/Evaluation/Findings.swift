package import StreetCore

/// What was found in labelled pictures, and which of them there were.
///
/// Takes what an ingest tells while it runs, and then the numbers it has stored.
package struct Findings: Sendable {
  /// The numbers found for each label, in the labels' order; surest first where one picture goes with the label.
  package private(set) var numbers: [[HouseNumber]]
  /// Names of pictures that have no label.
  package private(set) var unlabelled: [String] = []

  private let given: Labels
  private let index: LabelIndex
  private var pixels: [Int?]
  private var readings: [Int]
  private var reasons: [Reason?]

  /// None yet.
  package init(labels: Labels) {
    let files = labels.files
    given = labels
    index = LabelIndex(labels)
    numbers = Array(repeating: [], count: files.count)
    pixels = Array(repeating: nil, count: files.count)
    readings = Array(repeating: 0, count: files.count)
    reasons = Array(repeating: nil, count: files.count)
  }

  /// The labels; a scene whose label gives no size has the picture's, where that was read.
  package var labels: Labels {
    guard case .scenes(var scenes) = given else { return given }
    for position in scenes.indices where scenes[position].pixels == nil { scenes[position].pixels = pixels[position] }
    return .scenes(scenes)
  }

  /// The position of a picture's label: that of its SHA-256, where it is given, else of its whole path, else the only one of its base
  /// name; nil without one.
  package func position(of image: String, sha256: String? = nil) -> Int? { index.position(of: image, sha256: sha256) }

  /// Takes how the member of a name ended.
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

  /// Takes a number; those of pictures without a label are dropped.
  package mutating func take(_ found: FoundNumber) {
    let position = index.position(of: found.image, sha256: found.provenance?.imageSHA256)
    if let position { numbers[position].append(found.number) }
  }

  /// Why a labelled picture could not be read, nil where it was, or was not there.
  package func rejection(at position: Int) -> Reason? { readings[position] == 0 ? reasons[position] : nil }

  /// Positions of labels whose picture was not there.
  package var missing: [Int] { readings.indices.filter { readings[$0] == 0 && reasons[$0] == nil } }

  /// Positions of labels whose picture was rejected.
  package var rejected: [Int] { readings.indices.filter { rejection(at: $0) != nil } }

  /// Positions of labels with which several pictures go.
  package var ambiguous: [Int] { readings.indices.filter { readings[$0] > 1 } }

  /// The numbers of a confidence, in 1/10,000, or more.
  package func numbers(ofAtLeast confidence: Int) -> [[HouseNumber]] {
    numbers.map { numbers in numbers.filter { $0.confidence >= confidence } }
  }
}
