import DigitNet
import Pipeline
import Testing

@Suite("Confusion matrix of digits")
struct ConfusionMatrixTests {
  /// All counts that are not 0, such as "1>7: 2"; "-" is no digit.
  private func counts(_ matrix: ConfusionMatrix) -> [String] {
    let classes = (0...9).map(Optional.some) + [nil]
    return classes.flatMap { labelled in
      classes.compactMap { read in
        let count = matrix[labelled: labelled, read: read]
        return count == 0 ? nil : "\(labelled.map(String.init) ?? "-")>\(read.map(String.init) ?? "-"): \(count)"
      }
    }
  }

  @Test("Where digits have boxes, those in the same place are a pair; the others are missed or false")
  func boxes() {
    let label = LabelledPhotograph(
      file: "1", number: "127", digits: number("127", 0).digits.map { LabelledDigit(value: $0.value, box: $0.box) })
    let found = [number("17", 9_000), number("4", 1_000, left: 200)]
    #expect(counts(ConfusionMatrix([label], found: [found])) == ["1>1: 1", "2>7: 1", "7>-: 1", "->4: 1"])
  }

  @Test("Of two found digits in one place, the better box is the pair, and of equals the same digit")
  func twice() {
    let label = LabelledPhotograph(
      file: "1", number: "1", digits: [LabelledDigit(value: 1, box: Box(left: 0, top: 0, width: 10, height: 20))])
    let beside = [number("7", 9_000, left: 2), number("1", 1_000)]
    #expect(counts(ConfusionMatrix([label], found: [beside])) == ["1>1: 1", "->7: 1"])
    let equal = [number("7", 9_000), number("1", 1_000)]
    #expect(counts(ConfusionMatrix([label], found: [equal])) == ["1>1: 1", "->7: 1"])
  }

  @Test("Without boxes, the best number's digits stand beside the label's, where there are as many")
  func strings() {
    let labels = ["17", "23", "45", "6", "8A"].map { LabelledPhotograph(file: $0, number: $0) }
    let found = [
      [number("11", 9_000), number("17", 100)], [number("23", 9_000)], [number("4", 9_000)], [], [number("81", 1)],
    ]
    let matrix = ConfusionMatrix(labels, found: found)
    #expect(counts(matrix) == ["1>1: 1", "2>2: 1", "3>3: 1", "7>1: 1"])
    #expect(matrix.unaligned == 3)
  }

  @Test("In scenes numbers are paired by place, then their digits in order")
  func scenes() {
    let labels = [("12", 0), ("34", 100), ("56", 200)].map { text, left in
      LabelledNumber(text: text, box: number(text, 0, left: left).box)
    }
    let found = [number("17", 9_000), number("345", 8_000, left: 98), number("9", 7_000, left: 400)]
    let matrix = ConfusionMatrix([LabelledScene(file: "a", numbers: labels)], found: [found])
    #expect(counts(matrix) == ["1>1: 1", "2>7: 1", "5>-: 1", "6>-: 1", "->9: 1"])
    #expect(matrix.unaligned == 1)
  }
}
