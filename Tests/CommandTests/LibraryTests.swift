import Foundation
import Testing

/// Every library of the system that the program is linked to is told of, wherever libraries are listed.
@Suite("Linked libraries")
struct LibraryTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  /// The names in `streetnum --version --json`, with their versions.
  private func told() throws -> [String: String] {
    struct Report: Decodable { var libraries: [String: String] }
    let json = try workplace.shell("streetnum --version --json").output
    return try JSONDecoder().decode(Report.self, from: Data(json.utf8)).libraries
  }

  @Test("--version --json and doctor name every library that Package.swift, NOTICE and scripts name, with a version")
  func listed() throws {
    let told = try told()
    for (name, version) in told { #expect(version.contains { $0.isNumber }, "\(name) \(version)") }
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Workplace.fixtures + "/../Sources/SystemLibraries")
    // The package's own libraries, SQLite, which is GRDB's, and what every Swift program is linked to.
    #expect(Set(told.keys) == Set(folders).union(["sqlite", "glibc", "libstdc++"]))
    let package = try Repository.text("Package.swift")
    #expect(
      package.matches(of: /path: "Sources\/SystemLibraries\/([a-z]+)"/).map { String($0.1) }.sorted()
        == folders.sorted())

    let row = try #require(Contract().text.firstMatch(of: /\| `libraries` \| object \| versions by name: ([^.]*)\./)).1
    #expect(Contract.quoted(String(row)) == told.keys.sorted())

    let notice = try #require(Repository.text("NOTICE").split(separator: "Linked at run time, from the system:").last)
    let named = notice.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("    ") }
      .compactMap { $0.split(separator: " ").first?.lowercased().replacing("-turbo", with: "") }
    #expect(Set(named) == Set(told.keys))

    let libraries = try #require(Repository.text("scripts/lib/checks.sh").firstMatch(of: /LIBRARIES=\(([^)]*)\)/)).1
    let short = libraries.split { $0.isWhitespace }.map { String($0.reversed().drop { $0.isNumber }.reversed()) }
    #expect(Set(short) == Set(told.keys).subtracting(["glibc", "libstdc++"]))

    let doctor = try workplace.shell("streetnum doctor").output.split(separator: "\n").first {
      $0.hasPrefix("libraries: ")
    }
    for (name, version) in told {
      let shown = version.hasPrefix(name) ? version : "\(name) \(version)"
      #expect(doctor?.contains(shown) == true, "\(name)")
    }
  }

  @Test("The built program is linked to no other library")
  func linked() throws {
    guard Workplace.has("readelf") else {
      Issue.record("Skipped: readelf is not installed", severity: .warning)
      return
    }
    let names = try workplace.shell("readelf -d $(command -v streetnum)").output
      .matches(of: /NEEDED.*\[([^\]]+)\]/).map { String($0.1) }
    #expect(names.contains { $0.hasPrefix("libarchive.so") })
    // Where a library's file is named otherwise than the library.
    let others = [
      "libexpat": "expat", "libfreetype": "freetype", "libpng16": "libpng", "libsqlite3": "sqlite", "libz": "zlib",
      "libc": "glibc", "libm": "glibc", "ld-linux-x86-64": "glibc", "ld-linux-aarch64": "glibc",
      "libgcc_s": "libstdc++",
    ]
    // Of the toolchain; scripts/package links them statically.
    let ofSwift = /lib_?(swift|Foundation|dispatch|BlocksRuntime).*/
    let libraries = names.map { String($0.split(separator: ".so").first ?? "") }
      .filter { $0.wholeMatch(of: ofSwift) == nil }
    #expect(try Set(libraries.map { others[$0] ?? $0 }).subtracting(told().keys) == [], "not told of")
  }
}
