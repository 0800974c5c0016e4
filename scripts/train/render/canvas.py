"""Transparent pixels that paint is laid on."""
import cv2
import numpy as np


class Canvas:
    """Planar pixels, 0 to 255, already multiplied with their alpha; every weight is float32 [h, w], 0 to 1."""

    def __init__(self, width, height):
        self.rgb = np.zeros((3, height, width), np.float32)
        self.alpha = np.zeros((height, width), np.float32)

    def over(self, colour, weight):
        """Lays a colour, or planar pixels, over what is there."""
        keep = 1 - weight
        self.rgb *= keep
        self.rgb += planar(colour) * weight
        self.alpha *= keep
        self.alpha += weight

    def stain(self, colour, weight):
        """Lays a colour on what is there, and on nothing else."""
        keep = 1 - weight
        self.rgb *= keep
        self.rgb += planar(colour) * (weight * self.alpha)

    def glow(self, colour, weight):
        """Adds light."""
        self.rgb += planar(colour) * weight
        np.maximum(self.alpha, np.minimum(weight, 1), out=self.alpha)

    def shade(self, factor):
        self.rgb *= factor

    def warped(self, matrix, size):
        """RGBA uint8 under a homography; colours go on beyond the edges of the alpha, as far as it is not 0."""
        layers = cv2.merge([self.rgb[0], self.rgb[1], self.rgb[2], self.alpha])
        layers = cv2.warpPerspective(layers, matrix, size, flags=cv2.INTER_LINEAR)
        alpha = layers[:, :, 3:]
        layers[:, :, :3] /= np.maximum(alpha, 1 / 512)
        alpha *= 255
        return np.clip(layers + 0.5, 0, 255).astype(np.uint8)


def planar(colour):
    colour = np.asarray(colour, np.float32)
    return colour[:, None, None] if colour.ndim == 1 else colour


def smooth(field, sigma):
    """A Gaussian blur; a wide one by way of a smaller picture."""
    if sigma < 0.3:
        return field
    if sigma > 6 and min(field.shape) > 4 * sigma:
        step = sigma / 3
        size = (max(2, round(field.shape[1] / step)), max(2, round(field.shape[0] / step)))
        small = cv2.GaussianBlur(cv2.resize(field, size, interpolation=cv2.INTER_AREA), (0, 0), 3)
        return cv2.resize(small, field.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return cv2.GaussianBlur(field, (0, 0), sigma)


def moved(field, x, y):
    """A field moved by a distance in pixels; 0 comes in from beyond the edges."""
    return cv2.warpAffine(field, np.array([[1, 0, x], [0, 1, y]], np.float32), field.shape[1::-1], flags=cv2.INTER_LINEAR)


def slope(field, light):
    """How a relief of this height is lit: above 0 where it faces the light, below 0 where it turns away."""
    x, y = light
    kernel = np.array([[-x - y, -2 * y, x - y], [-2 * x, 0, 2 * x], [y - x, 2 * y, x + y]], np.float32)
    return cv2.filter2D(field, -1, -kernel / 8)
