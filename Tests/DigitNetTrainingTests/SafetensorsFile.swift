/// Safetensors files of zeros.
enum SafetensorsFile {
  /// A file of F32 tensors by name and shape.
  static func of(_ shapes: [String: [Int]]) -> [UInt8] {
    var (entries, end): ([String], Int) = ([], 0)
    for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) {
      let start = end
      end += 4 * shape.reduce(1, *)
      entries.append(#""\#(name)":{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(start),\#(end)]}"#)
    }
    let header = Array("{\(entries.joined(separator: ","))}".utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    return length + header + [UInt8](repeating: 0, count: end)
  }
}
