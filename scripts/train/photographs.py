"""Labelled photographs: from a tar with JSON lines beside it, or from the official SVHN archives."""
import hashlib
import io
import json
import os
import tarfile
from dataclasses import dataclass, field

import cv2
import numpy as np


@dataclass
class Photograph:
    name: str
    encoded: bytes
    number: str = ""
    digits: np.ndarray = field(default_factory=lambda: np.zeros((0, 5), np.float32))  # digit, left, top, width, height
    region: tuple = ()  # left, top, width and height of the whole number, where they are known

    def pixels(self):
        """RGB, height x width x 3."""
        return cv2.cvtColor(cv2.imdecode(np.frombuffer(self.encoded, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def named(path, name):
    """A name that no member of an archive of another name has."""
    return f"{os.path.basename(path)}/{name}"


def rows_of(digits):
    return np.array([[d["digit"], *d["box"]] for d in digits], np.float32).reshape(-1, 5)


def members(path):
    with tarfile.open(path) as tar:
        for member in tar:
            if member.isfile() and member.name.lower().endswith((".png", ".jpg", ".jpeg")):
                yield member.name, tar.extractfile(member).read()


def read(path):
    """Photographs of a tar; labels from the .jsonl of the same name, where there is one. A label with a SHA-256 belongs to these
    bytes, whatever their name."""
    labels, beside = {}, os.path.splitext(path)[0] + ".jsonl"
    if os.path.exists(beside):
        with open(beside, encoding="utf-8") as lines:
            labels = {row.get("sha256", row["file"]): row for row in map(json.loads, lines)}
    found = []
    for name, encoded in members(path):
        row = labels.get(hashlib.sha256(encoded).hexdigest()) or labels.get(name, {})
        found.append(Photograph(named(path, name), encoded, row.get("number", ""), rows_of(row.get("digits", [])),
                                tuple(row.get("region", ()))))
    return found


def write(path, pictures, ending="png"):
    """A tar of pictures, (name, file's bytes); their names are their place in it, 0.png and so on."""
    with tarfile.open(path, "w") as tar:
        for i, (_, encoded) in enumerate(pictures):
            info = tarfile.TarInfo(f"{i}.{ending}")
            info.size = len(encoded)
            tar.addfile(info, io.BytesIO(encoded))


def around_region(photograph, margin=1.0):
    """A photograph cut to what lies around its number, within a margin in heights of it: other numbers may stand farther away."""
    if not photograph.region:
        return photograph
    left, top, width, height = photograph.region
    pixels, spare = photograph.pixels(), round(margin * height)
    x, y = max(0, round(left) - spare), max(0, round(top) - spare)
    part = pixels[y:round(top + height) + spare, x:round(left + width) + spare]
    encoded = cv2.imencode(".png", cv2.cvtColor(part, cv2.COLOR_RGB2BGR))[1].tobytes()
    return Photograph(photograph.name, encoded, photograph.number, region=(left - x, top - y, width, height))


def corrections(path):
    """Numbers that photographs really show, by the SHA-256 of the picture and the wrong label; None for a picture that can't be
    learned from: its number is unclear or one of several, or it is a background with a number."""
    with open(path, encoding="utf-8") as lines:
        return {(row["sha256"], row["labelled"]): row["number"] for row in map(json.loads, lines)}


def corrected(found, corrections):
    """Photographs with the right numbers, and None in the place of those to be left out; where a label was wrong, its boxes are
    too, and are dropped."""
    if not corrections:
        return found

    def right(photograph):
        key = (hashlib.sha256(photograph.encoded).hexdigest(), photograph.number)
        if key not in corrections:
            return photograph
        number = corrections[key]
        return None if number is None else Photograph(photograph.name, photograph.encoded, number)

    return [right(photograph) for photograph in found]


def read_singles(path):
    """Photographs of one character each, which fills them: digits, named by the label beside the tar or by the folder that a
    member lies in; or letters, whose number is empty."""
    found = read(path)
    if os.path.exists(os.path.splitext(path)[0] + ".jsonl"):
        return [Photograph(p.name, p.encoded, p.number) for p in found]
    for photograph in found:
        photograph.number = os.path.basename(os.path.dirname(photograph.name))
        if len(photograph.number) != 1 or photograph.number not in "0123456789":
            raise SystemExit(f"{photograph.name} lies in no folder that is named after a digit")
    return found


def read_svhn(archive):
    """Photographs of SVHN's official format 1 (train.tar.gz, with digitStruct.mat inside, a MATLAB v7.3 file)."""
    import h5py
    pictures, structure = {}, None
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.endswith("digitStruct.mat"):
                structure = tar.extractfile(member).read()
            elif member.name.endswith(".png"):
                pictures[os.path.basename(member.name)] = member.name, tar.extractfile(member).read()
    if structure is None:
        raise SystemExit(f"{archive}: holds no digitStruct.mat; take train.tar.gz or extra.tar.gz of SVHN's format 1")
    found = []
    with h5py.File(io.BytesIO(structure)) as file:
        table = file["digitStruct"]

        def column(group, key):
            values = group[key]
            if len(values) == 1:
                return [float(values[0, 0])]
            return [float(file[values[i, 0]][0, 0]) for i in range(len(values))]

        for i in range(len(table["name"])):
            name = "".join(chr(int(c[0])) for c in file[table["name"][i, 0]][()])
            group = file[table["bbox"][i, 0]]
            columns = [column(group, key) for key in ("label", "left", "top", "width", "height")]
            digits = np.array(columns, np.float32).T
            digits[digits[:, 0] == 10, 0] = 0
            number = "".join(str(int(d)) for d in digits[np.argsort(digits[:, 1]), 0])
            if name in pictures:
                path, encoded = pictures[name]
                found.append(Photograph(named(archive, path), encoded, number, digits))
    return found
