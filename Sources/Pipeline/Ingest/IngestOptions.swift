import Foundation
public import StreetArchives
import StreetCore
public import StreetImages

/// The resources and limits of an ingest. The limits affect which members are rejected; no option affects the numbers
/// that are read.
public struct IngestOptions: Sendable {
  /// The number of pictures processed at once.
  public var jobs = ProcessInfo.processInfo.activeProcessorCount
  /// The memory limit for pictures being processed, in bytes. One picture above the limit is admitted alone.
  public var memory = IngestOptions.defaultMemory
  /// The limits on sources.
  public var sources = SourceLimits()
  /// The limits on pictures.
  public var images = ImageLimits()
  /// The time limit for decoding a member, in seconds; the next run tries again.
  public var memberTimeout = 300.0
  /// The time in seconds to wait for another run that holds a source and shows no heartbeat.
  public var wait = 60.0
  /// Whether to hash files again even if their path, size and modification time are known.
  public var rehash = false
  /// Whether to store crops of numbers with sufficient confidence.
  public var crops = true
  /// How to read positions from pictures' bytes and from sidecars.
  public var positions = PositionOptions()

  /// Whether a source without members, or without pictures among its members, counts as successful.
  public var allowEmpty = false

  /// The defaults.
  public init() {}

  /// The settings that affect which members are read as pictures, by name: limits, rules and supported formats. They
  /// are part of a result set's identity.
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
