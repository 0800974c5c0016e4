// The library that applications import: all layers of the pipeline as one module, and DigitNet, whose types they use.
@_exported public import DigitNet
@_exported public import StreetArchives
@_exported public import StreetCore
@_exported public import StreetDrawing
@_exported public import StreetEvaluation
@_exported public import StreetFormats
@_exported public import StreetImages
@_exported public import StreetIngest
@_exported public import StreetLedger
@_exported public import StreetMaps
@_exported public import StreetPositions
@_exported public import StreetReading
