import Foundation

/// A shared library that this program is linked to, for those that do not say their version.
package enum LinkedLibrary {
  /// The name of a library's file, such as `libexif.so.12.3.4` for `libexif`, with the links to it followed; nil where no such
  /// file is in this process (proc_pid_maps(5)).
  package static func fileName(of library: String) -> String? {
    // Foundation reads no more than the first 4 KiB of such a file.
    guard let maps = try? File(path: Array("/proc/self/maps".utf8)).read(upTo: 1 << 22) else { return nil }
    let names = String(decoding: maps, as: UTF8.self).split(separator: "\n").compactMap {
      $0.split(separator: "/").last.map(String.init)
    }
    return names.first { $0.hasPrefix("\(library).so") }
  }

  /// The version of the C library.
  package static var glibcVersion: String {
    // Such as "glibc 2.36", with a zero byte behind it.
    var text = [CChar](repeating: 0, count: confstr(Int32(_CS_GNU_LIBC_VERSION), nil, 0))
    _ = confstr(Int32(_CS_GNU_LIBC_VERSION), &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .replacing("glibc ", with: "")
  }
}
