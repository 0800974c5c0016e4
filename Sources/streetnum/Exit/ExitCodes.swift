import ArgumentParser

/// What the program's exit says; scripts rely on these. 64, wrong usage, is ArgumentParser's own.
extension ExitCode {
  /// Finished, but something was rejected, or one of several inputs was unusable.
  static let rejected = ExitCode(3)
  /// The only input is unusable.
  static let unusable = ExitCode(65)
  /// The only input, or the database to be read, does not exist.
  static let missing = ExitCode(66)
  /// An error of the program itself.
  static let internalError = ExitCode(70)
  /// The system gives no more threads, descriptors or memory.
  static let shortage = ExitCode(71)
  /// What should be written can't be created.
  static let cannotCreate = ExitCode(73)
  /// Reading or writing failed, or the disk is full.
  static let inputOutput = ExitCode(74)
  /// Another run holds the database.
  static let busy = ExitCode(75)
  /// The user has no right to it.
  static let permission = ExitCode(77)
  /// The configuration asks for what there isn't: a kernel, a model, a schema.
  static let configuration = ExitCode(78)

  /// Whether a signal ended it.
  var isSignal: Bool { rawValue > 128 }

  /// What is said where several things failed: the gravest, in the order of the contract; success where nothing did.
  static func gravest(of failures: [ExitCode]) -> ExitCode {
    let order: [ExitCode] = [
      .internalError, .shortage, .inputOutput, .cannotCreate, .permission, .configuration, .busy,
    ]
    return order.first(where: failures.contains) ?? (failures.isEmpty ? .success : .rejected)
  }
}
