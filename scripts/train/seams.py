"""How a part of one picture is drawn over another."""
import cv2
import numpy as np


def inner(shape, share):
    """Weights of a shape (height, width) that go down to 0 at the edges, within a share of the shorter side."""
    height, width = shape
    rim = max(1, int(min(width, height) * share))
    weight = np.zeros((height, width), np.float32)
    weight[rim:height - rim, rim:width - rim] = 1
    return cv2.GaussianBlur(weight, (0, 0), rim / 2)[:, :, None]


def fade_in(part, pixels):
    """Draws pixels over a part of a picture of the same size, the edges faded."""
    weight = inner(part.shape[:2], 1 / 12)
    part[:] = (pixels * weight + part * (1 - weight)).round().astype(np.uint8)


def set_in(part, pixels, seam):
    """Draws pixels over a part of the same size: with "faded" edges, "hard" ones, or as a "difference" from their own ground."""
    if seam == "difference":
        own = np.median(np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]), 0)
        part[:] = np.clip(part + inner(part.shape[:2], 1 / 10) * (pixels.astype(np.float32) - own), 0, 255)
    elif seam == "hard":
        part[:] = pixels
    else:
        fade_in(part, pixels)
