import ArgumentParser
import Pipeline

/// The options of all commands that decode pictures: the limits on pictures and their files.
struct PictureLimitOptions: ParsableArguments {
  @OptionGroup var pixels: PixelLimitOptions

  @OptionGroup var size: MemberSizeOption

  /// The largest size of a picture's file, in bytes.
  var memberBytes: Int { size.memberBytes }

  /// The limits on a picture.
  var limits: ImageLimits { pixels.limits }

  /// An ingest's options with these limits, and otherwise defaults.
  var ingestOptions: IngestOptions {
    var options = IngestOptions()
    (options.images, options.sources.memberBytes) = (limits, memberBytes)
    return options
  }

  /// The first option that differs from its default; nil where none does.
  var changed: String? {
    pixels.changed ?? (size.memberBytes != SourceLimits().memberBytes ? "--max-member-size" : nil)
  }
}

extension PictureLimitOptions {
  /// Reads pictures one after the other. Where several are given, one that can't be read is reported on standard error
  /// and skipped; a single one throws. Returns the exit code for the skipped ones.
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
