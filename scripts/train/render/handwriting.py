"""Digits written by hand: people paint house numbers, and typefaces are too even for them."""
import gzip
import struct

import cv2
import numpy as np

from . import glyphs

MOST = 1500  # of each digit that are kept
WIDEST = 0.95  # heights; wider ones are narrowed
FINE = 3  # a stroke's edge is this many times sharper than the enlarged picture's


def read(images, labels):
    """MNIST's pictures, white on black, by digit: a list of ten arrays, uint8 [count, height, width].

    The two files are in the format idx, plain or compressed by gzip (http://yann.lecun.com/exdb/mnist/)."""
    pixels, digits = (idx(path) for path in (images, labels))
    if pixels.ndim != 3 or digits.shape != pixels.shape[:1]:
        raise SystemExit(f"{images} and {labels} do not belong together: {pixels.shape} pictures, {digits.shape} labels")
    found = [pixels[digits == digit] for digit in range(10)]
    if not all(len(some) for some in found):
        raise SystemExit(f"{labels} lacks some of the ten digits")
    return [some[::-(-len(some) // MOST)] for some in found]


def idx(path):
    """An array of bytes of a file in the format idx."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        content = file.read()
    zeros, kind, dimensions = struct.unpack(">HBB", content[:4]) if len(content) >= 4 else (1, 0, 0)
    start = 4 + 4 * dimensions
    if zeros or kind != 8 or len(content) < start:
        raise SystemExit(f"{path} is no idx file of bytes")
    shape = struct.unpack(f">{dimensions}I", content[4:start])
    if len(content) - start != np.prod(shape):
        raise SystemExit(f"{path} has {len(content) - start} bytes instead of {np.prod(shape)}")
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)


def glyph(written, height, pen):
    """The glyph of a written digit, `height` pixels high; the higher `pen`, 0 to 1, the thicker its strokes."""
    rows, columns = (np.nonzero(written.max(axis) > 96)[0] for axis in (1, 0))
    if not len(rows):
        return None
    ink = written[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    scale = height / ink.shape[0]
    size = (max(2, round(min(ink.shape[1] * scale, WIDEST * height))), max(2, round(height)))
    large = cv2.resize(np.pad(ink, 1), (size[0] + 2, size[1] + 2), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    middle = 190 - 130 * pen  # the ink begins where the enlarged picture is this bright
    mask = np.clip((large - middle) * max(1.0, FINE * min(scale, 2.0)) + 128, 0, 255).astype(np.uint8)
    return glyphs.shaped(mask, 0.0, -float(size[1] + 1), size[0] + 0.16 * height)
