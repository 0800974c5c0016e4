#!/usr/bin/env python3
"""Draws what streetnum found onto the photographs, to look at.

    streetnum query --db streetnum.sqlite --format ndjson > found.ndjson
    draw.py --archive archive.tar --found found.ndjson --out DIR [--labels LABELS.jsonl]
    draw.py --archive archive.tar --found found.ndjson --out SHEET.jpg --sheet COLUMNS

Writes a PNG for each photograph, or with --sheet one contact sheet. Found numbers are green with their confidence, those
of the labels (numbers with boxes, as fixtures/street.jsonl has them) thin and blue. Needs Pillow.
"""
import argparse
import collections
import io
import json
import os
import tarfile

from PIL import Image, ImageDraw, ImageFont, ImageOps


def font(size):
    try:
        return ImageFont.truetype("DejaVuSans-Bold.ttf", size)
    except OSError:
        return ImageFont.load_default(size)


def rectangle(draw, box, colour, width):
    left, top, w, h = box
    draw.rectangle((left - width, top - width, left + w + width - 1, top + h + width - 1), outline=colour, width=width)


def drawn(picture, found, wanted):
    line = max(2, round(max(picture.size) / 400))
    draw, letters = ImageDraw.Draw(picture), font(9 * line)
    for number in wanted:
        rectangle(draw, number["box"], (70, 130, 255), max(1, line // 2))
    for number in found:
        left, top, w, h = number["box"]
        rectangle(draw, number["box"], (60, 220, 60), line)
        text = f'{number["number"]}  {number["confidence"]:.2f}'
        place = [max(0, left - line), top - 12 * line if top > 12 * line else top + h + line]
        draw.rectangle(draw.textbbox(place, text, font=letters), fill=(0, 0, 0))
        draw.text(place, text, font=letters, fill=(120, 255, 120))
    return picture


def sheet(pictures, columns, side=480):
    rows = -(-len(pictures) // columns)
    out = Image.new("RGB", (columns * side, rows * side * 3 // 4), "white")
    for i, (_, picture) in enumerate(pictures):
        small = ImageOps.contain(picture, (side - 8, side * 3 // 4 - 8), Image.LANCZOS)
        out.paste(small, (i % columns * side + (side - small.width) // 2, i // columns * side * 3 // 4 + 4))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--archive", required=True, help="a tar of photographs")
    parser.add_argument("--found", required=True, help="what query or detect printed as ndjson")
    parser.add_argument("--labels", help="numbers with boxes, one photograph a line")
    parser.add_argument("--out", required=True, help="a folder; with --sheet a PNG or JPEG file")
    parser.add_argument("--sheet", type=int, metavar="COLUMNS")
    args = parser.parse_args()
    found, wanted = collections.defaultdict(list), {}
    with open(args.found, encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found[row["image"]].append(row)
    if args.labels:
        with open(args.labels, encoding="utf-8") as lines:
            wanted = {row["file"]: row["numbers"] for row in map(json.loads, lines)}
    pictures = []
    with tarfile.open(args.archive) as tar:
        for member in tar:
            if member.name.lower().endswith((".png", ".jpg", ".jpeg")):
                encoded = io.BytesIO(tar.extractfile(member).read())
                picture = ImageOps.exif_transpose(Image.open(encoded))
                if picture.mode.startswith("I"):
                    picture = picture.point(lambda v: v / 256).convert("L")
                pictures.append((member.name, drawn(picture.convert("RGB"), found[member.name], wanted.get(member.name, []))))
    if args.sheet:
        sheet(pictures, args.sheet).save(args.out)
        return
    os.makedirs(args.out, exist_ok=True)
    for name, picture in pictures:
        picture.save(os.path.join(args.out, name.replace("/", "_") + ".png"))


if __name__ == "__main__":
    main()
