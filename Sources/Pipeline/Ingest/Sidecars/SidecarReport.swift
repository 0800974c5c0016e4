package import StreetCore
public import StreetPositions

/// What came of files that state positions of a source's photographs.
public struct SidecarReport: Sendable, Hashable {
  /// Files that were read.
  public var files = 0
  /// Photographs of which they state something.
  public var pictures = 0
  /// What they state of names that no photograph has.
  public var unknown = 0
  /// Photographs without a time, or without a zone of it, which no track can place.
  public var timeless = 0
  /// What is wrong with them; the rest counts.
  public var faults: [SidecarFault] = []

  /// Faults that are named where all would be too many.
  public static let mostNamed = 20

  /// Nothing.
  public init() {}

  /// Adds what came of other files.
  package static func += (sum: inout SidecarReport, more: SidecarReport) {
    sum.files += more.files
    sum.pictures += more.pictures
    sum.unknown += more.unknown
    sum.timeless += more.timeless
    sum.faults += more.faults
  }

  /// A line for each fault, for people.
  public var lines: [String] {
    let rest = faults.count - SidecarReport.mostNamed
    return faults.prefix(SidecarReport.mostNamed).map(\.description)
      + (rest > 0 ? ["and \(rest) more such faults"] : [])
  }

  /// The first fault as a reason; nil where all is well.
  package var reason: Reason? {
    faults.first.map { fault in
      let place = "\(fault.path): \(fault.line.map { "line \($0): " } ?? "")"
      return Reason(
        id: fault.code.rawValue,
        message: place + fault.message + (faults.count > 1 ? "; and \(faults.count - 1) more such faults" : ""))
    }
  }
}
