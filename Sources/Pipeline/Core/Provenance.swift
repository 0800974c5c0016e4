/// What a number was read by, from which bytes, and when.
public struct Provenance: Sendable, Hashable {
  /// SHA-256 of the model file.
  public var model: String
  /// Place among the result sets of the source: the set that was begun last has the largest.
  public var generation: Int
  /// The version of streetnum that began the result set.
  public var toolVersion: String
  /// SHA-256 of the image's bytes; nil where they were not all read.
  public var imageSHA256: String?
  /// When the result set was completed, UTC, ISO 8601 with milliseconds; nil where it is not complete.
  public var readAt: String?

  /// A provenance from its parts.
  package init(model: String, generation: Int, toolVersion: String, imageSHA256: String?, readAt: String?) {
    self.model = model
    self.generation = generation
    self.toolVersion = toolVersion
    self.imageSHA256 = imageSHA256
    self.readAt = readAt
  }
}
