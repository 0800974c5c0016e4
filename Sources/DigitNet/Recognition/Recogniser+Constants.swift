extension Recogniser {
  /// The constants of crops and transcripts that affect results, by name. Changing one changes the reading method's
  /// digest.
  package static let constants: [String: [Double]] = Dictionary(
    joining: [
      "crop": Crop.constants, "cut": Crop.cuttingConstants, "cells": CellRow.constants,
      "transcript": Transcript.constants,
    ])
}
