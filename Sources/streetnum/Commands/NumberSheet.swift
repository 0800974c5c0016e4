import DigitNet
import Pipeline

/// The contact sheet of `streetnum show --number`: the places where a number was found, cut from the photographs.
struct NumberSheet {
  private let number: String
  private let command: ShowCommand

  init(_ number: String, _ command: ShowCommand) { (self.number, self.command) = (number, command) }

  /// The sheet, and a sentence about it for standard error.
  func drawn() throws -> (Image?, said: String) {
    let store = try Store.open(path: command.database, mode: .read)
    var query = NumberQuery()
    (query.number, query.order, query.limit) = (number, .surestFirst, command.limit)
    (query.minimumConfidence, query.withProvenance) = (command.confidence.least, true)
    var found: [FoundNumber] = []
    try store.forEachNumber(matching: query) { found.append($0) }
    guard !found.isEmpty else {
      var less = 0
      (query.minimumConfidence, query.limit) = (0, nil)
      try store.forEachNumber(matching: query) { _ in less += 1 }
      throw NothingToDraw(number: number, database: command.database, least: command.confidence.least, less: less)
    }
    let pictures = try pictures(of: found, in: store)
    try store.close()
    let cards = found.indices.map { index in
      let place = found[index]
      return ContactSheet.Card(
        number: place.number, picture: pictures[index] ?? .failure(ContactSheet.Absence(reason: "not read whole")),
        image: place.image, source: place.archive ?? "")
    }
    let said =
      "\(number): \(counted(cards.count, "place")) of confidence \(Figure.confidence(command.confidence.least)) or more"
    return (ContactSheet(title: said, cards).drawn(), said)
  }

  private typealias Picture = Result<(image: Image, part: Box), ContactSheet.Absence>

  /// The surroundings of found numbers, by their indices in the list.
  private func pictures(of found: [FoundNumber], in store: Store) throws -> [Int: Picture] {
    let places = Dictionary(grouping: found.indices) { found[$0].provenance?.imageSHA256 ?? "" }
    var limits = SourceLimits()
    limits.memberBytes = command.reading.memberBytes
    var pictures: [Int: Picture] = [:]
    try PictureFetcher(store, limits: limits).forEach(places.keys.filter { !$0.isEmpty }.sorted()) { sha256, bytes in
      let indices = places[sha256] ?? []
      do {
        let coded = try CodedImage(bytes.get(), limits: command.reading.limits)
        let parts = indices.map { found[$0].number.box.surrounded(in: coded.size) }
        let images = try coded.parts(
          parts.map { ($0, ImageSize(width: $0.width, height: $0.height).reduced(toLongerSide: 640)) })
        for (index, (image, part)) in zip(indices, zip(images, parts)) { pictures[index] = .success((image, part)) }
      } catch let error as SourceError {
        Diagnostics.line(error.line)
        for index in indices {
          pictures[index] =
            try crop(of: found[index], in: store)
            ?? .failure(ContactSheet.Absence(reason: "the photograph is not there"))
        }
      } catch let error as ImageError {
        let reason = Reason(id: error.code.rawValue, message: error.message)
        Diagnostics.line("\(found[indices[0]].image): \(reason.line)")
        for index in indices { pictures[index] = .failure(ContactSheet.Absence(reason: "can't be decoded")) }
      }
    }
    return pictures
  }

  /// The stored crop of a number; nil where the database has none.
  private func crop(of found: FoundNumber, in store: Store) throws -> Picture? {
    guard let sha256 = found.provenance?.imageSHA256,
      let crop = try store.crop(ofPicture: sha256, box: found.number.box),
      let image = try? ImageDecoder.decode(Array(crop.jpeg))
    else { return nil }
    return .success((image, crop.part))
  }
}
