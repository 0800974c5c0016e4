"""Scenes with known numbers: photographs of numbers set into walls of backgrounds, to fit the confidence on.

Photographs cut around a number are easy: the number fills them. In a large picture of a street the same reading is worth less,
since so many places were looked at. The confidence has to know both, and all that lies between.
"""
import math

import cv2
import numpy as np

import seams

SMALLEST, LARGEST = 13, 120  # pixels that a number's digits are high
LEAST_SIDE = 8  # pixels of a photograph's side in the scene
SIZES = 0.02, 12  # megapixels of a scene
CROWDED = 1.0  # megapixels from which on a scene has several photographs
TRIES = 20  # to set a photograph into a scene


def wall(backgrounds, size, rng):
    """A picture of a size (width, height), covered with backgrounds at a quarter to three times their own."""
    width, height = size
    out, top = np.empty((height, width, 3), np.uint8), 0
    while top < height:
        rows, left = min(height - top, rng.randint(500, 1500)), 0
        while left < width:
            pixels = rng.choice(backgrounds).pixels()
            scale = max(rows / pixels.shape[0], math.exp(rng.uniform(math.log(0.25), math.log(3))))
            way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
            part = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=way)
            x, y = rng.randint(0, max(part.shape[1] - width + left, 0)), rng.randint(0, max(part.shape[0] - rows, 0))
            part = part[y:y + rows, x:x + width - left]
            rows = part.shape[0]
            out[top:top + rows, left:left + part.shape[1]] = part
            left += part.shape[1]
        top += rows
    return out


def set_in(wall, photograph, taken, rng):
    """Sets a photograph into a wall, where there is room; the box of its number, or None."""
    boxes = photograph.digits[:, 1:]
    scale = math.exp(rng.uniform(math.log(SMALLEST), math.log(LARGEST))) / np.median(boxes[:, 3])
    pixels = photograph.pixels()
    width, height = round(pixels.shape[1] * scale), round(pixels.shape[0] * scale)
    if min(width, height) < LEAST_SIDE or width >= wall.shape[1] or height >= wall.shape[0]:
        return None
    for _ in range(TRIES):
        left, top = rng.randrange(wall.shape[1] - width), rng.randrange(wall.shape[0] - height)
        if all(left + width < x or x + w < left or top + height < y or y + h < top for x, y, w, h in taken):
            break
    else:
        return None
    taken.append((left, top, width, height))
    pixels = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    seams.fade_in(wall[top:top + height, left:left + width], pixels)
    low, high = boxes[:, :2].min(0) * scale, (boxes[:, :2] + boxes[:, 2:]).max(0) * scale
    return [round(left + low[0]), round(top + low[1]), round(high[0] - low[0]), round(high[1] - low[1])]


def scenes(photographs, backgrounds, count, rng):
    """`count` scenes of all sizes: (JPEG file, numbers), a number being {"text": ..., "box": ...}."""
    for _ in range(count):
        pixels = 1e6 * math.exp(rng.uniform(*map(math.log, SIZES)))
        width = round(math.sqrt(pixels * rng.uniform(0.75, 1.8)))
        scene, taken, numbers = wall(backgrounds, (width, round(pixels / width)), rng), [], []
        wanted = 1 if pixels < CROWDED * 1e6 else rng.randint(2, 8)
        for _ in range(wanted * TRIES):
            photograph = rng.choice(photographs)
            box = set_in(scene, photograph, taken, rng)
            if box:
                numbers.append({"text": photograph.number, "box": box})
            if len(numbers) == wanted:
                break
        quality = (cv2.IMWRITE_JPEG_QUALITY, rng.randint(75, 95))
        yield cv2.imencode(".jpg", cv2.cvtColor(scene, cv2.COLOR_RGB2BGR), quality)[1].tobytes(), numbers
