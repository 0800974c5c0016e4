"""The trained network over a whole photograph, in PyTorch: to place boxes where only a number is known.

streetnum's own detector (Sources/DigitNet) is the one that is measured; this one only has to find clear digits.
"""
import numpy as np
import torch

import samples
from graph import DIGITS, SIDE_UNIT, STRIDE

ENLARGED_BELOW = 1_000_000  # pixels


def pyramid(image):
    """Levels and the number of picture pixels that a level's pixel is wide."""
    scale = 1.0
    if image.shape[0] * image.shape[1] < ENLARGED_BELOW:
        image, scale = samples.enlarged(image), 0.5
    while min(image.shape[:2]) >= 8:
        yield image, scale
        image, scale = samples.halved(image), scale * 2


@torch.no_grad()
def detect(network, image, threshold):
    """Digits of a photograph, strongest first, without overlaps: rows of score, digit, left, top, right, bottom."""
    found = []
    for level, scale in pyramid(image):
        pixels = torch.from_numpy((level >> 1).transpose(2, 0, 1)[None].astype(np.float32) / 127)
        output = network(pixels)[0].float().numpy()
        logits = output[:DIGITS].max(0)
        y, x = np.nonzero(logits > np.log(threshold / (1 - threshold)))
        digit, score = output[:DIGITS, y, x].argmax(0), 1 / (1 + np.exp(-logits[y, x]))
        sides = np.maximum(output[DIGITS:, y, x], 0) * SIDE_UNIT
        cx, cy = x * STRIDE + 0.5, y * STRIDE + 0.5
        box = np.stack([cx - sides[0], cy - sides[1], cx + sides[2], cy + sides[3]]) * scale
        found.append(np.concatenate([score[None], digit[None], box]).T)
    rows = np.concatenate(found)
    rows = rows[np.argsort(-rows[:, 0])]
    kept = []
    for row in rows:
        if all(overlap(row[2:], other[2:]) < 0.4 for other in kept):
            kept.append(row)
    return np.array(kept).reshape(-1, 6)


def overlap(a, b):
    """The common area as a share of the smaller box: a part of a digit is no second digit."""
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / max(min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1])), 1e-6)


def placed(network, photographs, threshold=0.4):
    """Photographs whose number is known, with a box for each digit, where the network reads just that number."""
    out = []
    for photograph in photographs:
        rows = detect(network, photograph.pixels(), threshold)
        rows = rows[np.argsort(rows[:, 2] + rows[:, 4])]
        if "".join(str(int(r[1])) for r in rows) != photograph.number:
            continue
        heights = rows[:, 5] - rows[:, 3]
        if heights.max() > 1.7 * heights.min():
            continue
        digits = np.concatenate([rows[:, 1:4], rows[:, 4:] - rows[:, 2:4]], axis=1).astype(np.float32)
        out.append(type(photograph)(photograph.name, photograph.encoded, photograph.number, digits))
    return out
