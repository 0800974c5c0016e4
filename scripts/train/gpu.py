#!/usr/bin/env python3
"""Trains all networks within minutes on a machine with a GPU and many cores, from a pack (pack.py) and nothing else.

    gpu.py give --work FOLDER --pack FOLDER                   here: adds checkpoints to a pack, which `run` goes on from
    gpu.py run --pack FOLDER --out FOLDER [--seconds 540]     there: trains, and leaves at most 8 files under 16 MiB
    gpu.py take --files FOLDER --work FOLDER                  here: makes checkpoints of them, which train.py goes on from
    gpu.py depths --pack FOLDER --out FILE.json               anywhere: accuracy by depth, recognisers trained alike from nothing
    gpu.py figure --files FILE.json... --out FILE.png         here: draws it

The first 30 seconds of `run` are a self-check. Weights and their moving averages come back in half precision, without the
optimiser's state, which the training that goes on starts afresh. Each picture is shown several times, changed anew on the GPU
(echo.py). Both recognisers learn from the same crops at the same time. `on-gpu` beside this file makes the pack.
"""
import argparse
import dataclasses
import json
import math
import os
import tempfile
import time

import torch
from safetensors import safe_open
from safetensors.torch import save_file

import curve
import echo
import gate
import graph
import learning
import losses
import model_file
import pack
import readings
import samples

CHECK, LEFT = 30, 25  # seconds for the self-check, and to write what was learnt
LARGEST = 16 << 20  # bytes of a file
USUAL, STEEPEST = 32, 1.5  # pictures of a batch at which the rates are meant; how far a larger batch raises them at most
START = "start"  # a pack's folder of checkpoints
JUDGED = 24  # batches of what was kept out, and JUDGED_DEPTHS for recognisers of several depths
JUDGED_DEPTHS = 100


class Together(torch.nn.Module):
    """Networks that learn from the same batches; what they say is a list."""

    def __init__(self, networks):
        super().__init__()
        self.networks = torch.nn.ModuleList(networks)

    def forward(self, image):
        return [network(image) for network in self.networks]


def losses_together(outputs, *wanted):
    """The sum of the recognisers' losses, and its parts by number of the network."""
    found = [readings.loss(output, *wanted) for output in outputs]
    return sum(total for total, _ in found), {f"{name} {i + 1}": value for i, (_, parts) in enumerate(found)
                                              for name, value in parts.items()}


@dataclasses.dataclass
class Stage:
    """Networks of the model file that learn together, as `files` calls their checkpoints; `share` is of the time."""
    networks: tuple
    files: tuple
    loss: object
    rate: float
    share: float


STAGES = {"refined": Stage(("detector",), ("refined",), losses.loss, 1e-3, 0.38),
          "recognisers": Stage(("recogniser", "recogniser_2"), ("recogniser", "recogniser_2"), losses_together, 6e-4, 0.5),
          "gate": Stage(("gate",), ("gate",), gate.loss, 2e-3, 0.12)}
FILES = [name for stage in STAGES.values() for name in stage.files]


def scaled(rate, batch):
    return rate * min(STEEPEST, math.sqrt(batch / USUAL))


class Batches:
    """What each stage learns from, as it is drawn."""

    def __init__(self, material, batch, seed):
        self.material, self.batch, self.seed = material, batch, seed

    def of(self, stage, detector=None):
        if stage == "recognisers":
            return readings.Readings(self.material, self.seed, self.batch / USUAL)
        canvases = samples.Canvases(self.material, self.batch, self.seed)
        return gate.Blocks(canvases, detector) if stage == "gate" else canvases


class EchoedBatches:
    """The same on the device, each picture several times; the gate goes on with the detector's."""

    def __init__(self, material, batch, seed, workers):
        self.material, self.batch, self.seed, self.workers, self.canvases = material, batch, seed, workers, None

    def of(self, stage, detector=None):
        if stage == "recognisers":
            return echo.EchoedCrops(self.material, self.seed, self.batch / USUAL, self.workers, device())
        if self.canvases is None:
            self.canvases = echo.EchoedCanvases(self.material, self.batch, self.seed, self.workers, device())
        return gate.Blocks(self.canvases, detector.to(device())) if stage == "gate" else self.canvases


def device():
    return "cuda" if torch.cuda.is_available() else "cpu"


def begun(stage, folder, batches):
    """A stage's networks as a pack has them: of its checkpoints where it has some, else of its model."""
    networks = []
    for prefix, name in zip(STAGES[stage].networks, STAGES[stage].files):
        network = model_file.read(os.path.join(folder, "model.safetensors"), prefix, batches)
        path = os.path.join(folder, START, f"{name}.safetensors")
        if os.path.exists(path):
            network.load_state_dict(read_checkpoint(path)["averaged"])
        networks.append(network)
    return Together(networks) if stage == "recognisers" else networks[0]


def check(material, folder, seconds):
    """Whether all that is needed works here: every network learns a step, and how fast pictures are made."""
    started = time.monotonic()
    print(f"torch {torch.__version__} on {device()}, {os.cpu_count()} cores", flush=True)
    small = Batches(material, 16, 1)
    for stage in STAGES:
        detector = begun("refined", folder, small.of("refined")) if stage == "gate" else None
        batches = small.of(stage, detector)
        began = time.monotonic()
        pixels, *wanted = next(iter(batches))
        made = time.monotonic() - began
        network = begun(stage, folder, batches).to(device())
        with learning.autocast(device()):
            output = network(pixels.to(device()).float() / 127)
        total, _ = STAGES[stage].loss(output, *(part.to(device()) for part in wanted))
        total.backward()
        if not torch.isfinite(total):
            raise SystemExit(f"{stage}: the loss is {total.item()}")
        print(f"{stage}: loss {total.item():.3f}, {len(pixels)} pictures in {made:.1f} s", flush=True)
        if time.monotonic() - started > 4 * seconds:
            raise SystemExit("the self-check takes too long")
    print(f"self-check: {time.monotonic() - started:.0f} s", flush=True)


def parts(state, count):
    """The states of networks that learnt together."""
    if count == 1:
        return [state]
    return [{key.removeprefix(f"networks.{i}."): value for key, value in state.items() if key.startswith(f"networks.{i}.")}
            for i in range(count)]


def write_checkpoint(path, step, **states):
    """States of a network by kind, in half precision."""
    tensors = {f"{kind}.{name}": value.half() if value.is_floating_point() else value
               for kind, state in states.items() for name, value in state.items()}
    save_file({name: value.contiguous() for name, value in tensors.items()}, path, {"step": str(step)})
    if os.path.getsize(path) > LARGEST:
        raise SystemExit(f"{path} is larger than {LARGEST >> 20} MiB")


def read_checkpoint(path):
    """The step, and the states by kind."""
    with safe_open(path, "pt") as file:
        tensors, out = {key: file.get_tensor(key) for key in file.keys()}, {"step": int(file.metadata()["step"])}
    for key, value in tensors.items():
        kind, _, name = key.partition(".")
        out.setdefault(kind, {})[name] = value.float() if value.is_floating_point() else value
    return out


def keep(out, stage, folder):
    """A stage's checkpoint, a file for each of its networks, without the optimiser's state."""
    saved = torch.load(os.path.join(folder, f"{stage}.pt"), map_location="cpu", weights_only=True)
    files = STAGES[stage].files
    for name, network, averaged in zip(files, *(parts(saved[kind], len(files)) for kind in ("network", "averaged"))):
        write_checkpoint(os.path.join(out, f"{name}.safetensors"), saved["step"], network=network, averaged=averaged)


def give(args):
    """Adds the moving averages of checkpoints to a pack, for `run` to go on from."""
    os.makedirs(os.path.join(args.pack, START), exist_ok=True)
    for name in FILES:
        path = os.path.join(args.work, f"{name}.pt")
        if os.path.exists(path):
            saved = torch.load(path, map_location="cpu", weights_only=True)
            write_checkpoint(os.path.join(args.pack, START, f"{name}.safetensors"), saved["step"], averaged=saved["averaged"])
            print(f"{name}: {saved['step']} steps", flush=True)


def judge_of(stage, judged):
    """What scores a stage on pictures that were kept out."""
    if stage == "refined":
        return samples.Judge(judged, JUDGED)
    crops = readings.Judge(judged, JUDGED) if stage == "recognisers" else None
    return crops and (lambda together: sum(map(crops, together.networks)) / len(together.networks))


def run(args):
    ends = time.monotonic() + args.seconds - LEFT
    material, judged = pack.read(args.pack)
    if not args.unchecked:
        check(material, args.pack, CHECK)
    os.makedirs(args.out, exist_ok=True)
    work = args.work or tempfile.mkdtemp()
    os.makedirs(work, exist_ok=True)
    log, batches = learning.Log(work), EchoedBatches(material, args.batch, args.seed, args.workers)
    drawn = Batches(material, 16, args.seed)
    judges = {stage: judge_of(stage, judged) for stage in args.stages}
    detector, shares = None, sum(STAGES[stage].share for stage in args.stages)
    for stage in args.stages:
        seconds = (ends - time.monotonic()) * STAGES[stage].share / shares
        shares -= STAGES[stage].share
        if seconds < 5:
            print(f"{stage}: no time is left", flush=True)
            continue
        if stage == "gate" and detector is None:
            detector = begun("refined", args.pack, drawn.of("refined"))
        network = begun(stage, args.pack, drawn.of(stage, detector))
        network = learning.learn(stage, network, batches.of(stage, detector), STAGES[stage].loss, learning.Limits(args.steps, seconds),
                                 scaled(STAGES[stage].rate, args.batch), log, workers=None, judge=judges[stage])
        detector = network if stage == "refined" else detector
        keep(args.out, stage, work)
    learning.write_json(os.path.join(args.out, f"log-{'-'.join(args.stages)}.json"), log.rows)


def take(args):
    """Makes checkpoints of what came back, for train.py to go on from with more steps."""
    os.makedirs(args.work, exist_ok=True)
    for name in FILES:
        path = os.path.join(args.files, f"{name}.safetensors")
        if os.path.exists(path):
            saved = read_checkpoint(path)
            torch.save({**saved, "origin": None}, os.path.join(args.work, f"{name}.pt"))
            print(f"{name}: {saved['step']} steps", flush=True)


def depths(args):
    """Recognisers of several depths learn from nothing by the same crops in the same order; the share of crops that were kept
    out that each reads rightly.

    On a CPU every crop is drawn anew, in an order that the seed sets: depths can learn in processes of their own."""
    material, judged = pack.read(args.pack)
    torch.manual_seed(args.seed)
    graphs = [graph.recogniser_graph(blocks=blocks) for blocks in args.blocks]
    together = Together([graph.Network(layers) for layers in graphs])
    echoed = device() == "cuda"
    batches = EchoedBatches(material, args.batch, args.seed, args.workers) if echoed else Batches(material, args.batch, args.seed)
    os.makedirs(args.work, exist_ok=True)
    log = learning.Log(args.work)
    together = learning.learn("depths", together, batches.of("recognisers"), losses_together,
                              learning.Limits(args.steps, args.seconds), args.rate, log, workers=None if echoed else 0)
    crops = readings.Judge(judged, JUDGED_DEPTHS)
    rows = []
    for layers, network in zip(graphs, together.networks):
        count = sum(layer["operation"] == "convolution" for layer in layers)
        rows.append({"layers": count, "operations": graph.operations_per_pixel(layers), "steps": log.rows[-1]["step"], "seed": args.seed,
                     "right": crops(network.to(device())), "crops": sum(len(lengths) for _, _, lengths in crops.batches)})
        print(rows[-1], flush=True)
    learning.write_json(args.out, rows)


def figure(args):
    """Draws accuracy by depth: a line for each file, which is a seed."""
    curves = []
    for path in args.files:
        with open(path, encoding="utf-8") as file:
            rows = json.load(file)
        curves.append((f"seed {rows[0]['seed']}, {rows[0]['steps']:,} steps", [row["layers"] for row in rows], [100 * row["right"] for row in rows]))
    curve.draw_lines(curves, "layers", "crops kept out read rightly, %", args.out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("run")
    command.add_argument("--pack", required=True)
    command.add_argument("--out", required=True)
    command.add_argument("--work", help="folder of checkpoints, else they are not kept")
    command.add_argument("--unchecked", action="store_true", help="leaves the self-check out")
    command.add_argument("--seconds", type=float, default=540)
    command.add_argument("--stages", nargs="+", choices=STAGES, default=list(STAGES))
    command.add_argument("--steps", type=int, default=1_000_000, help="of each network at most")
    command.add_argument("--batch", type=int, default=128)
    command.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 2))
    command.add_argument("--seed", type=int, default=1)
    command = commands.add_parser("depths")
    command.add_argument("--pack", required=True)
    command.add_argument("--out", required=True)
    command.add_argument("--work", default="depths", help="folder of checkpoints")
    command.add_argument("--blocks", nargs="+", type=int, default=(0, 1, 3, 7), help="residual blocks at an eighth of the crop")
    command.add_argument("--steps", type=int, default=5000)
    command.add_argument("--seconds", type=float, default=math.inf, help="the most time that the learning takes")
    command.add_argument("--batch", type=int, default=32)
    command.add_argument("--rate", type=float, default=2e-3)
    command.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 2))
    command.add_argument("--seed", type=int, default=1)
    command = commands.add_parser("figure")
    command.add_argument("--files", nargs="+", required=True)
    command.add_argument("--out", required=True)
    command = commands.add_parser("give")
    command.add_argument("--work", required=True)
    command.add_argument("--pack", required=True)
    command = commands.add_parser("take")
    command.add_argument("--files", required=True)
    command.add_argument("--work", required=True)
    args = parser.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    torch.backends.cudnn.benchmark = True  # the pictures have few sizes
    {"run": run, "depths": depths, "figure": figure, "give": give, "take": take}[args.command](args)


if __name__ == "__main__":
    main()
