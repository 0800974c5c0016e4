extension MemberName {
  /// Whether the file belongs to an operating system or a program, such as thumbnails, recycle bins, snapshots, indexes
  /// and resource forks. Every component of the path is considered.
  package static func isSystemFile(_ name: String) -> Bool {
    let parts = name.split(separator: "/")
    guard let last = parts.last else { return false }
    return parts.contains(where: isSystemFolder) || isSystemFile(named: last)
  }

  private static func isSystemFolder(_ part: Substring) -> Bool {
    exactFolders.contains(String(part)) || folders.contains(part.lowercased()) || isNumberedTrash(part)
  }

  private static func isSystemFile(named name: Substring) -> Bool {
    let lowercase = name.lowercased()
    return files.contains(lowercase) || prefixes.contains(where: name.hasPrefix)
      || suffixes.contains(where: name.hasSuffix)
      || (lowercase.hasPrefix("thumbcache_") && lowercase.hasSuffix(".db"))
  }

  /// `.Trash-1000`: the trash folder of the user with that id.
  private static func isNumberedTrash(_ part: Substring) -> Bool {
    let prefix = ".Trash-"
    return part.hasPrefix(prefix) && part.utf8.count > prefix.utf8.count
      && part.utf8.dropFirst(prefix.utf8.count).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// Folders of case-sensitive systems: Linux and network storage.
  private static let exactFolders: Set<String> = [
    // Synology.
    "@eaDir", "@tmp", "@sharebin", "#recycle", "#snapshot",
    // QNAP.
    ".@__thumb", "@__thumb", ".@__qini", ".@upload_cache", "@Recycle", "@Recently-Snapshot", ".streams",
    // Other network storage, file systems and Samba.
    ".snapshot", ".snapshots", ".zfs", ".recycle", ".wd_tv", ".wdmc", "lost+found",
    // Desktops and programs.
    ".Trash", ".thumbnails", ".thumb", ".thumbs", ".sh_thumbnails", ".xvpics", ".dtrash", ".stversions", ".stfolder",
    ".dropbox.cache", ".SynologyWorkingDirectory", ".tmp.drivedownload", ".tmp.driveupload", ".cache", ".trash", ".svn",
    "files_trashbin", "files_versions", ".photoprism", ".ppstorage", ".picasaoriginals", "iPod Photo Cache", "RECYCLER",
  ]

  /// Folders of Windows and macOS, in lower case.
  private static let folders: Set<String> = [
    "$recycle.bin", "system volume information",
    "__macosx", ".trashes", ".spotlight-v100", ".fseventsd", ".temporaryitems", ".documentrevisions-v100",
    ".appledouble",
    ".appledb", ".appledesktop", "network trash folder",
  ]

  /// Files, in lower case.
  private static let files: Set<String> = [
    "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", ".ds_store", ".localized", ".apdisk",
    ".volumeicon.icns", "icon\r", ".directory", ".hidden", ".nomedia", ".picasa.ini", "picasa.ini", ".bridgecache",
    ".bridgecachet", ".bridgesort", "zbthumbnail.info",
  ]

  /// Prefixes of macOS resource forks, and of Android's trash and unfinished downloads.
  private static let prefixes = ["._", ".trashed-", ".pending-"]

  /// Suffixes of Synology's and Windows' alternate data streams.
  private static let suffixes = ["@SynoEAStream", "@SynoResource", ":Zone.Identifier"]
}
