#!/usr/bin/env python3
"""Fits the confidence of whole numbers on photographs kept out of training, and writes it into the model file.

    calibrate.py --model digitnet.safetensors --held-out training/held-out.tar --streetnum ../../.build/release/streetnum

Runs streetnum itself over the photographs, so that what is fitted is what users get. The features are those of
Sources/Pipeline/Numbers/Calibration.swift, in the same order.
"""
import argparse
import json
import math
import os
import subprocess
import tempfile

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

UNCERTAINTY = 1e-2  # of the prior that pulls weights to zero


def features(digits):
    scores = [d["score"] for d in digits]
    heights = [d["box"][3] for d in digits]
    return [1.0, math.sqrt(1 - math.prod(scores)), math.sqrt(1 - min(scores)), float(len(digits) == 1),
            float(len(digits) >= 4), 1 - min(heights) / max(heights), 10 / max(min(heights), 10)]


def fit(rows, right):
    """Logistic regression by Newton's method; `rows` are features, `right` is 1 where the number was."""
    x, y = np.array(rows), np.array(right, float)
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + UNCERTAINTY * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + UNCERTAINTY * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def predictions(streetnum, model, archive):
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "held-out.sqlite")
        code = subprocess.run([streetnum, "ingest", archive, "--db", database, "--model", model]).returncode
        if code not in (0, 3):  # 3: a photograph was rejected, the others were read
            raise SystemExit(f"streetnum ingest {archive} ended with {code}")
        lines = subprocess.run([streetnum, "query", "--db", database, "--min-confidence", "0", "--format", "ndjson"],
                               check=True, capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def calibrate(model, held_out, streetnum):
    """Fits the confidence of a model on a tar with labels beside it, and writes it into the model's file."""
    with open(os.path.splitext(held_out)[0] + ".jsonl", encoding="utf-8") as file:
        numbers = {row["file"]: row["number"] for row in map(json.loads, file)}
    found = predictions(streetnum, model, held_out)
    if not found:
        raise SystemExit(f"{model} reads no number in {held_out}: train it longer")
    weights = fit([features(f["digits"]) for f in found], [f["number"] == numbers[f["image"]] for f in found])
    with safe_open(model, "np") as file:
        tensors, metadata = {key: file.get_tensor(key) for key in file.keys()}, file.metadata()
    metadata["calibration"] = json.dumps([round(float(w), 6) for w in weights])
    save_file(tensors, model, metadata)
    print(f"fitted on {len(found)} numbers in {len(numbers)} photographs: {metadata['calibration']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--held-out", required=True, help="a tar; its labels are in the .jsonl beside it")
    parser.add_argument("--streetnum", required=True, help="the streetnum program")
    args = parser.parse_args()
    calibrate(args.model, args.held_out, args.streetnum)


if __name__ == "__main__":
    main()
