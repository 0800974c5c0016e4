import Foundation
import Pipeline
import StreetServer
import Testing

@Suite("Reviewing through the API")
struct ReviewTests {
  private let fixture: SiteFixture

  init() throws { fixture = try SiteFixture() }

  private func states() -> [String] {
    let numbers = fixture.get("/api/numbers").object["numbers"] as? [[String: Any]] ?? []
    return numbers.map { "\($0["number"] ?? "") \($0["state"] as? String ?? "-")" }
  }

  @Test("Items come least sure first, with all that is needed to show them")
  func items() throws {
    let items = try #require(fixture.post("/api/review/items", "{}").object["items"] as? [[String: Any]])
    #expect(items.compactMap { $0["text"] as? String } == ["27", "7", "1427"])
    let last = try #require(items.last)
    #expect(last["picture"] as? String == fixture.pictures[0] && last["box"] as? [Int] == [10, 10, 40, 20])
    let crop = try #require(last["crop"] as? String)
    #expect(fixture.get(crop).status == 200)
    #expect(fixture.post("/api/review/items", #"{"count": 101}"#).status == 400)
    #expect(fixture.post("/api/review/items", #"{"sample": "none"}"#).status == 404)
  }

  @Test("A decision is stored once however often it is sent, is undone by another row, and outlives the site")
  func decisions() throws {
    let body = fixture.decision("corrected", #", "text": "1421""#)
    let first = fixture.post("/api/decisions", body)
    #expect(first.status == 201 && first.object["counter"] as? Int == 1 && first.object["reviewer"] as? String == "ann")
    #expect(fixture.post("/api/decisions", body).object["counter"] as? Int == 1)
    #expect(states() == ["1427 corrected", "27 -", "7 -"])
    let reviewed = fixture.get("/api/numbers?reviewed=true&number=1421").object["numbers"] as? [[String: Any]]
    #expect(reviewed?.first?["read_number"] as? String == "1427")
    let again = try Site(database: fixture.database, reviewer: "ann")
    let last = try #require(WebRequest(method: "GET", target: "/api/review/last", host: "localhost"))
    #expect((again.response(to: last).object["decision"] as? [String: Any])?["id"] as? String == "d-1")
    again.close()
    let undo = fixture.post("/api/decisions/d-1/undo", #"{"id": "u-1"}"#)
    #expect(undo.status == 201 && (undo.object["undone"] as? [String: Any])?["id"] as? String == "d-1")
    #expect(fixture.post("/api/decisions/d-1/undo", #"{"id": "u-1"}"#).status == 201)
    #expect(states() == ["1427 -", "27 -", "7 -"])
    #expect(fixture.post("/api/decisions/none/undo", "{}").status == 404)
  }

  @Test("A decision about a reading that has changed is refused, and what is read now comes with it")
  func stale() throws {
    let answer = fixture.post("/api/decisions", fixture.decision("confirmed", shown: "1421"))
    #expect(answer.status == 409)
    #expect((answer.object["error"] as? [String: Any])?["id"] as? String == "review.stale")
    #expect((answer.object["item"] as? [String: Any])?["text"] as? String == "1427")
    #expect(states() == ["1427 -", "27 -", "7 -"])
  }

  @Test("Forms of a picture's page decide without a script and lead back")
  func forms() {
    let type = "application/x-www-form-urlencoded"
    let answer = fixture.post(
      "/decide", "picture=\(fixture.pictures[0])&box=10,10,40,20&shown=1427&verdict=confirmed&text=", type: type)
    #expect(answer.status == 303 && answer.header("Location") == "/pictures/\(fixture.pictures[0])#box=10,10,40,20")
    #expect(states()[0] == "1427 confirmed")
    #expect(fixture.get("/pictures/\(fixture.pictures[0])").text.contains("tag good\">confirmed"))
    let sample = fixture.post("/samples", "size=2", type: type)
    #expect(sample.status == 303 && sample.header("Location")?.hasPrefix("/review?sample=") == true)
    #expect(fixture.get(sample.header("Location") ?? "").status == 200)
  }

  @Test("A random sample says how often numbers are right, by what is decided in it")
  func samples() throws {
    let sample = fixture.post("/api/samples", #"{"size": 3, "seed": "s"}"#)
    #expect(sample.status == 201 && sample.object["population"] as? Int == 3)
    let id = try #require(sample.object["id"] as? String)
    #expect(fixture.post("/api/decisions", fixture.decision("confirmed", #", "sample": "\#(id)""#)).status == 201)
    let estimate = fixture.get("/api/samples/\(id)").object
    #expect(estimate["decided"] as? Int == 1 && estimate["right"] as? Int == 1 && estimate["open"] as? Int == 2)
  }

  @Test("Where nothing may be written, review is off and all else works")
  func readOnly() throws {
    let fixture = try SiteFixture(isReadOnly: true)
    #expect(!fixture.site.takesDecisions)
    #expect(fixture.post("/api/decisions", fixture.decision("confirmed")).status == 403)
    #expect(fixture.post("/api/review/items", "{}").status == 403)
    let page = fixture.get("/review")
    #expect(page.status == 403 && page.text.contains("is read-only"))
    #expect(
      fixture.get("/").status == 200
        && !fixture.get("/pictures/\(fixture.pictures[0])").text.contains("<form method=\"post\""))
  }
}
