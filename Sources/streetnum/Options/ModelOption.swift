import ArgumentParser

/// The option for the model whose results are used.
struct ModelOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use results of this model, not each archive's newest: the model's id, or at least its first 8 digits.",
      valueName: "id"))
  var model: String?

  func validate() throws {
    guard let model else { return }
    guard (8...64).contains(model.utf8.count), model.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
      throw ValidationError("--model takes 8 to 64 hexadecimal digits of a model's id, its file's SHA-256")
    }
  }
}
