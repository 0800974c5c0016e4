#!/usr/bin/env python3
"""A Python program in place of `streetnum ingest`: Pillow, OpenVINO with the same 8-bit detector, NumPy, sqlite3.

It reads a tar, looks for digits at every scale, puts those that stand in a line together and stores them. It has no second look
at what it found, no confidence that means anything, and no promise about what is lost when it is cut off.
    job.py ARCHIVE --model FILE --db FILE [--threads 2]
"""
import argparse
import concurrent.futures
import io
import os
import sqlite3
import tarfile
import tempfile
import time

import numpy as np
import openvino

from peers import detector_of, exported, levels_of

LEAST_LOGIT = -217  # in 1/256: a score of 0.3
STRIDE, SIDE_UNIT, DIGITS = 4, 16, 10


def members(path):
    with tarfile.open(path) as tar:
        for member in tar:
            if member.name.lower().endswith((".jpg", ".jpeg", ".png")):
                yield member.name, tar.extractfile(member).read()


def pyramid(name, encoded):
    return name, levels_of(io.BytesIO(encoded))


class Detector:
    def __init__(self, model, threads, folder):
        self.core, self.threads, self.requests = openvino.Core(), threads, {}
        self.path = os.path.join(folder, "int8.onnx")
        exported(*detector_of(model), True, self.path)

    def scores(self, level):
        if level.shape not in self.requests:
            network = self.core.read_model(self.path)
            network.reshape(list(level.shape))
            settings = {"INFERENCE_NUM_THREADS": self.threads, "PERFORMANCE_HINT": "LATENCY"}
            self.requests[level.shape] = self.core.compile_model(network, "CPU", settings).create_infer_request()
        request = self.requests[level.shape]
        request.infer([level], share_inputs=True)
        return request.get_output_tensor(0).data[0]

    def digits(self, levels):
        """Rows of logit, digit, left, top, right, bottom, without overlaps."""
        found = []
        for exponent, level in enumerate(levels):
            scores = self.scores(level)
            best = scores[:DIGITS].max(0)
            y, x = np.nonzero(best >= LEAST_LOGIT)
            sides = np.maximum(scores[DIGITS:, y, x], 0) / SIDE_UNIT
            cx, cy = x * STRIDE + 0.5, y * STRIDE + 0.5
            boxes = np.stack([cx - sides[0], cy - sides[1], cx + sides[2], cy + sides[3]]) * 2**exponent
            found.append(np.concatenate([best[None, y, x], scores[:DIGITS, y, x].argmax(0)[None], boxes]).T)
        rows = np.concatenate(found)
        rows = rows[np.argsort(-rows[:, 0])]
        kept = []
        while len(rows):
            first, rows = rows[0], rows[1:]
            kept.append(first)
            width = np.minimum(rows[:, 4], first[4]) - np.maximum(rows[:, 2], first[2])
            height = np.minimum(rows[:, 5], first[5]) - np.maximum(rows[:, 3], first[3])
            smaller = np.minimum((rows[:, 4] - rows[:, 2]) * (rows[:, 5] - rows[:, 3]),
                                 (first[4] - first[2]) * (first[5] - first[3]))
            rows = rows[np.maximum(width, 0) * np.maximum(height, 0) <= 0.5 * smaller]
        return kept


def numbers(digits):
    """Groups digits of similar height into lines."""
    lines = []
    for digit in sorted(digits, key=lambda d: d[2]):
        height = digit[5] - digit[3]
        for line in lines:
            last = line[-1]
            if (abs(last[5] - last[3] - height) < 0.35 * height and -0.3 * height < digit[2] - last[4] < 0.7 * height
                    and abs(last[3] - digit[3]) < 0.35 * height):
                line.append(digit)
                break
        else:
            lines.append([digit])
    return [line for line in lines if len(line) <= 6]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive")
    parser.add_argument("--model", required=True)
    parser.add_argument("--db", required=True)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    start, pixels, count = time.perf_counter(), 0, 0
    database = sqlite3.connect(args.db)
    database.execute("CREATE TABLE number (picture TEXT, number TEXT, logit REAL, x REAL, y REAL)")
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(args.threads) as pool:
        detector = Detector(args.model, args.threads, folder)
        waiting, source = [], members(args.archive)
        for name, encoded in source:
            waiting.append(pool.submit(pyramid, name, encoded))
            if len(waiting) < args.threads:
                continue
            count, pixels = count + 1, pixels + store(database, detector, *waiting.pop(0).result())
        for last in waiting:
            count, pixels = count + 1, pixels + store(database, detector, *last.result())
    seconds = time.perf_counter() - start
    print(f"{count} pictures, {seconds:.2f} s, {pixels / seconds / 1e6:.1f} megapixels/s")


def store(database, detector, name, levels):
    for line in numbers(detector.digits(levels)):
        database.execute("INSERT INTO number VALUES (?, ?, ?, ?, ?)", (
            name, "".join(str(int(d[1])) for d in line), float(min(d[0] for d in line)), float(line[0][2]), float(line[0][3])))
    database.commit()
    return levels[0].shape[2] * levels[0].shape[3]


if __name__ == "__main__":
    main()
