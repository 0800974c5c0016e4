"""The crop of a candidate that the recogniser reads: digits 30 pixels high in a line across its middle.

Sources/DigitNet/Recogniser/Crop.swift cuts crops by the same rule. Receding walls slant a line of digits but leave their
uprights upright, so a line is levelled by shearing, not by turning; they narrow the digits, as some typefaces do, so narrow
ones are widened: the recogniser's columns are 4 pixels wide, and a digit needs a few of them.
"""
import math

import cv2
import numpy as np

from graph import CROP_HEIGHT

DIGIT_HEIGHT = 30.0  # pixels of the crop
MARGIN = 18.0  # least pixels left and right of the digits: room for one that was missed
WIDTHS = (64, 96, 144)  # of crops; a line too long for the last is squeezed
PITCH = 18.0  # pixels of the crop to which narrower digits are widened
WIDENED = 1.5  # how far at most
STEEPEST = 0.7
COARSEST = 1.6245  # pixels of a halving that one of the crop may be high; beyond it the next halving is used


def width_of(needed):
    """The width of the crop for a line of digits that needs so many of its pixels, margins included."""
    return next((w for w in WIDTHS if w >= needed), WIDTHS[-1])


class Crop:
    """Where a candidate's crop lies in its photograph, from boxes (left, top, width, height) in reading order."""

    def __init__(self, boxes):
        boxes = np.asarray(boxes, float)
        centres = boxes[:, :2] + boxes[:, 2:] / 2
        left, right = boxes[:, 0].min(), (boxes[:, 0] + boxes[:, 2]).max()
        run, rise = centres[-1] - centres[0]
        self.slope = float(np.clip(rise / run, -STEEPEST, STEEPEST)) if run > 0 else 0.0
        step = boxes[:, 3].mean() / DIGIT_HEIGHT  # pixels of the photograph that one of the crop is high
        length = (right - left) / step
        widening = float(np.clip(PITCH * len(boxes) / max(length, 1.0), 1.0, WIDENED))
        needed = length * widening + 2 * MARGIN
        self.width = width_of(needed)
        self.across, self.down = step / widening * max(1.0, needed / self.width), step
        self.x = (left + right) / 2
        self.y = centres[:, 1].mean() + self.slope * (self.x - centres[:, 0].mean())

    def matrix(self):
        """The affine map from the photograph to the crop, both counted in pixels from the corner."""
        linear = np.array([[1 / self.across, 0.0], [-self.slope / self.down, 1 / self.down]])
        centre = np.array([self.width / 2, CROP_HEIGHT / 2])
        return np.hstack([linear, (centre - linear @ np.array([self.x, self.y]))[:, None]])

    def cut(self, halvings):
        """The crop's pixels, 48 x width x 3, from a photograph and its halvings, as streetnum cuts them."""
        level = 0
        while self.down / 2**level >= COARSEST and level + 1 < len(halvings):
            level += 1
        local = self.matrix()
        local[:, :2] *= 2.0**level
        local[:, 2] += local[:, :2].sum(1) * 0.5 - 0.5
        return cv2.warpAffine(halvings[level], local, (self.width, CROP_HEIGHT), flags=cv2.INTER_LINEAR,
                              borderMode=cv2.BORDER_REPLICATE)


def varied(matrix, width, rng):
    """The same crop, turned, slanted and stretched a little about its middle."""
    angle = math.radians(rng.gauss(0, 3) if rng.random() < 0.85 else rng.gauss(0, 10))
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    stretch = np.array([[math.exp(rng.gauss(0, 0.12)), rng.gauss(0, 0.10)], [0.0, math.exp(rng.gauss(0, 0.06))]])
    linear, centre = turn @ stretch, np.array([width / 2, CROP_HEIGHT / 2])
    out = matrix.copy()
    out[:, :2] = linear @ matrix[:, :2]
    out[:, 2] = linear @ (matrix[:, 2] - centre) + centre
    return out


def visible(boxes, matrix, width):
    """The share of each box's width that lies in the crop."""
    boxes = np.asarray(boxes, float)
    middle = boxes[:, 1] + boxes[:, 3] / 2
    ends = [np.stack([x, middle], 1) @ matrix[0, :2] + matrix[0, 2] for x in (boxes[:, 0], boxes[:, 0] + boxes[:, 2])]
    inside = np.minimum(ends[1], width) - np.maximum(ends[0], 0)
    return np.clip(inside / np.maximum(ends[1] - ends[0], 1e-6), 0, 1)
