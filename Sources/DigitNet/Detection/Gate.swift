/// Finds the parts of a pyramid level where a digit is possible, so that the detector runs only there: the first stage
/// of a cascade (Viola and Jones, 2001).
///
/// The gate is a network of a few narrow layers with one logit per block, and its stride is the block's side. Blocks
/// lie on a grid from the level's top left corner, so the decision does not depend on how the level is split.
public struct Gate: Sendable {
  /// The gate network, with one channel per cell.
  public let engine: Engine
  /// The minimum logit, in 1/256, of a block in which a digit is possible.
  public let threshold: Int

  /// The gate of a model; nil for a model without one.
  public init?(model: Model, kernels: Kernels) throws(ModelError) {
    guard let (network, threshold) = model.gate else { return nil }
    let (engine, side) = (try Engine(network: network, kernels: kernels), network.stride)
    let fits = (1...4 * side).allSatisfy { length in
      [\Layer.Window.rows, \.columns].allSatisfy { engine.cells(along: length, $0) == (length + side - 1) / side }
    }
    guard fits else {
      throw ModelError(
        .malformed, "The model's gate doesn't have exactly one cell per block of \(side) x \(side) pixels")
    }
    (self.engine, self.threshold) = (engine, threshold)
  }

  /// Removes from a region the blocks in which no digit is possible. The region's blocks must have the gate's stride as
  /// their side. Costs the gate network on the region.
  public func narrowed(_ region: Region, of band: Band) -> Region {
    precondition(region.side == engine.network.stride)
    var narrowed = region
    engine.run(over: band, region: region) { row, columns, outputs in
      let channels = engine.outputChannels
      narrowed.narrow(row: row, columns: columns) { outputs[($0 - columns.lowerBound) * channels] >= threshold }
    }
    return narrowed
  }
}
