/// Images of handwritten digits to learn from and to be tested with: the four files of MNIST.
public struct HandwrittenDigits: Sendable {
  /// To learn from, in the order of the files, which may be sorted by label.
  public let training: LabelledImages
  /// To be tested with, once, at the end.
  public let test: LabelledImages

  /// The files' names, without what may follow for compression.
  public enum File: String, CaseIterable, Sendable {
    /// Images to learn from.
    case trainingImages = "train-images-idx3-ubyte"
    /// Their labels.
    case trainingLabels = "train-labels-idx1-ubyte"
    /// Images to be tested with.
    case testImages = "t10k-images-idx3-ubyte"
    /// Their labels.
    case testLabels = "t10k-labels-idx1-ubyte"
  }

  /// Digits from the contents of the files, decompressed; throws where one is not what its name says, or they don't go together.
  public init(_ read: (File) throws -> [UInt8]) throws {
    training = try HandwrittenDigits.pair(.trainingImages, .trainingLabels, read)
    test = try HandwrittenDigits.pair(.testImages, .testLabels, read)
    guard training.shape == test.shape else {
      throw TrainingError(
        .data,
        "The images to learn from are \(training.shape), those to be tested with \(test.shape); they have to be alike")
    }
    guard training.count >= test.count else {
      throw TrainingError(
        .data,
        "There are \(training.count) images to learn from and \(test.count) to be tested with: are the files swapped?")
    }
  }

  private static func pair(
    _ imageFile: File, _ labelFile: File, _ read: (File) throws -> [UInt8]
  ) throws -> LabelledImages {
    let (sides, pixels) = try IDXFile.read(read(imageFile), .images, name: imageFile.rawValue)
    let (counts, labels) = try IDXFile.read(read(labelFile), .labels, name: labelFile.rawValue)
    guard sides[0] == counts[0] else {
      throw TrainingError(
        .data,
        "\(imageFile.rawValue) holds \(sides[0]) images and \(labelFile.rawValue) \(counts[0]) labels: are files of two "
          + "sets mixed?")
    }
    if let place = labels.firstIndex(where: { $0 > 9 }) {
      throw TrainingError(
        .data, "\(labelFile.rawValue) labels image \(place - labels.startIndex) as \(labels[place]), which is no digit")
    }
    let shape = Shape(rows: sides[1], columns: sides[2], channels: 1)
    return LabelledImages(shape: shape, pixels: Array(pixels), labels: Array(labels))
  }
}
