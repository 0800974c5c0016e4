"""What the network should say at each output cell, and what it is not asked.

A digit's core is positive for its own class; its rim, the tolerance at both ends of the octave and what the canvas
cuts off are not asked; digits outside the octave's tolerance are background, so that the peak at the right pyramid
level beats its echo on the neighbours (FCOS, Tian et al., 2019, assigns by distance; here by height).
"""
import numpy as np

from graph import DIGITS, SIDE_UNIT, STRIDE

SMALLEST, LARGEST = 13.0, 38.0  # digit heights, in pixels of a level, that the network answers for
IGNORED_BELOW, IGNORED_ABOVE = 10.0, 48.0
CORE = 0.25  # half-size of the core, as a share of the box


def build(digits, width, height):
    """Targets of a canvas: classes and what is asked, [10, h, w]; sides, [4, h, w]; positive cells, [h, w]."""
    rows, columns = -(-height // STRIDE), -(-width // STRIDE)
    classes = np.zeros((DIGITS, rows, columns), np.float32)
    asked = np.ones((DIGITS, rows, columns), np.float32)
    sides = np.zeros((4, rows, columns), np.float32)
    nearest = np.full((rows, columns), np.inf, np.float32)
    # A cell's anchor: two convolutions of stride 2 that pad by one leave it at the first of its four pixels.
    x = (np.arange(columns) * STRIDE + 0.5)[None, :]
    y = (np.arange(rows) * STRIDE + 0.5)[:, None]
    for digit, left, top, w, h in digits:
        digit = int(digit)
        right, bottom = left + w, top + h
        seen = max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(bottom, height) - max(top, 0)) / max(w * h, 1e-6)
        if seen <= 0:
            continue
        inside = (x > left) & (x < right) & (y > top) & (y < bottom)
        if seen < 0.75:
            asked[:, inside] = 0
            continue
        if h < IGNORED_BELOW or h > IGNORED_ABOVE:
            continue
        asked[digit, inside] = 0
        if not SMALLEST <= h <= LARGEST:
            continue
        dx, dy = np.abs(x - left - w / 2), np.abs(y - top - h / 2)
        core = (dx <= max(CORE * w, STRIDE / 2)) & (dy <= max(CORE * h, STRIDE / 2))
        distance = (dx / w) ** 2 + (dy / h) ** 2
        core &= distance < nearest
        nearest = np.where(core, distance, nearest)
        classes[:, core] = 0
        classes[digit, core] = 1
        asked[:, core] = 1
        box = np.broadcast_arrays(x - left, y - top, right - x, bottom - y)
        for side, distances in enumerate(box):
            sides[side][core] = distances[core] / SIDE_UNIT
    return classes, asked, sides, np.isfinite(nearest)
