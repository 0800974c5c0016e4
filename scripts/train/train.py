#!/usr/bin/env python3
"""Trains the digit network and writes the model file that streetnum runs.

Three stages, each of which can be interrupted and goes on from its last checkpoint:
  boxed      learns from photographs with a box for each digit, from rendered plates and from backgrounds;
  placed     lets that network place the boxes of photographs whose number alone is known, and learns from both;
  quantised  folds the normalisation, rounds weights and activations as the integer engine does, and learns on.
Then calibrate.py fits the confidence of whole numbers on the photographs that were kept out.
`train` beside this file installs what it needs and calls it. README.md here has the commands.
"""
import argparse
import dataclasses
import hashlib
import io
import json
import math
import os
import pickle
import random
import tarfile
import time

import torch

import calibrate
import curve
import detector
import export
import losses
import photographs
import quantise
import samples
from graph import Network, digit_graph, operations_per_pixel

HELD_OUT = 8  # every eighth boxed photograph is kept for choosing thresholds, never trained on


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--boxed", nargs="+", required=True, help="tars with numbers and boxes in the .jsonl beside, or "
                        "SVHN's own train.tar.gz and extra.tar.gz")
    parser.add_argument("--numbered", nargs="*", default=[], help="tars with numbers but no boxes")
    parser.add_argument("--backgrounds", nargs="+", required=True, help="tars of pictures without labels")
    parser.add_argument("--work", default="training", help="folder of checkpoints and curves")
    parser.add_argument("--out", default="digitnet.safetensors")
    parser.add_argument("--streetnum", help="the streetnum program; without it the confidence is not calibrated")
    parser.add_argument("--name", default="digitnet")
    parser.add_argument("--steps", nargs=3, type=int, default=(5000, 8000, 1000),
                        metavar=("BOXED", "PLACED", "QUANTISED"), help="steps of each stage")
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def read_boxed(paths):
    found = []
    for path in paths:
        found += photographs.read_svhn(path) if path.endswith((".tar.gz", ".tgz")) else photographs.read(path)
    found = [p for p in found if len(p.digits)]
    return [p for i, p in enumerate(found) if i % HELD_OUT], [p for i, p in enumerate(found) if i % HELD_OUT == 0]


def keep(held_out, path):
    """Writes the photographs that are kept out, for calibrate.py: a tar, and their numbers beside it."""
    with tarfile.open(path, "w") as tar, open(os.path.splitext(path)[0] + ".jsonl", "w", encoding="utf-8") as labels:
        for photograph in held_out:
            info = tarfile.TarInfo(photograph.name)
            info.size = len(photograph.encoded)
            tar.addfile(info, io.BytesIO(photograph.encoded))
            labels.write(json.dumps({"file": photograph.name, "number": photograph.number}) + "\n")


class Averaged:
    """An exponential moving average of a network's weights, which is what is kept."""

    def __init__(self, network):
        self.network = Network(network.graph) if isinstance(network, Network) else quantise.copy_of(network)
        self.network.load_state_dict(network.state_dict())
        self.steps = 0

    @torch.no_grad()
    def update(self, network):
        self.steps += 1
        decay = min(0.999, (1 + self.steps) / (10 + self.steps))
        for mine, theirs in zip(self.network.state_dict().values(), network.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.lerp_(theirs, 1 - decay)
            else:
                mine.copy_(theirs)


def learn(stage, network, boxed, backgrounds, steps, rate, args, log):
    """Runs one stage from its last checkpoint to its end; returns the averaged network."""
    path = os.path.join(args.work, f"{stage}.pt")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = network.to(device).to(memory_format=torch.channels_last)
    averaged, first = Averaged(network), 0
    averaged.network.to(device)
    decayed = [p for p in network.parameters() if p.dim() > 1]
    plain = [p for p in network.parameters() if p.dim() <= 1]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": 1e-4}, {"params": plain, "weight_decay": 0.0}], rate)
    if os.path.exists(path):
        saved = torch.load(path, map_location=device, weights_only=True)
        first = saved["step"]
        network.load_state_dict(saved["network"])
        averaged.network.load_state_dict(saved["averaged"])
        averaged.steps = first
        optimiser.load_state_dict(saved["optimiser"])
        print(f"{stage}: goes on from step {first}", flush=True)
    if first >= steps:
        return averaged.network.cpu().eval()
    canvases = samples.Canvases(boxed, backgrounds, args.batch, args.seed + first)
    loader = iter(torch.utils.data.DataLoader(canvases, batch_size=None, num_workers=args.workers,
                                              prefetch_factor=8 if args.workers else None))
    half = stage != "quantised"
    started, running = time.time(), None
    for step in range(first, steps):
        warm = min(1.0, (step + 1) / 300)
        for group in optimiser.param_groups:
            group["lr"] = rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))
        pixels, *wanted = (part.to(device) for part in next(loader))
        image = (pixels.float() / 127).to(memory_format=torch.channels_last)
        with torch.autocast(device, torch.bfloat16, enabled=half):
            output = network(image)
        total, parts = losses.loss(output, *wanted)
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        averaged.update(network)
        values = torch.tensor([total.item(), *parts])
        running = values if running is None else running * 0.98 + values * 0.02
        if (step + 1) % 100 == 0:
            speed = (step + 1 - first) / (time.time() - started)
            print(f"{stage} {step + 1}/{steps} loss {running[0]:.4f} presence {running[1]:.4f} which {running[2]:.4f} "
                  f"box {running[3]:.4f} steps/s {speed:.2f}", flush=True)
            log.append([stage, step + 1, *(round(float(v), 5) for v in running)])
        if (step + 1) % 500 == 0 or step + 1 == steps:
            state = {"step": step + 1, "network": network.state_dict(), "averaged": averaged.network.state_dict(),
                     "optimiser": optimiser.state_dict()}
            torch.save(state, path + ".new")
            os.replace(path + ".new", path)
            with open(os.path.join(args.work, "log.json"), "w", encoding="utf-8") as file:
                json.dump(log, file)
            curve.draw(log, os.path.join(args.work, "curve.png"))
    return averaged.network.cpu().eval()


def placed(network, numbered, work):
    """The photographs whose number the network reads, with the boxes that it gives their digits; kept for a restart."""
    path = os.path.join(work, "placed.pickle")
    if numbered and not os.path.exists(path):
        found = [(p.name, p.digits) for p in detector.placed(network, numbered)]
        with open(path + ".new", "wb") as file:
            pickle.dump(found, file)
        os.replace(path + ".new", path)
    if not numbered:
        return []
    with open(path, "rb") as file:
        digits = dict(pickle.load(file))
    return [dataclasses.replace(p, digits=digits[p.name]) for p in numbered if p.name in digits]


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main():
    args = arguments()
    os.makedirs(args.work, exist_ok=True)
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    log_path = os.path.join(args.work, "log.json")
    log = json.load(open(log_path, encoding="utf-8")) if os.path.exists(log_path) else []
    boxed, held_out = read_boxed(args.boxed)
    keep(held_out, os.path.join(args.work, "held-out.tar"))
    backgrounds = [p for path in args.backgrounds for p in photographs.read(path)]
    numbered = [p for path in args.numbered for p in photographs.read(path)]
    graph = digit_graph()
    print(f"{len(boxed)} boxed photographs, {len(held_out)} held out, {len(numbered)} with a number alone, "
          f"{len(backgrounds)} backgrounds; {operations_per_pixel(graph) / 1e3:.1f} kOP per pixel and level", flush=True)
    samples.sheet(os.path.join(args.work, "samples.png"), boxed, backgrounds)

    network = learn("boxed", Network(graph), boxed, backgrounds, args.steps[0], args.rate, args, log)
    known = boxed + placed(network, numbered, args.work)
    print(f"placed the boxes of {len(known) - len(boxed)} of {len(numbered)} photographs", flush=True)
    network = learn("placed", network, known, backgrounds, args.steps[1], args.rate, args, log)
    integer = quantise.fold(network)
    quantise.calibrate(integer, known, backgrounds, args.seed)
    integer = learn("quantised", integer, known, backgrounds, args.steps[2], args.rate * 0.05, args, log)
    provenance = {"boxed": [[os.path.basename(p), digest(p)] for p in args.boxed],
                  "numbered": [[os.path.basename(p), digest(p)] for p in args.numbered],
                  "backgrounds": [[os.path.basename(p), digest(p)] for p in args.backgrounds],
                  "photographs": len(known), "held_out": len(held_out), "steps": list(args.steps), "batch": args.batch,
                  "seed": args.seed, "torch": torch.__version__}
    export.write(args.out, args.name, integer, provenance)
    if args.streetnum:
        calibrate.calibrate(args.out, os.path.join(args.work, "held-out.tar"), args.streetnum)
    else:
        print("no --streetnum: the confidence is not calibrated; calibrate.py does it later", flush=True)
    print(f"wrote {args.out}, {os.path.getsize(args.out)} bytes", flush=True)


if __name__ == "__main__":
    main()
