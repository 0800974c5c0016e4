import DigitNet
package import StreetCore

/// A key or column of the formats; the raw value is its name.
package enum NumberField: String, CaseIterable, Sendable {
  case archive
  case archiveSHA256 = "archive_sha256"
  case image
  case ordinal
  case width
  case height
  case number
  case confidence
  case box
  case digits
  case left
  case top
  case boxWidth = "box_width"
  case boxHeight = "box_height"
  case model
  case generation
  case toolVersion = "tool_version"
  case imageSHA256 = "image_sha256"
  case readAt = "read_at"
  case latitude
  case longitude
  case altitude
  case accuracy
  case heading
  case headingReference = "heading_reference"
  case headingKind = "heading_kind"
  case capturedAt = "captured_at"
  case positionOrigin = "position_origin"
  case headingOrigin = "heading_origin"
  case capturedOrigin = "captured_origin"
  case direction
  case origin
  case reviewer
  case reviewedAt = "reviewed_at"
  case readNumber = "read_number"
  case readConfidence = "read_confidence"
  case reviewersDiffer = "reviewers_differ"

  /// The fields that `--reviewed` adds to a format's own.
  package static let ofReviews: [NumberField] = [.origin, .reviewersDiffer]

  /// Whether the field is part of a number's provenance, which a query only returns on request.
  package var isProvenance: Bool {
    switch self {
    case .model, .generation, .toolVersion, .imageSHA256, .readAt: true
    default: false
    }
  }

  /// Whether the field belongs to the picture's position, heading or time, which a query only returns on request.
  package var isGeotag: Bool {
    switch self {
    case .latitude, .longitude, .altitude, .accuracy, .heading, .headingReference, .headingKind, .capturedAt,
      .positionOrigin, .headingOrigin, .capturedOrigin, .direction:
      true
    default: false
    }
  }

  /// The field's value for a found number.
  package func value(in found: FoundNumber) -> FieldValue {
    let (number, provenance) = (found.number, found.provenance)
    let (position, heading, time) = (found.geotag?.position, found.geotag?.heading, found.geotag?.time)
    return switch self {
    case .archive: .text(found.archive)
    case .archiveSHA256: .hash(found.archiveSHA256)
    case .image: .text(found.image)
    case .ordinal: .integer(found.ordinal)
    case .width: .integer(found.width)
    case .height: .integer(found.height)
    case .number: .text(number.text)
    case .confidence: .share(number.confidence)
    case .box: .box(number.box)
    case .digits: .digits(number.digits)
    case .left: .integer(number.box.left)
    case .top: .integer(number.box.top)
    case .boxWidth: .integer(number.box.width)
    case .boxHeight: .integer(number.box.height)
    case .model: .hash(provenance?.model)
    case .generation: .integer(provenance?.generation)
    case .toolVersion: .text(provenance?.toolVersion)
    case .imageSHA256: .hash(provenance?.imageSHA256)
    case .readAt: .text(provenance?.readAt)
    case .latitude: .decimal(position?.latitude, places: 7)
    case .longitude: .decimal(position?.longitude, places: 7)
    case .altitude: .decimal(position?.altitude, places: 2)
    case .accuracy: .decimal(position?.accuracy, places: 2)
    case .heading: .decimal(heading?.hundredths, places: 2)
    case .headingReference: .text(heading?.reference.rawValue)
    case .headingKind: .text(heading?.kind.rawValue)
    case .capturedAt: .text(time?.description)
    case .positionOrigin: .text(position?.origin.rawValue)
    case .headingOrigin: .text(heading?.origin.rawValue)
    case .capturedOrigin: .text(time?.origin.rawValue)
    case .direction: .decimal(found.direction?.hundredths, places: 2)
    case .origin: .text((found.review?.origin ?? .read).rawValue)
    case .reviewer: .text(found.review?.reviewer)
    case .reviewedAt: .text(found.review?.reviewedAt)
    case .readNumber: .text(found.review == nil ? number.text : found.review?.readNumber)
    case .readConfidence: .share(found.review == nil ? number.confidence : found.review?.readConfidence)
    case .reviewersDiffer: .flag(found.review?.differs ?? false)
    }
  }
}
