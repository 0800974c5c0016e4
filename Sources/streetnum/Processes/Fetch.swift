import ArgumentParser
import CProcess
import Foundation
import Pipeline

/// A program that writes the content of a URL to its standard output, such as `aws s3 cp {} -`. No shell is involved.
struct Fetch: ExpressibleByArgument {
  /// The program and its arguments; an argument `{}` stands for the URL.
  let arguments: [String]

  /// Splits a command at spaces outside single and double quotes. Nil where a quote is not closed or no argument is
  /// `{}`.
  init?(argument: String) {
    var (arguments, word, quote) = ([String](), String?.none, Character?.none)
    for character in argument {
      switch (quote, character) {
      case (character, _): quote = nil
      case (nil, "'"), (nil, "\""): (quote, word) = (character, word ?? "")
      case (nil, " "), (nil, "\t"), (nil, "\n"):
        if let word { arguments.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    if let word { arguments.append(word) }
    guard quote == nil, arguments.count > 1, arguments.dropFirst().contains("{}") else { return nil }
    self.arguments = arguments
  }

  /// Whether an input is a URL, which only a program can fetch.
  static func isNeeded(for input: String) -> Bool { input.prefixMatch(of: /[A-Za-z][A-Za-z0-9+.\-]*:\/\//) != nil }

  /// The last component of a URL's path, the archive's displayed name.
  static func name(of url: String) -> String {
    let path = url.prefix { $0 != "?" && $0 != "#" }
    return path.split(separator: "/").last.map(String.init) ?? url
  }

  /// Fetches a URL into a new file in a folder, which is deleted with the result. Throws `FetchError`, and leaves no
  /// file, where the program can't be started or fails or the file can't be written.
  func fetch(_ url: String, into folder: String, stop: StopSign) throws -> PartialFile {
    do {
      let file = PartialFile(in: folder)
      let descriptor = try uninterrupted { open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
      defer { close(descriptor) }
      try run(url, to: descriptor, stop: stop)
      return file
    } catch {
      guard let error = error as? FileError else { throw error }
      throw FetchError(url: url, what: "\(folder): \(error.message)")
    }
  }

  private func run(_ url: String, to descriptor: Int32, stop: StopSign) throws {
    let words = arguments.map { $0 == "{}" ? url : $0 }
    let strings = words.map { strdup($0) }
    defer { for string in strings { free(string) } }
    var (process, output) = (pid_t(), Int32())
    let refusal = process_start(strings + [nil], &process, &output)
    guard refusal == 0 else { throw FetchError(url: url, what: "\(words[0]): \(FileError(number: refusal).message)") }
    do {
      defer { close(output) }
      try copy(from: output, to: descriptor, stop: stop)
    } catch {
      kill(process, SIGKILL)
      _ = process_wait(process)
      throw error
    }
    let status = process_wait(process)
    guard status == 0 else { throw FetchError(url: url, what: "\(words[0]) ended with \(status)") }
  }

  private func copy(from source: Int32, to target: Int32, stop: StopSign) throws {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      // A timeout lets the loop see a stop while the program hangs.
      var waiting = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
      while poll(&waiting, 1, 100) == 0 {
        if stop.isRaised { throw Stopped() }
      }
      let count = try uninterrupted { buffer.withUnsafeMutableBytes { read(source, $0.baseAddress, $0.count) } }
      if count == 0 { return }
      var rest = buffer[..<count]
      while !rest.isEmpty {
        let written = try uninterrupted { rest.withUnsafeBytes { write(target, $0.baseAddress, $0.count) } }
        rest = rest.dropFirst(written)
      }
    }
  }
}

/// An archive could not be fetched because of the network, the program or the disk; the archive is not at fault.
struct FetchError: Reportable {
  let url: String
  let what: String

  var id: String? { "source.fetch_failed" }
  var summary: String { "\(url): can't be fetched: \(what); nothing was stored; run it again" }
  var exitCode: ExitCode { .inputOutput }
}
