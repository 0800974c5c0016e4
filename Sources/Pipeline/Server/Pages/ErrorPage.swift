import StreetCore

/// The page for an error.
struct ErrorPage {
  private let error: WebError

  init(_ error: WebError) { self.error = error }

  var html: HTML {
    PageFrame(title: "Not shown", place: nil).html(
      """
      <section class="note bad"><h1>\(error.status)</h1><p>\(error.reason.message)</p>
      <p class="faint"><code>\(error.reason.id)</code></p><p><a href="/">All numbers</a></p></section>
      """)
  }
}
