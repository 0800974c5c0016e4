import ArgumentParser
import DigitNetTraining
import Pipeline

/// A file of a network's weights: one that `learn mnist -o` wrote, or a user's AlexNet.
struct NetworkFile {
  let path: String

  /// The largest size of the file, in bytes; AlexNet's has 244 million.
  private static let maximumBytes = 1 << 30

  /// The network that `learn mnist` trained.
  func network() throws -> TrainableNetwork {
    try named { bytes throws(TrainingError) in try TrainableNetwork(file: bytes) }
  }

  /// AlexNet with the weights of the file.
  func network(_ network: AlexNet) throws -> TrainableNetwork {
    try named { bytes throws(TrainingError) in try network.network(file: bytes) }
  }

  private func named(_ body: ([UInt8]) throws(TrainingError) -> TrainableNetwork) throws -> TrainableNetwork {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try File(path: Array(path.utf8)).read(upTo: NetworkFile.maximumBytes)
    } catch {
      throw Source.failure(error, path: path)
    }
    do throws(TrainingError) {
      return try body(bytes)
    } catch {
      throw NetworkFileError(path: path, error: error)
    }
  }
}

/// The error for a network that can't be used, with its path.
struct NetworkFileError: Reportable {
  let path: String
  let error: TrainingError

  var summary: String { "\(path): \(error.summary)" }
  var exitCode: ExitCode { error.exitCode }
}
