"""What a model that is already there teaches of the photographs: where numbers stand, what misleads, which labels to doubt."""
import dataclasses
import json
import os
import subprocess
import tempfile

import numpy as np

import photographs

HARD = 2  # how often a number is shown that the model doesn't surely read, for each time that one is that it does
SCREENED = 0.5  # confidence from which a picture without labels is taken to show a number


@dataclasses.dataclass
class Lesson:
    numbers: list  # (photograph, boxes of its number's digits in reading order); the hard ones several times
    lures: list  # (photograph, boxes of a candidate that is no number)


def found(streetnum, model, archive):
    """All numbers that streetnum finds in an archive, surest first in each picture: {name: [number's object, ...]}."""
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "candidates.sqlite")
        code = subprocess.run([streetnum, "ingest", archive, "--db", database, "--model", model]).returncode
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


def around(boxes):
    """The box around boxes (left, top, width, height)."""
    left, top = boxes[:, :2].min(0)
    right, bottom = (boxes[:, :2] + boxes[:, 2:]).max(0)
    return np.array([left, top, right - left, bottom - top])


def common(a, b):
    """The common area of two boxes as a share of the smaller one."""
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(w, 0) * max(h, 0) / max(min(a[2] * a[3], b[2] * b[3]), 1e-6)


def distance(a, b):
    """The least number of digits to change, add or take away to turn one text into the other (Levenshtein, 1966)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        row, last = [i + 1], row
        for j, y in enumerate(b):
            row.append(min(last[j] + (x != y), last[j + 1] + 1, row[j] + 1))
    return row[-1]


def is_doubtful(label, best):
    """Whether a label is likelier wrong than what was read: part of a longer number, or surely another one.

    Some of SVHN's labels are partial ("1-3" labelled 1, 874 labelled 8); what they leave out would be taught as no digit.
    """
    longer = len(best["number"]) > len(label) and label in best["number"]
    return best["number"] != label and (best["confidence"] > 0.9 or longer and best["confidence"] > 0.3)


def place_of(photograph):
    """The boxes of a photograph's digits in reading order."""
    return photograph.digits[np.argsort(photograph.digits[:, 1] + photograph.digits[:, 3] / 2), 1:]


def of_labelled(pictures, numbers):
    """The lesson of photographs with a number; those whose label is doubtful are left out of it.

    Where digits have no boxes, the candidate that reads like the label shows the place, and gives the digits their boxes if it
    is read just so.
    """
    lesson = Lesson([], [])
    for photograph in pictures:
        candidates = numbers.get(photograph.name, [])
        if candidates and is_doubtful(photograph.number, candidates[0]):
            continue
        if len(photograph.digits):
            place = place_of(photograph)
        else:
            nearest = min(candidates, key=lambda n: distance(n["number"], photograph.number), default=None)
            if nearest is None or distance(nearest["number"], photograph.number) > len(photograph.number) / 2:
                continue
            place = boxes_of(nearest)
            if nearest["number"] == photograph.number:
                values = np.array([[float(d["digit"])] for d in nearest["digits"]], np.float32)
                photograph = dataclasses.replace(photograph, digits=np.hstack([values, place]))
        sure = candidates and candidates[0]["number"] == photograph.number and candidates[0]["confidence"] > 0.9
        lesson.numbers += [(photograph, place)] * (1 if sure else HARD)
        hull = around(place)
        lesson.lures += [(photograph, boxes_of(n)) for n in candidates if common(around(boxes_of(n)), hull) < 0.1]
    return lesson


def of_backgrounds(pictures, numbers):
    """Pictures in which no number is seen, and what looks a little like one in them."""
    empty = [p for p in pictures if all(n["confidence"] < SCREENED for n in numbers.get(p.name, []))]
    return empty, [(p, boxes_of(n)) for p in empty for n in numbers.get(p.name, [])]
