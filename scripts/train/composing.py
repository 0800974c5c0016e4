"""Numbers put together from single digits of photographs, hung as people hang them: in lines, stacks, diagonals, arcs, far apart.

The digits of one wall change their order and places; or digits of several walls, or pictures of single digits, are matched in
colour. Letters stand before and after some of them. Seams stay, as crops made of cells have them.
"""
import math
from dataclasses import dataclass

import cv2
import numpy as np

import mixing
import seams

LENGTHS = (20, 28, 25, 18, 9)  # how often numbers have one to five digits
LAYOUTS = {"line": 30, "spaced": 20, "stack": 20, "stagger": 15, "arc": 15}
SMALLEST, TALLEST = 18, 56  # pixels that composed digits are high
RIM = 0.16  # of a digit's height, that comes along where no neighbour stands there
TRIES = 30


@dataclass
class Cell:
    pixels: np.ndarray
    box: tuple  # of the digit in it: left, top, width, height
    text: str   # the digit, or "" for a letter


@dataclass
class Composed:
    pixels: np.ndarray
    digits: np.ndarray  # rows of digit, left, top, width, height, in reading order
    number: str
    lures: np.ndarray   # boxes of letters
    upright: bool       # whether the path that the digits follow says nothing about how they lean


def cell_of(image, place, i, text):
    """A digit with a rim that stays clear of its neighbours."""
    left, top, width, height = place[i]
    rim = RIM * height
    right = left + width
    start, end = left - rim, right + rim
    for j, (x, _, w, _) in enumerate(place):
        if j != i and x + w / 2 < left + width / 2:
            start = max(start, min(left, (left + x + w) / 2))
        elif j != i:
            end = min(end, max(right, (right + x) / 2))
    x, y = max(0, round(start)), max(0, round(top - rim))
    pixels = image[y:min(image.shape[0], round(top + height + rim)), x:min(image.shape[1], round(end))]
    if min(pixels.shape[:2]) < 5:
        return None
    return Cell(pixels, (left - x, top - y, width, height), text)


def scaled(cell, height, stretch):
    """A cell whose digit is `height` pixels high, and wider by `stretch`."""
    down = height / cell.box[3]
    across = down * stretch
    size = (max(3, round(cell.pixels.shape[1] * across)), max(3, round(cell.pixels.shape[0] * down)))
    method = cv2.INTER_AREA if down < 1 else cv2.INTER_CUBIC
    box = (cell.box[0] * across, cell.box[1] * down, cell.box[2] * across, cell.box[3] * down)
    return Cell(cv2.resize(cell.pixels, size, interpolation=method), box, cell.text)


def places(layout, cells, height, rng):
    """Where the middle of each cell goes."""
    widths = [c.pixels.shape[1] for c in cells]
    if layout == "stack":
        step, drift = height * rng.uniform(1.1, 2.2), rng.gauss(0, 0.12) * height
        return [(i * drift + rng.gauss(0, 0.04) * height, i * step) for i in range(len(cells))]
    if layout == "stagger":
        right, down = height * rng.uniform(0.4, 1.2), height * rng.uniform(0.35, 1.3)
        down *= -1 if rng.random() < 0.35 else 1
        return [(i * max(right, 0.8 * max(widths) if abs(down) < 1.15 * height else right), i * down) for i in range(len(cells))]
    gap = height * {"spaced": rng.uniform(0.35, 1.5), "arc": rng.uniform(0.0, 0.4)}.get(layout, rng.uniform(-0.02, 0.15))
    climb = rng.gauss(0, 0.1) if rng.random() < 0.3 else 0.0
    x, out = 0.0, []
    for width in widths:
        out.append((x + width / 2, climb * x))
        x += width + gap
    if layout == "arc":
        lift = height * rng.uniform(0.3, 1.3) * (-1 if rng.random() < 0.25 else 1)
        out = [(a, b + lift * (2 * a / max(x, 1) - 1) ** 2) for a, b in out]
    return out


class Composer:
    """`numbers` are (photograph, boxes of its number's digits); `singles` photographs of one digit that fills them, `letters` of
    one letter; `pixels(photograph)` gives a picture, `background(size)` a part of one without numbers."""

    def __init__(self, numbers, singles, letters, pixels, background, rng):
        self.numbers = [(p, place) for p, place in numbers if len(place) == len(p.number)]
        self.singles, self.letters, self.pixels, self.background, self.rng = singles, letters, pixels, background, rng

    def composed(self):
        """A number on its ground, with room around it; None where no digits fit together."""
        rng = self.rng
        count = rng.choices(range(1, len(LENGTHS) + 1), LENGTHS)[0]
        kind = rng.random()
        if self.singles and (kind < 0.25 or not self.numbers):
            cells = self.of_singles(count)
        else:
            cells = self.of_photographs(count, own=kind < 0.75)
        if not cells:
            return None
        height = math.exp(rng.uniform(math.log(SMALLEST), math.log(TALLEST)))
        height = min(height, 1.6 * min(c.box[3] for c in cells))
        if height < 10:
            return None
        return self.hung(cells, height, rng.choices(list(LAYOUTS), list(LAYOUTS.values()))[0])

    def of_photographs(self, count, own):
        rng = self.rng
        photograph, place = rng.choice(self.numbers)
        image = self.pixels(photograph)
        mine = [c for i, d in enumerate(photograph.number) if (c := cell_of(image, place, i, d)) is not None]
        if not mine:
            return []
        cells = [rng.choice(mine) for _ in range(count)] if rng.random() < 0.4 else rng.sample(mine, min(count, len(mine)))
        while len(cells) < count and own:
            cells.append(rng.choice(mine))
        for i in range(len(cells) if not own else 0):
            if rng.random() < 0.6:
                cells[i] = self.other(cells[i]) or cells[i]
        while len(cells) < count:
            cells.append(self.other(rng.choice(mine)) or rng.choice(mine))
        return cells

    def other(self, like):
        """A digit of another photograph in the colours of this one."""
        photograph, place = self.rng.choice(self.numbers)
        i = self.rng.randrange(len(place))
        if place[i][3] < 0.6 * like.box[3]:
            return None
        cell = cell_of(self.pixels(photograph), place, i, photograph.number[i])
        return cell and Cell(mixing.matched(cell.pixels, like.pixels), cell.box, cell.text)

    def of_singles(self, count):
        rng = self.rng
        some = rng.sample(self.singles, min(TRIES, len(self.singles)))
        pictures = [self.pixels(p) for p in some]
        shades = np.array([picture.mean((0, 1)) for picture in pictures])
        chosen = list(np.argsort(np.abs(shades - shades[0]).sum(1))[:count])
        rng.shuffle(chosen)
        return [self.single(pictures[i], some[i].number) for i in chosen]

    def single(self, picture, text):
        height, width = picture.shape[:2]
        inset = 0.03 if text else 0.0
        return Cell(picture, (inset * width, inset * height, (1 - 2 * inset) * width, (1 - 2 * inset) * height), text)

    def hung(self, cells, height, layout):
        rng = self.rng
        seam = rng.choices(("faded", "hard", "difference"), (45, 20, 35))[0]
        stretch = math.exp(rng.gauss(0, 0.12))
        cells = [scaled(c, height * math.exp(rng.gauss(0, 0.03)),
                        stretch if not self.is_square(c) else stretch * rng.uniform(0.45, 0.8)) for c in cells]
        spots = places(layout, cells, height, rng)
        margin = height * rng.uniform(1.0, 1.8)
        extra = self.letter(cells, spots, height) if self.letters and layout in ("line", "spaced") and rng.random() < 0.3 else []
        cells, spots = cells + [c for c, _ in extra], spots + [s for _, s in extra]
        corners = np.array([[x - c.pixels.shape[1] / 2, y - c.pixels.shape[0] / 2] for c, (x, y) in zip(cells, spots)])
        ends = np.array([[x + c.pixels.shape[1] / 2, y + c.pixels.shape[0] / 2] for c, (x, y) in zip(cells, spots)])
        corners, low, high = np.round(corners).astype(int), corners.min(0) - margin, ends.max(0) + margin
        low = np.floor(low).astype(int)
        size = tuple(int(v) for v in np.ceil(high - low) + 2)
        ground = self.ground(cells, size, height)
        digits, lures = [], []
        for cell, corner in zip(cells, corners - low):
            part = ground[corner[1]:corner[1] + cell.pixels.shape[0], corner[0]:corner[0] + cell.pixels.shape[1]]
            seams.set_in(part, cell.pixels, seam)
            box = (corner[0] + cell.box[0], corner[1] + cell.box[1], cell.box[2], cell.box[3])
            if cell.text:
                digits.append((float(cell.text), *box))
            else:
                lures.append(box)
        number = "".join(c.text for c in cells)
        return Composed(ground, np.array(digits, np.float32), number, np.array(lures, np.float32).reshape(-1, 4),
                        layout in ("stack", "stagger", "arc"))

    @staticmethod
    def is_square(cell):
        return abs(math.log(cell.pixels.shape[1] / cell.pixels.shape[0])) < 0.05

    def letter(self, cells, spots, height):
        """One or two letters after a number, or before it: "12A", "7 bis", "No 10"."""
        rng = self.rng
        before, extra = rng.random() < 0.3, []
        size = height * (rng.uniform(0.8, 1.0) if rng.random() < 0.6 else rng.uniform(0.4, 0.8))
        ground = cells[0 if before else -1]
        x, y = spots[0 if before else -1]
        edge = ground.pixels.shape[1] / 2 + height * (rng.uniform(0, 0.1) if rng.random() < 0.6 else rng.uniform(0.1, 0.6))
        base = y + (height - size) / 2 * rng.choice((1, 1, -1, 0))
        for _ in range(1 if rng.random() < 0.8 else 2):
            photograph = rng.choice(self.letters)
            cell = scaled(self.single(self.pixels(photograph), ""), size, rng.uniform(0.55, 0.9))
            cell = Cell(mixing.matched(cell.pixels, ground.pixels), cell.box, "")
            width = cell.pixels.shape[1]
            extra.append((cell, (x + (-1 if before else 1) * (edge + width / 2), base)))
            edge += width + 0.02 * height
        return extra

    def ground(self, cells, size, height):
        """What the number hangs on: the colour of its digits' rims, uneven; or a wall of such a colour, or of its own."""
        rng = self.rng
        rims = np.concatenate([np.concatenate([c.pixels[0], c.pixels[-1], c.pixels[:, 0], c.pixels[:, -1]]) for c in cells])
        tone = np.median(rims, 0)
        kind = rng.random()
        width, tall = size
        if kind < 0.5:
            coarse = np.clip(tone + np.array([[[rng.gauss(0, 8)] for _ in range(4)] for _ in range(4)]), 0, 255)
            ground = cv2.resize(coarse.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
            noise = np.random.default_rng(rng.randrange(1 << 30)).normal(0, rng.uniform(1, 9), (tall, width, 1))
            ground = ground + cv2.GaussianBlur(noise, (0, 0), rng.uniform(0.3, 1.2)).reshape(tall, width, 1)
        else:
            ground = self.background(size).astype(np.float32)
            if kind < 0.85:
                ground = (ground - ground.mean((0, 1))) * rng.uniform(0.1, 0.6) + tone
        if rng.random() < 0.3:  # a plate's edge
            ground = np.clip(ground, 0, 255).astype(np.uint8)
            inset = rng.uniform(0.1, 0.8) * height
            shade = tuple(float(v) for v in np.clip(tone + rng.choice((-70, 70, 40, -40)), 0, 255))
            thick = max(1, round(height * rng.uniform(0.03, 0.12)))
            low, high = (round(inset), round(inset)), (round(width - inset), round(tall - inset))
            if rng.random() < 0.5:
                cv2.rectangle(ground, low, high, shade, thick, cv2.LINE_AA)
            else:
                middle = (width // 2, tall // 2)
                cv2.ellipse(ground, middle, (max(2, middle[0] - low[0] // 2), max(2, middle[1] - low[1] // 2)), 0, 0, 360,
                            shade, thick, cv2.LINE_AA)
            return ground
        return np.clip(ground, 0, 255).astype(np.uint8)
