"""What a model that is already there teaches of the photographs: where numbers stand, what misleads, which labels to doubt."""
import collections
import dataclasses
import json
import os
import subprocess
import tempfile

import cv2
import numpy as np

import evidence
import photographs
from evidence import around, boxes_of, common

HARD = 3  # how often a number is shown that the model doesn't surely read, for each time that one is that it does
SIGNS = 6  # how often a photograph of a sign is shown, of which there are few
SAME_SIGN = 40  # how often a sign is shown at most, in all its photographs
SQUEEZED = (1.0, 0.85, 0.7, 0.58, 1.25)  # widths of a photograph at which a model may read what it doesn't read as it is
SCREENED = 0.5  # confidence from which a picture without labels is taken to show a number


@dataclasses.dataclass
class Lesson:
    numbers: list  # (photograph, boxes of its number's digits in reading order); the hard ones several times
    lures: list  # (photograph, boxes of a candidate that is no number)


def found(streetnum, model, archive, *options):
    """All numbers that streetnum finds in an archive, surest first in each picture: {name: [number's object, ...]}."""
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "candidates.sqlite")
        code = subprocess.run([streetnum, "ingest", archive, "--db", database, "--model", model, *options]).returncode
        if code not in (0, 3):  # 3: a photograph was rejected, the others were read
            raise SystemExit(f"streetnum ingest {archive} ended with {code}")
        lines = subprocess.run([streetnum, "query", "--db", database, "--min-confidence", "0", "--format", "ndjson"],
                               check=True, capture_output=True, text=True).stdout.splitlines()
    numbers = {}
    for number in map(json.loads, lines):
        numbers.setdefault(photographs.named(archive, number["image"]), []).append(number)
    return numbers


def candidates(streetnum, model, archive):
    """All that may be a number in an archive, sure or not: {name: [candidate, ...]}."""
    found = evidence.candidates(streetnum, model, archive)
    return {photographs.named(archive, name): candidates for name, candidates in found.items()}


def squeezed(signs, width):
    """Photographs of another width, as a tar's bytes would hold them."""
    for photograph in signs:
        pixels = cv2.cvtColor(photograph.pixels(), cv2.COLOR_RGB2BGR)
        size = (max(16, round(pixels.shape[1] * width)), pixels.shape[0])
        way = cv2.INTER_AREA if width < 1 else cv2.INTER_CUBIC
        yield photograph.name, cv2.imencode(".png", cv2.resize(pixels, size, interpolation=way))[1].tobytes()


def placed(streetnum, model, signs):
    """Photographs of signs with a box for each digit, where the model reads just their number at some width of the picture."""
    out, left = [], list(signs)
    for width in SQUEEZED:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "signs.tar")
            photographs.write(path, squeezed(left, width))
            numbers = {os.path.basename(name): n for name, n in found(streetnum, model, path).items()}
        waiting = []
        for i, photograph in enumerate(left):
            read = next((n for n in numbers.get(f"{i}.png", []) if n["number"] == photograph.number), None)
            if read is None:
                waiting.append(photograph)
                continue
            boxes = boxes_of(read["digits"]) / np.array([width, 1, width, 1], np.float32)
            values = np.array([[float(d["digit"])] for d in read["digits"]], np.float32)
            out.append(dataclasses.replace(photograph, digits=np.hstack([values, boxes]).astype(np.float32)))
        left = waiting
    return out


def of_signs(signs):
    """The numbers of signs with boxes, each several times, but those of one sign no more often than SAME_SIGN in all."""
    seen = collections.Counter(p.number for p in signs)
    out = []
    for photograph in signs:
        times = max(1, min(SIGNS, round(SAME_SIGN / seen[photograph.number])))
        out += [(photograph, photograph.digits[:, 1:])] * times
    return out


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


def of_labelled(pictures, numbers, candidates):
    """The lesson of photographs with a number; those whose label is doubtful are left out of it.

    `numbers` are what was found, `candidates` what may have been one, by the photographs' names.
    Where digits have no boxes, the candidate that reads like the label shows the place, and gives the digits their boxes if it
    is read just so.
    """
    lesson = Lesson([], [])
    for photograph in pictures:
        found = numbers.get(photograph.name, [])
        if found and is_doubtful(photograph.number, found[0]):
            continue
        if len(photograph.digits):
            place = place_of(photograph)
        else:
            nearest = min(found, key=lambda n: distance(n["number"], photograph.number), default=None)
            if nearest is None or distance(nearest["number"], photograph.number) > len(photograph.number) / 2:
                continue
            place = boxes_of(nearest["digits"])
            if nearest["number"] == photograph.number:
                values = np.array([[float(d["digit"])] for d in nearest["digits"]], np.float32)
                photograph = dataclasses.replace(photograph, digits=np.hstack([values, place]))
        sure = found and found[0]["number"] == photograph.number and found[0]["confidence"] > 0.9
        lesson.numbers += [(photograph, place)] * (1 if sure else HARD)
        hull = around(place)
        elsewhere = [boxes_of(c["digits"]) for c in candidates.get(photograph.name, [])]
        lesson.lures += [(photograph, boxes) for boxes in elsewhere if common(around(boxes), hull) < 0.1]
    return lesson


def of_backgrounds(pictures, numbers, candidates):
    """Pictures in which no number is seen, and what looks a little like one in them."""
    empty = [p for p in pictures if all(n["confidence"] < SCREENED for n in numbers.get(p.name, []))]
    return empty, [(p, boxes_of(c["digits"])) for p in empty for c in candidates.get(p.name, [])]
