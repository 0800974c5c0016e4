"""Weather, glass and dusk over a whole picture."""
import math

import cv2
import numpy as np

from .canvas import smooth


def drops(image, rng):
    """Rain on the lens: each drop shows what is around it small and upside down, with a bright rim."""
    height, width = image.shape[:2]
    out, scale = image.copy(), min(width, height)
    for _ in range(rng.randint(2, 14)):
        radius = max(2, int(scale * rng.uniform(0.015, 0.07)))
        x, y = rng.randrange(width), rng.randrange(height)
        top, left, bottom, right = max(0, y - radius), max(0, x - radius), min(height, y + radius), min(width, x + radius)
        reach = radius * 3
        seen = image[max(0, y - reach):y + reach, max(0, x - reach):x + reach][::-1, ::-1]
        if bottom - top < 3 or right - left < 3 or not seen.size:
            continue
        seen = cv2.resize(seen, (right - left, bottom - top), interpolation=cv2.INTER_AREA).astype(np.float32)
        r, c = np.mgrid[top:bottom, left:right].astype(np.float32)
        distance = np.hypot((c - x) / radius, (r - y) / (radius * rng.uniform(0.9, 1.2)))
        weight = np.clip((1 - distance) * 4, 0, 1)[:, :, None] * rng.uniform(0.5, 0.9)
        seen = seen * (1.12 - 0.5 * distance[:, :, None] ** 3) + 18
        part = out[top:bottom, left:right]
        part[:] = np.clip(part * (1 - weight) + seen * weight, 0, 255)
    return out


def streaks(image, rng):
    """Falling rain."""
    height, width = image.shape[:2]
    layer, lean = np.zeros((height, width), np.uint8), rng.gauss(0, 0.15)
    for _ in range(int(height * width / rng.uniform(300, 1200))):
        x, y, length = rng.randrange(width), rng.randrange(-20, height), height * rng.uniform(0.04, 0.15)
        cv2.line(layer, (x, y), (int(x + lean * length), int(y + length)), rng.randint(30, 120), 1, cv2.LINE_AA)
    weight = cv2.GaussianBlur(layer, (0, 0), 0.6).astype(np.float32)[:, :, None] / 255
    return (image * (1 - weight) + np.array((205, 210, 215), np.float32) * weight).astype(np.uint8)


def night(image, rng):
    """Dusk or night: dark and bluish, or in the yellow light of a lamp."""
    height, width = image.shape[:2]
    y, x = np.mgrid[0:1:height * 1j, 0:1:width * 1j].astype(np.float32)
    lamp = np.exp(-((x - rng.uniform(-0.2, 1.2)) ** 2 + (y - rng.uniform(-0.4, 0.8)) ** 2) / rng.uniform(0.1, 0.9))
    tone = rng.choice(((1.15, 0.95, 0.6), (1.1, 1.0, 0.8), (1.0, 1.0, 1.0)))
    dusk = np.array((0.75, 0.85, 1.1), np.float32) * rng.uniform(0.25, 0.5)
    light = dusk + lamp[:, :, None] * np.array(tone, np.float32) * rng.uniform(0.3, 0.8)
    grey = image.mean(2, keepdims=True)
    return np.clip((image * 0.7 + grey * 0.3) * light, 0, 255).astype(np.uint8)


def glass(image, rng):
    """A picture behind glass: what is opposite is mirrored in it, blurred."""
    other = np.roll(image[:, ::-1], rng.randrange(image.shape[1]), 1)
    other = cv2.GaussianBlur(other, (0, 0), rng.uniform(1.0, 0.05 * min(image.shape[:2]) + 1.1)).astype(np.float32)
    share = rng.uniform(0.1, 0.35)
    return np.clip(image * (1 - share * 0.5) + other * share + rng.uniform(0, 12), 0, 255).astype(np.uint8)


def glare(image, rng):
    """Diagonal bands of mirrored sky."""
    height, width = image.shape[:2]
    turn = rng.uniform(0.2, 1.4) * rng.choice((-1, 1))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    along = x * math.cos(turn) + y * math.sin(turn)
    reach = math.hypot(width, height)
    weight = np.zeros((height, width), np.float32)
    for _ in range(rng.randint(1, 3)):
        at, wide = rng.uniform(along.min(), along.max()), reach * rng.uniform(0.03, 0.15)
        weight += np.clip(1.3 - np.abs(along - at) / wide, 0, 1) * rng.uniform(0.15, 0.55)
    weight = np.minimum(smooth(weight, reach * rng.uniform(0.002, 0.01)), 0.75)[:, :, None]
    return (image * (1 - weight) + np.array((245, 248, 252), np.float32) * weight).astype(np.uint8)


def haze(image, rng):
    share, tone = rng.uniform(0.15, 0.55), rng.uniform(150, 235)
    return (image * (1 - share) + tone * share).astype(np.uint8)


def leaves(image, rng):
    """The dappled shadow of a tree."""
    height, width = image.shape[:2]
    noise = np.random.default_rng(rng.randrange(1 << 30))
    step = max(3, int(min(width, height) * rng.uniform(0.1, 0.35)))
    field = np.zeros((height, width), np.float32)
    for s in (step, max(2, step // 2), max(2, step // 4)):
        coarse = noise.standard_normal((height // s + 3, width // s + 3)).astype(np.float32)
        field += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) * (s / step) ** 0.9
    soft = cv2.GaussianBlur(np.clip(field * 2 + rng.uniform(-0.5, 1.0), 0, 1), (0, 0), step * rng.uniform(0.2, 0.5))
    shade = 1 - soft * rng.uniform(0.2, 0.5)
    return (image * shade[:, :, None]).astype(np.uint8)


def weather(image, rng):
    """An RGB uint8 picture in rain, dusk, haze, dappled shade or behind glass; one or two of them, drawn from `rng`."""
    for effect in rng.sample((drops, streaks, night, glass, glare, haze, leaves), rng.choice((1, 1, 1, 2))):
        image = effect(image, rng)
    return image
