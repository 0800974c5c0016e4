import DigitNet
import Testing

/// Files state where their parts lie; what they state may lie anywhere, and reading it never traps.
@Suite struct ByteOrderTests {
  private let bytes: [UInt8] = [1, 2, 3, 4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]

  @Test func eachOrderBeginsAtItsOwnEnd() {
    #expect(bytes.integer(at: 0, count: 4, .big) == 0x0102_0304)
    #expect(bytes.integer(at: 0, count: 4, .little) == 0x0403_0201)
    #expect(bytes.integer(at: 1, count: 1, .big) == 2)
  }

  @Test func offsetsCountFromTheSlicesFirstByte() {
    #expect(bytes[2...].integer(at: 0, count: 2, .little) == 0x0403)
  }

  @Test(arguments: [-1, 9, 12, .max, .min])
  func whatLiesOutsideIsNil(offset: Int) {
    #expect(bytes.integer(at: offset, count: 4, .little) == nil)
    #expect(bytes[..<4].integer(at: 1, count: 4, .big) == nil)
  }

  @Test func whatIsTooLargeForIntIsNegative() {
    #expect(bytes.integer(at: 4, count: 8, .little) == -1)
  }
}
