/// A count with its noun, such as `1 photograph` or `2 photographs`.
package func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
  "\(count) \(count == 1 ? one : many ?? one + "s")"
}

/// A count whose thousands are separated, such as `12,345`.
package func grouped(_ count: Int, by separator: String = ",") -> String {
  var (digits, groups) = (Substring(String(count)), [Substring]())
  while digits.count > 3 {
    groups.insert(digits.suffix(3), at: 0)
    digits = digits.dropLast(3)
  }
  return ([digits] + groups).joined(separator: separator)
}
