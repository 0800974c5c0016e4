import Pipeline

extension SidecarReport {
  /// What files of positions state, in one line without their errors.
  var text: String {
    "\(counted(files, "file")): \(counted(pictures, "photograph")) placed"
      + (firstUnknown.map { first in
        ", \(counted(unknown, "line names", "lines name")) no known photograph: \(printable(first))"
          + (unknown > 1 ? " and others" : "")
      } ?? "") + (timeless > 0 ? ", \(counted(timeless, "photograph")) without a time in a zone" : "")
  }

  /// One line per error, with the option that resolves it.
  var lines: [String] { named.faults.map(\.line) + [named.rest].compactMap(\.self) }
}
