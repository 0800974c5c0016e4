"""What `streetnum evidence` says of pictures: each candidate with its digits and the numbers that it may be."""
import json
import os
import subprocess
import tempfile

import numpy as np

import photographs

AT_ONCE = 2000  # pictures of a command: the system takes no more than some megabytes of arguments


def candidates(streetnum, model, archive):
    """The candidates of an archive's pictures: {member's name: [candidate, ...]}; a member without any has none."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for i, (name, encoded) in enumerate(photographs.members(archive)):
            path = os.path.join(folder, str(i))
            with open(path, "wb") as file:
                file.write(encoded)
            names[path] = name
        found = {name: [] for name in names.values()}
        paths = list(names)
        for first in range(0, len(paths), AT_ONCE):
            command = [streetnum, "evidence", "--model", model, *paths[first:first + AT_ONCE]]
            output = subprocess.run(command, stdout=subprocess.PIPE, text=True)
            if output.returncode not in (0, 3):  # 3: a picture was rejected, the others were read
                raise SystemExit(f"streetnum evidence ended with {output.returncode}")
            for line in output.stdout.splitlines():
                candidate = json.loads(line)
                found[names[candidate["image"]]].append(candidate)
    return found


def boxes_of(digits):
    """The boxes (left, top, width, height) of digits that streetnum printed."""
    return np.array([d["box"] for d in digits], np.float32)


def around(boxes):
    """The box around boxes (left, top, width, height)."""
    left, top = boxes[:, :2].min(0)
    right, bottom = (boxes[:, :2] + boxes[:, 2:]).max(0)
    return np.array([left, top, right - left, bottom - top])


def intersection(a, b):
    """The common area of two boxes."""
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(w, 0) * max(h, 0)


def common(a, b):
    """The common area of two boxes as a share of the smaller one."""
    return intersection(a, b) / max(min(a[2] * a[3], b[2] * b[3]), 1e-6)


def overlap(a, b):
    """The intersection over union of two boxes."""
    return intersection(a, b) / max(a[2] * a[3] + b[2] * b[3] - intersection(a, b), 1e-6)
