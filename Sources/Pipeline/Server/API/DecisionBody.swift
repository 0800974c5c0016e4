import DigitNet
import StreetCore
import StreetLedger

/// A decision in a request body.
struct DecisionBody: Decodable {
  /// An id chosen by the client, so that a repeated request stores nothing twice.
  var id: String?
  var picture: String
  var verdict: String
  /// Left, top, width and height in pixels of the upright picture.
  var box: [Int]?
  var shown: String?
  var text: String?
  /// `browse` or `queue`; with `sample`, the mode is implied.
  var mode: String?
  var sample: String?

  /// The request for a decision of a reviewer. Only the form is checked here; the rest is checked when it is stored.
  func request(by reviewer: String) throws(WebError) -> DecisionRequest {
    DecisionRequest(
      id: id, picture: picture, verdict: try parsedVerdict(), box: try parsedBox(), shown: shown, reviewer: reviewer,
      mode: try parsedMode())
  }

  private func parsedVerdict() throws(WebError) -> Verdict {
    switch Verdict.Kind(rawValue: verdict) {
    case .confirmed: return .confirmed
    case .notANumber: return .notANumber
    case .skipped: return .skipped
    case .complete: return .complete
    case .corrected:
      guard let text else { throw .invalid("text", "a correction needs the number") }
      return .corrected(text)
    case .missed:
      guard let text else { throw .invalid("text", "a missed number needs its digits") }
      return .missed(text)
    case .undo, nil:
      throw .invalid("verdict", "it takes confirmed, corrected, not_a_number, missed, complete or skipped")
    }
  }

  private func parsedBox() throws(WebError) -> Box? {
    guard let box else { return nil }
    guard box.count == 4, box.allSatisfy({ 0...1_000_000 ~= $0 }), box[2] > 0, box[3] > 0 else {
      throw .invalid("box", "it takes left, top, width and height in pixels")
    }
    return Box(left: box[0], top: box[1], width: box[2], height: box[3])
  }

  private func parsedMode() throws(WebError) -> ReviewMode {
    if let sample { return .sample(sample) }
    switch mode {
    case nil, "browse": return .browse
    case "queue": return .queue
    default: throw .invalid("mode", "it takes browse or queue; a sample's id belongs in `sample`")
    }
  }
}

/// The body of a request to undo a decision.
struct UndoBody: Decodable {
  var id: String?
}

extension Box {
  /// Left, top, width and height.
  var list: [Int] { [left, top, width, height] }
}
