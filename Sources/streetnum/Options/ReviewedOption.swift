import ArgumentParser
import Pipeline

/// Whether reviewers' decisions are applied to what is printed.
struct ReviewedOption: ParsableArguments {
  @Flag(
    help: """
      Apply what reviewers decided: corrected texts, without what is no number, with what was missed; adds the fields origin and \
      reviewers_differ.
      """)
  var reviewed = false

  /// The fields of a format, with those that say what reviewers decided.
  func fields(_ chosen: FieldsOption, in format: OutputFormat) -> [NumberField] {
    let fields = chosen.fields(in: format)
    guard reviewed, !chosen.areChosenAlone else { return fields }
    return fields + NumberField.ofReviews.filter { !fields.contains($0) }
  }
}
