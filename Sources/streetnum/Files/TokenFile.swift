#if Server
  import ArgumentParser
  import Foundation
  import Pipeline
  import StreetServer

  /// The file of the access token of `streetnum serve`. One that is made may be read by its owner only.
  struct TokenFile {
    let path: String

    /// The token in the file; a missing file is made.
    func token() throws -> AccessToken {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return try stored() }
      defer { close(descriptor) }
      let token = AccessToken.random()
      let line = Array((token.text + "\n").utf8)
      guard write(descriptor, line, line.count) == line.count else {
        unlink(path)  // an empty file would be taken for a broken token at every later start
        throw TokenFileError(path: path, what: "can't be written")
      }
      return token
    }

    private func stored() throws -> AccessToken {
      let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      if let mode, mode & 0o044 != 0 {
        Diagnostics.line(
          "\(path): other users may read the token in it (mode \(String(mode, radix: 8))); "
            + "`chmod 600` keeps it from them")
      }
      guard let bytes = try? File(path: Array(path.utf8)).read(upTo: 1_024) else {
        throw TokenFileError(path: path, what: "can't be read or made")
      }
      let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      guard let token = AccessToken(text) else {
        throw TokenFileError(path: path, what: "holds no token of 32 letters and digits or more")
      }
      return token
    }
  }

  /// The error for a token file that can't be used.
  struct TokenFileError: Reportable {
    let path: String
    let what: String

    var id: String? { "server.token_file" }
    var summary: String { "\(path): \(what); name another file, or remove it" }
    var exitCode: ExitCode { .cannotCreate }
  }
#endif
