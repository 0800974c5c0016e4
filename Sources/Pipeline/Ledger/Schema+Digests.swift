import Foundation
import GRDB

/// The digests of results that were stored before schemas had digests.
extension Schema {
  /// Adds the digests of what affects numbers and of what affects which members are pictures, and computes them for
  /// existing sets, so that no picture is read again that the same model read in the same way.
  static func addDigests(_ db: Database) throws {
    try db.execute(
      sql: """
        -- SHA-256 of what decides the numbers of a decoded picture, and of what decides which members are pictures.
        ALTER TABLE result_sets ADD COLUMN method TEXT NOT NULL DEFAULT '';
        ALTER TABLE result_sets ADD COLUMN selection TEXT NOT NULL DEFAULT '';

        -- The versions of the libraries that unpack and decode.
        ALTER TABLE result_sets ADD COLUMN libraries TEXT NOT NULL DEFAULT '{}';
        """)
    let methods = try Row.fetchAll(db, sql: "SELECT DISTINCT model_id, parameters FROM result_sets")
    for row in methods {
      let (model, parameters) = (try row.text(0), try row.text(1))
      let (reading, selection) = parts(of: parameters)
      try db.execute(
        sql: "UPDATE result_sets SET reading = ?, method = ?, selection = ? WHERE model_id = ? AND parameters = ?",
        arguments: [
          reading, ReadingMethod.digest(modelID: model, reading: reading), ReadingMethod.digest(selection), model,
          parameters,
        ])
    }
  }

  /// Splits the parameters of schemas 1 to 4 into what affects numbers and what affects which members are pictures, and
  /// adds what was implicit then. A text that is not such parameters is returned for both.
  private static func parts(of parameters: String) -> (reading: String, selection: String) {
    guard let values = try? JSONDecoder().decode([String: Double].self, from: Data(parameters.utf8)) else {
      return (parameters, parameters)
    }
    let all = values.mapValues { [$0] }
    var reading = all.filter { !(limits + ["member_rules"]).contains($0.key) }
    if reading["revision"] == [8] { reading.merge(constantsOfRevision8) { $1 } }
    let selection = all.filter { limits.contains($0.key) }
      .merging(["member_rules": all["member_rules"] ?? [1]]) { $1 }
      .merging(formatsOfSchema4.map { ("reads.\($0)", [1]) }) { $1 }
    return (ReadingMethod.text(reading), ReadingMethod.text(selection))
  }

  private static let formatsOfSchema4 = ["tar", "zip", "gzip", "zstd", "xz", "bzip2", "lz4", "png", "jpeg"]

  /// The constants of the code at the last revision whose parameters did not name them. They are frozen and may differ
  /// from the current ones. Earlier revisions read other numbers, so they need no digest that a later version could
  /// match.
  private static let constantsOfRevision8: [String: [Double]] = [
    "assembly.most_candidates": [4096], "chain.steps": [140, 120, 165], "dash.least_contrast": [35],
    "dash.least_width": [0.12], "dash.rows": [9, 39, 17, 31, 9, 14, 34, 39], "detector.candidate.unit": [32],
    "detector.pyramid.least_side": [8], "detector.sigmoid.limit": [4096], "detector.sigmoid.one": [10_000],
    "detector.sigmoid.step": [0.9961013694701175], "detector.sigmoid.unit": [256], "paths.most_links": [8],
    "reader.certain": [0.8], "reader.least_likely": [0.3], "reader.least_likely_at_first": [0.25],
    "reader.likely_whole": [0.5], "reader.most_at_once": [2000], "reader.number_overlap": [50],
    "recogniser.cells.apart": [0.3], "recogniser.cells.bent": [0.5], "recogniser.cells.nearest": [0.15],
    "recogniser.cells.uneven": [0.1], "recogniser.crop.digit_height": [30], "recogniser.crop.height": [48],
    "recogniser.crop.margin": [18], "recogniser.crop.pitch": [18], "recogniser.crop.steepest": [1.2],
    "recogniser.crop.widened": [1.5], "recogniser.crop.widest_gap": [0.4], "recogniser.crop.widths": [64, 96, 144],
    "recogniser.cut.coarsest": [1.6245], "recogniser.cut.steps": [32], "recogniser.transcript.text_count": [4],
  ]
}
