"""Draws signs without end: house numbers in every material, and what is mistaken for them."""
import math

import numpy as np

from . import bars, layout, looks, wording
from .grain import Grain
from .paint import Painting, moved, smooth
from .sign import Sign, boxed, joined
from .typefaces import Choice, typefaces

# How often each kind is drawn. The last four are no house numbers, or not only.
WEIGHTS = {"enamel": 16, "printed": 12, "room": 10, "brass": 7, "painted": 12, "carved": 6, "screwed": 14, "tiles": 3,
           "neon": 3, "lettering": 8, "notice": 5, "licence": 1, "bars": 4}
OTHERS = ("enamel", "printed", "printed", "printed", "room", "painted", "carved", "brass", "screwed", "neon")


ROUNDEST = 2.5  # a plate's width in heights, beyond which it is not made round
LONGEST = 24  # heights of the main digits that a sign measures at most
HANDWRITTEN = {"painted": 0.35, "printed": 0.12, "carved": 0.15, "enamel": 0.06, "screwed": 0.05}  # the share of signs


class Renderer:
    """Signs drawn from `rng`: the same seed, textures and typefaces give the same signs."""

    def __init__(self, rng, textures=(), fonts=None, written_digits=None):
        """`textures` are RGB uint8 photographs that surfaces take their unevenness from; `fonts` are Typefaces; `written_digits` are
        those of `handwriting.read`."""
        self.rng, self.written_digits = rng, written_digits
        self.grain = Grain(rng, textures)
        self.choice = Choice(fonts or typefaces())

    def sign(self, height, kind=None):
        """A sign whose main digits are about `height` pixels high, 6 to 120; `kind` is one of WEIGHTS."""
        rng = self.rng
        kind = kind or rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        drawn = self.one(height, kind)
        if rng.random() < 0.06:  # a neighbour
            beside = self.one(height * rng.uniform(0.5, 1.3), rng.choice((kind, "lettering", "notice", "printed", "enamel")))
            if rng.random() < 0.5:
                drawn, beside = beside, drawn
            drawn = joined(drawn, beside, int(height * rng.uniform(0.3, 1.5)), int(height * rng.uniform(-0.4, 0.4)))
        return drawn

    def one(self, height, kind):
        finer = 3 if height < 14 else 2 if height < 52 else 1
        while True:
            made = self.composed(height * finer, kind)
            if made is not None:
                return self.finished(*made, finer)

    def composed(self, size, kind):
        """The layout and the look of a sign; None if the typeface lacks all its characters."""
        rng = self.rng
        setting = layout.Setting.drawn(rng, 0.65 if kind in ("enamel", "tiles") else 0.3)
        faces = [self.choice.draw(rng, 1.0 if kind == "room" else 0.35), self.choice.draw(rng, 0.6)]
        setting.strokes = 0.3 if faces[0].sans else 0.05
        if kind == "bars":
            look = looks.drawn(rng, rng.choice(OTHERS))
            return bars.compose(rng, size), look
        if kind in ("lettering", "notice", "licence"):
            look = looks.drawn(rng, "printed" if kind == "licence" else rng.choice(OTHERS))
            text = {"lettering": wording.lettering, "notice": wording.notice, "licence": wording.plate}[kind](rng)
        else:
            look = looks.drawn(rng, kind)
            text = wording.room(rng) if kind == "room" else wording.house(rng)
        if look.shape == "tiles":
            text.columns = [[line for line in column if line.size >= 1] for column in text.columns]
        self.suit(setting, look, kind)
        if self.written_digits and rng.random() < HANDWRITTEN.get(kind, 0.0):
            setting.written_digits, setting.stretch = self.written_digits, rng.uniform(0.75, 1.1)
        made = layout.compose(text, setting, size, faces, rng)
        if made is not None and look.shape == "round":
            if max(made.ink.shape) < ROUNDEST * min(made.ink.shape):
                made = layout.squared(made)
            else:
                look.shape = "oval"
        return None if made is None or max(made.ink.shape) > LONGEST * size else (made, look)

    def suit(self, setting, look, kind):
        """Sets digits as they are set on such a sign."""
        rng = self.rng
        if kind in ("lettering", "notice", "licence"):
            setting.climb *= 0.2
        if kind == "screwed":
            setting.uneven = rng.uniform(0.2, 1.0)
            setting.tracking += rng.choice((0.0, 0.1, 0.4)) * rng.random()
        if kind == "room" or look.shape == "tiles":
            setting.climb = setting.bow = 0.0
        if look.shape == "tiles":
            setting.tracking = max(setting.tracking, 0.25)
        if look.shape == "wall":
            setting.margin = rng.uniform(0.3, 1.3) if rng.random() < 0.75 else rng.uniform(1.3, 2.5)
        setting.swell = {"oval": 0.17, "arch": 0.1, "round": 0.22, "house": 0.15}.get(look.shape, 0.0)
        setting.margin = max(setting.margin, look.inset + look.frame * (2.8 if look.double else 1) + 0.07)

    def finished(self, made, look, finer):
        """Painted large, seen from somewhere, and shrunk."""
        rng = self.rng
        canvas = Painting(look, made, self.grain, rng).painted()
        height, width = made.ink.shape
        matrix, size = self.view(width, height, finer, made.height / finer)
        pixels = canvas.warped(matrix, size)
        if look.depth and look.ground is not None:
            shaded(pixels, look.depth * made.height / finer, rng)
        digits = np.array([(digit, *boxed(hull, matrix)) for digit, hull in made.digits], np.float32)
        lures = np.array([boxed(hull, matrix) for hull in made.lures], np.float32)
        return Sign(pixels, digits.reshape(-1, 5), made.numbers, lures.reshape(-1, 4))

    def view(self, width, height, finer, unit):
        """A homography from the large canvas to the sign's pixels, and their size: shrunk, turned, seen from the side."""
        rng = self.rng
        turn = math.radians(rng.gauss(0, 1.3) if rng.random() < 0.94 else rng.uniform(-20, 20))
        narrow = rng.uniform(0.6, 1.0) if rng.random() < 0.25 else 1.0
        slant = rng.gauss(0, 0.03) if rng.random() < 0.8 else rng.uniform(-0.3, 0.3)
        c, s = math.cos(turn) / finer, math.sin(turn) / finer
        matrix = np.array([[c * narrow, -s, 0], [(s + slant / finer) * narrow, c, 0], [0, 0, 1]])
        if narrow < 0.95:  # what is nearer is larger
            matrix[2, 0] = rng.choice((-1, 1)) * (1 - narrow) * 0.35 / width
        corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]]) @ matrix.T
        corners = corners[:, :2] / corners[:, 2:]
        pad = 1 + 0.15 * unit
        low = corners.min(0) - pad
        size = np.ceil(corners.max(0) + pad - low).astype(int)
        move = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1.0]])
        matrix = move @ matrix
        return matrix, (int(size[0]), int(size[1]))


def shaded(pixels, distance, rng):
    """A plate's shadow on what is behind it."""
    alpha = pixels[:, :, 3].astype(np.float32) / 255
    fallen = smooth(moved(alpha, rng.uniform(-0.7, 0.7) * distance, distance), distance * 0.4 + 0.3) * rng.uniform(0.3, 0.7)
    total = alpha + fallen * (1 - alpha)
    pixels[:, :, :3] = pixels[:, :, :3] * (alpha / np.maximum(total, 1 / 512))[:, :, None]
    pixels[:, :, 3] = total * 255
