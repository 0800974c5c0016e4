import Pipeline

/// What a page asks.
struct Question {
  let name: String
  let order: BrowseOrder
  let reviewed: Bool
  let filter: (Int) -> NumberFilter

  private init(
    _ name: String, _ order: BrowseOrder = .place, reviewed: Bool = false,
    _ change: @escaping (inout NumberFilter, Int) -> Void = { _, _ in }
  ) {
    (self.name, self.order, self.reviewed) = (name, order, reviewed)
    filter = { round in
      var filter = NumberFilter()
      change(&filter, round)
      return filter
    }
  }

  static var all: [Question] {
    [
      Question("all, by place"), Question("all, least sure first", .leastSureFirst),
      Question("all, surest first, reviewed", .surestFirst, reviewed: true),
      Question("number 1 (frequent)") { filter, _ in filter.number = "1" },
      Question("numbers 100 to 149", .leastSureFirst) { filter, round in filter.number = "\(100 + round)" },
      Question("prefix 1") { filter, _ in filter.prefix = "1" },
      Question("prefixes 1 to 50, surest first", .surestFirst) { filter, round in filter.prefix = "\(1 + round)" },
      Question("prefix 987") { filter, _ in filter.prefix = "987" },
      Question("like *7*") { filter, _ in filter.like = "*7*" },
      Question("like *7*, least sure first", .leastSureFirst) { filter, _ in filter.like = "*7*" },
      Question("like *987*, surest first", .surestFirst) { filter, _ in filter.like = "*987*" },
      Question("like 1?7") { filter, _ in filter.like = "1?7" },
      Question("like *0000* (few), any confidence") { filter, _ in
        (filter.like, filter.minimumConfidence) = ("*0000*", 0)
      },
      Question("image *_00012?.jpg") { filter, _ in filter.image = "*_00012?.jpg" },
      Question("image camera-3/*", .leastSureFirst) { filter, _ in filter.image = "camera-3/*" },
      Question("image *no such name*", .surestFirst) { filter, _ in filter.image = "*no such name*" },
      Question("image *_0007_*, like *7*", .surestFirst) { filter, _ in
        (filter.image, filter.like) = ("*_0007_*", "*7*")
      },
      Question("archive drive-01*", .surestFirst) { filter, _ in filter.archive = "drive-01*" },
      Question("archive drive-0007.tar", .leastSureFirst) { filter, _ in filter.archive = "drive-0007.tar" },
      Question("confidence 0.70 to 0.71") { filter, _ in
        (filter.minimumConfidence, filter.maximumConfidence) = (7_000, 7_100)
      },
      Question("unreviewed, least sure first", .leastSureFirst) { filter, _ in filter.review = .unreviewed },
      Question("corrected", reviewed: true) { filter, _ in filter.review = .corrected },
    ]
  }
}
