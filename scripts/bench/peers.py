#!/usr/bin/env python3
"""Times streetnum's engine against PyTorch, ONNX Runtime and OpenVINO, which run the same network on the same pictures.

All take their turns in one run, with the same number of threads, and the best of several rounds counts. streetnum starts from
the picture; the others are handed the pyramid's levels as tensors, which they need not make, and only run the network.
`bench` beside this file installs what it needs and calls it.
"""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from safetensors import safe_open

LEAST_SIDE = 8
FAR_BEHIND = 10  # times streetnum's seconds: such an engine is timed once
ENGINES = ("onnxruntime fp32", "onnxruntime int8", "openvino fp32", "openvino int8", "torch fp32", "torch bf16")


def detector_of(path):
    """The detector of a model file: its layers, and weights [output, input, row, column], bias, multiplier of each."""
    with safe_open(path, "np") as file:
        graph = json.loads(file.metadata()["detector_graph"])
        tensors = {}
        for layer in graph:
            if layer["operation"] == "convolution":
                name = f"detector.{layer['name']}"
                tensors[layer["name"]] = (file.get_tensor(f"{name}.weight").transpose(0, 3, 1, 2).copy(),
                                          file.get_tensor(f"{name}.bias"), file.get_tensor(f"{name}.multiplier"))
    return graph, tensors


def exported(graph, tensors, quantised, path):
    """Writes the network as ONNX: in floating point, or in the QDQ form, 8-bit weights and activations."""
    nodes, constants = [], []

    def constant(name, value):
        constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    if quantised:
        one, zero = constant("one", np.float32(1)), constant("zero", np.uint8(0))
    most, least = constant("most", np.float32(127)), constant("least", np.float32(0))

    def rounded(name):
        if not quantised:
            return name
        nodes.append(helper.make_node("QuantizeLinear", [name, one, zero], [f"{name}_bytes"]))
        nodes.append(helper.make_node("DequantizeLinear", [f"{name}_bytes", one, zero], [f"{name}_rounded"]))
        return f"{name}_rounded"

    values = {"image": rounded("image")}
    for layer in graph:
        name, inputs = layer["name"], [values[i] for i in layer["inputs"]]
        if layer["operation"] == "convolution":
            weight, bias, multiplier = tensors[name]
            if quantised:
                zeros = constant(f"{name}.zeros", np.zeros(len(multiplier), np.int8))
                scale = constant(f"{name}.scale", multiplier.astype(np.float32))
                nodes.append(helper.make_node("DequantizeLinear", [constant(f"{name}.weight", weight), scale, zeros],
                                              [f"{name}.real"], axis=0))
            else:
                constant(f"{name}.real", weight.astype(np.float32) * multiplier[:, None, None, None])
            constant(f"{name}.bias", (bias * multiplier).astype(np.float32))
            nodes.append(helper.make_node("Conv", [inputs[0], f"{name}.real", f"{name}.bias"], [f"{name}.sum"],
                                          strides=[layer["stride"]] * 2, pads=[layer["padding"]] * 4))
            if layer["activation"] == "none":
                nodes.append(helper.make_node("Identity", [f"{name}.sum"], [name]))
            else:
                nodes.append(helper.make_node("Clip", [f"{name}.sum", least, most], [name]))
                values[name] = rounded(name)
        elif layer["operation"] == "enlarge":
            scales = constant(f"{name}.scales", np.array([1, 1, layer["factor"], layer["factor"]], np.float32))
            nodes.append(helper.make_node("Resize", [inputs[0], "", scales], [name], mode="nearest",
                                          coordinate_transformation_mode="asymmetric", nearest_mode="floor"))
            values[name] = name
        else:
            nodes.append(helper.make_node("Add", inputs, [f"{name}.sum"]))
            nodes.append(helper.make_node("Clip", [f"{name}.sum", least, most], [name]))
            values[name] = rounded(name)
    shape = [1, 3, "height", "width"]
    model = helper.make_model(
        helper.make_graph(nodes, "detector", [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
                          [helper.make_tensor_value_info(graph[-1]["name"], TensorProto.FLOAT, None)], constants),
        opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, path)


def levels_of(file):
    """All levels of a picture as the network takes them, 0...127. Sides are whole multiples of 8, so that what is enlarged fits
    what it is added to in every engine."""
    image = np.asarray(Image.open(file).convert("RGB"))
    levels = []
    while min(image.shape[:2]) >= LEAST_SIDE:
        height, width = image.shape[0] // 8 * 8, image.shape[1] // 8 * 8
        levels.append(np.ascontiguousarray((image[:height, :width] >> 1).transpose(2, 0, 1)[None].astype(np.float32)))
        height, width = image.shape[0] // 2 * 2, image.shape[1] // 2 * 2
        wide = image[:height, :width].astype(np.uint16)
        image = ((wide[::2, ::2] + wide[1::2, ::2] + wide[::2, 1::2] + wide[1::2, 1::2] + 2) >> 2).astype(np.uint8)
    return levels


def torch_runner(graph, tensors, levels, threads, half):
    import torch
    torch.set_num_threads(threads)
    modules = {}
    for layer in graph:
        if layer["operation"] == "convolution":
            weight, bias, multiplier = tensors[layer["name"]]
            module = torch.nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[2:], layer["stride"], layer["padding"])
            module.weight.data = torch.from_numpy(weight.astype(np.float32) * multiplier[:, None, None, None])
            module.bias.data = torch.from_numpy((bias * multiplier).astype(np.float32))
            modules[layer["name"]] = module.to(memory_format=torch.channels_last)
    pictures = [torch.from_numpy(level).to(memory_format=torch.channels_last) for level in levels]

    @torch.no_grad()
    def run():
        for picture in pictures:
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                values = {"image": picture}
                for layer in graph:
                    inputs = [values[i] for i in layer["inputs"]]
                    if layer["operation"] == "convolution":
                        value = modules[layer["name"]](inputs[0])
                        value = value if layer["activation"] == "none" else value.clamp_(0, 127)
                    elif layer["operation"] == "enlarge":
                        value = torch.nn.functional.interpolate(inputs[0], scale_factor=layer["factor"], mode="nearest")
                    else:
                        value = (inputs[0] + inputs[1]).clamp_(0, 127)
                    values[layer["name"]] = value
    return run


def runner_of(engine, graph, tensors, levels, threads, folder):
    """A function that runs an engine over all levels, and returns the last output where it is an array."""
    library, kind = engine.split()
    if library == "torch":
        return torch_runner(graph, tensors, levels, threads, kind == "bf16")
    path = os.path.join(folder, f"{kind}.onnx")
    exported(graph, tensors, kind == "int8", path)
    if library == "onnxruntime":
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

        def run():
            for level in levels:
                output = session.run(None, {"image": level})[0]
            return output
        return run
    import openvino
    core = openvino.Core()
    settings = {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
    # With fixed shapes it can choose its kernels, so each shape has a network of its own.
    requests = []
    for shape in {level.shape for level in levels}:
        model = core.read_model(path)
        model.reshape(list(shape))
        requests.append((shape, core.compile_model(model, "CPU", settings).create_infer_request()))
    requests = dict(requests)

    def run():
        for level in levels:
            requests[level.shape].infer([level], share_inputs=True)
        return requests[levels[-1].shape].get_output_tensor(0).data
    return run


def child(args):
    """Runs one engine in a separate process: builds it, then times a round for each input line."""
    graph, tensors = detector_of(args.model)
    with tempfile.TemporaryDirectory() as folder:
        levels = [level for path in args.pictures for level in levels_of(path)]
        run = runner_of(args.child, graph, tensors, levels, args.threads, folder)
        for _ in sys.stdin:
            start = time.perf_counter()
            run()
            print(json.dumps({"seconds": time.perf_counter() - start, "memory": peak_memory()}), flush=True)


def peak_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Turn:
    """A process that times one round on request."""

    def __init__(self, name, command, request):
        self.name, self.request, self.rounds = name, request, []
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, "OMP_WAIT_POLICY": "passive"})

    def take(self):
        self.process.stdin.write(self.request + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended early")
        self.rounds.append(json.loads(line))

    def end(self):
        """Peak memory in MB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            memory = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
        self.process.stdin.close()
        self.process.wait()
        return memory

    @property
    def best(self):
        return min(r["seconds"] for r in self.rounds)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pictures", nargs="+", help="PNG or JPEG files, of about 8 megapixels")
    parser.add_argument("--model", required=True, help="the model file that is built into the timer")
    parser.add_argument("--timer", help="Benchmarks' EngineTimer")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        return child(args)
    timer = [args.timer, *args.pictures]
    turns = [Turn("peak", timer, f"peak {args.threads}"), Turn("one 3x3 layer, 64 to 64", timer, f"layer {args.threads}"),
             Turn("streetnum", timer, f"dense {args.threads}"), Turn("streetnum with its gate", timer, f"gated {args.threads}")]
    for engine in ENGINES:
        turns.append(Turn(engine, [sys.executable, __file__, *args.pictures, "--model", args.model, "--threads",
                                   str(args.threads), "--child", engine], "go"))
    for _ in range(args.rounds):
        for turn in turns:
            if not turn.rounds or turn.best < FAR_BEHIND * turns[2].best:
                turn.take()
    peak, layer, dense = (t.rounds[0]["operations"] / t.best for t in turns[:3])
    pixels, operations = (turns[2].rounds[0][key] for key in ("pixels", "operations"))
    print(f"{len(args.pictures)} pictures, {pixels / 1e6:.1f} megapixels, {args.threads} threads, best of {args.rounds} rounds; "
          f"8-bit peak {peak / 1e9:.0f} GOP/s, of which one 3x3 layer reaches {layer / peak:.0%}\n")
    print("| engine | seconds | megapixels/s | GOP/s | of the peak | peak memory, MB | times streetnum's seconds |")
    print("|---|---|---|---|---|---|---|")
    for turn in turns[2:]:
        speed = "" if "gate" in turn.name else f"{operations / turn.best / 1e9:.0f}"
        share = "" if "gate" in turn.name else f"{operations / turn.best / peak:.0%}"
        name = turn.name + (", one round" if len(turn.rounds) == 1 < args.rounds else "")
        print(f"| {name} | {turn.best:.3f} | {pixels / turn.best / 1e6:.1f} | {speed} | {share} | {turn.end():.0f} | "
              f"{turn.best / turns[2].best:.2f} |")
    for turn in turns[:2]:
        turn.end()


if __name__ == "__main__":
    main()
