/// The frame shared by all pages: the head and the navigation.
struct PageFrame {
  /// The pages in the navigation.
  enum Place: String, CaseIterable {
    case browse = "/"
    case review = "/review"
    case sources = "/sources"
    case rejected = "/rejected"
    case runs = "/runs"

    var name: String {
      switch self {
      case .browse: "Numbers"
      case .review: "Review"
      case .sources: "Sources"
      case .rejected: "Rejected"
      case .runs: "Runs"
      }
    }
  }

  /// The title of the window.
  let title: String
  /// The current page; nil for a page below those in the navigation.
  let place: Place?
  /// The scripts that add interactive features.
  var scripts: [String] = []

  /// The page with the given content.
  func html(_ content: HTML) -> HTML {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>\(title) · streetnum</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
    <link rel="icon" href="\(PageFile.address(of: "icon.svg"))"><link rel="stylesheet" href="\(PageFile.address(of: "page.css"))">
    \(scripts.map { "<script type=\"module\" src=\"\(PageFile.address(of: $0))\"></script>" as HTML })
    </head><body><a class="skip" href="#main">Skip to the content</a>
    <header class="top"><a class="brand" href="/">streetnum</a><nav aria-label="Pages"><ul>
    \(Place.allCases.map(link))
    </ul></nav></header>
    <main id="main" tabindex="-1">\(content)</main></body></html>
    """
  }

  private func link(to other: Place) -> HTML {
    let mark: HTML = other == place ? " aria-current=\"page\"" : ""
    return "<li><a href=\"\(other.rawValue)\"\(mark)>\(other.name)</a></li>\n"
  }
}
