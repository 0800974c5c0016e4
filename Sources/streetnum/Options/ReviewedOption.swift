import ArgumentParser
import Pipeline

/// Whether reviewers' decisions are applied to what is printed.
struct ReviewedOption: ParsableArguments {
  @Flag(
    help: """
      Apply the decisions of reviewers: correct texts, leave out what is no number, add missed numbers; adds the fields origin \
      and reviewers_differ.
      """)
  var reviewed = false

  /// The fields, of a format that prints some usually, with those that say what reviewers decided.
  func fields(_ chosen: FieldsOption, usually usual: [NumberField]) -> [NumberField] {
    let fields = chosen.fields(usually: usual)
    guard reviewed, !chosen.areChosenAlone else { return fields }
    return fields + NumberField.ofReviews.filter { !fields.contains($0) }
  }
}
