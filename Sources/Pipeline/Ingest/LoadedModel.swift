import Crypto
public import DigitNet
import Foundation
import StreetArchives
import StreetCore
import StreetImages
public import StreetLedger
public import StreetReading

/// A model and the id under which its results are stored.
public struct LoadedModel: Sendable {
  /// The model.
  public let model: Model
  /// The SHA-256 of the model file, in lower-case hexadecimal.
  public let id: String

  /// Loads a model from a file.
  public init(path: String) throws(ModelError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try File(path: Array(path.utf8)).read(upTo: LoadedModel.maximumBytes)
    } catch {
      throw ModelError(.unreadable, "The model \(path) can't be read: \(error.message)")
    }
    do throws(ModelError) {
      try self.init(file: bytes)
    } catch {
      throw ModelError(error.code, "\(path): \(error.message)")
    }
  }

  /// Loads a model from the bytes of its file.
  public init(file: [UInt8]) throws(ModelError) {
    model = try Model(file: file)
    id = hexadecimal(SHA256.hash(data: file))
  }

  private static let maximumBytes = 256 << 20

  /// The method under which the results of a reader with this model are stored. It includes the limits, because they
  /// affect which members are rejected.
  public func method(_ reader: NumberReader, _ options: IngestOptions) -> ReadingMethod {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = (try? encoder.encode(model.metadata)) ?? Data("{}".utf8)
    return ReadingMethod(
      modelID: id, modelName: model.name, modelMetadata: String(decoding: json, as: UTF8.self),
      reading: reader.identity, selection: options.selection, libraries: LoadedModel.libraries,
      toolVersion: Version.current)
  }

  /// The versions of the libraries for decompression and decoding, as a JSON object with sorted keys.
  private static let libraries: String = {
    let versions = Source.libraries.merging(ImageDecoder.libraries) { $1 }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(versions)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }()
}
