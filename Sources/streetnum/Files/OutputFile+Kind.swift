import ArgumentParser
import DigitNet
import DigitNetTraining
import Foundation
import Pipeline

extension OutputFile {
  /// The kind of a file, by which an earlier output of streetnum is recognised. No other file is ever replaced.
  enum Kind {
    /// An HTML report on a database.
    case report
    /// A nightly report in any format, or metrics.
    case night
    /// A chart as SVG.
    case chart
    /// The HTML page of errors.
    case errorSheet
    /// A drawing of results, a sheet or a map, as PNG or JPEG.
    case drawing
    /// The outputs of a classification, one number per line.
    case outputs
    /// A network that `learn mnist` trained.
    case network
    /// A model with the user's own calibration.
    case calibratedModel
    /// Numbers with their positions.
    case geopackage

    /// The description of the content in messages.
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

  /// Whether the file at the path is one of this kind that streetnum wrote.
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

  /// Whether the file has one line per class, each a number as this program writes it.
  private func holdsOutputs() throws(OutputFileError) -> Bool {
    let most = AlexNet.classes * 32
    let lines = String(decoding: try head(most), as: UTF8.self).split(separator: "\n")
    return lines.count == AlexNet.classes && lines.allSatisfy { line in Float(line).map { "\($0)" == line } ?? false }
  }

  /// The metadata of a safetensors file; empty where the file is none.
  private func metadata() throws(OutputFileError) -> [String: String] {
    // Longer than any header that this program writes; bytes that are not a length give a larger number.
    let longest = 1 << 24
    guard let length = try head(8).integer(at: 0, count: 8, .little), 0...longest ~= length else { return [:] }
    let header = Data(try head(8 + length).dropFirst(8))
    return (try? JSONDecoder().decode(SafetensorsHeader.self, from: header))?.metadata ?? [:]
  }
}

/// The part of a safetensors header that says which program wrote the file.
private struct SafetensorsHeader: Decodable {
  var metadata: [String: String]?

  private enum CodingKeys: String, CodingKey {
    case metadata = "__metadata__"
  }
}

/// The output's path is taken by a file that streetnum did not write.
struct ForeignFileError: Reportable {
  let path: String
  let kind: OutputFile.Kind

  var id: String? { "output.foreign" }
  var summary: String {
    "\(path): Exists and is not \(kind.name) that streetnum wrote, so it is not replaced; name another file"
  }
  var exitCode: ExitCode { .validationFailure }
}
