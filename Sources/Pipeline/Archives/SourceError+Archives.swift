package import StreetCore

extension SourceError {
  static func outOfMemory(path: String) -> SourceError {
    SourceError(.shortage, "There is not enough memory to open it; run it again with fewer jobs", path: path)
  }

  package static func members(_ limit: Int, path: String) -> SourceError {
    SourceError(.members, "It has more than \(counted(limit, "member")); split it, or raise the limit", path: path)
  }

  static func ratio(_ limit: Int, path: String) -> SourceError {
    SourceError(
      .ratio, "Its decompression ratio exceeds \(limit):1; if you trust the archive, raise the limit", path: path)
  }

  /// `kind` describes the source, `way` tells the user what to do.
  static func unsupported(_ kind: String, _ way: String, path: String) -> SourceError {
    SourceError(.unsupported, "It is \(kind), which is not supported; \(way)", path: path)
  }

  /// `report` is libarchive's message.
  static func notAnArchive(_ report: String?, path: String) -> SourceError {
    if isNamedLikePart(path) {
      return unsupported("named like a part of a split archive", "join its parts and give the whole", path: path)
    }
    let report = report ?? "its first bytes match neither"
    let code: SourceError.Code = report.lowercased().contains("truncated") ? .truncated : .notAnArchive
    let kinds =
      path == "-"
      ? "It can't be read as a tar, the only format for standard input"
      : "It is not a picture and can't be read as tar or zip"
    return SourceError(code, "\(kinds): \(report)", path: path)
  }

  /// Whether the file name is that of a later part of a split archive: `a.z02`, `a.7z.002`, `a.r00`.
  private static func isNamedLikePart(_ path: String) -> Bool {
    let ending = path.lowercased().split(separator: "/").last?.split(separator: ".").dropFirst().last ?? ""
    let digits = ending.first.map { "zr".contains($0) } == true ? ending.dropFirst() : ending
    return (ending.count == 3 || (ending.count == 4 && digits.count == 3)) && digits.count >= 2
      && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
