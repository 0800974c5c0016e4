import Pipeline
import Testing

@Suite("Findings in labelled pictures")
struct FindingsTests {
  private func findings(_ files: String...) -> Findings {
    Findings(labels: .photographs(files.map { LabelledPhotograph(file: $0, number: "1") }))
  }

  private func found(_ image: String, _ confidence: Int) -> FoundNumber {
    FoundNumber(
      archive: "a.tar", archiveSHA256: nil, image: image, ordinal: 0, width: 10, height: 10,
      number: number("1", confidence))
  }

  @Test("A picture's label is that of its path, else the only one of its base name")
  func position() {
    let findings = findings("a/1.png", "b/1.png", "x/2.png", "3.png")
    let names = ["a/1.png", "b/1.png", "1.png", "c/1.png", "2.png", "y/2.png", "deep/er/3.png", "3.jpg", "png", "x/"]
    #expect(names.map { findings.position(of: $0) } == [0, 1, nil, nil, 2, 2, 3, nil, nil, nil])
  }

  @Test("Each picture is read, rejected or missing; those without a label are named")
  func states() {
    var findings = findings("1.png", "2.png", "3.png", "4.png")
    let why = Reason(id: "image.damaged", message: "It is damaged")
    for (name, state) in [
      ("1.png", MemberOutcome.State.done(width: 2, height: 3, numbers: [])), ("2.png", .rejected(why)),
      ("3.png", .ignored(why)), ("5.png", .done(width: 2, height: 3, numbers: [])), ("6.txt", .ignored(why)),
      ("7.png", .rejected(why)), ("a/1.png", .done(width: 2, height: 3, numbers: [])),
    ] {
      findings.take(name, state)
    }
    #expect(findings.missing == [2, 3])
    #expect(findings.rejected == [1])
    #expect(findings.rejection(at: 1) == why)
    #expect(findings.ambiguous == [0])
    #expect(findings.unlabelled == ["5.png", "7.png"])
  }

  @Test("Numbers go to their label, in the order that they come, and can be asked for by confidence")
  func numbers() {
    var findings = findings("1.png", "2.png")
    for (image, confidence) in [("2.png", 9_000), ("3.png", 8_000), ("1.png", 7_000), ("a/2.png", 400)] {
      findings.take(found(image, confidence))
    }
    #expect(findings.numbers.map { $0.map(\.confidence) } == [[7_000], [9_000, 400]])
    #expect(findings.numbers(ofAtLeast: 7_000).map { $0.map(\.confidence) } == [[7_000], [9_000]])
  }

  @Test("A scene whose label gives no size has the picture's")
  func sizes() {
    var findings = Findings(
      labels: .scenes([
        LabelledScene(file: "1", numbers: []), LabelledScene(file: "2", pixels: 7, numbers: []),
        LabelledScene(file: "3", numbers: []),
      ]))
    for name in ["1", "2"] {
      findings.take(name, .done(width: 4, height: 5, numbers: []))
    }
    guard case .scenes(let scenes) = findings.labels else {
      Issue.record("no scenes")
      return
    }
    #expect(scenes.map(\.pixels) == [20, 7, nil])
  }
}
