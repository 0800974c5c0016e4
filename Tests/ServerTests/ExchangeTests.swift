import Testing

import StreetServer

@Suite("Requests and pages")
struct ExchangeTests {
  @Test(
    "A target that hides a path is none",
    arguments: [
      "/../etc/passwd", "/page/..", "/page/%2e%2e/x", "/images/%2e%2e%2f%2e%2e%2fetc", "/a/.", "/a%00b", "/a%5cb",
      "/%ff", "/%zz",
      "/a%0d%0aX:%20y", "http://evil.example/", "*", "", "page", "/?a=%ff", "/?%", "/?a=%1", "//..//",
    ])
  func hostileTargets(target: String) {
    #expect(WebRequest(method: "GET", target: target, host: "localhost") == nil)
  }

  @Test("Path and query are decoded once, and encoded again as they were")
  func targets() throws {
    let request = try #require(
      WebRequest(method: "GET", target: "/a%20b/c+d?x=1%2B+2&y=&z=%C3%A9&x=3", host: "localhost"))
    #expect(request.path == ["a b", "c+d"])
    #expect(request.query["x"] == "1+ 2" && request.query["y"] == nil && request.query["z"] == "é")
    #expect(request.query.with("x", "é&").encoded == "z=%C3%A9&x=%C3%A9%26")
    #expect(WebRequest(method: "GET", target: "/", host: nil)?.path == [])
    #expect(WebRequest(method: "GET", target: "/" + String(repeating: "a", count: 5_000), host: nil) == nil)
    #expect(WebForm(encoded: String(repeating: "a=1&", count: 65)) == nil)
  }

  @Test("What is interpolated into markup can't become markup")
  func escaping() {
    let name = "<script>alert(1)</script>\"'&\u{202E}\u{1B}"
    let html: HTML = "<p title=\"\(name)\">\(name)</p>\(1)\(HTML.empty)"
    #expect(
      html.text
        == "<p title=\"&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;%E2%80%AE%1B\">"
        + "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;%E2%80%AE%1B</p>1")
  }

  @Test("Files of the page are known by name and are not sent twice")
  func files() throws {
    #expect(Set(PageFile.all.keys).isSuperset(of: ["page.css", "browse.js", "review.js", "icon.svg"]))
    let file = try #require(PageFile.all["page.css"])
    let request = try #require(WebRequest(method: "GET", target: "/", host: nil))
    let first = file.response(to: request)
    #expect(first.status == 200 && first.header("content-type") == "text/css; charset=utf-8" && !first.body.isEmpty)
    let tag = try #require(first.header("ETag"))
    let again = try #require(
      WebRequest(method: "GET", target: "/", host: nil, headers: [("If-None-Match", tag)]))
    #expect(file.response(to: again).status == 304)
  }
}
