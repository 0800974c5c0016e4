"""The typefaces at hand: those whose digits look like digits, and what their shapes are like."""
import functools
import glob
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFont

FOLDERS = ("/usr/share/fonts/**/*.ttf", "/usr/share/fonts/**/*.otf", "/usr/share/fonts/**/*.t1")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"
CAPITALS = "CDFGLQRSUV"
SIZE = 64  # glyphs are compared and measured at this size
REFERENCE = "DejaVuSans.ttf"


@dataclass(frozen=True)
class Typeface:
    path: str
    family: str
    rise: float  # the height of most of its digits, in units of the font size
    stem: float  # the width of its 1's stem, in units of that height
    foot: bool   # its 1 stands on a serif
    sans: bool   # no serifs, strokes of even thickness


def bitmap(font, character):
    """The character's ink, 0 to 1, its box cut out; None where there is none."""
    mask = font.getmask(character, mode="L")
    if 0 in mask.size:
        return None
    pixels = np.frombuffer(bytes(mask), np.uint8).reshape(mask.size[1], mask.size[0])
    rows, columns = np.nonzero(pixels.max(1) > 96)[0], np.nonzero(pixels.max(0) > 96)[0]
    if not len(rows):
        return None
    return pixels[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1].astype(np.float32) / 255


def square(shape):
    """A shape stretched to a square: what it is compared by."""
    image = Image.fromarray((shape * 255).astype(np.uint8)).resize((16, 16), Image.BILINEAR)
    return np.asarray(image, np.float32) / 255


def breadth(rows):
    """How wide the ink of some rows is, from its left end to its right one."""
    columns = np.nonzero(rows.max(0) > 0.5)[0]
    return float(columns[-1] - columns[0] + 1) if len(columns) else 0.0


def measured(path, font, digits):
    tall = sorted(d.shape[0] for d in digits)[5]
    one, height = digits[1], digits[1].shape[0]
    stem = float((one[int(height * 0.45):int(height * 0.65)] > 0.5).sum(1).mean())
    foot = breadth(one[int(height * 0.93):]) > 1.7 * stem
    capital, nought = bitmap(font, "I"), digits[0]
    middle = (nought[:, nought.shape[1] // 2] > 0.5).sum() / 2, (nought[nought.shape[0] // 2] > 0.5).sum() / 2
    sans = capital is not None and capital.mean() > 0.9 and 0.6 < middle[0] / max(middle[1], 1) < 1.4
    return Typeface(path, font.getname()[0] or path, tall / SIZE, stem / tall, foot, bool(sans))


def alike(shapes, known):
    """How many shapes are nearer to their own reference than to the others."""
    likeness = [[float(np.minimum(s, k).sum() / max(np.maximum(s, k).sum(), 1)) for k in known] for s in shapes]
    return sum(max(range(len(known)), key=row.__getitem__) == i for i, row in enumerate(likeness))


@functools.lru_cache(maxsize=1)
def typefaces():
    """The installed typefaces whose ten digits look like digits (symbol fonts and blanks are left out)."""
    paths = sorted({p for pattern in FOLDERS for p in glob.glob(pattern, recursive=True)})
    reference = next((ImageFont.truetype(p, SIZE) for p in paths if p.endswith("/" + REFERENCE)), None)
    if reference is None:
        raise SystemExit(f"{REFERENCE} is not installed: apt-get install fonts-dejavu-core")
    known, capitals = ([square(bitmap(reference, c)) for c in text] for text in ("0123456789", CAPITALS))
    good = []
    for path in paths:
        try:
            font = ImageFont.truetype(path, SIZE)
            digits = [bitmap(font, str(d)) for d in range(10)]
            letters = {s.tobytes() for s in (bitmap(font, c) for c in LETTERS) if s is not None}
        except (OSError, ValueError):
            continue
        if any(s is None for s in digits) or len(letters) < len(LETTERS) // 2:  # missing letters are drawn as boxes
            continue
        # Each digit has to be nearer to its own reference than chance, and the ten must differ from each other.
        shapes = [square(d) for d in digits]
        if alike(shapes, known) < 5 or len({s.tobytes() for s in shapes}) < 10:
            continue
        # Greek typefaces of old have Greek letters in the places of Latin ones.
        latin = [bitmap(font, c) for c in CAPITALS]
        if all(c is not None for c in latin) and alike([square(c) for c in latin], capitals) >= 4:
            good.append(measured(path, font, digits))
    return tuple(good)


class Choice:
    """Draws typefaces so that families, plain sans-serifs and both shapes of the 1 come up often."""

    def __init__(self, fonts):
        plain = [f for f in fonts if f.sans] or fonts
        self.all = families(fonts)
        self.ones = [families(f for f in fonts if f.foot == foot) for foot in (True, False)]
        self.plain = [families(f for f in plain if f.foot == foot) for foot in (True, False)]

    def draw(self, rng, sans=0.35):
        """A typeface; a share `sans` of the draws is from the plain sans-serifs."""
        if rng.random() < sans:
            groups = [g for g in self.plain if g]
        elif rng.random() < 0.4:
            groups = [g for g in self.ones if g]
        else:
            groups = [self.all]
        return rng.choice(rng.choice(rng.choice(groups)))


def families(fonts):
    """The typefaces of each family: some have forty styles, most have one."""
    groups = {}
    for font in fonts:
        groups.setdefault(font.family, []).append(font)
    return list(groups.values())
