/// How a result comes about: what a result set is kept under, beside its source.
public struct ReadingMethod: Sendable, Hashable {
  /// SHA-256 of the model file, lower-case hexadecimal.
  package var modelID: String
  /// The model's name, for people.
  package var modelName: String
  /// The model file's metadata, JSON.
  package var modelMetadata: String
  /// All that changes results beside the model, as JSON with sorted keys: the same text is the same parameters.
  package var parameters: String
  /// That part of the parameters which decides the numbers of a decoded picture, in the same form.
  package var reading: String
  /// That part of the parameters which decides which members are pictures, in the same form; nil where it is not known apart.
  package var selection: String?
  /// The versions of the libraries that unpack and decode, a JSON object: where results come from, and no part of what they are.
  package var libraries: String
  /// The version of the program, for people.
  package var toolVersion: String

  /// A method from its parts; without `reading` all parameters change what is read in a picture.
  package init(
    modelID: String, modelName: String, modelMetadata: String, parameters: String, reading: String? = nil,
    selection: String? = nil, libraries: String = "{}", toolVersion: String
  ) {
    self.modelID = modelID
    self.modelName = modelName
    self.modelMetadata = modelMetadata
    self.parameters = parameters
    self.reading = reading ?? parameters
    self.selection = selection
    self.libraries = libraries
    self.toolVersion = toolVersion
  }

  /// A method from what decides numbers and what decides which members are pictures, by name.
  package init(
    modelID: String, modelName: String, modelMetadata: String, reading: [String: [Double]],
    selection: [String: [Double]], libraries: String, toolVersion: String
  ) {
    self.init(
      modelID: modelID, modelName: modelName, modelMetadata: modelMetadata,
      parameters: Self.text(reading.merging(selection) { $1 }), reading: Self.text(reading),
      selection: Self.text(selection), libraries: libraries, toolVersion: toolVersion)
  }
}
