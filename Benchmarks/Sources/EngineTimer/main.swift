import CPeak
import DigitNet
import Dispatch
import Foundation
import Pipeline

// Times the engine on pictures for scripts/bench/peers.py, one request a line on standard input, so that it and others can be
// timed in turns:
//   dense THREADS   the detector over every spot of all pyramid levels, from pixels in memory to digits
//   gated THREADS   the same with the gate
//   peak THREADS    8-bit multiplications and additions a second, in registers alone
//   layer THREADS   the same of the kernels in one 3x3 layer of 64 channels
// and one line of JSON on standard output for each. STREETNUM_MODEL names a model file to time instead of the built-in one.
guard CommandLine.arguments.count > 1 else {
  FileHandle.standardError.write(Data("usage: EngineTimer PICTURE...\n".utf8))
  exit(64)
}
let timer = try EngineTimer(paths: Array(CommandLine.arguments.dropFirst()))
while let line = readLine() {
  let words = line.split(separator: " ")
  guard words.count == 2, let threads = Int(words[1]), threads > 0 else { continue }
  switch words[0] {
  case "dense": timer.detect(timer.dense, threads: threads)
  case "gated": timer.detect(timer.gated, threads: threads)
  case "peak": timer.peak(threads: threads)
  case "layer": timer.layer(threads: threads)
  default: continue
  }
}
