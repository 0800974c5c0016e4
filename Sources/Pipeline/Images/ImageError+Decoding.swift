import Foundation
package import StreetCore

extension ImageError {
  package static let notAnImage = ImageError(
    .notAnImage, "the first bytes are neither PNG's nor JPEG's; give a PNG or JPEG file")

  static let outOfMemory = ImageError(
    .outOfMemory, "there is not enough memory to decode the picture; run fewer jobs at once")

  package static func timedOut(after seconds: Double) -> ImageError {
    let limit = seconds == 1 ? "1 second" : String(format: "%g seconds", seconds)
    return ImageError(
      ImageError.Code(rawValue: "member.timed_out"),
      "it took more than \(limit); the next run tries again; raise the limit to allow more time")
  }

  static func truncated(_ format: ImageFormat) -> ImageError {
    ImageError(.truncated, "the \(format) file is truncated; fetch it again from its origin")
  }

  static func damaged(_ format: ImageFormat, _ detail: String) -> ImageError {
    ImageError(.damaged, "the \(format) file is damaged (\(detail)); fetch it again from its origin")
  }

  static func unsupported(
    _ format: ImageFormat, _ detail: String, wayOut: String = "convert it to PNG or to 8-bit baseline JPEG"
  ) -> ImageError {
    ImageError(.unsupported, "this kind of \(format) is not supported (\(detail)); \(wayOut)")
  }
}
