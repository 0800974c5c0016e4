"""Irregularities of surfaces: noise at several scales, and crops of photographs."""
import cv2
import numpy as np

SIDE = 512
LARGEST = 400  # a photograph is kept at this size


def even(field):
    """Mean 0, deviation 1."""
    return ((field - field.mean()) / max(float(field.std()), 1e-6)).astype(np.float32)


class Grain:
    """Fields of noise drawn once, of which every sign takes a crop."""

    def __init__(self, rng, textures=()):
        noise = np.random.default_rng(rng.randrange(1 << 30))
        white = lambda side=SIDE: noise.standard_normal((side, side), np.float32)
        blurred = lambda x, y: cv2.GaussianBlur(white(), (0, 0), sigmaX=x, sigmaY=y)
        grow = lambda field: cv2.resize(field, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        cloud = sum(grow(white(SIDE >> k)) * 0.62 ** (7 - k) for k in range(1, 8))
        self.fields = {
            "fine": even(blurred(0.7, 0.7)),
            "cloud": even(cloud),
            "soft": even(cv2.GaussianBlur(cloud, (0, 0), 12)),
            "brushed": even(blurred(24, 0.6)),
            "streaks": even(even(blurred(1.5, 40)) + even(blurred(6, 60))),
            "stucco": even(np.maximum(blurred(2, 2), 0)),
        }
        self.textures = []
        for image in textures:
            scale = min(1.0, LARGEST / max(image.shape[:2]))
            small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image
            if min(small.shape[:2]) >= 16:
                self.textures.append(small)

    def noise(self, name, width, height, rng, scale=1.0):
        """A crop of a field, float32 [height, width], its features `scale` times as large; the field's mean is 0, its
        deviation 1."""
        scale = max(scale, width / SIDE, height / SIDE)
        w, h = min(SIDE, max(2, int(width / scale))), min(SIDE, max(2, int(height / scale)))
        x, y = rng.randint(0, SIDE - w), rng.randint(0, SIDE - h)
        part = self.fields[name][y:y + h, x:x + w]
        if rng.random() < 0.5:
            part = part[:, ::-1]
        if part.shape == (height, width):
            return part
        return cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR)

    def photograph(self, width, height, rng):
        """A crop of a photograph about 1: planar float32 [3, height, width], mean 1; None without photographs."""
        if not self.textures:
            return None
        image = rng.choice(self.textures)
        share = rng.uniform(0.15, 0.9)
        w, h = max(4, int(image.shape[1] * share)), max(4, int(image.shape[0] * share))
        x, y = rng.randint(0, image.shape[1] - w), rng.randint(0, image.shape[0] - h)
        part = cv2.resize(image[y:y + h, x:x + w], (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)
        part /= max(float(part.mean()), 8.0)
        np.minimum(part, 2.2, out=part)
        return part.transpose(2, 0, 1)
