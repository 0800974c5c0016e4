import DigitNet
import Foundation
import Pipeline
import StreetServer
import Testing

@Suite("The site")
struct SiteTests {
  private let fixture: SiteFixture

  init() throws { fixture = try SiteFixture() }

  @Test("Every page is there, links what it should, and markup in names stays text")
  func pages() throws {
    for address in ["/", "/review", "/sources", "/rejected", "/runs", "/pictures/\(fixture.pictures[1])"] {
      let page = fixture.get(address)
      #expect(page.status == 200 && page.header("Content-Type") == "text/html; charset=utf-8", "\(address)")
      #expect(page.text.hasPrefix("<!doctype html>") && page.text.contains("<main id=\"main\""), "\(address)")
      #expect(!page.text.contains("<script>alert") && !page.text.contains("<b>early"), "\(address)")
      // Nothing that is no name was escaped, nothing is loaded from elsewhere, nothing inline runs or styles.
      #expect(page.text.matches(of: /&lt;(?!script|!--|b&gt;|\/b&gt;)/).isEmpty, "\(address)")
      #expect(page.text.matches(of: /(?:src|href)="(?!\/|#)/).isEmpty, "\(address)")
      #expect(page.text.matches(of: /<style| style=| on[a-z]+=|javascript:/).isEmpty, "\(address)")
      let policy = try #require(page.header("Content-Security-Policy"))
      #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
    }
    #expect(fixture.get("/").text.contains("&lt;script&gt;alert(1)&lt;!--&quot;&#39;&amp;.png"))
    #expect(fixture.get("/rejected").text.contains("image.truncated"))
  }

  @Test("The form of the page searches by digits, patterns and parts of names")
  func search() {
    func numbers(_ query: String) -> [String] {
      fixture.get("/?fragment=1&" + query).text.matches(of: /class="whole number" href="[^"]*">([0-9]+)</).map {
        String($0.1)
      }
    }
    #expect(numbers("") == ["1427", "27", "7"])
    #expect(
      numbers("q=14") == ["1427"] && numbers("q=1427&match=exact") == ["1427"] && numbers("q=142&match=exact") == [])
    #expect(numbers("q=*7") == ["1427", "27", "7"] && numbers("q=?7") == ["27"])
    #expect(numbers("image=first") == ["1427", "27"] && numbers("archive=photo") == ["1427", "27", "7"])
    #expect(
      numbers("order=least_sure_first") == ["27", "7", "1427"] && numbers("min_confidence=0.6") == ["1427", "7"])
    #expect(fixture.get("/?q=abc").status == 400 && fixture.get("/?min_confidence=2").status == 400)
  }

  @Test("A field that the API does not have is refused, because the answer would be another")
  func unknownFields() {
    for query in ["min_confidance=0.99", "near=52.1,4.3,50m", "number=7&q=7"] {
      let answer = fixture.get("/api/numbers?" + query)
      #expect(answer.status == 400 && answer.text.contains("server.invalid_field"), "\(answer.text)")
    }
    #expect(fixture.get("/api/sources?archiv=a").status == 400 && fixture.get("/api/sources?archive=*").status == 200)
  }

  @Test(
    "What is wrong with a body is said",
    arguments: [
      ("samples", "{}", "size: it is missing."), ("samples", #"{"size": "ten"}"#, "size: it has another type."),
      ("samples", "x", "The body is no JSON."), ("review/items", #"{"count": [1]}"#, "count: it has another type."),
    ])
  func bodies(address: String, body: String, says: String) {
    let answer = fixture.post("/api/\(address)", body)
    #expect(answer.status == 400 && answer.text.contains(says), "\(answer.text)")
  }

  @Test("Pages of the API follow each other by cursor, to the last number, each once")
  func cursors() throws {
    var (seen, cursor): ([String], String?) = ([], nil)
    repeat {
      let page = fixture.get("/api/numbers?limit=1&order=surest_first" + (cursor.map { "&cursor=" + $0 } ?? "")).object
      seen += (page["numbers"] as? [[String: Any]] ?? []).compactMap { $0["number"] as? String }
      cursor = page["next"] as? String
    } while cursor != nil && seen.count < 9
    #expect(seen == ["1427", "7", "27"])
  }

  @Test("Pictures come as JPEG without metadata, in the size and the part that is asked for, and known ones alone")
  func pictures() throws {
    let address = "/images/\(fixture.pictures[0]).jpg"
    let whole = fixture.get(address + "?side=80")
    #expect(whole.status == 200 && whole.header("Content-Type") == "image/jpeg")
    let image = try ImageDecoder.decode(whole.body)
    #expect(image.width == 80 && image.height == 60)
    let part = try ImageDecoder.decode(fixture.get(address + "?part=10,10,40,20").body)
    #expect(part.width == 40 && part.height == 20)
    for query in ["side=15", "side=4097", "side=x", "part=1,2,3", "part=150,0,20,20", "part=0,0,0,5", "part=-1,0,5,5"] {
      #expect(fixture.get(address + "?" + query).status == 400, "\(query)")
    }
    #expect(fixture.get("/images/\(String(repeating: "0", count: 64)).jpg").status == 404)
    #expect(fixture.get("/images/x.jpg").status == 404)
    // No crop is kept here: it is cut from the photograph.
    #expect(fixture.get("/crops/\(fixture.pictures[0])/10,10,40,20.jpg").status == 200)
    #expect(fixture.get("/crops/\(fixture.pictures[0])/150,10,40,20.jpg").status == 404)
  }

  @Test("Where the photograph is gone or changed it is said, and no other bytes are shown")
  func gonePictures() throws {
    let file = URL(fileURLWithPath: fixture.path + "/photographs/first.png")
    try Data("something else".utf8).write(to: file)
    let answer = fixture.get("/images/\(fixture.pictures[0]).jpg")
    #expect(answer.status == 404 && answer.text.contains("source.picture_gone"))
    let note = #"<section id="gone" class="note bad""#
    #expect(fixture.get("/pictures/\(fixture.pictures[0])").text.contains(note + " hidden>"))
    try FileManager.default.removeItem(atPath: fixture.path + "/photographs")
    #expect(fixture.get("/pictures/\(fixture.pictures[0])").text.contains(note + ">"))
  }

  @Test("What there is not is 404, what can't be asked so is 405 or 400, in JSON or on a page")
  func refusals() throws {
    #expect(fixture.get("/nothing").status == 404 && fixture.get("/api/nothing").status == 404)
    #expect(fixture.get("/nothing", accept: "text/html").text.contains("<code>server.not_found</code>"))
    #expect(fixture.get("/api/nothing", accept: "text/html").text.contains(#""id": "server.not_found""#))
    #expect(fixture.get("/api/decisions").status == 405 && fixture.post("/api/numbers", "{}").status == 405)
    #expect(fixture.post("/", "").status == 405 && fixture.post("/api/decisions", "{}").status == 400)
    #expect(fixture.post("/api/decisions", "{}", type: "text/plain").status == 415)
    #expect(fixture.get("/api/numbers?limit=0").status == 400 && fixture.get("/api/numbers?order=none").status == 400)
    #expect(fixture.get("/api/numbers?image=" + String(repeating: "*", count: 9)).status == 400)
  }

  @Test("The OpenAPI document is JSON and names each address of the API")
  func description() throws {
    let paths = try #require(fixture.get("/api/openapi.json").object["paths"] as? [String: Any])
    #expect(paths.count == 12 && paths["/api/numbers"] != nil)
  }
}
