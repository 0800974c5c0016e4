"""Things made of strokes that are no digit: bars, slots, pipes, railings, handles, rings, gaps between bricks."""
import cv2
import numpy as np

from . import glyphs
from .layout import Placed, settled


def bar(width, height, radius=0.0):
    mask = np.zeros((max(2, round(height)), max(2, round(width))), np.uint8)
    h, w = mask.shape
    r = int(min(radius, (min(h, w) - 1) / 2))
    if r < 1:
        mask[:] = 255
        return mask
    cv2.rectangle(mask, (r, 0), (w - 1 - r, h - 1), 255, -1)
    cv2.rectangle(mask, (0, r), (w - 1, h - 1 - r), 255, -1)
    for x in (r, w - 1 - r):
        for y in (r, h - 1 - r):
            cv2.circle(mask, (x, y), r, 255, -1)
    return mask


def railing(rng, size):
    """Bars side by side: too many and too even for a number of ones."""
    width, gap = size * rng.uniform(0.05, 0.2), size * rng.uniform(0.15, 0.5)
    height, radius = size * rng.uniform(1.0, 2.5), width * rng.choice((0.0, 0.5))
    return [(bar(width, height, radius), i * (width + gap), 0.0) for i in range(rng.randint(5, 9))]


def louvre(rng, size):
    width, height = size * rng.uniform(1.0, 2.5), size * rng.uniform(0.06, 0.2)
    gap = size * rng.uniform(0.1, 0.4)
    return [(bar(width, height, height * rng.choice((0.0, 0.5))), 0.0, i * (height + gap)) for i in range(rng.randint(2, 6))]


def slot(rng, size):
    """A letterbox, a long handle, or a pipe, thinner than any 1."""
    long, thick = size * rng.uniform(1.6, 3.5), size * rng.uniform(0.12, 0.4)
    radius = thick * rng.choice((0.0, 0.25, 0.5))
    if rng.random() < 0.3:
        return [(bar(long / rng.uniform(10, 22), long, radius), 0.0, 0.0)]
    inner = bar(long, thick, radius)
    if rng.random() < 0.5 and thick > 8:
        edge = max(2, int(thick * 0.15))
        inner[edge:-edge, edge:-edge] = 0
    return [(inner, 0.0, 0.0)]


def handle(rng, size):
    """A door handle: a rose with a lever, or a grip between two feet."""
    side = round(size * 2)
    mask, middle, thick = np.zeros((side, side), np.uint8), side // 2, max(2, round(size * rng.uniform(0.12, 0.22)))
    if rng.random() < 0.5:
        cv2.circle(mask, (middle, middle), round(size * rng.uniform(0.2, 0.35)), 255, -1)
        cv2.line(mask, (middle, middle), (side - thick, middle + round(size * rng.uniform(-0.1, 0.2))), 255, thick)
        if rng.random() < 0.5:
            cv2.circle(mask, (middle, min(side - thick, middle + round(size * 0.7))), thick, 255, -1)
    else:
        cv2.line(mask, (middle, thick), (middle, side - thick), 255, thick)
        for y in (thick, side - thick):
            cv2.line(mask, (middle - thick * 2, y), (middle + thick * 2, y), 255, thick)
    return [(mask, 0.0, 0.0)]


def bricks(rng, size):
    """The joints of a few bricks."""
    width, height = size * rng.uniform(1.0, 2.2), size * rng.uniform(0.4, 0.9)
    thick = max(2, round(size * rng.uniform(0.04, 0.1)))
    rows, columns = rng.randint(2, 4), rng.randint(2, 3)
    mask = np.zeros((round(rows * height) + thick, round(columns * width)), np.uint8)
    for row in range(rows + 1):
        y = round(row * height)
        mask[y:y + thick] = 255
        for c in range(columns + 1):
            x = round((c + 0.5 * (row % 2)) * width)
            mask[y:round(y + height), x:x + thick] = 255
    return [(mask, 0.0, 0.0)]


def scraps(rng, size):
    """Bits of strokes that digits are made of, none of them enough for one: corners, hooks, half arcs."""
    parts, x = [], 0.0
    for _ in range(rng.randint(1, 4)):
        side, thick = round(size * rng.uniform(0.4, 1.0)), max(2, round(size * rng.uniform(0.08, 0.2)))
        mask, kind, half = np.zeros((side + 2 * thick, side + 2 * thick), np.uint8), rng.random(), side // 2
        middle = (half + thick, half + thick)
        if kind < 0.5:
            start = rng.randrange(360)
            axes = (half, round(half * rng.uniform(0.6, 1.0)))
            cv2.ellipse(mask, middle, axes, 0, start, start + rng.randint(60, 170), 255, thick)
        elif kind < 0.8:
            lean = rng.choice((-1, 1)) * rng.randint(half // 2, half)
            cv2.line(mask, (middle[0] - lean, thick), (middle[0] + lean, side + thick), 255, thick)
            if rng.random() < 0.5:
                cv2.line(mask, (middle[0] + lean, thick), (middle[0] - lean, side + thick), 255, thick)
        else:
            cv2.line(mask, (thick, side + thick), (side + thick, side + thick), 255, thick)
            cv2.line(mask, (thick, thick), (thick, side + thick), 255, thick)
        parts.append((mask, x, rng.uniform(-0.2, 0.2) * size))
        x += side * rng.uniform(0.8, 1.8)
    return parts


def compose(rng, size):
    """The layout of something barred, `size` pixels about as high as a digit; the whole of it is a lure."""
    parts = rng.choice((railing, louvre, slot, slot, handle, bricks, scraps, scraps))(rng, size)
    placed = [Placed(glyphs.shaped(mask, 0.0, 0.0, 0.0), x, y, "", None, 0, size) for mask, x, y in parts]
    return settled(placed, size * rng.uniform(0.1, 0.5), size)
