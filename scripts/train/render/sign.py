"""What is rendered: a cut-out with its labels."""
from dataclasses import dataclass

import numpy as np


@dataclass
class Sign:
    pixels: np.ndarray  # uint8 [h, w, 4], RGBA; alpha is the plate, or the ink and its shadow where there is no plate
    digits: np.ndarray  # float32 [n, 5]: digit, left, top, width and height of its ink; house numbers' digits and others'
    numbers: list       # lists of indices into digits: each a house number, in reading order
    lures: np.ndarray   # float32 [m, 4]: boxes of what looks like a number and is none


def boxed(hull, matrix):
    """The upright box, left, top, width and height, of a hull under a homography."""
    points = np.c_[hull, np.ones(len(hull), np.float32)] @ matrix.T
    points = points[:, :2] / points[:, 2:]
    low = points.min(0)
    return (*low, *(points.max(0) - low))


def joined(first, second, gap, lift):
    """Two signs in one: the second stands `gap` pixels to the right of the first, `lift` pixels higher."""
    tops = (max(0, lift), max(0, -lift))
    x = first.pixels.shape[1] + gap
    height = max(s.pixels.shape[0] + t for s, t in zip((first, second), tops))
    pixels = np.zeros((height, x + second.pixels.shape[1], 4), np.uint8)
    for s, left, top in ((first, 0, tops[0]), (second, x, tops[1])):
        pixels[top:top + s.pixels.shape[0], left:left + s.pixels.shape[1]] = s.pixels
    moves = ((0.0, tops[0]), (x, tops[1]))
    digits = np.concatenate([s.digits + np.array([0, *m, 0, 0], np.float32) for s, m in zip((first, second), moves)])
    lures = np.concatenate([s.lures + np.array([*m, 0, 0], np.float32) for s, m in zip((first, second), moves)])
    numbers = first.numbers + [[i + len(first.digits) for i in n] for n in second.numbers]
    return Sign(pixels, digits.astype(np.float32), numbers, lures.astype(np.float32))
