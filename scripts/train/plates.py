"""Renders house numbers and lettering in the typefaces at hand onto transparent cut-outs."""
import glob
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONT_FOLDERS = ("/usr/share/fonts/**/*.ttf", "/usr/share/fonts/**/*.otf", "/usr/share/fonts/**/*.t1")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"
SIZE = 64  # glyphs are compared at this size


def glyph(font, character):
    """The character alone, its box cut out and stretched to a square: what a shape is compared by."""
    mask = font.getmask(character, mode="L")
    if 0 in mask.size:
        return None
    image = Image.frombytes("L", mask.size, bytes(mask)).resize((16, 16), Image.BILINEAR)
    return np.asarray(image, np.float32) / 255


def typefaces(reference="DejaVuSans.ttf"):
    """Paths of the installed typefaces whose ten digits look like digits (symbol fonts and blanks are left out)."""
    paths = sorted({p for pattern in FONT_FOLDERS for p in glob.glob(pattern, recursive=True)})
    known = [glyph(ImageFont.truetype(p, SIZE), str(d)) for p in paths if p.endswith("/" + reference) for d in range(10)]
    if len(known) < 10:
        raise SystemExit(f"{reference} is not installed: apt-get install fonts-dejavu-core")
    good = []
    for path in paths:
        try:
            font = ImageFont.truetype(path, SIZE)
            shapes = [glyph(font, str(d)) for d in range(10)]
            letters = {s.tobytes() for s in (glyph(font, c) for c in LETTERS) if s is not None}
        except (OSError, ValueError):
            continue
        if any(s is None for s in shapes) or len(letters) < len(LETTERS) // 2:  # missing letters are drawn as boxes
            continue
        # Each digit has to be nearer to its own reference than chance, and the ten must differ from each other.
        likeness = [[float(np.minimum(s, k).sum() / max(np.maximum(s, k).sum(), 1)) for k in known] for s in shapes]
        right = sum(max(range(10), key=row.__getitem__) == d for d, row in enumerate(likeness))
        if right >= 6 and len({s.tobytes() for s in shapes}) == 10:
            good.append(path)
    return good


def colours(rng):
    """Ink and ground, far enough apart in lightness to be read."""
    while True:
        ink, ground = ([rng.randrange(256)] * 3 if rng.random() < 0.4 else [rng.randrange(256) for _ in range(3)]
                       for _ in range(2))
        if abs(sum(ink) - sum(ground)) > 200:
            return tuple(ink), tuple(ground)


def number(rng):
    length = rng.choices((1, 2, 3, 4, 5), (12, 36, 32, 14, 6))[0]
    return "".join(rng.choice("0123456789") for _ in range(length))


def word(rng):
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(2, 9)))


def plate(fonts, rng, height):
    """A plate with one number, perhaps with lettering: RGBA pixels and its digits (digit, left, top, width, height).

    `height` is that of a digit in pixels. The alpha channel is the plate, or the ink alone where there is no plate.
    """
    font = ImageFont.truetype(rng.choice(fonts), max(8, round(height * 1.35)))
    lettering_alone = rng.random() < 0.2
    text = word(rng) if lettering_alone else number(rng)
    if not lettering_alone and rng.random() < 0.18:  # "12A", and "7-9", which is two numbers
        text += rng.choice(LETTERS) if rng.random() < 0.6 else rng.choice("-/.&") + number(rng)[:2]
    spacing = rng.choice((0.0, 0.0, 0.08, 0.2, 0.45)) * height * rng.random()
    margin = round(height * rng.uniform(0.15, 0.8))
    ink, ground = colours(rng)
    vertical = not lettering_alone and rng.random() < 0.05
    boxes, x, y = [], float(margin), float(margin)
    for character in text:
        left, top, right, bottom = font.getbbox(character)
        lift = rng.uniform(-0.06, 0.06) * height if rng.random() < 0.2 else 0.0
        boxes.append((character, x, y + lift, left, top, right - left, bottom - top))
        if vertical:
            y += (bottom - top) + spacing + height * 0.15
        else:
            x += max(font.getlength(character), right - left) + spacing
    shift = min(b[4] for b in boxes)
    width = int(max(b[1] + b[3] + b[5] for b in boxes)) + margin
    tall = int(max(b[2] + b[4] - shift + b[6] for b in boxes)) + margin
    letters = None
    if rng.random() < 0.25:
        letters = (ImageFont.truetype(rng.choice(fonts), max(8, round(height * rng.uniform(0.3, 0.9)))), word(rng))
        tall += round(letters[0].size * 1.4)
    mask = Image.new("L", (width, tall), 0)
    draw, digits = ImageDraw.Draw(mask), []
    for character, x, y, left, top, w, h in boxes:
        draw.text((x, y - shift), character, font=font, fill=255)
        if character.isdigit():
            digits.append((int(character), x + left, y - shift + top, w, h))
    if letters:
        draw.text((margin, tall - round(letters[0].size * 1.4)), letters[1], font=letters[0], fill=255)
    out = Image.new("RGB", (width, tall), ground)
    if rng.random() < 0.35:  # a shadow or a raised edge
        offset = max(1, round(height * 0.06))
        shade = tuple(int(c * rng.uniform(0.3, 0.8)) for c in ground)
        out.paste(shade, (rng.choice((-offset, offset)), offset), mask)
    out.paste(ink, (0, 0), mask)
    alpha = Image.new("L", (width, tall), 255)
    if rng.random() < 0.35:  # digits screwed or painted onto whatever is behind
        alpha = mask
    elif rng.random() < 0.4:
        ImageDraw.Draw(out).rectangle((1, 1, width - 2, tall - 2), outline=ink, width=max(1, round(height * 0.05)))
    if rng.random() < 0.3:
        out = out.filter(ImageFilter.GaussianBlur(height * 0.02))
    return np.dstack([np.asarray(out), np.asarray(alpha)]), np.array(digits, np.float32).reshape(-1, 5)


def main():
    """Draws a sheet of plates, to look at."""
    rng, fonts = random.Random(1), typefaces()
    print(len(fonts), "typefaces")
    sheet = Image.new("RGB", (1200, 800), (120, 140, 120))
    for row in range(10):
        for column in range(8):
            pixels, digits = plate(fonts, rng, 36)
            cut = Image.fromarray(pixels)
            for d in digits:
                ImageDraw.Draw(cut).rectangle((d[1], d[2], d[1] + d[3], d[2] + d[4]), outline=(255, 0, 0, 255))
            sheet.paste(cut, (column * 150, row * 80), cut)
    sheet.save("plates.png")


if __name__ == "__main__":
    main()
