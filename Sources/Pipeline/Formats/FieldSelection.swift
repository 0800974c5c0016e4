/// The fields to be printed, in order.
package enum FieldSelection: Sendable {
  /// Only the given fields.
  case only([NumberField])
  /// The fields of the format, followed by those of the given fields that are not among them.
  case added([NumberField])

  /// The selected fields in a format.
  package func fields(in format: OutputFormat) -> [NumberField] { fields(usually: format.fields) }

  /// The selected fields, given the default fields.
  package func fields(usually usual: [NumberField]) -> [NumberField] {
    switch self {
    case .only(let fields): fields
    case .added(let fields): usual + fields.filter { !usual.contains($0) }
    }
  }
}
