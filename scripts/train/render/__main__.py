"""Draws a contact sheet of signs, to look at: python -m render --sheet FILE."""
import argparse
import random
import time

import cv2
import numpy as np

import photographs

from . import WEIGHTS, Renderer, weather

TILE = (200, 120)  # width, height
COLUMNS = 8


def tile(sign, background, boxes):
    """A sign in the middle of a background, shrunk if it is too large."""
    height, width = sign.pixels.shape[:2]
    scale = min(1.0, TILE[0] / width, TILE[1] / height)
    cut = sign.pixels
    if scale < 1:
        cut = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    cut = cut[:TILE[1], :TILE[0]]
    left, top = (TILE[0] - cut.shape[1]) // 2, (TILE[1] - cut.shape[0]) // 2
    out = background.copy()
    place = out[top:top + cut.shape[0], left:left + cut.shape[1]]
    weight = cut[:, :, 3:].astype(np.uint16)
    place[:] = (cut[:, :, :3] * weight + place * (255 - weight)) // 255
    if boxes:
        numbered = {i for number in sign.numbers for i in number}
        marks = [(d[1:], (0, 220, 0) if i in numbered else (250, 160, 0)) for i, d in enumerate(sign.digits)]
        for (x, y, w, h), colour in marks + [(lure, (255, 0, 255)) for lure in sign.lures]:
            corner, opposite = (x * scale + left, y * scale + top), ((x + w) * scale + left, (y + h) * scale + top)
            cv2.rectangle(out, *(tuple(int(v) for v in p) for p in (corner, opposite)), colour, 1)
    return out


def main():
    parser = argparse.ArgumentParser(prog="render", description=__doc__)
    parser.add_argument("--sheet", required=True, help="the PNG to write")
    parser.add_argument("--height", type=float, default=30, help="of the main digits, in pixels")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--backgrounds", help="a tar of pictures that signs stand on and surfaces are made of")
    parser.add_argument("--kind", choices=WEIGHTS, help="one kind only; a row of each otherwise")
    parser.add_argument("--boxes", action="store_true", help="draws the boxes of digits and lures")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    pictures = []
    if args.backgrounds:
        found = photographs.read(args.backgrounds)
        pictures = [p.pixels() for p in rng.sample(found, min(60, len(found)))]
    renderer = Renderer(rng, pictures)
    kinds = [args.kind] * 12 if args.kind else list(WEIGHTS)
    rows, spent = [], 0.0
    for kind in [*kinds, None]:
        tiles = []
        for _ in range(COLUMNS):
            started = time.perf_counter()
            sign = renderer.sign(args.height, kind)
            spent += time.perf_counter() - started
            made = tile(sign, ground(renderer, pictures, rng), args.boxes)
            tiles.append(made if kind else weather(made, rng))
        rows.append(np.hstack(tiles))
    cv2.imwrite(args.sheet, cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
    print(f"{len(rows)} rows: {', '.join(kinds)}, any kind in weather; {1000 * spent / (len(rows) * COLUMNS):.2f} ms a sign")


def ground(renderer, pictures, rng):
    """A wall: part of a picture, or a rendered one where there are none."""
    width, height = TILE
    if pictures:
        picture = rng.choice(pictures)
        share = rng.uniform(0.3, 1.0)
        h = max(8, min(picture.shape[0], int(picture.shape[1] * share * height / width)))
        w = max(8, min(picture.shape[1], int(h * width / height)))
        y, x = rng.randint(0, picture.shape[0] - h), rng.randint(0, picture.shape[1] - w)
        return cv2.resize(picture[y:y + h, x:x + w], TILE, interpolation=cv2.INTER_AREA)
    field = 1 + 0.12 * renderer.grain.noise(rng.choice(("stucco", "cloud")), width, height, rng)
    return np.clip(field[:, :, None] * rng.uniform(60, 200), 0, 255).repeat(3, 2).astype(np.uint8)


if __name__ == "__main__":
    main()
