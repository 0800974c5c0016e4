/// How a result comes about: what a result set is kept under, beside its source.
public struct ReadingMethod: Sendable, Hashable {
  /// SHA-256 of the model file, lower-case hexadecimal.
  package var modelID: String
  /// The model's name, for people.
  package var modelName: String
  /// The model file's metadata, JSON.
  package var modelMetadata: String
  /// All that changes results, as JSON with sorted keys: the same text is the same parameters.
  package var parameters: String
  /// That part of the parameters which changes what is read in a picture, as JSON with sorted keys.
  package var reading: String
  /// The version of the program, for people.
  package var toolVersion: String

  /// A method from its parts; without `reading` all parameters change what is read in a picture.
  package init(
    modelID: String, modelName: String, modelMetadata: String, parameters: String, reading: String? = nil,
    toolVersion: String
  ) {
    self.modelID = modelID
    self.modelName = modelName
    self.modelMetadata = modelMetadata
    self.parameters = parameters
    self.reading = reading ?? parameters
    self.toolVersion = toolVersion
  }
}
