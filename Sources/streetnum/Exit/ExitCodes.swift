import ArgumentParser

/// The exit codes of the program, on which scripts rely. ArgumentParser uses 64 for invalid usage.
extension ExitCode {
  /// The command finished, but rejected something, or one of several inputs was unusable.
  static let rejected = ExitCode(3)
  /// The only input is unusable.
  static let unusable = ExitCode(65)
  /// The only input, or the database to be read, does not exist.
  static let missing = ExitCode(66)
  /// An error of the program itself.
  static let internalError = ExitCode(70)
  /// The system provides no more threads, descriptors or memory.
  static let shortage = ExitCode(71)
  /// An output can't be created.
  static let cannotCreate = ExitCode(73)
  /// Reading or writing failed, or the disk is full.
  static let inputOutput = ExitCode(74)
  /// Another run holds the database.
  static let busy = ExitCode(75)
  /// The user lacks a permission.
  static let permission = ExitCode(77)
  /// The configuration names something that does not exist: a kernel, a model, a schema.
  static let configuration = ExitCode(78)

  /// Whether a signal ended the program.
  var isSignal: Bool { rawValue > 128 }

  /// The gravest of several codes, in the order of the contract; success where there are none.
  static func gravest(of failures: [ExitCode]) -> ExitCode {
    let order: [ExitCode] = [
      .internalError, .shortage, .inputOutput, .cannotCreate, .permission, .configuration, .busy,
    ]
    return order.first(where: failures.contains) ?? (failures.isEmpty ? .success : .rejected)
  }
}
