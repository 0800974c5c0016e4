package import DigitNet

/// Detects a dash between two digits, which then belong to two numbers: "7-9" is 7 and 9.
///
/// The middle of a wide gap between digits is cut out of their crops, and a dash with it, so no network sees it. A dash
/// is a bar at half the digits' height that is free on both sides and differs in brightness from the rows above and
/// below it.
package struct Dash {
  /// A gap between neighbouring digits of a chain that the chain's crops leave out.
  package struct Place: Sendable {
    /// The crop around the gap, as high as the neighbouring digits.
    package let crop: Crop
    /// The columns of the gap in the crop, and the number of columns that equals a digit's height.
    let columns: Range<Int>
    let columnsOfHeight: Double
  }

  /// The rows of a crop that contain the digits, the rows that may contain the dash, and rows above and below the dash.
  private static let rows = (digits: 9..<39, middle: 17..<31, above: 9..<14, below: 34..<39)
  /// The minimum contrast of a dash with its surroundings, in percent of the digits' contrast.
  private static let leastContrast = 35
  /// The brightest and darkest pixels that the contrast leaves out, in percent each.
  private static let outliers = 8
  /// The minimum width of a dash, in digit heights.
  private static let leastWidth = 0.12

  /// Whether the crop of a gap shows a dash; `digits` is a crop of the neighbouring digits.
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

  /// 1 if the middle rows of a column contain something brighter than the rows around, -1 if darker, else 0.
  private static func sign(of column: Int, in image: Image, least: Int) -> Int {
    func mean(_ rows: Range<Int>) -> Int { 100 * sum(image, column, rows) / rows.count }
    let middle = rows.middle.dropLast().map { mean($0..<$0 + 2) }
    let around = [mean(rows.above), mean(rows.below)]
    guard let brightest = middle.max(), let darkest = middle.min(), let high = around.max(), let low = around.min()
    else { return 0 }
    return brightest - high >= least ? 1 : low - darkest >= least ? -1 : 0
  }

  /// The contrast of digits and background in a crop: the difference of bright and dark pixels, summed over the
  /// channels.
  private static func contrast(of image: Image) -> Int {
    let values = (0..<image.width).flatMap { x in rows.digits.map { sum(image, x, $0..<$0 + 1) } }.sorted()
    let skipped = values.count * outliers / 100
    return values.isEmpty ? 0 : values[values.count - 1 - skipped] - values[skipped]
  }

  /// The sum over some rows of a column and over the channels.
  private static func sum(_ image: Image, _ column: Int, _ rows: Range<Int>) -> Int {
    rows.reduce(0) { sum, row in
      let first = Image.channels * (row * image.width + column)
      return image.pixels[first..<first + Image.channels].reduce(sum) { $0 + Int($1) }
    }
  }
}

extension Chain {
  /// The gaps between the digits of a line that the chain's crops leave out.
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
  /// The constants of this file that affect which numbers are read, by name; see ``NumberReader/identity``.
  static let constants: [String: [Double]] = [
    "rows": [rows.digits, rows.middle, rows.above, rows.below]
      .flatMap { [Double($0.lowerBound), Double($0.upperBound)] },
    "least_contrast": [Double(leastContrast)], "least_width": [leastWidth],
  ]
}
