/// A ratio of integers, for comparisons without rounding.
///
/// The ratios of this module affect which numbers are read, but are not among the `constants` of ``NumberReader/identity``: a
/// change of one increments ``NumberReader/revision``.
struct Ratio {
  private let numerator, denominator: Int

  /// `denominator` must be positive.
  init(_ numerator: Int, _ denominator: Int) { (self.numerator, self.denominator) = (numerator, denominator) }

  /// Whether `part` is more than this ratio times `whole`.
  func isExceeded(by part: Int, of whole: Int) -> Bool { denominator * part > numerator * whole }
}
