import Foundation

/// A shared library that this program is linked to and that does not report its version.
package enum LinkedLibrary {
  /// The file name of a library with links resolved, such as `libexif.so.12.3.4` for `libexif`; nil if no such file is
  /// mapped into this process (proc_pid_maps(5)).
  package static func fileName(of library: String) -> String? {
    // Foundation reads at most the first 4 KiB of such a file.
    guard let maps = try? File(path: Array("/proc/self/maps".utf8)).read(upTo: 1 << 22) else { return nil }
    let names = String(decoding: maps, as: UTF8.self).split(separator: "\n").compactMap {
      $0.split(separator: "/").last.map(String.init)
    }
    return names.first { $0.hasPrefix("\(library).so") }
  }

  /// The version of the C library.
  package static var glibcVersion: String {
    // Such as "glibc 2.36", followed by a zero byte.
    var text = [CChar](repeating: 0, count: confstr(Int32(_CS_GNU_LIBC_VERSION), nil, 0))
    _ = confstr(Int32(_CS_GNU_LIBC_VERSION), &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .replacing("glibc ", with: "")
  }
}
