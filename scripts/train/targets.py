"""What the network should say at each output cell, and what it is not asked.

A digit's core is positive for its own class; its rim, the tolerance at both ends of the octave and what the canvas
cuts off are not asked; digits outside the octave's tolerance are background, so that the peak at the right pyramid
level beats its echo on the neighbours (FCOS, Tian et al., 2019, assigns by distance; here by height).
"""
import math

import numpy as np
import torch

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


def built(digits, width, height):
    """The targets of a batch of canvases, as `build` makes them, on the device of `digits`: [count, most, 5], digit -1 where there is
    none. A cell that several digits claim is the nearest one's."""
    device = digits.device
    rows, columns = -(-height // STRIDE), -(-width // STRIDE)
    digits = digits[:, :max(1, int((digits[..., 0] >= 0).sum(1).max()))]
    kind, left, top, w, h = (part[..., None, None] for part in digits.unbind(-1))
    w, h = w.clamp(min=1e-3), h.clamp(min=1e-3)
    x = torch.arange(columns, device=device) * STRIDE + 0.5
    y = (torch.arange(rows, device=device) * STRIDE + 0.5)[:, None]
    right, bottom = left + w, top + h
    seen = (right.clamp(max=width) - left.clamp(min=0)).clamp(min=0) * (bottom.clamp(max=height) - top.clamp(min=0)).clamp(min=0) / (w * h)
    there = (kind >= 0) & (seen > 0)
    whole = there & (seen >= 0.75)
    inside = (x > left) & (x < right) & (y > top) & (y < bottom)
    dx, dy = (x - left - w / 2).abs(), (y - top - h / 2).abs()
    core = (dx <= (CORE * w).clamp(min=STRIDE / 2)) & (dy <= (CORE * h).clamp(min=STRIDE / 2))
    core &= whole & (h >= SMALLEST) & (h <= LARGEST)
    distance = torch.where(core, (dx / w) ** 2 + (dy / h) ** 2, math.inf)
    nearest, owner = distance.min(1)
    positive = nearest.isfinite()

    one_hot = torch.nn.functional.one_hot(kind[..., 0, 0].long().clamp(min=0), DIGITS).float()
    unasked = (inside & whole & (h >= IGNORED_BELOW) & (h <= IGNORED_ABOVE)).float()
    unasked = torch.einsum("bkc,bkyx->bcyx", one_hot, unasked)
    cut = (inside & there & ~whole).any(1)
    asked = ((unasked == 0) & ~cut[:, None] | positive[:, None]).float()
    classes = one_hot.gather(1, owner.flatten(1)[..., None].expand(-1, -1, DIGITS)).unflatten(1, (rows, columns)).permute(0, 3, 1, 2)
    box = torch.stack(torch.broadcast_tensors(x - left, y - top, right - x, bottom - y), 2)
    sides = box.gather(1, owner[:, None, None].expand(-1, 1, 4, -1, -1))[:, 0] / SIDE_UNIT
    return classes * positive[:, None], asked, sides * positive[:, None], positive
