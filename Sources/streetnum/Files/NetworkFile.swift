import ArgumentParser
import DigitNetTraining
import Pipeline

/// A file that `learn mnist -o` wrote.
struct NetworkFile {
  let path: String

  /// The most bytes of one; AlexNet's takes 244 million.
  private static let mostBytes = 1 << 30

  /// The network in it.
  func network() throws -> TrainableNetwork {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try File(path: Array(path.utf8)).read(upTo: NetworkFile.mostBytes)
    } catch {
      throw Source.failure(error, path: path)
    }
    do throws(TrainingError) {
      return try TrainableNetwork(file: bytes)
    } catch {
      throw NetworkFileError(path: path, error: error)
    }
  }
}

/// Why a network can't be used, with its path.
struct NetworkFileError: Reportable {
  let path: String
  let error: TrainingError

  var summary: String { "\(path): \(error.summary)" }
  var exitCode: ExitCode { error.exitCode }
}
