import ArgumentParser
import Pipeline

/// The option for applying reviewers' decisions.
struct ReviewedOption: ParsableArguments {
  @Flag(
    help: """
      Apply the decisions of reviewers: correct texts, leave out what is no number, add missed numbers; adds the fields origin \
      and reviewers_differ.
      """)
  var reviewed = false

  /// The chosen fields, or those of `usual`, with the fields of reviewers' decisions.
  func fields(_ chosen: FieldsOption, usually usual: [NumberField]) -> [NumberField] {
    let fields = chosen.fields(usually: usual)
    guard reviewed, !chosen.areChosenAlone else { return fields }
    return fields + NumberField.ofReviews.filter { !fields.contains($0) }
  }
}
