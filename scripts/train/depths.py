#!/usr/bin/env python3
"""Trains detectors of several depths alike and draws how well each reads photographs that were kept out.

All see the same canvases in the same order, unless one was interrupted, for the same steps, and are as wide; they differ in the
layers at stride 8 alone.
Whole numbers are read without a recogniser, as the digits from left to right, so that it is the detector that is measured.
Each depth can be interrupted and goes on from its last checkpoint. README.md here has the command.
"""
import argparse
import os
import random

import numpy as np
import torch

import curve
import detector
import evidence
import learning
import losses
import samples
from graph import Network, digit_graph, operations_per_pixel
from train import Training, data_arguments

LEAST = 0.2  # score of a digit
THRESHOLDS = np.arange(LEAST, 0.85, 0.05)
SAME_PLACE = 0.5  # of a digit's box and what was found: the intersection over union


def found(network, photographs):
    """The digits that a network finds in each photograph."""
    network = network.eval()
    return [detector.detect(network, p.pixels(), LEAST) for p in photographs]


def reads(rows, photograph, threshold):
    """Whether a photograph's number is what digits of at least a threshold say from left to right."""
    rows = rows[rows[:, 0] >= threshold]
    rows = rows[np.argsort(rows[:, 2] + rows[:, 4])]
    return "".join(str(int(row[1])) for row in rows) == photograph.number


def matches(rows, photograph, threshold):
    """How many digits were found rightly, how many were found, and how many there are."""
    rows, wanted, right = rows[rows[:, 0] >= threshold], list(photograph.digits), 0
    for row in rows:
        box = np.array([row[2], row[3], row[4] - row[2], row[5] - row[3]])
        for i, digit in enumerate(wanted):
            if int(digit[0]) == int(row[1]) and evidence.overlap(box, digit[1:]) >= SAME_PLACE:
                del wanted[i]
                right += 1
                break
    return right, len(rows), len(photograph.digits)


def f1(all_rows, photographs, threshold):
    right, said, there = np.sum([matches(r, p, threshold) for r, p in zip(all_rows, photographs)], axis=0)
    return 2 * right / max(said + there, 1)


def crossed(score, count):
    """The mean of `score(threshold, indices)` on each half of `count` photographs at the threshold best for the other half."""
    halves = [np.arange(count)[i::2] for i in (0, 1)]
    best = [max(THRESHOLDS, key=lambda threshold: score(threshold, half)) for half in halves]
    return float(np.average([score(best[1 - i], halves[i]) for i in (0, 1)], weights=[len(half) for half in halves]))


def measured(network, photographs):
    """The F1 score of digits, where all photographs have boxes, and the share of whole numbers read rightly."""
    rows = found(network, photographs)

    def whole(threshold, indices):
        return np.mean([reads(rows[i], photographs[i], threshold) for i in indices])

    def digits(threshold, indices):
        return f1([rows[i] for i in indices], [photographs[i] for i in indices], threshold)

    boxed = all(len(p.digits) for p in photographs)
    return crossed(digits, len(rows)) if boxed else None, crossed(whole, len(rows))


def study(args, material, boxed, numbered, log):
    """Trains a detector for each number of layers at stride 8; a row of figures for each."""
    rows = []
    for context in args.contexts:
        torch.manual_seed(args.seed)
        graph = digit_graph(args.width, args.width // 2, context)
        layers = sum(layer["operation"] == "convolution" for layer in graph)
        canvases = samples.Canvases(material, args.batch, args.seed)
        network = learning.learn(f"{layers} layers", Network(graph), canvases, losses.loss, learning.Limits(args.steps),
                                 args.rate, log, workers=args.workers)
        (digits, whole), (_, other) = measured(network, boxed), measured(network, numbered)
        rows.append({"layers": layers, "operations": operations_per_pixel(graph), "digits": digits, "whole": whole,
                     "other": other})
        print(f"{layers} layers, {rows[-1]['operations'] / 1e3:.1f} kOP a pixel: digits F1 {digits:.3f}, whole numbers "
              f"{whole:.3f} of {len(boxed)} with boxes, {other:.3f} of {len(numbered)} without", flush=True)
    return rows


def draw(rows, path):
    """Accuracy by depth."""
    layers = [row["layers"] for row in rows]
    names = (("digits", "SVHN: digits, F1"), ("whole", "SVHN: whole numbers"), ("other", "others: whole numbers"))
    lines = [(name, layers, [100 * row[key] for row in rows]) for key, name in names]
    curve.draw_lines(lines, "layers", "photographs kept out, %", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    data_arguments(parser)
    parser.add_argument("--contexts", nargs="+", type=int, default=(0, 2, 4, 6),
                        help="layers at stride 8 after the first, of each depth")
    parser.add_argument("--width", type=int, default=32, help="channels; the shipped detector has 64")
    parser.add_argument("--steps", type=int, default=5000, help="of each depth")
    parser.add_argument("--out", default="accuracy-by-depth.png")
    parser.set_defaults(work="depths", batch=16, rate=1.5e-3)
    args = parser.parse_args()
    if not args.teacher or not args.numbered:
        parser.error("needs --from, a model that shows where numbers stand, and --numbered")
    os.makedirs(args.work, exist_ok=True)
    random.seed(args.seed)
    training = Training(args)
    material = training.lesson(args.teacher)
    boxed = [p for p in training.kept if len(p.digits)]
    numbered = [p for p in training.kept if not len(p.digits)]
    draw(study(args, material, boxed, numbered, training.log), args.out)


if __name__ == "__main__":
    main()
