import DigitNet

extension TrainableNetwork {
  /// A network's predictions for labelled images.
  public struct Answers: Sendable, Hashable {
    /// The predicted label of each image: the channel with the largest output.
    public let labels: [UInt8]
    /// The largest output of each image.
    public let outputs: [Float]
    /// The number of correct predictions.
    public let right: Int

    /// The share of correct predictions, 0...1.
    public var accuracy: Double { Double(right) / Double(max(labels.count, 1)) }

    /// The labels below `count` that are never predicted.
    public func missing(of count: Int) -> [Int] { (0..<count).filter { !labels.contains(UInt8($0)) } }
  }

  /// The predictions for all images; the same for any number of threads.
  public func answers(for images: LabelledImages, threads: Int) -> Answers {
    let part = 100
    let results = parallel((images.count + part - 1) / part, threads: threads) { index in
      let range = index * part..<min((index + 1) * part, images.count)
      return output(of: images.batch(Array(range)[...]))
    }
    var (labels, outputs, right): ([UInt8], [Float], Int) = ([], [], 0)
    for output in results {
      for image in 0..<output.images {
        let cell = output.cell(image: image, row: 0, column: 0)
        let best = cell.indices.reduce(cell.startIndex) { cell[$1] > cell[$0] ? $1 : $0 }
        if images.labels[labels.count] == UInt8(best - cell.startIndex) { right += 1 }
        labels.append(UInt8(best - cell.startIndex))
        outputs.append(cell[best])
      }
    }
    return Answers(labels: labels, outputs: outputs, right: right)
  }
}
