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
import hashlib
import io
import itertools
import json
import math
import os
import pickle
import random
import tarfile

import cv2
import torch

import calibrate
import detector
import gate
import learning
import losses
import model_file
import pack
import photographs
import quantise
import readings
import samples
import scenes
import seams
import teaching
from graph import Network, digit_graph, operations_per_pixel, recogniser_graph
from render import handwriting

SCENES = 300  # made of what is held out, for calibration
LAYOUTS = 300  # numbers of what is held out, hung otherwise, for calibration
SHORTER, GENTLER, DECAYING = 6, 0.3, 0.05  # a recogniser that goes on: how much fewer steps, share of the rate, weight decay
HELD_OUT = 8  # every eighth picture of each archive is kept for choosing thresholds and for calibration, never trained on
STEPS = {"boxed": 5000, "placed": 8000, "refined": 8000, "quantised": 1000, "recogniser": 12000, "gate": 6500}
STAGES = ("detector", "gate", "recogniser")


def data_arguments(parser):
    """What is learned from, and how, whatever network learns."""
    parser.add_argument("--boxed", nargs="+", required=True, help="tars with numbers and boxes in the .jsonl beside, or "
                        "SVHN's own train.tar.gz and extra.tar.gz")
    parser.add_argument("--numbered", nargs="*", default=[], help="tars with numbers but no boxes")
    parser.add_argument("--signs", nargs="*", default=[], help="the same, of signs that several pictures show: kept out by "
                        "number, not by picture; where the .jsonl has the number's region, what is far from it is cut off")
    parser.add_argument("--left-out", nargs="*", default=[], metavar="NUMBER", help="numbers of --signs that nothing is learned "
                        "from, nor chosen by")
    parser.add_argument("--corrections", help="a .jsonl of labels that are wrong: sha256 of the picture, labelled, and number, "
                        "which is null for a picture to be left out")
    parser.add_argument("--singles", nargs="*", default=[], help="tars of single digits, in folders named after them or with "
                        "labels")
    parser.add_argument("--letters", nargs="*", default=[], help="tars of single letters")
    parser.add_argument("--handwriting", nargs=2, metavar=("PICTURES", "LABELS"), help="MNIST's idx files of pictures and labels: "
                        "digits of rendered signs")
    parser.add_argument("--backgrounds", nargs="+", required=True, help="tars of pictures without labels")
    parser.add_argument("--from", dest="teacher", help="a model file to go on from")
    parser.add_argument("--work", default="training", help="folder of checkpoints and curves")
    parser.add_argument("--streetnum", required=True, help="the streetnum program, which shows what candidates there are")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--workers", type=int, default=1, help="processes that make pictures")
    parser.add_argument("--threads", type=int, default=1, help="of the training itself; where other programs want the "
                        "cores, several wait for each other most of the time")
    parser.add_argument("--seed", type=int, default=1)


def named_numbers(text):
    name, _, number = text.partition("=")
    if name not in STEPS or not number.isdigit():
        raise argparse.ArgumentTypeError(f"{text}: expected one of {', '.join(STEPS)}, '=' and a whole number")
    return name, int(number)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    data_arguments(parser)
    parser.add_argument("--out", default="digitnet.safetensors")
    parser.add_argument("--name", default="digitnet")
    parser.add_argument("--steps", nargs="*", type=named_numbers, default=[], metavar="STAGE=COUNT",
                        help=f"steps of stages, else {' '.join(f'{k}={v}' for k, v in STEPS.items())}; 'quantised' is for every "
                        f"network; a recogniser that goes on takes 1/{SHORTER}, and no 'quantised'. A stage that has ended goes on "
                        "when its steps are raised")
    parser.add_argument("--seconds", nargs="*", type=named_numbers, default=[], metavar="STAGE=COUNT",
                        help="the most time that stages take; they end, their rate fallen, after that or after their steps")
    parser.add_argument("--stages", nargs="*", choices=STAGES, default=STAGES, help="networks that learn; those left out are "
                        "taken from --from as they are")
    parser.add_argument("--pack", metavar="FOLDER", help="trains nothing, but packs what gpu.py needs into a folder")
    parser.add_argument("--blocks", type=int, nargs="+", default=(3,), help="residual blocks of each recogniser at an eighth of "
                        "the crop: their depths; what several recognisers say is averaged")
    args = parser.parse_args()
    usual = {**STEPS, "recogniser": STEPS["recogniser"] // SHORTER} if args.teacher else STEPS
    if args.pack and not args.teacher:
        parser.error("--pack needs --from, a model that shows where numbers stand")
    args.steps, args.seconds = {**usual, **dict(args.steps)}, dict(args.seconds)
    return args


def read(paths, corrections=None):
    """Pictures to train on and pictures kept out, of tars or SVHN's archives."""
    trained, kept = [], []
    for path in paths:
        found = photographs.read_svhn(path) if path.endswith((".tar.gz", ".tgz")) else photographs.read(path)
        found = photographs.corrected(found, corrections or {})
        trained += [p for i, p in enumerate(found) if p and i % HELD_OUT]
        kept += [p for p in found[::HELD_OUT] if p]
    return trained, kept


def read_signs(paths, left_out):
    """Signs to train on and signs kept out: every eighth number of each archive, in the order of the numbers' SHA-256."""
    trained, kept = [], []
    for path in paths:
        found = [photographs.around_region(p) for p in photographs.read(path) if p.number not in left_out]
        numbers = sorted({p.number for p in found}, key=lambda number: hashlib.sha256(number.encode()).digest())
        apart = set(numbers[::HELD_OUT])
        trained += [p for p in found if p.number not in apart]
        kept += [p for p in found if p.number in apart]
    return trained, kept


def layouts(numbers, backgrounds, count, rng):
    """Numbers of photographs, hung otherwise, in pictures: (JPEG file, number)."""
    material = samples.Material([(p, teaching.place_of(p)) for p in numbers], [], backgrounds, [], [])
    painter = samples.Painter(material, rng)
    while count:
        made = painter.composer.composed()
        if made is None:
            continue
        number, size = made.number, (rng.randint(300, 900), rng.randint(300, 700))
        ground, (height, width) = painter.background(size, 1), made.pixels.shape[:2]
        if width >= size[0] or height >= size[1]:
            continue
        x, y = rng.randrange(size[0] - width), rng.randrange(size[1] - height)
        seams.fade_in(ground[y:y + height, x:x + width], made.pixels)
        quality = (cv2.IMWRITE_JPEG_QUALITY, rng.randint(75, 95))
        yield cv2.imencode(".jpg", cv2.cvtColor(ground, cv2.COLOR_RGB2BGR), quality)[1].tobytes(), number
        count -= 1


def keep(pictures, backgrounds, path):
    """Writes what is kept out, for calibrate.py: a tar of pictures, and of scenes and layouts made of them; labels beside it."""
    boxed = [p for p in pictures if len(p.digits)]
    whole = [p for p in boxed if len(p.digits) == len(p.number)]
    possible = bool(whole and backgrounds)
    made = scenes.scenes(boxed, backgrounds, SCENES, random.Random(SCENES)) if possible else []
    hung = layouts(whole, backgrounds, LAYOUTS, random.Random(LAYOUTS)) if possible else []
    kept = itertools.chain(((p.encoded, {"file": p.name, "number": p.number}) for p in pictures + backgrounds),
                           ((e, {"file": f"scenes/{i}.jpg", "numbers": n}) for i, (e, n) in enumerate(made)),
                           ((e, {"file": f"layouts/{i}.jpg", "number": n}) for i, (e, n) in enumerate(hung)))
    with tarfile.open(path + ".new", "w") as tar, open(os.path.splitext(path)[0] + ".jsonl", "w", encoding="utf-8") as labels:
        for encoded, label in kept:
            info = tarfile.TarInfo(label["file"])
            info.size = len(encoded)
            tar.addfile(info, io.BytesIO(encoded))
            labels.write(json.dumps(label) + "\n")
    os.replace(path + ".new", path)


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


def progress_of(folder, stage):
    """What a stage that goes on from another depends on: how far that one came."""
    path = os.path.join(folder, f"{stage}.pt")
    return f"{stage} {torch.load(path, weights_only=True, map_location='cpu')['step']}" if os.path.exists(path) else ""


class Training:
    def __init__(self, args):
        self.args, self.log = args, learning.Log(args.work)
        corrections = args.corrections and photographs.corrections(args.corrections)
        self.boxed, kept_boxed = read(args.boxed, corrections)
        self.numbered, kept_numbered = read(args.numbered, corrections)
        self.signs, self.kept_signs = read_signs(args.signs, set(args.left_out))
        self.backgrounds, self.kept_backgrounds = read(args.backgrounds, corrections)
        self.kept = kept_boxed + kept_numbered + self.kept_signs
        self.held_out = os.path.join(args.work, "held-out.tar")
        if not os.path.exists(self.held_out):
            keep(self.kept, self.kept_backgrounds, self.held_out)
        self.singles = [p for path in args.singles for p in photographs.read_singles(path)]
        self.letters = [p for path in args.letters for p in photographs.read_singles(path)]
        self.written_digits = handwriting.read(*args.handwriting) if args.handwriting else None
        self.numbered += [p for p in self.boxed if not len(p.digits)]
        self.boxed = [p for p in self.boxed if len(p.digits)]
        print(f"{len(self.boxed)} boxed photographs, {len(self.numbered)} with a number alone, {len(self.signs)} of signs, "
              f"{len(self.backgrounds)} backgrounds; {len(self.kept) + len(self.kept_backgrounds)} pictures kept out", flush=True)

    def material(self, numbers, lures, backgrounds):
        return samples.Material(numbers, lures, backgrounds, self.singles, self.letters, self.written_digits)

    def canvases(self, material):
        return samples.Canvases(material, self.args.batch, self.args.seed)

    def learn(self, stage, network, batches, loss, kind=None, share=1.0, after="", **options):
        """A stage of a kind that has its own limits; `after` is the stage that it goes on from."""
        args, kind = self.args, kind or stage
        limits = learning.Limits(args.steps[kind], args.seconds.get(kind, math.inf))
        return learning.learn(stage, network, batches, loss, limits, args.rate * share, self.log, workers=args.workers,
                              origin=progress_of(args.work, after), **options)

    def known(self, name, make):
        """What a model shows, which takes minutes, kept for the next run."""
        path = os.path.join(self.args.work, "lesson", f"{name}.pickle")
        if not os.path.exists(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            value = make()
            learning.replaced(path, lambda new: pickle.dump(value, open(new, "wb")))
        with open(path, "rb") as file:
            return pickle.load(file)

    def lesson(self, model):
        """What a model shows of the pictures that are trained on."""
        args = self.args
        numbers, candidates = {}, {}
        for path in (*args.boxed, *args.numbered, *args.backgrounds):
            name = os.path.basename(path).split(".")[0]
            numbers |= self.known(f"found-{name}", lambda: teaching.found(args.streetnum, model, path))
            candidates |= self.known(f"candidates-{name}", lambda: teaching.candidates(args.streetnum, model, path))
        signs = [p for path in args.signs for p in self.known(
            f"signs-{os.path.basename(path).split('.')[0]}", lambda: teaching.placed(args.streetnum, model, [
                photographs.around_region(p) for p in photographs.read(path) if p.number not in args.left_out]))]
        apart = {p.name for p in self.kept_signs}
        self.kept_signs = [p for p in signs if p.name in apart]
        lesson = teaching.of_labelled(self.boxed + self.numbered, numbers, candidates)
        backgrounds, lures = teaching.of_backgrounds(self.backgrounds, numbers, candidates)
        lesson.lures += lures
        print(f"{model} shows the place of {len(lesson.numbers)} numbers and {len(lesson.lures)} candidates that are none; "
              f"{len(backgrounds)} of {len(self.backgrounds)} backgrounds are empty", flush=True)
        lesson.numbers += teaching.of_signs([p for p in signs if p.name not in apart])
        return self.material(lesson.numbers, lesson.lures, backgrounds)

    def judged(self):
        """The material that stages are judged on: what was kept out."""
        known = [p for p in self.kept if len(p.digits) and len(p.digits) == len(p.number)] + self.kept_signs
        return samples.Material([(p, teaching.place_of(p)) for p in known], [], self.kept_backgrounds, [], [])

    def detector(self, material):
        """A quantised detector; `material` is None where no model shows what to learn from."""
        args = self.args
        judge = samples.Judge(self.judged())
        if material is None:
            graph = digit_graph()
            print(f"the detector: {operations_per_pixel(graph) / 1e3:.1f} kOP per pixel and level", flush=True)
            first = [(p, teaching.place_of(p)) for p in self.boxed]
            canvases = self.canvases(self.material(first, [], self.backgrounds))
            network = self.learn("boxed", Network(graph), canvases, losses.loss, judge=judge)
            found = [(p, teaching.place_of(p)) for p in placed(network, self.numbered + self.signs, args.work)]
            print(f"placed the boxes of {len(found)} of {len(self.numbered) + len(self.signs)} photographs", flush=True)
            canvases = self.canvases(self.material(first + found, [], self.backgrounds))
            network = self.learn("placed", network, canvases, losses.loss, after="boxed", judge=judge)
            last = "placed"
        else:
            canvases = self.canvases(material)
            samples.sheet(os.path.join(args.work, "samples.png"), material)
            network = model_file.read(args.teacher, "detector", canvases)
            network = self.learn("refined", network, canvases, losses.loss, share=0.5, judge=judge)
            last = "refined"
        integer = quantise.fold(network)
        quantise.calibrate(integer, canvases)
        return self.learn("quantised", integer, canvases, losses.loss, share=0.05, half=False, after=last)

    def gate(self, material, looks):
        """A quantised gate for the detector `looks`."""
        blocks = gate.Blocks(self.canvases(material), looks)
        known = self.args.teacher and model_file.read(self.args.teacher, "gate", blocks)
        network = self.learn("gate", known or Network(gate.gate_graph()), blocks, gate.loss, share=1.0 if known else 1.5,
                             after="quantised")
        integer = quantise.fold(network)
        quantise.calibrate(integer, blocks)
        return self.learn("gate_quantised", integer, blocks, gate.loss, "quantised", share=0.15, half=False, after="gate")

    def recognisers(self, material):
        """Quantised recognisers by name."""
        readings.sheet(os.path.join(self.args.work, "crops.png"), material)
        judge = readings.Judge(self.judged())
        out = {}
        for i, blocks in enumerate(self.args.blocks):
            name = f"recogniser_{i + 1}" if i else "recogniser"
            batches = readings.Readings(material, self.args.seed + i)
            known = self.args.teacher and model_file.read(self.args.teacher, name, batches)
            if known:
                network = self.learn(name, copy.deepcopy(known), batches, readings.loss, "recogniser", share=GENTLER,
                                     decay=DECAYING, judge=judge)
                network = max((network, learning.midway(known, network, batches)), key=judge)
            else:
                network = self.learn(name, Network(recogniser_graph(blocks=blocks)), batches, readings.loss, "recogniser",
                                     judge=judge)
            out[name] = quantise.fold(network)
            quantise.calibrate(out[name], batches)
            if not known:
                out[name] = self.learn(f"{name}_quantised", out[name], batches, readings.loss, "quantised", share=0.1, half=False,
                                       after=name)
        return out

    def provenance(self):
        args = self.args
        kinds = ("boxed", "numbered", "signs", "singles", "letters", "handwriting", "backgrounds")
        described = {kind: [[os.path.basename(p), digest(p)] for p in getattr(args, kind) or ()] for kind in kinds}
        files = {"corrections": args.corrections, "from": args.teacher}
        learnt = {row["stage"]: row["step"] for row in self.log.rows}
        return {**described, **{kind: path and digest(path) for kind, path in files.items()},
                "held_out": f"every {HELD_OUT}th picture of each archive, and of signs every {HELD_OUT}th number",
                "left_out": list(args.left_out), "steps": learnt, "rate": args.rate,
                "going_on": {"rate": GENTLER, "decay": DECAYING}, "batch": args.batch, "seed": args.seed, "torch": torch.__version__}


def main():
    args = arguments()
    os.makedirs(args.work, exist_ok=True)
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    training = Training(args)
    material = training.lesson(args.teacher) if args.teacher else None
    if args.pack:
        size = pack.write(args.pack, material, training.judged(), args.teacher)
        print(f"packed {size >> 20} MiB into {args.pack}", flush=True)
        return
    networks = {}
    if "detector" in args.stages:
        networks["detector"] = training.detector(material)
    if material is None:
        model_file.write(args.out, args.name, networks, training.provenance())
        material = training.lesson(args.out)
    if "gate" in args.stages:
        networks["gate"] = training.gate(material, networks["detector"])
    if "recogniser" in args.stages:
        networks |= training.recognisers(material)
    model_file.write(args.out, args.name, networks, training.provenance(), args.teacher)
    calibrate.calibrate(args.out, training.held_out, args.streetnum)
    gate.choose_threshold(args.out, training.held_out, args.streetnum)
    calibrate.calibrate(args.out, training.held_out, args.streetnum)
    print(f"wrote {args.out}, {os.path.getsize(args.out)} bytes", flush=True)


if __name__ == "__main__":
    main()
