import Foundation

extension Safetensors {
  private struct Head: Encodable {
    let dtype: String
    let shape: [Int]
    let offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }
  }

  /// The bytes of the file; the same tensors and metadata always give the same bytes. Tensors are sorted by the size of
  /// their elements, largest first, then by name, so that each is aligned to its element size.
  package var file: [UInt8] {
    get throws(ModelError) {
      let order = tensors.sorted { (Self.size($0.value), $1.key) > (Self.size($1.value), $0.key) }
      var entries = ["\"__metadata__\":\(try Self.json(metadata))"]
      var end = 0
      for (name, tensor) in order {
        let start = end
        end += tensor.bytes.count
        entries.append(
          "\(try Self.json(name)):\(try Self.json(Head(dtype: tensor.type, shape: tensor.shape, offsets: [start, end])))"
        )
      }
      var head = Array("{\(entries.joined(separator: ","))}".utf8)
      head += Array(repeating: UInt8(ascii: " "), count: (8 - head.count % 8) % 8)
      let length = (0..<8).map { UInt8(truncatingIfNeeded: head.count >> (8 * $0)) }
      return order.reduce(into: length + head) { $0 += $1.value.bytes }
    }
  }

  /// The size in bytes of one element of the tensor; 0 if its shape has more elements than its bytes can hold.
  private static func size(_ tensor: Tensor) -> Int { tensor.bytes.count / max(tensor.shape.saturatingProduct, 1) }

  private static func json(_ value: some Encodable) throws(ModelError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      throw ModelError(.malformed, "The model's header can't be written: \(error)")
    }
  }
}
