#!/usr/bin/env python3
"""Trains all networks within minutes on a machine with a GPU and many cores, from a pack (pack.py) and nothing else.

    gpu.py run --pack FOLDER --out FOLDER [--seconds 540]     there: trains, and leaves at most 8 files under 16 MiB
    gpu.py take --files FOLDER --work FOLDER                  here: makes checkpoints of them, which train.py goes on from

The first 30 seconds are a self-check. Weights and their moving averages come back in half precision, without the optimiser's
state, which the training that goes on starts afresh. `on-gpu` beside this file makes the pack.
"""
import argparse
import math
import os
import tempfile
import time

import torch
from safetensors import safe_open
from safetensors.torch import save_file

import gate
import learning
import losses
import model_file
import pack
import readings
import samples

SHARES = {"refined": 0.36, "recogniser": 0.2, "recogniser_2": 0.32, "gate": 0.12}  # of the time
CHECK, LEFT = 30, 25  # seconds for the self-check, and to write what was learnt
NETWORKS = {"refined": "detector", "recogniser": "recogniser", "recogniser_2": "recogniser_2", "gate": "gate"}
LARGEST = 16 << 20  # bytes of a file


class Batches:
    """What each stage learns from."""

    def __init__(self, material, batch, seed):
        self.material, self.batch, self.seed = material, batch, seed

    def of(self, stage, detector):
        if stage.startswith("recogniser"):
            return readings.Readings(self.material, self.seed + len(stage), self.batch / USUAL)
        canvases = samples.Canvases(self.material, self.batch, self.seed)
        return gate.Blocks(canvases, detector) if stage == "gate" else canvases


LOSSES = {"refined": losses.loss, "gate": gate.loss, "recogniser": readings.loss, "recogniser_2": readings.loss}
USUAL = 32  # pictures of a batch, at which the rates are meant
RATES = {"refined": 1e-3, "gate": 2e-3, "recogniser": 6e-4, "recogniser_2": 6e-4}


def check(material, model, seconds):
    """Whether all that is needed works here: every network learns a step, and how fast pictures are made."""
    started, device = time.monotonic(), "cuda" if torch.cuda.is_available() else "cpu"
    print(f"torch {torch.__version__} on {device}, {os.cpu_count()} cores", flush=True)
    small = Batches(material, 16, 1)
    for stage in SHARES:
        detector = model_file.read(model, "detector", small.of("refined", None)) if stage == "gate" else None
        batches = small.of(stage, detector)
        began = time.monotonic()
        pixels, *wanted = next(iter(batches))
        made = time.monotonic() - began
        network = model_file.read(model, NETWORKS[stage], batches).to(device)
        with learning.autocast(device):
            output = network(pixels.to(device).float() / 127)
        total, _ = LOSSES[stage](output, *(part.to(device) for part in wanted))
        total.backward()
        if not torch.isfinite(total):
            raise SystemExit(f"{stage}: the loss is {total.item()}")
        print(f"{stage}: loss {total.item():.3f}, {len(pixels)} pictures in {made:.1f} s", flush=True)
        if time.monotonic() - started > 4 * seconds:
            raise SystemExit("the self-check takes too long")
    print(f"self-check: {time.monotonic() - started:.0f} s", flush=True)


def keep(path, stage, folder):
    """A stage's checkpoint in half precision, without the optimiser's state."""
    saved = torch.load(os.path.join(folder, f"{stage}.pt"), map_location="cpu", weights_only=True)
    tensors = {f"{kind}.{name}": value.half() if value.is_floating_point() else value
               for kind in ("network", "averaged") for name, value in saved[kind].items()}
    save_file({name: value.contiguous() for name, value in tensors.items()}, path, {"step": str(saved["step"])})
    if os.path.getsize(path) > LARGEST:
        raise SystemExit(f"{path} is larger than {LARGEST >> 20} MiB")


def run(args):
    ends = time.monotonic() + args.seconds - LEFT
    material, judged = pack.read(args.pack)
    model = os.path.join(args.pack, "model.safetensors")
    if not args.unchecked:
        check(material, model, CHECK)
    os.makedirs(args.out, exist_ok=True)
    work = args.work or tempfile.mkdtemp()
    os.makedirs(work, exist_ok=True)
    log, batches = learning.Log(work), Batches(material, args.batch, args.seed)
    judges = {"refined": samples.Judge(judged, 12), "recogniser": readings.Judge(judged, 12)}
    judges["recogniser_2"] = judges["recogniser"]
    detector, shares = None, sum(SHARES[stage] for stage in args.stages)
    for stage in args.stages:
        share = SHARES[stage]
        seconds = (ends - time.monotonic()) * share / shares
        shares -= share
        if seconds < 5:
            print(f"{stage}: no time is left", flush=True)
            continue
        stream = batches.of(stage, detector)
        network = model_file.read(model, NETWORKS[stage], batches.of(stage, detector))
        network = learning.learn(stage, network, stream, LOSSES[stage], learning.Limits(args.steps, seconds),
                                 RATES[stage] * min(1.0, math.sqrt(args.batch / USUAL)), log, workers=args.workers,
                                 judge=judges.get(stage))
        detector = network if stage == "refined" else detector
        keep(os.path.join(args.out, f"{stage}.safetensors"), stage, work)
    learning.write_json(os.path.join(args.out, "log.json"), log.rows)


def take(args):
    """Makes checkpoints of what came back, for train.py to go on from with more steps."""
    os.makedirs(args.work, exist_ok=True)
    for stage in SHARES:
        path = os.path.join(args.files, f"{stage}.safetensors")
        if not os.path.exists(path):
            continue
        with safe_open(path, "pt") as file:
            tensors = {key: file.get_tensor(key) for key in file.keys()}
            step = int(file.metadata()["step"])
        state = {"step": step, "origin": None}
        for kind in ("network", "averaged"):
            part = {key.removeprefix(kind + "."): value for key, value in tensors.items() if key.startswith(kind + ".")}
            state[kind] = {key: value.float() if value.is_floating_point() else value for key, value in part.items()}
        torch.save(state, os.path.join(args.work, f"{stage}.pt"))
        print(f"{stage}: {step} steps", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("run")
    command.add_argument("--pack", required=True)
    command.add_argument("--out", required=True)
    command.add_argument("--work", help="folder of checkpoints, else they are not kept")
    command.add_argument("--unchecked", action="store_true", help="leaves the self-check out")
    command.add_argument("--seconds", type=float, default=540)
    command.add_argument("--stages", nargs="+", choices=SHARES, default=list(SHARES))
    command.add_argument("--steps", type=int, default=1_000_000, help="of each network at most")
    command.add_argument("--batch", type=int, default=128)
    command.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 2))
    command.add_argument("--seed", type=int, default=1)
    command = commands.add_parser("take")
    command.add_argument("--files", required=True)
    command.add_argument("--work", required=True)
    args = parser.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    {"run": run, "take": take}[args.command](args)


if __name__ == "__main__":
    main()
