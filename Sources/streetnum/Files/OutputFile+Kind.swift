import ArgumentParser
import DigitNet
import DigitNetTraining
import Foundation
import Pipeline

extension OutputFile {
  /// What a file holds, and by what one that streetnum wrote earlier is known. No other file is ever replaced.
  enum Kind {
    /// A page about a database.
    case report
    /// A night's report, of any format, or its metrics.
    case night
    /// A chart as SVG.
    case chart
    /// The page of errors.
    case errorSheet
    /// A picture with what was read, a sheet or a map, PNG or JPEG.
    case drawing
    /// The outputs of a classification, a number a line.
    case outputs
    /// A network that `learn mnist` trained.
    case network
    /// A model with a calibration of the user's own.
    case calibratedModel
    /// Numbers with their places.
    case geopackage

    /// What is in the file, for messages.
    var name: String {
      switch self {
      case .report: "a report"
      case .night: "a night's report or its metrics"
      case .chart: "a chart"
      case .errorSheet: "a page of errors"
      case .drawing: "a drawing"
      case .outputs: "a network's outputs"
      case .network: "a network"
      case .calibratedModel: "a model with a calibration"
      case .geopackage: "an unchanged GeoPackage"
      }
    }
  }

  /// Whether the file that has the path is one of this kind that streetnum wrote.
  func isOwn() throws(OutputFileError) -> Bool {
    switch kind {
    case .report: try begins(with: [LedgerPage.beginning])
    case .night: try begins(with: NightlyCommand.beginnings)
    case .chart: SVG.isBeginning(String(decoding: try head(), as: UTF8.self))
    case .errorSheet: ErrorSheet.isBeginning(String(decoding: try head(), as: UTF8.self))
    case .drawing: ImageEncoder.isDrawing(try head())
    case .outputs: try holdsOutputs()
    case .network: try metadata()["format"] == TrainableNetwork.format
    case .calibratedModel: try metadata()[LearnCalibrateCommand.mark] != nil
    case .geopackage: GeoPackage.isUnchangedExport(at: path)
    }
  }

  private func begins(with beginnings: [String]) throws(OutputFileError) -> Bool {
    let head = try head()
    return beginnings.contains { head.starts(with: $0.utf8) }
  }

  /// Whether it has a line for each class, and each is a number as this program writes it.
  private func holdsOutputs() throws(OutputFileError) -> Bool {
    let most = AlexNet.classes * 32
    let lines = String(decoding: try head(most), as: UTF8.self).split(separator: "\n")
    return lines.count == AlexNet.classes && lines.allSatisfy { line in Float(line).map { "\($0)" == line } ?? false }
  }

  /// The metadata of a safetensors file; none where it is no such file.
  private func metadata() throws(OutputFileError) -> [String: String] {
    // Longer than any header that is written here; a number that is no length is larger.
    let longest = 1 << 24
    guard let length = try head(8).integer(at: 0, count: 8, .little), 0...longest ~= length else { return [:] }
    let header = Data(try head(8 + length).dropFirst(8))
    return (try? JSONDecoder().decode(SafetensorsHeader.self, from: header))?.metadata ?? [:]
  }
}

/// Of the header of a safetensors file what says who wrote it.
private struct SafetensorsHeader: Decodable {
  var metadata: [String: String]?

  private enum CodingKeys: String, CodingKey {
    case metadata = "__metadata__"
  }
}

/// A file has an output's path that streetnum did not write.
struct ForeignFileError: Reportable {
  let path: String
  let kind: OutputFile.Kind

  var id: String? { "output.foreign" }
  var summary: String {
    "\(path): Exists and is not \(kind.name) that streetnum wrote, so it is not replaced; name another file"
  }
  var exitCode: ExitCode { .validationFailure }
}
