package import DigitNet

/// A dash between two digits, which then belong to two numbers: "7-9" is 7 and 9.
///
/// A wide gap between digits is cut out of their crops, and a dash with it, so that no network sees it. What is looked for is
/// a bar at half the digits' height that stands free on both sides and differs from what is above and below it.
package struct Dash {
  /// A gap between neighbours of a chain that its crops don't show.
  package struct Place: Sendable {
    /// The crop around the gap, as high as the digits beside it.
    package let crop: Crop
    /// The gap's own columns in it, and how many a digit's height would take.
    let columns: Range<Int>
    let columnsOfHeight: Double
  }

  /// Rows of a crop, in which the digits stand from 9 to 39: those that may hold the dash, those above, and those below it.
  private static let rows = (digits: 9..<39, middle: 17..<31, above: 9..<14, below: 34..<39)
  /// By which part of the digits' contrast a dash differs from its surroundings, in percent.
  private static let leastContrast = 35
  /// How wide a dash is at least, in digit heights.
  private static let leastWidth = 0.12

  /// Whether there is a dash in the crop around a gap; `digits` is a crop of the digits beside it.
  package static func isSeen(in gap: Image, at place: Place, beside digits: Image) -> Bool {
    let least = leastContrast * contrast(of: digits)  // in hundredths
    let signs = place.columns.map { sign(of: $0, in: gap, least: least) }
    guard var run = signs.first.map({ (sign: $0, start: 0) }) else { return false }
    for (i, sign) in signs.enumerated() where sign != run.sign {
      let isFree = run.start > 0 && run.sign != 0
      if isFree, Double(i - run.start) >= leastWidth * place.columnsOfHeight { return true }
      run = (sign, i)
    }
    return false
  }

  /// 1 where a column has something bright in its middle rows, -1 where it has something dark, else 0.
  private static func sign(of column: Int, in image: Image, least: Int) -> Int {
    func mean(_ rows: Range<Int>) -> Int { 100 * sum(image, column, rows) / rows.count }
    let middle = rows.middle.dropLast().map { mean($0..<$0 + 2) }
    let around = [mean(rows.above), mean(rows.below)]
    guard let brightest = middle.max(), let darkest = middle.min(), let high = around.max(), let low = around.min()
    else { return 0 }
    return brightest - high >= least ? 1 : low - darkest >= least ? -1 : 0
  }

  /// The difference of a crop's bright and dark pixels, as a sum over the channels: of its digits and their ground.
  private static func contrast(of image: Image) -> Int {
    let values = (0..<image.width).flatMap { x in rows.digits.map { sum(image, x, $0..<$0 + 1) } }.sorted()
    let skipped = values.count * 8 / 100
    return values.isEmpty ? 0 : values[values.count - 1 - skipped] - values[skipped]
  }

  /// The sum of a column's pixels in some rows, over the channels.
  private static func sum(_ image: Image, _ column: Int, _ rows: Range<Int>) -> Int {
    rows.reduce(0) { sum, row in
      let first = Image.channels * (row * image.width + column)
      return image.pixels[first..<first + Image.channels].reduce(sum) { $0 + Int($1) }
    }
  }
}

extension Chain {
  /// The gaps between digits in a line that its crops leave out.
  package var hiddenGaps: [Dash.Place] {
    guard !isUpright else { return [] }
    return zip(digits, digits.dropFirst()).compactMap { a, b in
      let gap = b.box.left - a.box.right
      guard Double(gap) > Crop.widestGap * height else { return nil }
      let height = (a.box.height + b.box.height) / 2
      let middle = (a.box.middle.y + b.box.middle.y) / 2
      let box = Box(left: a.box.right, top: (middle - height) / 2, width: gap, height: height)
      let crop = Crop(around: [box])
      let columns = crop.columns(from: Double(box.left), to: Double(box.right))
      return Dash.Place(
        crop: crop, columns: columns, columnsOfHeight: Double(columns.count * height) / Double(gap))
    }
  }
}

extension Dash {
  /// What of the above decides numbers, by name; see ``NumberReader/identity``.
  static let constants: [String: [Double]] = [
    "rows": [rows.digits, rows.middle, rows.above, rows.below]
      .flatMap { [Double($0.lowerBound), Double($0.upperBound)] },
    "least_contrast": [Double(leastContrast)], "least_width": [leastWidth],
  ]
}
