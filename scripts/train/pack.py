"""What training pictures are made of, scaled to what the networks see, in one folder that a machine without a network can take.

`write` puts a `samples.Material` to train on, another to judge on, some typefaces and a model file into a folder; `read` gives
the two materials.
"""
import dataclasses
import glob
import json
import os
import shutil

import cv2
import numpy as np

import photographs
import samples
from render import typefaces

MOST = 48 << 20  # bytes of a pack
TALLEST = 58  # pixels that the digits of a packed photograph are high
LONGEST = 232  # pixels of a background's longer side
SINGLE = 56  # pixels of a single character's higher side
QUALITY, COARSE = 88, 76  # of JPEG files, and of those of backgrounds
WRITTEN_DIGITS = 250  # of each digit written by hand, at most
TYPEFACES = 90  # at most, and BYTES in all
BYTES = 7 << 20


def shrunk(photograph, scale, quality=QUALITY):
    """A photograph and its boxes at a scale of at most 1, as a JPEG file."""
    scale, pixels = min(scale, 1.0), cv2.cvtColor(photograph.pixels(), cv2.COLOR_RGB2BGR)
    size = tuple(max(8, round(side * scale)) for side in pixels.shape[1::-1])
    if scale < 1:
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    encoded = cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, quality))[1].tobytes()
    digits = photograph.digits.copy()
    digits[:, 1:] *= scale
    return dataclasses.replace(photograph, encoded=encoded, digits=digits, region=()), scale


def packed(material):
    """The material's pictures by kind, each once, and its numbers and lures by the place of their picture in these."""
    pictures, places, scales = [], {}, {}

    def place_of(photograph, wanted, quality=QUALITY):
        key = id(photograph)
        if key not in places:
            small, scales[key] = shrunk(photograph, wanted, quality)
            places[key] = len(pictures)
            pictures.append(small)
        return places[key], scales[key]

    def rows(pairs):
        out = []
        for photograph, boxes in pairs:
            boxes = np.asarray(boxes, float)
            longest = max(cv2.imdecode(np.frombuffer(photograph.encoded, np.uint8), cv2.IMREAD_REDUCED_COLOR_8).shape[:2]) * 8
            known = len(photograph.digits) > 0
            wanted = TALLEST / np.median(photograph.digits[:, 4]) if known else LONGEST / longest
            place, scale = place_of(photograph, wanted, QUALITY if known else COARSE)
            out.append([place, np.round(boxes * scale, 1).tolist()])
        return out

    numbers, lures = rows(material.numbers), rows(material.lures)
    kinds = {}
    for kind in ("backgrounds", "singles", "letters"):
        kinds[kind] = []
        for photograph in getattr(material, kind):
            side = max(photograph.pixels().shape[:2])
            wanted = (LONGEST, COARSE) if kind == "backgrounds" else (SINGLE, QUALITY)
            kinds[kind].append(place_of(photograph, wanted[0] / side, wanted[1])[0])
    return pictures, {"numbers": numbers, "lures": lures, **kinds}


def put(material, path):
    """Writes a material as a file of pictures, one after the other; beside it what is known of them, and the digits written by hand."""
    pictures, lists = packed(material)
    with open(path, "wb") as file:
        for picture in pictures:
            file.write(picture.encoded)
    lists["pictures"] = [[len(p.encoded), p.number, np.round(p.digits, 1).tolist()] for p in pictures]
    lists["handwriting"] = bool(material.written_digits)
    if material.written_digits:
        count = min(WRITTEN_DIGITS, *map(len, material.written_digits))
        np.save(os.path.splitext(path)[0] + ".npy", np.stack([some[:count] for some in material.written_digits]))
    with open(os.path.splitext(path)[0] + ".json", "w", encoding="utf-8") as file:
        json.dump(lists, file)


def taken(path):
    with open(os.path.splitext(path)[0] + ".json", encoding="utf-8") as file:
        lists = json.load(file)
    with open(path, "rb") as file:
        pictures = [photographs.Photograph(str(i), file.read(size), number, np.array(digits, np.float32).reshape(-1, 5))
                    for i, (size, number, digits) in enumerate(lists["pictures"])]
    pairs = {kind: [(pictures[place], np.array(boxes, np.float32)) for place, boxes in lists[kind]]
             for kind in ("numbers", "lures")}
    plain = {kind: [pictures[place] for place in lists[kind]] for kind in ("backgrounds", "singles", "letters")}
    written_digits = list(np.load(os.path.splitext(path)[0] + ".npy")) if lists["handwriting"] else None
    return samples.Material(**pairs, **plain, written_digits=written_digits)


def write(folder, trained, judged, model):
    """Writes a pack; fails where it grows beyond MOST."""
    os.makedirs(os.path.join(folder, "typefaces"), exist_ok=True)
    put(trained, os.path.join(folder, "trained.bin"))
    put(judged, os.path.join(folder, "judged.bin"))
    shutil.copyfile(model, os.path.join(folder, "model.safetensors"))
    room, families = BYTES, {}
    for face in typefaces.typefaces():
        families.setdefault(face.family, face)
    fonts = [face.path for face in families.values()]
    reference = [face.path for face in typefaces.typefaces() if face.path.endswith("/" + typefaces.REFERENCE)]
    for path in reference + fonts[::max(1, len(fonts) // TYPEFACES)]:
        room -= os.path.getsize(path)
        if room > 0:
            shutil.copy(path, os.path.join(folder, "typefaces"))
    size = sum(os.path.getsize(path) for path in glob.glob(os.path.join(folder, "**"), recursive=True) if os.path.isfile(path))
    if size > MOST:
        raise SystemExit(f"{folder} holds {size >> 20} MiB, more than {MOST >> 20}")
    return size


def read(folder):
    """The material to train on and that to judge on; signs are rendered in the pack's typefaces, too, from now on."""
    typefaces.FOLDERS += tuple(os.path.join(folder, "typefaces", "*" + ending) for ending in (".ttf", ".otf", ".t1"))
    return taken(os.path.join(folder, "trained.bin")), taken(os.path.join(folder, "judged.bin"))
