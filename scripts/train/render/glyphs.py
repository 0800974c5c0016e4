"""Shapes of characters and words, as masks that are kept."""
import functools
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import ImageFont

INK = 100  # a pixel whose mask is above this is ink, for boxes


@dataclass
class Glyph:
    mask: np.ndarray  # uint8 [h, w]: the ink
    left: float       # of the mask's corner, from the pen's place on the baseline, rightwards and downwards
    top: float
    advance: float    # how far the pen moves on
    hull: np.ndarray  # float32 [k, 2]: the ink's convex hull, from the pen's place

    @functools.cached_property
    def box(self):
        """Left, top, right and bottom of the ink."""
        return (*self.hull.min(0), *self.hull.max(0))


def shaped(mask, left, top, advance):
    """A glyph of a mask; None if it has no ink."""
    solid = mask > INK
    rows = np.nonzero(solid.any(1))[0]
    if not len(rows):
        return None
    first = solid[rows].argmax(1)
    last = mask.shape[1] - solid[rows, ::-1].argmax(1)
    corners = np.concatenate([np.stack([x, y], 1) for x in (first, last) for y in (rows, rows + 1)])
    hull = cv2.convexHull(corners.astype(np.float32))[:, 0] + np.array([left, top], np.float32)
    return Glyph(mask, left, top, advance, hull)


@functools.lru_cache(maxsize=512)
def opened(path, size):
    return ImageFont.truetype(path, size)


@functools.lru_cache(maxsize=512)
def missing(path):
    """What a typeface draws for a character that it lacks."""
    return bytes(opened(path, 32).getmask("\U0010fffd"))


@functools.lru_cache(maxsize=20_000)
def lacks(path, character):
    return bytes(opened(path, 32).getmask(character)) == missing(path)


@functools.lru_cache(maxsize=4096)
def drawn(path, size, text):
    """The glyph of a character or word at a font size in whole pixels; None if the typeface can't draw it."""
    if any(lacks(path, c) for c in text if c != " "):
        return None
    font = opened(path, size)
    mask, (left, top) = font.getmask2(text, mode="L", anchor="ls")
    if 0 in mask.size:
        return None
    pixels = np.frombuffer(bytes(mask), np.uint8).reshape(mask.size[1], mask.size[0])
    return shaped(pixels, left, top, font.getlength(text))


def bucket(size):
    """A font size rounded to one of twelve an octave, so that glyphs can be kept."""
    return max(4, round(2 ** (round(np.log2(max(size, 4.0)) * 12) / 12)))


def mapped(glyph, linear):
    """The glyph under a linear map about the pen's place: slanted, turned, stretched."""
    height, width = glyph.mask.shape
    linear = np.asarray(linear, np.float32)
    x, y = glyph.left, glyph.top
    corners = np.array([[x, y], [x + width, y], [x, y + height], [x + width, y + height]], np.float32) @ linear.T
    low = np.floor(corners.min(0)) - 1
    size = np.ceil(corners.max(0)) + 1 - low
    offset = linear @ np.array([x + 0.5, y + 0.5], np.float32) - low - 0.5
    matrix = np.hstack([linear, offset[:, None]])
    mask = cv2.warpAffine(glyph.mask, matrix, (int(size[0]), int(size[1])), flags=cv2.INTER_LINEAR)
    return Glyph(mask, float(low[0]), float(low[1]), glyph.advance * float(linear[0, 0]), glyph.hull @ linear.T)
