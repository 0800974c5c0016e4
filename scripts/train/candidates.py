"""What streetnum sees in photographs: the candidates that its recogniser has to read or refuse."""
import json
import os
import subprocess
import tempfile

import numpy as np

import photographs


def found(streetnum, archive, model=None):
    """All numbers that streetnum finds in an archive, surest first in each picture: {name: [number's object, ...]}."""
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "candidates.sqlite")
        command = [streetnum, "ingest", archive, "--db", database] + (["--model", model] if model else [])
        code = subprocess.run(command).returncode
        if code not in (0, 3):  # 3: a photograph was rejected, the others were read
            raise SystemExit(f"streetnum ingest {archive} ended with {code}")
        lines = subprocess.run([streetnum, "query", "--db", database, "--min-confidence", "0", "--format", "ndjson"],
                               check=True, capture_output=True, text=True).stdout.splitlines()
    numbers = {}
    for number in map(json.loads, lines):
        numbers.setdefault(photographs.named(archive, number["image"]), []).append(number)
    return numbers


def boxes_of(number):
    return np.array([d["box"] for d in number["digits"]], np.float32)


def distance(a, b):
    """The least number of digits to change, add or take away to turn one text into the other (Levenshtein, 1966)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        row, last = [i + 1], row
        for j, y in enumerate(b):
            row.append(min(last[j] + (x != y), last[j + 1] + 1, row[j] + 1))
    return row[-1]


def common(a, b):
    """The common area of two boxes (left, top, width, height) as a share of the smaller one."""
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(w, 0) * max(h, 0) / max(min(a[2] * a[3], b[2] * b[3]), 1e-6)


def around(boxes):
    """The box around boxes."""
    boxes = np.asarray(boxes)
    left, top = boxes[:, :2].min(0)
    right, bottom = (boxes[:, :2] + boxes[:, 2:]).max(0)
    return np.array([left, top, right - left, bottom - top])


def sorted_out(photograph, numbers):
    """Boxes of a labelled photograph's number, and those of candidates that are none: ([n, 4] or None, [[m, 4], ...]).

    Where the number's place isn't labelled, the surest candidate that reads nearly like it shows the place.
    """
    if len(photograph.digits):
        order = np.argsort(photograph.digits[:, 1] + photograph.digits[:, 3] / 2)
        place = photograph.digits[order, 1:]
    else:
        likely = [n for n in numbers if distance(n["number"], photograph.number) <= len(photograph.number) / 2]
        place = boxes_of(min(likely, key=lambda n: distance(n["number"], photograph.number))) if likely else None
    if place is None:
        return None, []
    hull = around(place)
    return place, [boxes_of(n) for n in numbers if common(around(boxes_of(n)), hull) < 0.1]
