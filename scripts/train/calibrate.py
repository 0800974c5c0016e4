#!/usr/bin/env python3
"""Fits the confidence of whole numbers on pictures kept out of training, and writes it into the model file.

    calibrate.py --model digitnet.safetensors --held-out training/held-out.tar --streetnum ../../.build/release/streetnum

`streetnum evidence` says what speaks for and against each number that a picture may show, so what is fitted is what users get.
"""
import argparse
import json
import os
import tempfile

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

import evidence

SAME_PLACE = 0.4  # of a candidate's digits and a number's box: the common area as a share of the smaller box
RELAID = 0.1  # weight of pictures whose digits were laid anew: they are kept out of training, but no photographs of numbers
UNCERTAINTY = 1.0  # of the prior that pulls weights to zero, in units of each feature's spread


def fit(rows, right, worth):
    """Logistic regression by Newton's method; `rows` are features, `right` is 1 where the number was, `worth` their weights."""
    x, y, worth = np.array(rows), np.array(right, float), np.array(worth, float)
    spread = np.sqrt(np.average((x - np.average(x, 0, worth)) ** 2, 0, worth))
    prior = UNCERTAINTY * np.maximum(spread, 1e-3) ** 2
    weights = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ weights))
        curvature = (x * (worth * p * (1 - p))[:, None]).T @ x + np.diag(prior)
        step = np.linalg.solve(curvature, x.T @ (worth * (p - y)) + prior * weights)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def without_calibration(model):
    """A model file's tensors and metadata."""
    with safe_open(model, "np") as file:
        metadata = {key: value for key, value in file.metadata().items() if key != "calibration"}
        return {key: file.get_tensor(key) for key in file.keys()}, metadata


def is_right(hypothesis, candidate, label):
    """Whether a hypothesis is a picture's number; in a scene of several (text and box), the one that stands where it does."""
    if "numbers" not in label:
        return hypothesis["number"] == label["number"]
    place = evidence.around(evidence.boxes_of(candidate["digits"]))
    return any(n["text"] == hypothesis["number"] and evidence.common(n["box"], place) >= SAME_PLACE for n in label["numbers"])


def calibrate(model, held_out, streetnum):
    """Fits the confidence of a model on a tar with labels beside it, and writes it into the model's file.

    A label has the picture's one "number" ("" for none), or the "numbers" of a scene, each with its text and box.
    """
    with open(os.path.splitext(held_out)[0] + ".jsonl", encoding="utf-8") as file:
        labels = {row["file"]: row for row in map(json.loads, file)}
    tensors, metadata = without_calibration(model)
    with tempfile.TemporaryDirectory() as folder:  # an older calibration may weigh other features
        bare = os.path.join(folder, "bare.safetensors")
        save_file(tensors, bare, metadata)
        found = evidence.candidates(streetnum, bare, held_out)
    rows = [(h, is_right(h, c, labels[name]), RELAID if name.startswith("layouts/") else 1.0)
            for name, candidates in found.items() for c in candidates for h in c["hypotheses"]]
    if not rows:
        raise SystemExit(f"{model} sees no candidate in {held_out}: train it longer")
    names = list(rows[0][0]["features"])
    weights = fit([[h["features"][name] for name in names] for h, _, _ in rows], [r for _, r, _ in rows], [w for *_, w in rows])
    metadata["calibration"] = json.dumps({name: round(float(w), 6) for name, w in zip(names, weights)})
    save_file(tensors, model, metadata)
    print(f"fitted on {len(rows)} readings in {len(labels)} pictures: {metadata['calibration']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--held-out", required=True, help="a tar; its labels are in the .jsonl beside it")
    parser.add_argument("--streetnum", required=True, help="the streetnum program")
    args = parser.parse_args()
    calibrate(args.model, args.held_out, args.streetnum)


if __name__ == "__main__":
    main()
