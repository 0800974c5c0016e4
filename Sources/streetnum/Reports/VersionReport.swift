import ArgumentParser
import DigitNet
import DigitNetWeights
import Foundation
import Pipeline

/// The output of `streetnum --version --json`: the program's components, and the formats that it reads on this machine.
enum VersionReport {
  /// Whether these arguments ask for the report.
  static func isAsked(by arguments: [String]) -> Bool {
    arguments.count == 2 && arguments.contains("--version") && arguments.contains("--json")
  }

  /// The report as one JSON object on one line. Throws where the model or the kernels can't be used.
  static func json() throws -> String {
    let loaded = try LoadedModel(file: Model.shippedFile)
    let kernels = try Kernels.chosen()
    let reader = try NumberReader(model: loaded.model, kernels: kernels)
    let method = loaded.method(reader, IngestOptions())
    return JSON.object([
      ("version", JSON.string(Version.current)), ("kernel", JSON.string(kernels.name)),
      ("model", JSON.string(loaded.id)), ("method", JSON.string(method.digest)),
      ("libraries", JSON.object(try libraries(of: method).map { ($0.key, JSON.string($0.value)) })),
      ("archives", JSON.array(Source.formats.map { JSON.string($0) })),
      ("images", JSON.array(ImageFormat.allCases.map { JSON.string($0.rawValue) })),
    ])
  }

  /// The versions of the system libraries that are linked, by name; the file name of a library that does not report its
  /// version.
  static func libraries(of method: ReadingMethod) throws -> [(key: String, value: String)] {
    var versions = try JSONDecoder().decode([String: String].self, from: Data(method.libraries.utf8))
    versions.merge(GeotagReader.libraries.merging(PictureDrawing.libraries) { $1 }) { $1 }
    versions["sqlite"] = try Store.sqliteVersion()
    versions["glibc"] = LinkedLibrary.glibcVersion
    versions["libstdc++"] = LinkedLibrary.fileName(of: "libstdc++") ?? "unknown"
    return versions.sorted { $0.key < $1.key }
  }

  /// Prints the report and ends the program.
  static func exit() -> Never {
    do {
      try run {
        let output = StandardOutput()
        try output.write(try json() + "\n")
        try output.flush()
      }
    } catch {
      Streetnum.exit(withError: error)
    }
    Streetnum.exit()
  }
}
