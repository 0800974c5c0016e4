extension Recogniser {
  /// The constants of crops and transcripts that decide results, by name: one that changes makes another reading method.
  package static let constants: [String: [Double]] = Dictionary(
    joining: [
      "crop": Crop.constants, "cut": Crop.cuttingConstants, "cells": CellRow.constants,
      "transcript": Transcript.constants,
    ])
}
