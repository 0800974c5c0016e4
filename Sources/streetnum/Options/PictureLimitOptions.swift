import ArgumentParser
import Pipeline

/// What every command takes that decodes pictures: the limits on them and on their files.
struct PictureLimitOptions: ParsableArguments {
  @OptionGroup var pixels: PixelLimitOptions

  @OptionGroup var size: MemberSizeOption

  /// Most bytes of a picture's file.
  var memberBytes: Int { size.memberBytes }

  /// The limits on a picture.
  var limits: ImageLimits { pixels.limits }

  /// These limits, and the defaults of all else that an ingest takes.
  var ingestOptions: IngestOptions {
    var options = IngestOptions()
    (options.images, options.sources.memberBytes) = (limits, memberBytes)
    return options
  }

  /// The first option that differs from its default; nil where all are as usual.
  var changed: String? {
    pixels.changed ?? (size.memberBytes != SourceLimits().memberBytes ? "--max-member-size" : nil)
  }
}

extension PictureLimitOptions {
  /// Takes pictures one after the other. One of several that can't be read gets its line on standard error, and the work
  /// goes on; a single one throws. Returns what the exit says of those that were not read.
  func forEachImage(
    of paths: [String], _ body: (_ path: String, _ picture: ImageFile) throws -> Void
  ) throws -> ExitCode {
    var failures: [ExitCode] = []
    for path in paths {
      do {
        try body(path, ImageFile(path: path, limits: limits, memberBytes: memberBytes))
      } catch let error as any Reportable where paths.count > 1 && !(error is OutputError) {
        Diagnostics.line(error.line)
        failures.append(error.exitCode)
      }
    }
    return .gravest(of: failures)
  }
}
