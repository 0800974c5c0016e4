"""The crop of a candidate that the recogniser reads: digits 30 pixels high, in a row of cells, one for each digit.

Sources/DigitNet/Recognition/Crop.swift cuts crops by the same rule. People hang digits in lines, stacks, diagonals and arcs: a cell for
each, side by side in reading order, makes a line of all, and what is beyond its ends continues as their path does, for one
that was missed. Receding walls slant a line and leave its uprights upright, so a line is levelled by shearing, not by turning;
they narrow the digits, as some typefaces do, so narrow ones are widened: the recogniser's columns are 4 pixels wide, and a digit
needs a few of them. The cells of a plain line join without a seam.
"""
import dataclasses

import cv2
import numpy as np

from graph import CROP_HEIGHT

DIGIT_HEIGHT = 30.0  # pixels of the crop
MARGIN = 18.0  # least pixels left and right of the digits: room for one that was missed
WIDTHS = (64, 96, 144)  # of crops; a line too long for the last is squeezed
PITCH = 18.0  # pixels of the crop to which narrower digits are widened
WIDENED = 1.5  # how far at most
STEEPEST = 1.2  # slope of a line that can be levelled
COARSEST = 1.6245  # pixels of a halving that one of the crop may be high; beyond it the next halving is used
# In digit heights:
UNEVEN = 0.1  # how far a digit may be off the line before its cell begins to follow it, and from twice that on does wholly
WIDEST_GAP = 0.4  # between two digits; what is wider is cut out
NEAREST, APART = 0.15, 0.3  # the least gap between digits that stand so far above each other
BENT = 0.5  # the most that the path is bent on beyond its ends


@dataclasses.dataclass(frozen=True)
class Window:
    """What is cut of a crop: `rim` more of its pixels on each side, and `fine` samples for each of its pixels."""
    rim: int = 0
    fine: float = 1.0

    def size(self, width):
        """Columns and rows of a crop that is `width` pixels wide."""
        return tuple(round((side + 2 * self.rim) * self.fine) for side in (width, CROP_HEIGHT))

    def places(self, count):
        """Places of `count` samples from the crop's middle, in its pixels."""
        return (np.arange(count) + 0.5 - count / 2) / self.fine


PLAIN = Window()


def width_of(needed):
    """The width of the crop for a line of digits that needs so many of its pixels, margins included."""
    return next((w for w in WIDTHS if w >= needed), WIDTHS[-1])


class Crop:
    """Where a candidate's crop lies in its photograph, from boxes (left, top, width, height) in reading order.

    `upright` says whether each digit is upright by itself, as in stacks and diagonals, or leans with the line, which is then
    levelled. The steepest lines are never levelled.

    A column of it lies at a place in the row of cells, counted in pixels of the photograph like that of the first digit's.
    `cells` are (first place, shift, fall): what stands there is so much further right, and so much lower than the line.
    """

    def __init__(self, boxes, upright=False):
        boxes = np.asarray(boxes, float)
        count, centres = len(boxes), boxes[:, :2] + boxes[:, 2:] / 2
        height = boxes[:, 3].mean()
        self.middle = centres.mean(0)
        run, rise = centres[-1] - centres[0]
        self.slope = 0.0 if upright or abs(rise) > STEEPEST * run or run <= 0 else float(rise / run)
        off = centres[:, 1] - self.middle[1] - self.slope * (centres[:, 0] - self.middle[0])
        falls = off * np.clip(np.abs(off) / (UNEVEN * height) - 1, 0, 1)
        there = boxes[1:, 0] - boxes[:-1, 0] - boxes[:-1, 2]
        apart = np.minimum(np.abs(np.diff(falls)) / (APART * height), 1.0)
        half = np.minimum(boxes[1:, 2], boxes[:-1, 2]) / 2  # more neighbours in a line don't overlap
        least = (NEAREST * height + half) * apart - half
        gaps = np.minimum(np.maximum(there, least), WIDEST_GAP * height)
        self.cells = self.along(boxes[0, 0], boxes[:, 2], gaps, there - gaps, falls, BENT * height)

        length = boxes[:, 2].sum() + gaps.sum()
        self.down = height / DIGIT_HEIGHT  # pixels of the photograph that one of the crop is high
        needed = length / self.down
        widening = min(max(PITCH * count / max(needed, 1.0), 1.0), WIDENED)
        needed = needed * widening + 2 * MARGIN
        self.width = width_of(needed)
        self.across = self.down / widening * max(1.0, needed / self.width)
        self.centre = boxes[0, 0] + length / 2

    @staticmethod
    def along(left, widths, gaps, skipped, falls, bent):
        """The cells of digits, and one at either end that continues the path; equal neighbours are one."""
        if len(widths) == 1:
            return [(-np.inf, 0.0, falls[0])]

        def beyond(a, b, c):
            return a + (a - b) + min(max(a - 2 * b + c, -bent), bent)

        before = beyond(falls[0], falls[1], falls[2] if len(falls) > 2 else 2 * falls[1] - falls[0])
        after = beyond(falls[-1], falls[-2], falls[-3] if len(falls) > 2 else 2 * falls[-2] - falls[-1])
        cells = [(-np.inf, -skipped[0], before), (left - gaps[0] / 2, 0.0, falls[0])]
        place, shift = left, 0.0
        for i, gap in enumerate(gaps):
            place, shift = place + widths[i], shift + skipped[i]
            cells.append((place + gap / 2, shift, falls[i + 1]))
            place += gap
        cells.append((place + widths[-1] + gaps[-1] / 2, shift + skipped[-1], after))
        return [cell for i, cell in enumerate(cells) if i == 0 or cell[1:] != cells[i - 1][1:]]

    def rows_of_cells(self, window=PLAIN):
        """For each cell that is seen its first column, the one after its last, its shift and its fall."""
        columns = window.size(self.width)[0]
        places = self.centre + window.places(columns) * self.across
        firsts = [int(np.searchsorted(places, place)) for place, _, _ in self.cells] + [columns]
        return [(first, end, *cell[1:]) for first, end, cell in zip(firsts, firsts[1:], self.cells) if first < end]

    def cut(self, halvings, window=PLAIN):
        """The crop's pixels, 48 x width x 3, from a photograph and its halvings, as streetnum cuts them."""
        level, (columns, height) = 0, window.size(self.width)
        while self.down / window.fine / 2**level >= COARSEST and level + 1 < len(halvings):
            level += 1
        x, y = self.centre + window.places(columns) * self.across, np.empty(columns)
        for first, end, shift, fall in self.rows_of_cells(window):
            x[first:end] += shift
            y[first:end] = fall
        y += self.middle[1] + self.slope * (x - self.middle[0])
        rows = window.places(height) * self.down
        x = np.broadcast_to(x / 2**level - 0.5, (height, columns))
        y = (y + rows[:, None]) / 2**level - 0.5
        return cv2.remap(halvings[level], x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR,
                         borderMode=cv2.BORDER_REPLICATE)

    def visible(self, boxes):
        """The share of each of some boxes of the photograph that the crop shows in one of its cells."""
        boxes = np.asarray(boxes, float).reshape(-1, 4)
        best = np.zeros(len(boxes))
        for first, end, shift, fall in self.rows_of_cells():
            low, high = (self.centre + (u - self.width / 2) * self.across + shift for u in (first, end))
            seen = np.minimum(boxes[:, 0] + boxes[:, 2], high) - np.maximum(boxes[:, 0], low)
            line = self.middle[1] + fall + self.slope * (boxes[:, 0] + boxes[:, 2] / 2 - self.middle[0])
            half = CROP_HEIGHT / 2 * self.down
            tall = np.minimum(boxes[:, 1] + boxes[:, 3], line + half) - np.maximum(boxes[:, 1], line - half)
            share = np.clip(seen / boxes[:, 2], 0, 1) * np.clip(tall / boxes[:, 3], 0, 1)
            best = np.maximum(best, share)
        return best
