/// Training and test images of handwritten digits: the four files of MNIST.
public struct HandwrittenDigits: Sendable {
  /// The training images, in the order of the files, which may be sorted by label.
  public let training: LabelledImages
  /// The test images, for one measurement at the end.
  public let test: LabelledImages

  /// The names of the files, without a suffix for compression.
  public enum File: String, CaseIterable, Sendable {
    /// The training images.
    case trainingImages = "train-images-idx3-ubyte"
    /// The labels of the training images.
    case trainingLabels = "train-labels-idx1-ubyte"
    /// The test images.
    case testImages = "t10k-images-idx3-ubyte"
    /// The labels of the test images.
    case testLabels = "t10k-labels-idx1-ubyte"
  }

  /// Reads the decompressed files. Throws if a file has the wrong content, or if the files don't belong together.
  public init(_ read: (File) throws -> [UInt8]) throws {
    training = try HandwrittenDigits.pair(.trainingImages, .trainingLabels, read)
    test = try HandwrittenDigits.pair(.testImages, .testLabels, read)
    guard training.shape == test.shape else {
      throw TrainingError(
        .data,
        "The training images are \(training.shape) and the test images \(test.shape); they must have the same size")
    }
    guard training.count >= test.count else {
      throw TrainingError(
        .data,
        "There are \(training.count) training images and \(test.count) test images: are the files swapped?")
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
        .data,
        "\(labelFile.rawValue) labels image \(place - labels.startIndex) as \(labels[place]), which is not a digit")
    }
    let shape = Shape(rows: sides[1], columns: sides[2], channels: 1)
    return LabelledImages(shape: shape, pixels: Array(pixels), labels: Array(labels))
  }
}
