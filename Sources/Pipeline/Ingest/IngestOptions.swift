import Foundation
public import StreetArchives
import StreetCore
public import StreetImages

/// How an ingest uses the machine, and how much it takes from its sources. The limits change what is rejected; nothing changes a number
/// that is read.
public struct IngestOptions: Sendable {
  /// Pictures that are computed at once.
  public var jobs = ProcessInfo.processInfo.activeProcessorCount
  /// Bytes of pictures that may be in flight; one picture over it is let in alone.
  public var memory = IngestOptions.defaultMemory
  /// Limits on sources.
  public var sources = SourceLimits()
  /// Limits on pictures.
  public var images = ImageLimits()
  /// Seconds after which a member's decoding is given up until the next run.
  public var memberTimeout = 300.0
  /// Seconds for which another run that holds a source may show no sign of life.
  public var wait = 60.0
  /// Whether a file whose path, size and time are known is hashed all the same.
  public var rehash = false
  /// Whether a small picture of each number that is sure enough is kept. Changes no number.
  public var crops = true
  /// What reads where and when a picture was taken in its bytes, and in files beside its source. Changes no number.
  public var positions = PositionOptions()

  /// Whether a source without a member, or without a picture among its members, is one that was read well.
  public var allowEmpty = false

  /// The defaults.
  public init() {}

  /// What decides which members are pictures, by name: the limits, the rules, and the formats that are read. A part of a result
  /// set's identity.
  package var selection: [String: [Double]] {
    let limits = [
      "member_rules": MemberRules.revision, "max_megapixels": images.megapixels,
      "max_member_bytes": sources.memberBytes, "max_members": sources.members, "max_ratio": sources.ratio,
      "max_scans": images.progressiveScans,
    ]
    let formats = (Source.formats + ImageFormat.allCases.map(\.rawValue)).map { ("reads.\($0)", 1) }
    return limits.merging(formats) { $1 }.mapValues { [Double($0)] }
  }

  /// A quarter of the machine's memory, at most 4 GiB.
  package static var defaultMemory: Int {
    Int(min(ProcessInfo.processInfo.physicalMemory / 4, 4 << 30))
  }
}
