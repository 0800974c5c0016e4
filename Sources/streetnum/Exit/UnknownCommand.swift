import ArgumentParser
import Pipeline

/// A word in the place of a command that is no command.
struct UnknownCommand {
  private let word: String
  /// The command before the word, such as `streetnum learn`.
  private let before: String
  /// The commands that people may mean.
  private let known: [String]

  /// Finds such a word in arguments; nil where the command exists, or none is named.
  init?(in arguments: [String], of root: any ParsableCommand.Type) {
    var (command, path) = (root, ["streetnum"])
    for argument in arguments.drop(while: { $0 == "help" }) {
      let commands = command.configuration.subcommands
      guard !commands.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return nil }
      guard let next = commands.first(where: { $0.configuration.commandName == argument }) else {
        (word, before) = (argument, path.joined(separator: " "))
        known = commands.map { $0.configuration }.filter(\.shouldDisplay).compactMap(\.commandName)
        return
      }
      command = next
      path.append(argument)
    }
    return nil
  }

  /// The sentence that says so, with the nearest command where one is near.
  var message: String {
    let nearest = known.map { ($0, Self.distance(word.lowercased(), $0)) }.min { $0.1 < $1.1 }
    let meant = nearest.flatMap { $0.1 <= max(1, min(3, $0.0.count / 2)) ? "; did you mean `\(before) \($0.0)`?" : nil }
    return "There is no command `\(before) \(printable(word))`\(meant ?? "; `\(before) --help` lists them")"
  }

  /// The number of letters to insert, delete or replace, or of neighbours to swap, to make one word the other.
  private static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.prefix(40)), Array(b))
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(row[j], rows[i][j + 1]) + 1
        least = min(least, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
