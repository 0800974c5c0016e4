import ArgumentParser
import DigitNet
import DigitNetWeights
import Foundation
import Pipeline

/// Checks the machine and the program itself: kernels, model, libraries, threads and memory.
struct MachineCheck {
  /// The model file that runs use; nil for the built-in model.
  let model: String?

  /// The number that the self-test draws and reads.
  private static let specimen = "1427"

  /// Runs the checks.
  func run(_ diagnosis: inout Diagnosis) {
    do {
      let cores = ProcessInfo.processInfo.activeProcessorCount
      try SystemShortage.check(workers: cores)
      diagnosis.ok("system", "\(counted(cores, "core")); threads, open files and memory suffice")
    } catch {
      diagnosis.fault("system", error)
    }
    guard let kernels = kernels(&diagnosis), let loaded = loaded(&diagnosis) else { return }
    test(kernels, loaded, &diagnosis)
  }

  private func kernels(_ diagnosis: inout Diagnosis) -> Kernels? {
    do {
      let kernels = try Kernels.chosen()
      let isSlow = kernels.name == "portable" && Kernels.best.name == "portable"
      if isSlow {
        diagnosis.warning(
          "kernel", "portable: this processor lacks the faster instruction sets; reading takes several times longer")
      } else if kernels.name != Kernels.best.name {
        diagnosis.warning(
          "kernel", "\(kernels.name), set by STREETNUM_KERNEL; unset it to use \(Kernels.best.name), which is faster")
      } else {
        diagnosis.ok("kernel", kernels.name)
      }
      return kernels
    } catch {
      diagnosis.fault("kernel", error)
      return nil
    }
  }

  private func loaded(_ diagnosis: inout Diagnosis) -> LoadedModel? {
    do {
      let loaded = try model.map { try LoadedModel(path: $0) } ?? LoadedModel(file: Model.shippedFile)
      diagnosis.ok("model", "\(loaded.model.name), \(model ?? "built in"), id \(loaded.id.prefix(12))")
      return loaded
    } catch {
      diagnosis.fault("model", error)
      return nil
    }
  }

  /// Reads a drawn number with the kernels in use and with the portable ones. The results must be identical.
  private func test(_ kernels: Kernels, _ loaded: LoadedModel, _ diagnosis: inout Diagnosis) {
    do {
      let reader = try NumberReader(model: loaded.model, kernels: kernels)
      let libraries = try VersionReport.libraries(of: loaded.method(reader, IngestOptions()))
      let names = libraries.map { $0.value.hasPrefix($0.key) ? $0.value : "\($0.key) \($0.value)" }
      diagnosis.ok("libraries", names.joined(separator: ", "))
      guard let image = Specimen.drawing(of: Self.specimen) else {
        throw ShortageError(what: "there is not enough memory to draw a test picture")
      }
      let numbers = reader.numbers(in: image)
      if let portable = Kernels.named("portable"),
        try NumberReader(model: loaded.model, kernels: portable).numbers(in: image) != numbers
      {
        diagnosis.fault(
          "self-test",
          "\(kernels.name) and portable kernels read different numbers; set STREETNUM_KERNEL=portable, and report it "
            + "with the processor's name", .internalError)
      } else if numbers.first?.text != Self.specimen {
        diagnosis.warning(
          "self-test", "a drawn \(Self.specimen) was read as \(numbers.first?.text ?? "nothing"); check the model")
      } else {
        diagnosis.ok("self-test", "a drawn \(Self.specimen) was read correctly, and with the portable kernels' bits")
      }
    } catch {
      diagnosis.fault("self-test", error)
    }
  }
}
