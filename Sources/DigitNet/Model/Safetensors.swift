import Foundation

/// The tensors and metadata of a safetensors file (https://huggingface.co/docs/safetensors, "Format").
package struct Safetensors {
  package struct Tensor {
    package var type: String
    package var shape: [Int]
    package var bytes: ArraySlice<UInt8>

    package init(type: String, shape: [Int], bytes: ArraySlice<UInt8>) {
      self.type = type
      self.shape = shape
      self.bytes = bytes
    }
  }

  package var metadata: [String: String]
  package let tensors: [String: Tensor]

  package init(metadata: [String: String], tensors: [String: Tensor]) {
    self.metadata = metadata
    self.tensors = tensors
  }

  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }
  }

  package init(_ file: [UInt8]) throws(ModelError) {
    let cut = ModelError(.notSafetensors, "The model is not a safetensors file, or is truncated")
    guard let length = file.integer(at: 0, count: 8, .little), (0...file.count - 8).contains(length) else { throw cut }
    let body = 8 + length
    let header = Data(file[8..<body])
    let fields: [String: Any]
    let decoder = JSONDecoder()
    do {
      guard let object = try JSONSerialization.jsonObject(with: header) as? [String: Any] else { throw cut }
      fields = object
    } catch {
      throw cut
    }
    metadata = fields["__metadata__"] as? [String: String] ?? [:]
    var tensors: [String: Tensor] = [:]
    for (name, value) in fields where name != "__metadata__" {
      guard let object = value as? [String: Any], let data = try? JSONSerialization.data(withJSONObject: object),
        let entry = try? decoder.decode(Entry.self, from: data),
        entry.offsets.count == 2, let start = entry.offsets.first, let end = entry.offsets.last,
        start >= 0, start <= end, end <= file.count - body
      else { throw cut }
      tensors[name] = Tensor(type: entry.dtype, shape: entry.shape, bytes: file[(body + start)..<(body + end)])
    }
    self.tensors = tensors
  }

  /// The elements of a tensor of the expected type and shape.
  package func numbers<Number>(
    _ name: String, type: String, shape: [Int], size: Int, _ convert: (UInt32) -> Number
  ) throws(ModelError) -> [Number] {
    let missing = ModelError(.malformed, "The model has no tensor \(name) of type \(type) and shape \(shape)")
    guard let tensor = tensors[name], tensor.type == type, tensor.shape == shape,
      tensor.bytes.count == (shape + [size]).saturatingProduct
    else { throw missing }
    return try stride(from: 0, to: tensor.bytes.count, by: size).map { (offset) throws(ModelError) -> Number in
      guard let number = tensor.bytes.integer(at: offset, count: size, .little) else { throw missing }
      return convert(UInt32(truncatingIfNeeded: number))
    }
  }
}
