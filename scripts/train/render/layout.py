"""Sets a text: where each digit and word stands, and the mask of all ink."""
import math
import random
from dataclasses import dataclass, field

import cv2
import numpy as np

from . import glyphs, handwriting, strokes


@dataclass
class Setting:
    """How a text is set; lengths are in heights of the main digits."""
    tracking: float = 0.0   # more room between characters
    uneven: float = 0.0     # each digit is lifted, scaled, turned and spaced by hand
    slant: float = 0.0      # tangent of the digits' slant
    climb: float = 0.0      # each digit stands this much higher than the one before
    bow: float = 0.0        # the middle of a line is raised
    stretch: float = 1.0    # digits are this much wider than the typeface has them
    weight: float = 0.0     # strokes are so much thicker, or thinner
    strokes: float = 0.0    # share of ones and sevens that are drawn by hand
    written_digits: list | None = None  # by digit, instead of the typeface's
    margin: float = 0.3     # from the ink to the edge
    swell: float = 0.0      # more of it, in shares of the ink's width and height
    leading: float = 0.3    # between lines

    @staticmethod
    def drawn(rng, narrow=0.3):
        """A setting; `narrow` is the share of those whose digits are not as wide as the typeface has them."""
        setting = Setting(margin=rng.choice((rng.uniform(0.1, 0.3), rng.uniform(0.15, 0.6))), leading=rng.uniform(0.15, 0.5))
        setting.tracking = rng.choice((0.0, 0.0, 0.02, 0.06, 0.15, 0.35, 0.7)) * rng.uniform(0.5, 1.3)
        if rng.random() < narrow:
            setting.stretch = rng.uniform(0.6, 1.15)
        if rng.random() < 0.15:
            setting.slant = math.tan(math.radians(rng.uniform(-12, 30)))
        if rng.random() < 0.12:
            setting.climb = rng.choice((-1, -1, 1)) * rng.uniform(0.05, 1.2)
            setting.tracking = max(setting.tracking, 0.1 if abs(setting.climb) < 0.8 else -0.1)
        elif rng.random() < 0.07:
            setting.bow = rng.uniform(0.05, 0.7) * rng.choice((1, 1, 1, -1))
        if rng.random() < 0.3:
            setting.weight = rng.uniform(-0.05, 0.05)
        return setting


@dataclass
class Placed:
    glyph: glyphs.Glyph
    x: float
    y: float
    text: str
    number: int | None = None  # which house number it is part of
    lure: int | None = None    # which lure
    size: float = 1.0


@dataclass
class Layout:
    ink: np.ndarray            # uint8 [h, w]
    height: float              # of the main digits
    tiles: list                # [left, top, right, bottom] of each character of the main line
    digits: list = field(default_factory=list)   # (digit, hull)
    numbers: list = field(default_factory=list)  # lists of indices into digits
    lures: list = field(default_factory=list)    # hulls


def units(text):
    """Splits a line into digits, words and spaces, each with the number and the lure it belongs to (see wording)."""
    number = lure = None
    numbers = lures = 0
    found, word = [], ""

    def close():
        nonlocal word, lures
        if word:
            own = lure
            if own is None and any(c.isalpha() for c in word):
                own, lures = lures, lures + 1
            found.append((word, number, own))
        word = ""

    for c in text:
        if c in "{[}] " or c.isdigit():
            close()
        if c == "{":
            number, numbers = numbers, numbers + 1
        elif c == "[":
            lure, lures = lures, lures + 1
        elif c == "}":
            number = None
        elif c == "]":
            lure = None
        elif c == " " or c.isdigit():
            found.append((c, number, lure))
        else:
            word += c
    close()
    return found


def line(text, face, size, setting, rng, vertical=False):
    """A line's placed glyphs, from the pen at (0, 0), unslanted."""
    pixels = glyphs.bucket(size / face.rise)
    linear = None
    if setting.slant or setting.stretch != 1.0:
        linear = np.array([[setting.stretch, -setting.slant], [0.0, 1.0]], np.float32)
    # A bare stroke is a 1 by its neighbours only.
    share = setting.strokes if sum(c.isdigit() for c in text) > 1 else 0.0
    own = {d: make for d, make in (("1", strokes.one), ("7", strokes.seven)) if rng.random() < share}
    seed, pen = rng.random(), rng.random()
    parts = list(text) if vertical and text.isalpha() else None
    placed, x, y = [], 0.0, 0.0
    for part, number, lure in units(text) if parts is None else [(c, None, 0) for c in parts]:
        if part == " ":
            x += 0.32 * size
            continue
        if setting.written_digits and len(part) == 1 and part in "0123456789":
            written = rng.choice(setting.written_digits[int(part)])
            glyph = handwriting.glyph(written, pixels * face.rise * rng.uniform(0.9, 1.05), pen)
        elif part in own:
            glyph = own[part](random.Random(seed), pixels * face.rise, face.stem)
        else:
            glyph = glyphs.drawn(face.path, pixels, part)
        if glyph is None:
            continue
        if linear is not None:
            glyph = glyphs.mapped(glyph, linear)
        lift = -setting.climb * size * len(placed)
        if setting.uneven and len(part) == 1:
            angle, scale = rng.gauss(0, 0.06) * setting.uneven, 1 + rng.gauss(0, 0.04) * setting.uneven
            along, across = scale * math.cos(angle), scale * math.sin(angle)
            glyph = glyphs.mapped(glyph, [[along, -across], [across, along]])
            lift += rng.gauss(0, 0.05) * setting.uneven * size
            x += rng.uniform(0.0, 0.25) * setting.uneven * size
        left, top, right, bottom = glyph.box
        if vertical:
            placed.append(Placed(glyph, -(left + right) / 2, y - top, part, number, lure, size))
            y += bottom - top + size * (0.15 + setting.tracking)
            continue
        placed.append(Placed(glyph, x - min(left, 0) if not placed else x, lift, part, number, lure, size))
        x += max(glyph.advance, right - left * 0.5) + setting.tracking * size
    if setting.bow and placed:
        width = max(x, 1.0)
        for p in placed:
            p.y -= setting.bow * size * (1 - (2 * (p.x + p.glyph.advance / 2) / width - 1) ** 2)
    return placed


def extent(placed):
    boxes = np.array([[p.x + b[0], p.y + b[1], p.x + b[2], p.y + b[3]] for p in placed for b in (p.glyph.box,)])
    return (*boxes[:, :2].min(0), *boxes[:, 2:].max(0))


def shift(placed, x, y):
    for p in placed:
        p.x, p.y = p.x + x, p.y + y


def renumbered(placed, numbers, lures):
    """Moves a line's own numbering past that of the lines before."""
    own = [p.number for p in placed if p.number is not None], [p.lure for p in placed if p.lure is not None]
    for p in placed:
        p.number = None if p.number is None else p.number + numbers
        p.lure = None if p.lure is None else p.lure + lures
    return numbers + max(own[0], default=-1) + 1, lures + max(own[1], default=-1) + 1


def column(lines, align, setting, size, faces, rng):
    """Lines one below the other; the column's left top corner is at (0, 0)."""
    rows, y = [], 0.0
    for l in lines:
        # Lettering below or above a number is seldom uneven or slanted like it.
        own = setting if l.size >= 1 else Setting(tracking=setting.tracking * 0.5, stretch=setting.stretch)
        placed = line(l.text, faces[1] if l.other else faces[0], l.size * size, own, rng, l.vertical)
        if not placed:
            continue
        left, top, right, bottom = extent(placed)
        shift(placed, -left, y - top)
        rows.append((placed, right - left))
        y += bottom - top + setting.leading * size * (0.4 + 0.6 * l.size)
    width = max((w for _, w in rows), default=0.0)
    for placed, w in rows:
        shift(placed, (width - w) * align, 0.0)
    return [placed for placed, _ in rows], width, y


def compose(text, setting, size, faces, rng):
    """A text set in two typefaces, its main digits `size` pixels high; None if nothing of it can be drawn."""
    lines, x = [], 0.0
    columns = [column(lines_, text.align, setting, size, faces, rng) for lines_ in text.columns]
    tall = max((h for _, _, h in columns), default=0.0)
    middle = rng.random() < 0.5
    for rows, width, height in columns:
        for placed in rows:
            shift(placed, x, (tall - height) / 2 if middle else 0.0)
        lines += rows
        x += width + size * 0.4 if rows else 0.0
    if not lines:
        return None
    numbers = lures = 0
    for placed in lines:
        numbers, lures = renumbered(placed, numbers, lures)
    layout = settled([p for placed in lines for p in placed], setting.margin * size, size, setting.swell)
    layout.ink = weighted(layout.ink, setting.weight * size)
    return layout


def settled(placed, margin, size, swell=0.0):
    """The layout of glyphs in place: their ink in one mask, and what is labelled."""
    left, top, right, bottom = extent(placed)
    across, down = margin + swell * (right - left), margin + swell * (bottom - top)
    shift(placed, across - left, down - top)
    shape = (math.ceil(bottom - top + 2 * down), math.ceil(right - left + 2 * across))
    layout = Layout(np.zeros(shape, np.uint8), size, [])
    numbers, lures = {}, {}
    for p in placed:
        x, y = round(p.x + p.glyph.left), round(p.y + p.glyph.top)
        hull = p.glyph.hull + np.array([x - p.glyph.left, y - p.glyph.top], np.float32)
        stamp(layout.ink, p.glyph.mask, x, y)
        if p.size >= size * 0.99:
            layout.tiles.append((*hull.min(0), *hull.max(0)))
        if len(p.text) == 1 and p.text in "0123456789":
            if p.number is not None:
                numbers.setdefault(p.number, []).append(len(layout.digits))
            layout.digits.append((int(p.text), hull))
        if p.lure is not None:
            lures.setdefault(p.lure, []).append(hull)
    layout.numbers = list(numbers.values())
    layout.lures = [np.concatenate(hulls) for hulls in lures.values()]
    return layout


def squared(layout):
    """The same layout with as much ground above and below, or beside it, as makes it square."""
    height, width = layout.ink.shape
    x, y = max(0, height - width) // 2, max(0, width - height) // 2
    move = np.array([x, y], np.float32)
    layout.ink = cv2.copyMakeBorder(layout.ink, y, y, x, x, cv2.BORDER_CONSTANT, value=0)
    layout.tiles = [(l + x, t + y, r + x, b + y) for l, t, r, b in layout.tiles]
    layout.digits = [(digit, hull + move) for digit, hull in layout.digits]
    layout.lures = [hull + move for hull in layout.lures]
    return layout


def weighted(ink, more):
    """Ink whose strokes are thicker by `more` pixels, or thinner, as far as half of the ink stays."""
    side = round(abs(more))
    if side < 1:
        return ink
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side + 1, side + 1))
    out = cv2.dilate(ink, disc) if more > 0 else cv2.erode(ink, disc)
    return out if more > 0 or out.sum() > ink.sum() / 2 else ink


def stamp(ink, mask, x, y):
    """Puts a mask on the ink, cut at its edges."""
    top, left = max(0, y), max(0, x)
    part = mask[top - y:ink.shape[0] - y, left - x:ink.shape[1] - x]
    if part.size:
        place = ink[top:top + part.shape[0], left:left + part.shape[1]]
        np.maximum(place, part, out=place)
