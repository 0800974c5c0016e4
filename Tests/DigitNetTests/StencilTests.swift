import DigitNet
import TestSupport
import Testing

/// The network is a stencil: what it says of a place depends on that place's receptive field and on nothing else.
@Suite struct StencilTests {
  let engine: Engine
  let scene: Image

  init() throws {
    engine = try Engine(network: shippedModel().detector, kernels: .best)
    var generator = SeededGenerator(seed: 11)
    scene = Image.random(width: 701, height: 523, using: &generator)
  }

  @Test(arguments: [false, true])
  func denseOutputsEqualThoseOfTheReceptiveFieldCutOut(enlarged: Bool) throws {
    var generator = SeededGenerator(seed: 7)
    let field = engine.receptiveField
    let stride = engine.network.stride
    var places = 0
    for level in Pyramid(scene, enlarged: enlarged) {
      let dense = engine.output(for: level.image)
      // Whole periods before the cell, so that the cut-out has the same phase as the picture.
      let before = (field.before + field.period - 1) / field.period * field.period
      let (width, height) = (level.image.width, level.image.height)
      let columns = (0..<(width / field.period)).filter {
        $0 * field.period >= before && $0 * field.period + field.period + field.after < width
      }
      let rows = (0..<(height / field.period)).filter {
        $0 * field.period >= before && $0 * field.period + field.period + field.after < height
      }
      guard !columns.isEmpty, !rows.isEmpty else { continue }
      for _ in 0..<12 {
        let (x, y) = (
          columns.randomElement(using: &generator)! * field.period,
          rows.randomElement(using: &generator)! * field.period
        )
        let phase = (0..<(field.period / stride)).randomElement(using: &generator)!
        let side = before + phase * stride + field.after + 1
        let alone = engine.output(
          for: level.image.cropped(to: Box(left: x - before, top: y - before, width: side, height: side)))
        let cell = before / stride + phase
        for channel in 0..<Model.outputs {
          #expect(
            alone[cell, cell, channel] == dense[y / stride + phase, x / stride + phase, channel],
            "level \(level.exponent), pixel \(x), \(y), phase \(phase), channel \(channel)")
        }
        places += 1
      }
    }
    #expect(places >= 24)
  }

  @Test func aShiftByThePeriodShiftsTheOutputsAndChangesNothingElse() {
    let field = engine.receptiveField
    let (dx, dy) = (3 * field.period, 2 * field.period)
    let whole = engine.output(for: scene)
    let shifted = engine.output(
      for: scene.cropped(to: Box(left: dx, top: dy, width: scene.width - dx, height: scene.height - dy)))
    let stride = engine.network.stride
    let rim = field.before / stride + 1
    let end = field.after / stride + 1
    var compared = 0
    for y in rim..<(shifted.rows - end) {
      for x in rim..<(shifted.columns - end) {
        for channel in 0..<Model.outputs {
          #expect(shifted[y, x, channel] == whole[y + dy / stride, x + dx / stride, channel])
        }
        compared += 1
      }
    }
    #expect(compared > 1000)
  }

  @Test func aPixelOutsideTheReceptiveFieldChangesNothing() {
    let field = engine.receptiveField
    let stride = engine.network.stride
    let cell = (field.before / field.period + 2) * field.period / stride
    let before = engine.output(for: scene)
    var changed = scene
    let beyond = cell * stride + field.after + 1
    for row in 0..<scene.height {
      for column in beyond..<scene.width {
        changed.pixels[3 * (row * scene.width + column)] = 255 - changed.pixels[3 * (row * scene.width + column)]
      }
    }
    let after = engine.output(for: changed)
    for channel in 0..<Model.outputs { #expect(before[30, cell, channel] == after[30, cell, channel]) }
    #expect(before != after)
  }
}
