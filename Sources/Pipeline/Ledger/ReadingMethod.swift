/// The method by which results are produced. A result set is identified by its source and its method.
public struct ReadingMethod: Sendable, Hashable {
  /// The SHA-256 of the model file, in lower-case hexadecimal.
  package var modelID: String
  /// The model's name, for display.
  package var modelName: String
  /// The metadata of the model file as JSON.
  package var modelMetadata: String
  /// Everything besides the model that affects results, as JSON with sorted keys, so that equal parameters give equal
  /// texts.
  package var parameters: String
  /// The parameters that affect the numbers of a decoded picture, in the same form.
  package var reading: String
  /// The parameters that affect which members are read as pictures, in the same form; nil if they are not known
  /// separately.
  package var selection: String?
  /// The versions of the libraries for decompression and decoding, as a JSON object; informative, and not part of the
  /// identity.
  package var libraries: String
  /// The version of the program, for display.
  package var toolVersion: String

  /// A method from its parts; without `reading`, all parameters count as affecting numbers.
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

  /// A method from the named parameters that affect numbers, and those that affect which members are pictures.
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
