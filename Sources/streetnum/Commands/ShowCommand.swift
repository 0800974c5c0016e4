import ArgumentParser
import DigitNet
import Foundation
import Pipeline

/// `streetnum show`: draws the results of a picture or an archive, or the contact sheet of a number.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Draw the numbers read in a picture, or a contact sheet of one number.",
    discussion: """
      show IMAGE reads a picture and draws its numbers with their digits and confidences; for an archive or a folder it \
      draws all pictures on one sheet. show --number 1427 draws every place where the database has that number, highest \
      confidence first, cut from the original photographs.

      Terminals that can display pictures (kitty, Ghostty, iTerm2, WezTerm) show the drawing; -o writes it to a file: JPEG if \
      the name ends in .jpg, else PNG. Only an earlier drawing is overwritten. Colours: blue, confidence 0.90 or more; \
      yellow, 0.50 or more; red, less.

      Exit codes: 0 drawn, even if a picture shows no number; 64 there is neither -o nor a terminal that displays pictures; \
      65 the picture or the database is unusable, or the archive holds no picture; 66 it is missing, or the database has no \
      such number at this confidence.

      Examples:
        streetnum show photograph.jpg -o numbers.png
        streetnum show --number 27 -o sheet.jpg
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file, an archive, or a folder.", valueName: "image"), completion: .file())
  var image: String?

  @Option(
    name: [.short, .long], help: ArgumentHelp("Write the drawing to a file, PNG or JPEG.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Overlay the detector's output at each level of the pyramid.")
  var heatmap = false

  @Option(
    name: [.long],
    help: ArgumentHelp("Maximum width and height of the drawing of a picture. (default: 2048)", valueName: "pixels"))
  var maxSide: Int?

  /// The name of `--max-side` in version 0.1.0.
  @Option(name: .customLong("side"), help: .hidden)
  var olderSide: Int?

  /// The maximum of the drawing's longer side, in pixels.
  var side: Int { maxSide ?? olderSide ?? 2048 }

  @Option(
    help: ArgumentHelp("The database of a contact sheet. (default: streetnum.sqlite)", valueName: "file"),
    completion: .file())
  var db: String?

  @Option(help: ArgumentHelp("Draw a contact sheet of this number; 007 is not 7.", valueName: "digits"))
  var number: String?

  @Option(
    name: .customLong("limit"),
    help: ArgumentHelp("Maximum number of pictures on a sheet. (default: 200)", valueName: "count"))
  var givenLimit: Int?

  /// The largest count of pictures on a sheet.
  var limit: Int { givenLimit ?? 200 }

  @OptionGroup var confidence: ConfidenceOption

  @OptionGroup(title: "Reading") var reading: ReadingOptions

  func validate() throws {
    guard (image == nil) != (number == nil) else {
      throw ValidationError("Name a picture, or give --number")
    }
    if image != nil, db != nil { throw ValidationError("--db goes with --number") }
    if number != nil, let option = readingOption {
      throw ValidationError("\(option) goes with a picture; --number shows what was read before")
    }
    if maxSide != nil, olderSide != nil {
      throw ValidationError("--side is the older name of --max-side; give one of them")
    }
    if let number, number.isEmpty || !number.allSatisfy({ ("0"..."9").contains($0) }) {
      throw ValidationError("--number takes digits only")
    }
    guard 1...200 ~= limit else { throw ValidationError("--limit takes a number from 1 to 200") }
    guard 64...16_384 ~= side else { throw ValidationError("--max-side takes a number from 64 to 16384") }
  }

  /// The first given option that has no effect unless a picture is read.
  private var readingOption: String? {
    let options = [
      (heatmap, "--heatmap"), (isSideGiven, "--max-side"), (reading.model != nil, "--model"),
      (reading.networks.exhaustive, "--exhaustive"), (reading.panorama, "--panorama"),
    ]
    return options.first { $0.0 }?.1
  }

  private var isSideGiven: Bool { maxSide != nil || olderSide != nil }

  func run() throws {
    try streetnum.run {
      let terminal = TerminalPicture.current
      guard output != nil || terminal != nil else {
        throw UsageError(summary: "This terminal displays no pictures; write the drawing to a file with -o FILE.png")
      }
      let inputs = [image, reading.model].compactMap(\.self) + (number == nil ? [] : Store.files(at: database))
      try output.map { try DrawingFile(path: $0).check(against: inputs) }
      let (drawing, said) = try image.map(draw) ?? NumberSheet(number ?? "", self).drawn()
      guard let drawing else { throw ShortageError(what: "there is not enough memory to draw") }
      let out = StandardOutput()
      if let output {
        try DrawingFile(path: output).write(drawing)
        try out.say("\(printable(output)): \(said)\n")
      } else if let terminal, let png = ImageEncoder.drawing(drawing) {
        try out.write(terminal.text(of: png))
        try out.say(said + "\n")
      }
      try out.flush()
    }
  }

  /// The database of a contact sheet.
  var database: String { db ?? "streetnum.sqlite" }

  private func draw(_ path: String) throws -> (Image?, said: String) {
    let threads = ProcessInfo.processInfo.activeProcessorCount
    try SystemShortage.check(workers: threads, pictures: 1)
    let (_, reader) = try reading.load()
    guard try Source(path: path).kind == .image else {
      guard !isSideGiven else {
        throw UsageError(summary: "\(path): --max-side goes with a single picture; a sheet has a size of its own")
      }
      return try ArchiveDrawing(path, self, reader).drawn()
    }
    guard givenLimit == nil else {
      throw UsageError(summary: "\(path): --limit goes with an archive, a folder or --number; this is a single picture")
    }
    let file = try ImageFile(path: path, limits: reading.limits, memberBytes: reading.memberBytes)
    let numbers = try file.numbers(reader, threads: threads).filter { $0.confidence >= confidence.least }
    let evidence = heatmap ? try file.evidence(reader) : nil
    let drawing = PictureDrawing(
      try file.reduced(toLongerSide: side), width: file.coded.size.width, toLongerSide: side)
    let list = numbers.prefix(12).map { "\($0.text) \(Confidence.text($0.confidence))" }.joined(separator: ", ")
    let said =
      numbers.isEmpty
      ? "no number of confidence \(Figure.confidence(confidence.least)) or more"
      : list + (numbers.count > 12 ? ", ..." : "")
    return (drawing.drawn(numbers, evidence: evidence), said)
  }
}
