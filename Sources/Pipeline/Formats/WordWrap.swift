/// Breaks a text at spaces into lines of at most the given number of columns; lines after a break are indented by two
/// more than the first. A word that is longer than a line, such as a path, is not broken.
package func wrapped(_ text: String, to columns: Int) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
    guard line.count > columns else { return String(line) }
    let margin = line.prefix { $0 == " " }
    let indent = margin.count + 2 < columns / 2 ? margin + "  " : ""
    var (lines, last) = ([String](), String(margin))
    var isEmpty = true
    for word in line.dropFirst(margin.count).split(separator: " ", omittingEmptySubsequences: false) {
      if isEmpty {
        last += word
      } else if last.count + 1 + word.count <= columns {
        last += " " + word
      } else {
        lines.append(last)
        last = indent + word
      }
      isEmpty = false
    }
    return (lines + [last]).joined(separator: "\n")
  }.joined(separator: "\n")
}
