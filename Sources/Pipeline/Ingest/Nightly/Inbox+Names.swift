import StreetArchives
import StreetCore

/// The states that names of files in an inbox imply.
extension Inbox.Arrival.State {
  /// The suffixes of unfinished uploads and downloads.
  private static let unfinished = [
    ".part", ".partial", ".filepart", ".crdownload", ".opdownload", ".download", ".incomplete", ".inprogress",
    ".uploading", ".upload", ".gstmp", "._copying_", ".aria2", ".tmp", ".temp", ".!ut", ".!qb",
  ]
  /// Extensions of other files that are often stored with photographs.
  private static let besidePhotographs: Set<Substring> = [
    "aae", "asc", "csv", "geojson", "gpx", "htm", "html", "ini", "json", "jsonl", "kml", "lnk", "log", "md", "md5",
    "nfo", "pdf", "plist", "sfv", "sha1", "sha256", "sha512", "sig", "thm", "txt", "url", "xml", "xmp",
  ]
  /// Names, without an extension, of checksum lists and similar files.
  private static let lists: Set<String> = [
    "b2sums", "license", "md5sum", "md5sums", "readme", "sha1sums", "sha256sum", "sha256sums", "sha512sums",
  ]

  /// The state implied by the name alone; nil for names of archives, pictures and folders.
  init?(name: String, isFolder: Bool) {
    let lower = name.lowercased()
    if isFolder {
      guard MemberName.isSystemFile(name) else { return nil }
      self = .ignored(Reason(id: "inbox.not_an_arrival", message: "A system folder"))
    } else if Self.unfinished.contains(where: { lower.hasSuffix($0) }) {
      self = .uploading(
        Reason(
          id: "inbox.upload_unfinished",
          message: "It is named like an unfinished upload; it is read after the program that writes it renames it"))
    } else if MemberName.isSystemFile(name) || Self.lists.contains(lower)
      || lower.contains(".") && lower.split(separator: ".").last.map(Self.besidePhotographs.contains) == true
    {
      self = .ignored(Reason(id: "inbox.not_an_arrival", message: "Neither an archive nor a picture, by its name"))
    } else {
      return nil
    }
  }
}
