import ArgumentParser
import Pipeline

/// The option for the keys or columns that are printed.
struct FieldsOption: ParsableArguments {
  // ArgumentParser prints this help below the error message of an invalid list, and so the list of names.
  @Option(
    help: ArgumentHelp(
      "Print only these keys or columns, in this order; with + in front of the list, print them after the default ones. "
        + "The names are \(NumberField.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "name,name,..."),
    transform: FieldsOption.selection)
  var fields: FieldSelection?

  /// The chosen fields, or those of `usual` where none are chosen.
  func fields(usually usual: [NumberField]) -> [NumberField] { fields?.fields(usually: usual) ?? usual }

  /// Whether the fields of the format are not among them, unless they are named.
  var areChosenAlone: Bool {
    if case .only = fields { true } else { false }
  }

  private static func selection(_ argument: String) throws -> FieldSelection {
    let isAddition = argument.hasPrefix("+")
    var fields: [NumberField] = []
    for name in argument.dropFirst(isAddition ? 1 : 0).split(separator: ",", omittingEmptySubsequences: false) {
      guard let field = NumberField(rawValue: String(name)) else {
        throw ValidationError("there is no field \"\(name)\"")
      }
      guard !fields.contains(field) else { throw ValidationError("it names \(name) twice") }
      fields.append(field)
    }
    return isAddition ? .added(fields) : .only(fields)
  }
}
