"""Numbers that no photograph shows, made of those that do: digits change places with others of their photograph or another.

A reader that has seen a few thousand photographs a hundred times each knows their numbers by heart. What it can't know is
what stands where the digits of the same wall, paint and light were exchanged.
"""
import cv2
import numpy as np

import seams

EXCHANGED = 0.6  # the share of digits that change
OWN = 0.6  # the share of them that come from the same photograph
TRIES = 6  # digits of other photographs that are looked at
RIM = 0.07  # of a digit's box, around it, that comes along
STRETCHED = 1.45  # how far a digit's shape is stretched or squeezed at most
COARSER = 0.7  # how much lower than the one whose place it takes a digit may be


def region(box, image):
    """Rows and columns of a box (left, top, width, height) and its rim; None where they leave the picture."""
    left, top, width, height = box
    x, y = round(left - RIM * width), round(top - RIM * height)
    right, bottom = round(left + (1 + RIM) * width), round(top + (1 + RIM) * height)
    if x < 0 or y < 0 or right > image.shape[1] or bottom > image.shape[0] or right - x < 4 or bottom - y < 6:
        return None
    return slice(y, bottom), slice(x, right)


def fits(box, place):
    """Whether a digit's box can be drawn out to another one without its shape or its sharpness giving it away."""
    shape = (box[2] / box[3]) / (place[2] / place[3])
    return 1 / STRETCHED < shape < STRETCHED and box[3] > COARSER * place[3]


def lighter(pixels):
    """Whether what stands out is lighter than its ground: it covers less of a digit's box."""
    grey = pixels.mean(2)
    return float(((grey - grey.mean()) ** 3).mean()) > 0


def matched(pixels, ground):
    """Pixels with the mean and spread of each colour that the ground has, dark for light where that has it so."""
    values, mean = pixels.astype(np.float32), pixels.mean((0, 1))
    if lighter(pixels) != lighter(ground):
        values = 2 * mean - values
    gain = np.clip(ground.std((0, 1)) / np.maximum(pixels.std((0, 1)), 1), 0.3, 3)
    return np.clip((values - mean) * gain + ground.mean((0, 1)), 0, 255).astype(np.uint8)


def set_in(part, pixels):
    """Draws pixels over a part of a picture, drawn out to its size."""
    height, width = part.shape[:2]
    method = cv2.INTER_AREA if pixels.shape[0] > height else cv2.INTER_CUBIC
    seams.fade_in(part, cv2.resize(pixels, (width, height), interpolation=method))


def mixed(image, place, text, others, rng):
    """A photograph with some digits exchanged, and its new number; None where none could be.

    `place` are the boxes of its number's digits in reading order, `others()` gives (pixels, box, digit) of any photograph.
    """
    out, digits = image.copy(), list(text)
    for i, box in enumerate(place):
        target = region(box, image)
        if target is None or rng.random() > EXCHANGED:
            continue
        if len(place) > 1 and rng.random() < OWN:
            j = rng.choice([j for j in range(len(place)) if j != i])
            found = [(image, place[j], text[j])]
        else:
            found = (others() for _ in range(TRIES))
        for pixels, source, digit in found:
            taken = region(source, pixels)
            if taken is None or not fits(source, box):
                continue
            part = pixels[taken]
            set_in(out[target], part if pixels is image else matched(part, image[target]))
            digits[i] = digit
            break
    new = "".join(digits)
    return (out, new) if new != text else None
