"""Ones and sevens drawn by hand: typefaces at hand have few bare, long-flagged, bent or crossed ones."""
import cv2
import numpy as np

from . import glyphs

FINE = 4  # strokes are drawn this much larger, and shrunk


def stroked(lines, width, height, stem):
    """A glyph of thick lines, cut off square at the top and bottom of its box. Coordinates are in shares of the height."""
    stem = min(stem, 0.3)
    tall, wide = round(height * FINE), max(1, round(width * height * FINE))
    mask = np.zeros((tall, wide), np.uint8)
    for line in lines:
        points = np.array(line, np.float32) * height * FINE
        for a, b in zip(points[:-1], points[1:]):
            along = (b - a) / max(float(np.hypot(*(b - a))), 1e-6)
            side = np.array([-along[1], along[0]]) * stem * height * FINE / 2
            corners = np.stack([a + side, b + side, b - side, a - side])
            cv2.fillConvexPoly(mask, np.round(corners * 16).astype(np.int32), 255, shift=4)
        for joint in points[1:-1]:
            cv2.circle(mask, tuple(np.round(joint).astype(int).tolist()), max(1, int(stem * height * FINE / 2)), 255, -1)
    mask = cv2.resize(mask, (max(1, wide // FINE), max(1, tall // FINE)), interpolation=cv2.INTER_AREA)
    return glyphs.shaped(mask, stem * height * 0.5, -float(mask.shape[0]), mask.shape[1] + stem * height)


def one(rng, height, stem):
    """A 1: a bare stroke, or with an upstroke of any length and angle, on a foot or not."""
    flag = 0.0 if rng.random() < 0.25 else rng.uniform(0.08, 0.42)
    drop = flag * rng.choice((0.35, 0.6, 0.9, 1.3))
    foot = rng.uniform(0.12, 0.25) if rng.random() < 0.2 else 0.0
    stem = min(max(stem, 0.06), 0.24)
    x = max(flag, foot) + stem / 2
    lines = [((x, -0.2), (x, 1.2))]
    if flag:
        lines.append(((x - flag, drop + stem * 0.4), (x + stem * 0.1, stem * 0.4)))
    if foot:
        lines.append(((x - foot - stem / 2, 1 - stem / 2), (x + foot + stem / 2, 1 - stem / 2)))
    return stroked(lines, x + stem / 2 + foot, height, stem)


def seven(rng, height, stem):
    """A 7: straight or bent, with a crossbar or without, with a serif at its left end or without."""
    stem = min(max(stem, 0.06), 0.22)
    width, lean = rng.uniform(0.48, 0.68), rng.uniform(0.0, 0.38)
    right, foot = width - stem * 0.6, max(stem / 2, width - stem / 2 - lean)
    knee = (right - (right - foot) * rng.uniform(0.3, 0.75), rng.uniform(0.3, 0.5))
    leg = [(right, stem / 2), knee, (foot, 1.2)] if rng.random() < 0.4 else [(right, stem / 2), (foot, 1.1)]
    lines = [((-0.1, stem / 2), (right + stem * 0.5, stem / 2)), leg]
    if rng.random() < 0.3:
        lines.append(((stem / 2, 0), (stem / 2, rng.uniform(0.15, 0.28))))
    if rng.random() < 0.35:
        y, middle = rng.uniform(0.42, 0.56), (right + foot) / 2
        lines.append(((middle - 0.2, y), (middle + 0.2, y)))
    return stroked(lines, width, height, stem)
