#!/usr/bin/env python3
"""Fits the confidence of whole numbers on pictures kept out of training, and writes it into the model file.

    calibrate.py --model digitnet.safetensors --held-out training/held-out.tar --streetnum ../../.build/release/streetnum

`streetnum evidence` says what speaks for and against each number that a picture may show, so what is fitted is what users get.
"""
import argparse
import json
import os
import subprocess
import tarfile
import tempfile

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file


UNCERTAINTY = 1.0  # of the prior that pulls weights to zero, in units of each feature's spread


def fit(rows, right):
    """Logistic regression by Newton's method; `rows` are features, `right` is 1 where the number was."""
    x, y = np.array(rows), np.array(right, float)
    prior = UNCERTAINTY * np.maximum(x.std(0), 1e-3) ** 2
    weights = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ weights))
        curvature = (x * (p * (1 - p))[:, None]).T @ x + np.diag(prior)
        step = np.linalg.solve(curvature, x.T @ (p - y) + prior * weights)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def without_calibration(model):
    """A model file's tensors and metadata."""
    with safe_open(model, "np") as file:
        metadata = {key: value for key, value in file.metadata().items() if key != "calibration"}
        return {key: file.get_tensor(key) for key in file.keys()}, metadata


def evidence(streetnum, model, archive):
    """What `streetnum evidence` says of an archive's pictures; `image` is the member's name."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        with tarfile.open(archive) as tar:
            for i, member in enumerate(tar):
                path = os.path.join(folder, str(i))
                with open(path, "wb") as file:
                    file.write(tar.extractfile(member).read())
                names[path] = member.name
        bare = os.path.join(folder, "bare.safetensors")  # an older calibration may weigh other features
        tensors, metadata = without_calibration(model)
        save_file(tensors, bare, metadata)
        output = subprocess.run([streetnum, "evidence", "--model", bare, *names], capture_output=True, text=True)
    if output.returncode:
        raise SystemExit(f"streetnum evidence ended with {output.returncode}: {output.stderr.strip()}")
    rows = [json.loads(line) for line in output.stdout.splitlines()]
    return [{**row, "image": names[row["image"]]} for row in rows]


def calibrate(model, held_out, streetnum):
    """Fits the confidence of a model on a tar with labels beside it, and writes it into the model's file."""
    with open(os.path.splitext(held_out)[0] + ".jsonl", encoding="utf-8") as file:
        numbers = {row["file"]: row["number"] for row in map(json.loads, file)}
    rows = evidence(streetnum, model, held_out)
    if not rows:
        raise SystemExit(f"{model} sees no candidate in {held_out}: train it longer")
    names = list(rows[0]["features"])
    weights = fit([[row["features"][name] for name in names] for row in rows],
                  [row["number"] == numbers[row["image"]] for row in rows])
    tensors, metadata = without_calibration(model)
    metadata["calibration"] = json.dumps({name: round(float(w), 6) for name, w in zip(names, weights)})
    save_file(tensors, model, metadata)
    print(f"fitted on {len(rows)} readings in {len(numbers)} pictures: {metadata['calibration']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--held-out", required=True, help="a tar; its labels are in the .jsonl beside it")
    parser.add_argument("--streetnum", required=True, help="the streetnum program")
    args = parser.parse_args()
    calibrate(args.model, args.held_out, args.streetnum)


if __name__ == "__main__":
    main()
