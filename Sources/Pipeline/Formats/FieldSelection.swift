/// Which fields are printed, in what order.
package enum FieldSelection: Sendable {
  /// These alone.
  case only([NumberField])
  /// Those of the format, then those of these that are not among them.
  case added([NumberField])

  /// The fields in a format.
  package func fields(in format: OutputFormat) -> [NumberField] { fields(usually: format.fields) }

  /// The fields where these are printed unless others are asked for.
  package func fields(usually usual: [NumberField]) -> [NumberField] {
    switch self {
    case .only(let fields): fields
    case .added(let fields): usual + fields.filter { !usual.contains($0) }
    }
  }
}
