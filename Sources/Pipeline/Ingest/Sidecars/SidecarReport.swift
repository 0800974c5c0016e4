package import StreetCore
public import StreetPositions

/// The report on the sidecars of a source.
public struct SidecarReport: Sendable, Hashable {
  /// The number of sidecars read.
  public var files = 0
  /// The number of these whose content was not stored for the source before.
  public var newFiles = 0
  /// The number of photographs that they state something about.
  public var pictures = 0
  /// The number of entries that match no photograph.
  public var unknown = 0
  /// The photograph that the first of these entries names.
  public var firstUnknown: String?
  /// The number of photographs without a time, or without a time zone, which no track can place.
  public var timeless = 0
  /// The number of photographs that have a position now, whatever states it; 0 if nothing was read.
  public var placed = 0
  /// The errors; the rest of each file is used.
  public var faults: [SidecarFault] = []

  /// The maximum number of errors listed.
  public static let maximumNamed = 20

  /// An empty report.
  public init() {}

  /// Adds the report on other sidecars.
  package static func += (sum: inout SidecarReport, more: SidecarReport) {
    sum.files += more.files
    sum.newFiles += more.newFiles
    sum.pictures += more.pictures
    sum.unknown += more.unknown
    sum.firstUnknown = sum.firstUnknown ?? more.firstUnknown
    sum.timeless += more.timeless
    sum.placed += more.placed
    sum.faults += more.faults
  }

  /// The errors to be listed, and a line on how many others there are; nil if there is no other.
  public var named: (faults: ArraySlice<SidecarFault>, rest: String?) {
    let rest = faults.count - SidecarReport.maximumNamed
    return (
      faults.prefix(SidecarReport.maximumNamed), rest > 0 ? "and \(counted(rest, "more such fault"))" : nil
    )
  }

  /// The first error as a reason; nil if there is none.
  package var reason: Reason? {
    faults.first.map { fault in
      let place = "\(fault.path): \(fault.line.map { "line \($0): " } ?? "")"
      return Reason(
        id: fault.code.rawValue,
        message: place + fault.message
          + (faults.count > 1 ? "; and \(counted(faults.count - 1, "more such fault"))" : ""))
    }
  }
}
