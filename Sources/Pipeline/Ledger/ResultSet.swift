package import StreetCore

/// What one model, with one choice of parameters, read in one source: how far that is.
package struct ResultSet: Sendable, Equatable {
  /// Names the set inside this database; another run may give another id.
  package let id: Int64
  /// Whether all that can be read has been.
  package let isComplete: Bool
  /// Members stored so far.
  package let counts: MemberCounts
  /// Why a complete set is not the whole source; nil where it is.
  package let ending: Reason?
  /// The first ordinal behind all members that have ended.
  package let end: Int
  /// Members that were begun, or are to be read again, and how often a process ended while it read them.
  package let pending: [Int: Int]
  /// Runs that ended without a word while they read the source, since one last came to an end.
  package let deaths: Int

  /// Whether a member is still to be read.
  package func lacks(_ ordinal: Int) -> Bool { ordinal >= end || pending[ordinal] != nil }
}

/// How many members ended in each state.
public struct MemberCounts: Sendable, Equatable {
  /// Decoded and read.
  public var done = 0
  /// Could not be read.
  public var rejected = 0
  /// Not pictures.
  public var ignored = 0

  /// Members in any state.
  public var total: Int { done + rejected + ignored }

  /// None.
  public init() {}

  static func += (sum: inout MemberCounts, more: MemberCounts) {
    sum.done += more.done
    sum.rejected += more.rejected
    sum.ignored += more.ignored
  }

  package mutating func add(_ state: MemberOutcome.State) {
    switch state {
    case .done: done += 1
    case .rejected: rejected += 1
    case .ignored: ignored += 1
    }
  }
}

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
