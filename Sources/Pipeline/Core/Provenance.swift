/// The model and version that read a number, the picture's hash, and the time.
public struct Provenance: Sendable, Hashable {
  /// The SHA-256 of the model file.
  public var model: String
  /// The generation of the result set within its source; the set that was started last has the largest.
  public var generation: Int
  /// The version of streetnum that started the result set.
  public var toolVersion: String
  /// The SHA-256 of the picture's bytes; nil if not all of them were read.
  public var imageSHA256: String?
  /// When the result set was completed, in UTC, ISO 8601 with milliseconds; nil if it is incomplete.
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
