import DigitNet
import Foundation
import Pipeline

/// The drawing of `streetnum show` for an archive or a folder: a sheet of its pictures, each with the numbers in it.
struct ArchiveDrawing {
  private let path: String
  private let command: ShowCommand
  private let reader: NumberReader

  init(_ path: String, _ command: ShowCommand, _ reader: NumberReader) {
    (self.path, self.command, self.reader) = (path, command, reader)
  }

  /// The sheet, and a sentence about it for standard error.
  func drawn() throws -> (Image?, said: String) {
    guard path != "-" else { throw UsageError(summary: "show draws no archive on standard input; name a file") }
    let source = try Source(path: path)
    var limits = SourceLimits()
    limits.memberBytes = command.reading.memberBytes
    var members = try source.reader(limits: limits)
    var (pictures, numbers) = ([PictureSheet.Picture](), 0)
    while pictures.count < command.limit, let member = try members.next(stored: nil) {
      switch member.content {
      case .bytes(let bytes):
        do throws(ImageError) {
          let (drawing, count) = try draw(CodedImage(bytes, limits: command.reading.limits))
          numbers += count
          pictures.append(PictureSheet.Picture(image: drawing, name: member.name))
        } catch {
          pictures.append(PictureSheet.Picture(image: nil, name: member.name))
          let reason = Reason(id: error.code.rawValue, message: error.message)
          Diagnostics.line("\(source.name): \(member.name): \(reason.line)")
        }
      case .rejected(let reason):
        pictures.append(PictureSheet.Picture(image: nil, name: member.name))
        Diagnostics.line("\(source.name): \(member.name): \(reason.line)")
      case .ignored, .alias: continue
      }
    }
    guard !pictures.isEmpty else { throw NothingToDraw(source: printable(source.name)) }
    let said =
      "\(printable(source.name)): \(counted(numbers, "number")) in \(counted(pictures.count, "picture")), "
      + "of confidence \(Figure.confidence(command.confidence.least)) or more"
    return (PictureSheet(title: said, pictures).drawn(), said)
  }

  private func draw(_ coded: CodedImage) throws(ImageError) -> (Image?, numbers: Int) {
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let numbers = try reader.numbers(in: coded, threads: threads).filter { $0.confidence >= command.confidence.least }
    let evidence = command.heatmap ? try reader.detector.evidence(of: coded) : nil
    // Decoded at little more than the size of a cell, to which the drawing scales it.
    let image = try coded.reduced(toLongerSide: max(PictureSheet.room.width, PictureSheet.room.height))
    let drawing = PictureDrawing(image, width: coded.size.width, filling: PictureSheet.room)
    return (drawing.drawn(numbers, evidence: evidence), numbers.count)
  }
}
