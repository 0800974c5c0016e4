/// Says where in a pyramid level a digit could be, so that the detector need not look elsewhere: the first stage of a cascade
/// (Viola and Jones, 2001).
///
/// A network of a few narrow layers with one logit for each block of the picture, its stride. It decides on the grid of
/// those blocks from the level's corner, whatever part of the level is at hand.
public struct Gate: Sendable {
  /// The network, one channel at each cell.
  public let engine: Engine
  /// The least logit, in 1/256, of a block in which a digit could be.
  public let threshold: Int

  /// The gate of a model; nil where it has none.
  public init?(model: Model, kernels: Kernels) throws(ModelError) {
    guard let (network, threshold) = model.gate else { return nil }
    let (engine, side) = (try Engine(network: network, kernels: kernels), network.stride)
    let fits = (1...4 * side).allSatisfy { length in
      [\Layer.Window.rows, \.columns].allSatisfy { engine.cells(along: length, $0) == (length + side - 1) / side }
    }
    guard fits else {
      throw ModelError(.malformed, "The model's gate doesn't have one cell for each block of \(side) x \(side) pixels")
    }
    (self.engine, self.threshold) = (engine, threshold)
  }

  /// A region of blocks of the gate's own side without those in which no digit could be. Costs the gate's operations on it.
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
