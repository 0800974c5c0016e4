import ArgumentParser
import Pipeline

/// The options of `query` and `export` beside the format, and the writing of numbers.
struct PrintingOptions: ParsableArguments {
  @OptionGroup var fields: FieldsOption

  @OptionGroup var reviewed: ReviewedOption

  @Option(
    name: [.short, .long], help: ArgumentHelp("The file that --format geopackage writes.", valueName: "file"),
    completion: .file())
  var output: String?

  /// Whether none of these options is given.
  var isUntouched: Bool { fields.fields == nil && !reviewed.reviewed && output == nil }

  /// Throws where these options do not apply to a format.
  func check(_ format: PrintedFormat) throws {
    switch (format, output) {
    case (.geopackage, nil): throw ValidationError("--format geopackage writes a file: name it with -o FILE.gpkg")
    case (.text, .some), (.map, .some):
      throw ValidationError("-o goes with --format geopackage; others are printed: write them to a file by > FILE")
    default: break
    }
  }

  /// Writes the numbers of a database that a query finds, and prints on standard error how many a format left out.
  func write(_ asked: NumberQuery, of db: String, as format: PrintedFormat) throws {
    let fields = reviewed.fields(fields, usually: format.fields)
    var query = asked
    query.withProvenance = fields.contains(where: \.isProvenance)
    query.withGeotag = fields.contains(where: \.isGeotag)
    query.reviewed = reviewed.reviewed
    let store = try Store.open(path: db, mode: .read)
    var leftOut = 0
    switch format {
    case .text(let format):
      let output = StandardOutput()
      try write(query, of: store, by: format.writer(of: fields, columns: TerminalWidth.output, to: output.write))
      try output.flush()
    case .map(let format):
      query.withGeotag = true
      let output = StandardOutput()
      let writer = format.writer(of: fields, to: output.write)
      try write(query, of: store, by: writer)
      try output.flush()
      leftOut = writer.leftOut
    case .geopackage:
      query.withGeotag = true
      leftOut = try write(query, of: store, fields, into: output ?? "", besides: Store.files(at: db))
    }
    if leftOut > 0 {
      Diagnostics.line("\(counted(leftOut, "number")) left out: nothing says where the photograph was taken")
    }
    let placeless = try store.placelessPictures(matching: query)
    if placeless.value > 0 {
      Diagnostics.line(
        (placeless.isExact ? "" : "at least ") + counted(placeless.value, "picture")
          + " left out: nothing says where \(placeless.value == 1 ? "it was" : "they were") taken")
    }
    let timeless = try store.timelessPictures(matching: query)
    if timeless > 0 {
      Diagnostics.line(
        "\(counted(timeless, "picture")) left out: nothing says when \(timeless == 1 ? "it was" : "they were") taken, or in "
          + "which time zone")
    }
    try store.close()
  }

  private func write(_ query: NumberQuery, of store: Store, by writer: any NumberWriter) throws {
    try store.forEachNumber(matching: query, writer.write)
    try writer.end()
  }

  private func write(
    _ query: NumberQuery, of store: Store, _ fields: [NumberField], into path: String, besides others: [String]
  ) throws -> Int {
    let file = OutputFile(path: path, kind: .geopackage)
    try file.check(against: others)
    return try file.fill { path in
      try GeoPackage.write(to: path, fields: fields) { writer in try write(query, of: store, by: writer) }
    }
  }
}
