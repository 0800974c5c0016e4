#!/usr/bin/env python3
"""Trains the digit detector and the recogniser of whole numbers, and writes the model file that streetnum runs.

From nothing (without --from):
  boxed       the detector learns from photographs with a box for each digit, rendered signs and backgrounds;
  placed      it places the boxes of photographs whose number alone is known, and learns from both;
  recogniser  learns to read whole crops: of numbers, and of what the detector mistakes for them; or several, of several depths.
From a model that is already there (--from), both networks start with its weights and learn from what it shows of the photographs:
where numbers stand, what misleads it, and which labels are to be doubted (teaching.py):
  refined     the detector;
  recogniser  the recogniser.
The gate learns from the detector where it is worth to look (gate.py).
Then the networks are rounded as the integer engine runs them and learn on (quantised), and calibrate.py fits the confidence on
the pictures that were kept out. Each stage can be interrupted and goes on from its last checkpoint.
`train` beside this file installs what it needs and calls it. README.md here has the commands.
"""
import argparse
import copy
import dataclasses
import functools
import hashlib
import io
import itertools
import json
import os
import pickle
import random
import tarfile

import torch

import calibrate
import detector
import gate
import learning
import losses
import model_file
import photographs
import quantise
import readings
import samples
import scenes
import teaching
from graph import Network, digit_graph, operations_per_pixel, recogniser_graph

SCENES = 200  # made of what is held out, for calibration
SHORTER, GENTLER, DECAYING = 6, 0.15, 0.05  # a recogniser that goes on: how much fewer steps, share of the rate, weight decay
HELD_OUT = 8  # every eighth picture of each archive is kept for choosing thresholds and for calibration, never trained on


def data_arguments(parser):
    """What is learned from, and how, whatever network learns."""
    parser.add_argument("--boxed", nargs="+", required=True, help="tars with numbers and boxes in the .jsonl beside, or "
                        "SVHN's own train.tar.gz and extra.tar.gz")
    parser.add_argument("--numbered", nargs="*", default=[], help="tars with numbers but no boxes")
    parser.add_argument("--corrections", help="a .jsonl of labels of --boxed that are wrong: sha256 of the picture, labelled, "
                        "number")
    parser.add_argument("--singles", nargs="*", default=[], help="tars of single digits, in folders named after them")
    parser.add_argument("--backgrounds", nargs="+", required=True, help="tars of pictures without labels")
    parser.add_argument("--from", dest="teacher", help="a model file to go on from")
    parser.add_argument("--work", default="training", help="folder of checkpoints and curves")
    parser.add_argument("--streetnum", required=True, help="the streetnum program, which shows what candidates there are")
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    data_arguments(parser)
    parser.add_argument("--out", default="digitnet.safetensors")
    parser.add_argument("--name", default="digitnet")
    parser.add_argument("--steps", nargs=5, type=int, default=(5000, 8000, 1000, 12000, 6500),
                        metavar=("BOXED", "PLACED", "QUANTISED", "RECOGNISER", "GATE"),
                        help="steps of each stage; refined takes PLACED, and QUANTISED is for every network; but a recogniser "
                        f"that goes on takes 1/{SHORTER} of RECOGNISER, and no QUANTISED")
    parser.add_argument("--blocks", type=int, nargs="+", default=(3,), help="residual blocks of each recogniser at an eighth of "
                        "the crop: their depths; what several recognisers say is averaged")
    return parser.parse_args()


def read(paths, corrections=None):
    """Pictures to train on and pictures kept out, of tars or SVHN's archives."""
    trained, kept = [], []
    for path in paths:
        found = photographs.read_svhn(path) if path.endswith((".tar.gz", ".tgz")) else photographs.read(path)
        found = photographs.corrected(found, corrections or {})
        trained += [p for i, p in enumerate(found) if i % HELD_OUT]
        kept += found[::HELD_OUT]
    return trained, kept


def keep(pictures, backgrounds, path):
    """Writes what is kept out, for calibrate.py: a tar of pictures, and of scenes made of them; labels beside it."""
    boxed = [p for p in pictures if len(p.digits)]
    made = scenes.scenes(boxed, backgrounds, SCENES, random.Random(SCENES)) if boxed and backgrounds else []
    kept = itertools.chain(((p.encoded, {"file": p.name, "number": p.number}) for p in pictures + backgrounds),
                           ((e, {"file": f"scenes/{i}.jpg", "numbers": n}) for i, (e, n) in enumerate(made)))
    with tarfile.open(path, "w") as tar, open(os.path.splitext(path)[0] + ".jsonl", "w", encoding="utf-8") as labels:
        for encoded, label in kept:
            info = tarfile.TarInfo(label["file"])
            info.size = len(encoded)
            tar.addfile(info, io.BytesIO(encoded))
            labels.write(json.dumps(label) + "\n")


def placed(network, numbered, work):
    """The photographs whose number the network reads, with the boxes that it gives their digits; kept for a restart."""
    path = os.path.join(work, "placed.pickle")
    if not os.path.exists(path):
        found = [(p.name, p.digits) for p in detector.placed(network, numbered)]
        learning.replaced(path, lambda new: pickle.dump(found, open(new, "wb")))
    with open(path, "rb") as file:
        digits = dict(pickle.load(file))
    return [dataclasses.replace(p, digits=digits[p.name]) for p in numbered if p.name in digits]


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Training:
    def __init__(self, args):
        self.args, self.log = args, learning.Log(args.work)
        corrections = args.corrections and photographs.corrections(args.corrections)
        self.boxed, kept_boxed = read(args.boxed, corrections)
        self.numbered, kept_numbered = read(args.numbered)
        self.backgrounds, kept_backgrounds = read(args.backgrounds)
        self.kept = kept_boxed + kept_numbered
        self.held_out = os.path.join(args.work, "held-out.tar")
        keep(self.kept, kept_backgrounds, self.held_out)
        self.singles = [p for path in args.singles for p in photographs.read_singles(path)]
        self.numbered += [p for p in self.boxed if not len(p.digits)]
        self.boxed = [p for p in self.boxed if len(p.digits)]
        print(f"{len(self.boxed)} boxed photographs, {len(self.numbered)} with a number alone, {len(self.backgrounds)} "
              f"backgrounds; {len(self.kept) + len(kept_backgrounds)} pictures kept out", flush=True)

    def canvases(self, known, lures, backgrounds):
        return samples.Canvases(known, lures, backgrounds, self.args.batch, self.args.seed)

    def learn(self, stage, network, batches, loss, steps, share=1.0, **options):
        return learning.learn(stage, network, batches, loss, steps, self.args.rate * share, self.log,
                              workers=self.args.workers, **options)

    def lesson(self, model):
        """What a model shows of the pictures that are trained on."""
        args = self.args
        numbers, candidates = {}, {}
        for path in (*args.boxed, *args.numbered, *args.backgrounds):
            numbers |= teaching.found(args.streetnum, model, path)
            candidates |= teaching.candidates(args.streetnum, model, path)
        lesson = teaching.of_labelled(self.boxed + self.numbered, numbers, candidates)
        backgrounds, lures = teaching.of_backgrounds(self.backgrounds, numbers, candidates)
        lesson.lures += lures
        print(f"{model} shows the place of {len(lesson.numbers)} numbers and {len(lesson.lures)} candidates that are none; "
              f"{len(backgrounds)} of {len(self.backgrounds)} backgrounds are empty", flush=True)
        return lesson, backgrounds

    def detector(self, lesson, backgrounds):
        """A quantised detector."""
        args = self.args
        if lesson is None:
            graph = digit_graph()
            print(f"the detector: {operations_per_pixel(graph) / 1e3:.1f} kOP per pixel and level", flush=True)
            canvases = self.canvases(self.boxed, [], backgrounds)
            network = self.learn("boxed", Network(graph), canvases, losses.loss, args.steps[0])
            known = self.boxed + placed(network, self.numbered, args.work)
            print(f"placed the boxes of {len(known) - len(self.boxed)} of {len(self.numbered)} photographs", flush=True)
            canvases = self.canvases(known, [], backgrounds)
            network = self.learn("placed", network, canvases, losses.loss, args.steps[1])
        else:
            known = [p for p, _ in lesson.numbers if len(p.digits)]
            canvases = self.canvases(known, lesson.lures, backgrounds)
            samples.sheet(os.path.join(args.work, "samples.png"), known, lesson.lures, backgrounds)
            network = model_file.read(args.teacher, "detector", canvases)
            network = self.learn("refined", network, canvases, losses.loss, args.steps[1], share=0.5)
        integer = quantise.fold(network)
        quantise.calibrate(integer, canvases)
        return self.learn("quantised", integer, canvases, losses.loss, args.steps[2], share=0.05, half=False)

    def gate(self, lesson, backgrounds, looks):
        """A quantised gate for the detector `looks`."""
        known = [p for p, _ in lesson.numbers if len(p.digits)]
        blocks = gate.Blocks(self.canvases(known, lesson.lures, backgrounds), looks)
        network = self.learn("gate", Network(gate.gate_graph()), blocks, gate.loss, self.args.steps[4], share=1.5)
        integer = quantise.fold(network)
        quantise.calibrate(integer, blocks)
        return self.learn("gate_quantised", integer, blocks, gate.loss, self.args.steps[2], share=0.15, half=False)

    def recognisers(self, lesson, backgrounds):
        """Quantised recognisers by name."""
        readings.sheet(os.path.join(self.args.work, "crops.png"), lesson.numbers, lesson.lures, backgrounds, self.singles)
        judged = [(p, teaching.place_of(p)) for p in self.kept if len(p.digits)]
        out = {}
        for i, blocks in enumerate(self.args.blocks):
            name = f"recogniser_{i + 1}" if i else "recogniser"
            batches = readings.Readings(lesson.numbers, lesson.lures, backgrounds, self.singles, self.args.seed + i)
            known = self.args.teacher and model_file.read(self.args.teacher, name, batches)
            judge = functools.partial(readings.accuracy, numbers=judged)
            if known:
                network = self.learn(name, copy.deepcopy(known), batches, readings.loss, self.args.steps[3] // SHORTER,
                                     share=GENTLER, decay=DECAYING, judge=judge)
                network = learning.midway(known, network, batches)
            else:
                network = self.learn(name, Network(recogniser_graph(blocks=blocks)), batches, readings.loss,
                                     self.args.steps[3], judge=judge)
            out[name] = quantise.fold(network)
            quantise.calibrate(out[name], batches)
            if not known:
                out[name] = self.learn(f"{name}_quantised", out[name], batches, readings.loss, self.args.steps[2],
                                       share=0.1, half=False)
        return out

    def provenance(self):
        args = self.args
        archives = {"boxed": args.boxed, "numbered": args.numbered, "singles": args.singles, "backgrounds": args.backgrounds}
        described = {kind: [[os.path.basename(p), digest(p)] for p in paths] for kind, paths in archives.items()}
        files = {"corrections": args.corrections, "from": args.teacher}
        return {**described, **{kind: path and digest(path) for kind, path in files.items()},
                "held_out": f"every {HELD_OUT}th of each archive", "steps": list(args.steps), "rate": args.rate,
                "going_on": {"steps": f"1/{SHORTER}", "rate": GENTLER, "decay": DECAYING},
                "batch": args.batch, "seed": args.seed, "torch": torch.__version__}


def main():
    args = arguments()
    os.makedirs(args.work, exist_ok=True)
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    training = Training(args)
    lesson, backgrounds = training.lesson(args.teacher) if args.teacher else (None, training.backgrounds)
    networks = {"detector": training.detector(lesson, backgrounds)}
    if lesson is None:
        model_file.write(args.out, args.name, networks, training.provenance())
        lesson, backgrounds = training.lesson(args.out)
    networks["gate"] = training.gate(lesson, backgrounds, networks["detector"])
    networks |= training.recognisers(lesson, backgrounds)
    model_file.write(args.out, args.name, networks, training.provenance())
    calibrate.calibrate(args.out, training.held_out, args.streetnum)
    gate.choose_threshold(args.out, training.held_out, args.streetnum)
    calibrate.calibrate(args.out, training.held_out, args.streetnum)
    print(f"wrote {args.out}, {os.path.getsize(args.out)} bytes", flush=True)


if __name__ == "__main__":
    main()
