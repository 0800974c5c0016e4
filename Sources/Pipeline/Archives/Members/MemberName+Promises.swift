extension MemberName {
  /// Whether the extension is that of a still picture, supported or not.
  static func promisesPicture(_ name: String) -> Bool { fileExtension(name).map(pictures.contains) ?? false }

  /// Whether the extension is that of an archive.
  static func promisesArchive(_ name: String) -> Bool { fileExtension(name).map(archives.contains) ?? false }

  /// Whether the name is that of a document or a program, which may be a zip or compressed.
  static func promisesDocument(_ name: String) -> Bool {
    guard let type = fileExtension(name) else { return false }
    let stem = compressions.contains(type) ? fileExtension(String(name.dropLast(type.utf8.count + 1))) : nil
    return packages.contains(type) || (stem.map { texts.contains($0) || packages.contains($0) } ?? false)
  }

  private static let pictures: Set<String> = [
    // PNG and JPEG.
    "png", "apng", "jpg", "jpeg", "jpe", "jfif", "jif", "jfi", "pjpeg", "pjp", "mpo",
    // Formats of still pictures that are not supported.
    "heic", "heif", "hif", "avif", "webp", "tif", "tiff", "gif", "bmp", "dib", "jp2", "j2k", "j2c", "jpc", "jpf", "jpx",
    "jxl", "jxr", "psd", "psb",
    // Raw formats of cameras.
    "3fr", "arw", "cr2", "cr3", "crw", "dcr", "dng", "erf", "gpr", "iiq", "kdc", "mef", "mrw", "nef", "nrw", "orf",
    "pef",
    "raf", "rw2", "rwl", "sr2", "srw", "x3f",
  ]

  private static let archives: Set<String> = [
    "tar", "tgz", "tbz", "tbz2", "txz", "tzst", "zip", "7z", "rar",
  ]

  private static let compressions: Set<String> = ["gz", "bz2", "xz", "zst", "lz4", "lz", "z"]

  /// Extensions of documents and programs that are zip or gzip files.
  private static let packages: Set<String> = [
    "docx", "docm", "dotx", "xlsx", "xlsm", "xltx", "pptx", "pptm", "ppsx", "odt", "ods", "odp", "odg", "odf", "ott",
    "epub",
    "pages", "numbers", "key", "vsdx", "xps", "oxps", "kmz", "3mf", "kra", "ora", "svgz", "jar", "war", "ear", "apk",
    "aab",
    "ipa", "xpi", "whl", "nupkg", "vsix",
  ]

  /// Extensions of texts and data that are often compressed.
  private static let texts: Set<String> = [
    "txt", "md", "html", "htm", "xml", "xmp", "json", "ndjson", "jsonl", "csv", "tsv", "log", "sql", "sqlite", "db",
    "gpx",
    "kml", "yaml", "yml", "ini", "conf", "pdf", "svg", "py", "js", "c", "h",
  ]
}
