#!/usr/bin/env python3
"""Writes fixtures/crops.tar and crops.jsonl: crops as training cuts them, which the tests compare with those of streetnum.

    golden_crops.py [--pictures fixtures/street.tar] [--out fixtures/crops.tar]

Each member of the tar is a PNG; the .jsonl says which boxes of which picture it was cut around.
"""
import argparse
import io
import json
import os
import tarfile

import cv2
import numpy as np

import crops
import samples

# Boxes are left, top, width, height: small digits, large ones that come from halvings, narrow ones, lines that fall and rise,
# lines too long for the widest crop, what hangs over the picture's rim; a stack, digits far apart, diagonals, in cells of their
# own and levelled, an arc. True where digits are upright by themselves.
CASES = [
    ("0004.png", [[162, 192, 38, 52], [203, 193, 39, 51]]),
    ("0004.png", [[170, 200, 9, 14]]),
    ("0005.png", [[399, 188, 49, 61], [451, 199, 49, 60]]),
    ("0005.png", [[60, 300, 24, 30], [86, 288, 25, 31], [113, 277, 24, 30], [140, 265, 24, 30]]),
    ("0005.png", [[399, 188, 26, 61], [427, 193, 14, 60]]),
    ("0006.png", [[92, 173, 60, 90], [155, 174, 60, 89], [218, 173, 60, 90]]),
    ("0006.png", [[20, 60, 130, 200], [160, 62, 131, 199], [300, 66, 128, 201]]),
    ("0006.png", [[-6, -8, 22, 30], [14, 4, 21, 31]]),
    ("0006.png", [[80 + 70 * i, 180, 40, 48] for i in range(6)]),
    ("0005.png", [[200, 100, 40, 60], [203, 170, 38, 61], [198, 243, 41, 60]], True),
    ("0006.png", [[60, 180, 41, 60], [170, 182, 38, 60], [280, 179, 40, 62]]),
    ("0005.png", [[120, 80, 42, 60], [165, 130, 40, 62], [212, 182, 39, 60]], True),
    ("0005.png", [[120, 80, 42, 60], [165, 130, 40, 62], [212, 182, 39, 60]]),
    ("0006.png", [[70, 210, 40, 56], [118, 182, 38, 57], [165, 180, 39, 56], [214, 209, 40, 55]]),
    ("0005.png", [[300, 240, 80, 120], [352, 130, 84, 122]], True),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", default="fixtures/street.tar")
    parser.add_argument("--out", default="fixtures/crops.tar")
    args = parser.parse_args()
    with tarfile.open(args.pictures) as tar:
        encoded = {name: np.frombuffer(tar.extractfile(name).read(), np.uint8) for name in {case[0] for case in CASES}}
    pictures = {name: cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB) for name, data in encoded.items()}
    members, labels = {}, []
    for i, (name, boxes, *upright) in enumerate(CASES):
        image = crops.Crop(boxes, *upright).cut(samples.halvings(pictures[name]))
        members[f"{i}.png"] = cv2.imencode(".png", cv2.cvtColor(image, cv2.COLOR_RGB2BGR))[1].tobytes()
        labels.append(json.dumps({"file": f"{i}.png", "picture": name, "boxes": boxes, "upright": bool(upright)}))
    with open(os.path.splitext(args.out)[0] + ".jsonl", "w", encoding="utf-8") as file:
        file.write("\n".join(labels) + "\n")
    with tarfile.open(args.out, "w", format=tarfile.USTAR_FORMAT) as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


if __name__ == "__main__":
    main()
