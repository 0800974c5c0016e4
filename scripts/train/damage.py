"""Augmentation of batches on their device: warping, light, colour, resolution, blur and noise.

The kinds of damage are those of `samples.Painter.damaged` and `readings.Cutter.coarse`, drawn for each picture of a batch. Pixels are
floats from 0 to 255, [count, 3, height, width].
"""
import math

import torch
from torch.nn import functional as F

COARSE, COARSEST, FINEST = 0.42, 0.25, 0.8  # the share of crops that lose resolution, and the range of scales
SIGMAS = (0.4, 1.3)  # of a Gaussian blur, in pixels
GROUPS = 4  # of pictures in a batch that share a blur or a scale
WAVES = 5  # places per height at which a smooth distortion is drawn; it is interpolated in between
BENT = 1.6  # pixels of a crop: the largest standard deviation of its smooth distortion
STROKES = 0.24  # the share of crops whose strokes are thicker or thinner


def chance(share, count, device):
    return torch.rand(count, 1, 1, 1, device=device) < share


def normal(count, spread, device, channels=1):
    return torch.randn(count, channels, 1, 1, device=device) * spread


def warped(pixels, linear, shift, size, spacing=1.0, bent=0.0):
    """Pictures of `size` (width, height): the point (x, y) from the middle of a result shows the point linear @ (x, y) + shift from the
    middle of the picture. Distances are in pixels of the result, each of which spans `spacing` pixels of the picture; `bent` is the
    largest standard deviation of a smooth distortion (elastic, as in Simard et al., 2003), which each picture has its own share of."""
    (count, _, rows, columns), (width, height), device = pixels.shape, size, pixels.device
    x = torch.arange(width, device=device) + 0.5 - width / 2
    y = torch.arange(height, device=device) + 0.5 - height / 2
    places = torch.stack(torch.meshgrid(x, y, indexing="xy"), -1)
    places = torch.einsum("bij,hwj->bhwi", linear, places) + shift[:, None, None]
    if bent:
        waves = torch.randn(count, 2, WAVES, max(2, round(WAVES * width / height)), device=device)
        waves = waves * torch.rand(count, 1, 1, 1, device=device) * bent
        places = places + F.interpolate(waves, (height, width), mode="bicubic", align_corners=True).permute(0, 2, 3, 1)
    places = places * (2 * spacing / torch.tensor([columns, rows], device=device))
    return F.grid_sample(pixels.float(), places, mode="bilinear", padding_mode="border", align_corners=False)


def thickened(pixels):
    """A share of the pictures with bright strokes, or dark ones, up to two pixels thicker."""
    count, device = len(pixels), pixels.device
    bright = F.max_pool2d(pixels, 3, 1, 1)
    dark = -F.max_pool2d(-pixels, 3, 1, 1)
    other = torch.where(chance(0.5, count, device), bright, dark)
    weight = torch.empty(count, 1, 1, 1, device=device).uniform_(0.3, 1)
    return torch.where(chance(STROKES, count, device), pixels.lerp(other, weight), pixels)


def groups(count, share):
    """GROUPS disjoint random parts of a batch, `share` of it in total."""
    order, size = torch.randperm(count), round(share * count / GROUPS)
    return [part for part in order[:GROUPS * size].split(max(1, size)) if size]


def coarse(pixels):
    """A share of the pictures at a lower resolution, enlarged to the same size."""
    size = pixels.shape[2:]
    for part in groups(len(pixels), COARSE):
        scale = math.exp(torch.empty(1).uniform_(math.log(COARSEST), math.log(FINEST)))
        part = part.to(pixels.device)
        small = F.interpolate(pixels[part], [max(4, round(side * scale)) for side in size], mode="bilinear", antialias=True)
        mode = "bilinear" if torch.rand(1) < 0.5 else "bicubic"
        pixels[part] = F.interpolate(small, size, mode=mode).clamp(0, 255)
    return pixels


def blurred(pixels, share):
    for part in groups(len(pixels), share):
        part, sigma = part.to(pixels.device), torch.empty(1).uniform_(*SIGMAS).item()
        window = torch.exp(-0.5 * (torch.arange(-4, 5, device=pixels.device) / sigma) ** 2)
        window = (window / window.sum()).expand(3, 1, 1, 9)
        wide = F.pad(pixels[part], (4, 4, 4, 4), mode="reflect")
        pixels[part] = F.conv2d(F.conv2d(wide, window, groups=3), window.transpose(2, 3), groups=3)
    return pixels


def shaded(pixels):
    """The share of light at each pixel of a picture with the edge of a shadow."""
    count, _, height, width = pixels.shape
    device = pixels.device
    a, b, offset = (torch.empty(count, 1, 1, 1, device=device).uniform_(-size, size) for size in (1, 1, 0.4))
    x, y = (torch.linspace(-1, 1, side, device=device) for side in (width, height))
    lit = a * x + b * y[:, None] + offset > 0
    return torch.where(lit, 1.0, torch.empty(count, 1, 1, 1, device=device).uniform_(0.35, 0.8))


def covered(pixels, share, smallest=4, largest=12):
    """A share of the pictures with a rectangle of one colour (Zhong et al., 2020, Random Erasing Data Augmentation)."""
    count, _, height, width = pixels.shape
    device = pixels.device

    def along(side):
        place = torch.arange(side, device=device)
        middle = torch.rand(count, 1, device=device) * side
        return (place - middle).abs() < torch.empty(count, 1, device=device).uniform_(smallest, largest) / 2

    hidden = along(height)[:, None, :, None] & along(width)[:, None, None, :] & chance(share, count, device)
    return torch.where(hidden, torch.rand(count, 3, 1, 1, device=device) * 255, pixels)


def damaged(pixels):
    """Pictures with another light, colour, sharpness and noise, in the order in which a camera changes them."""
    count, device = len(pixels), pixels.device
    grey = (pixels * torch.tensor([0.299, 0.587, 0.114], device=device)[:, None, None]).sum(1, keepdim=True)
    pixels = torch.where(chance(0.15, count, device), grey, pixels)
    gamma, gain = normal(count, 0.3, device).exp(), normal(count, 0.25, device).exp()
    curve = ((pixels / 255).clamp(1e-4, 1) ** gamma - 0.5) * gain * normal(count, 0.06, device, 3).exp() + 0.5 + normal(count, 0.08, device)
    pixels = torch.where(chance(0.7, count, device), (curve * 255).clamp(0, 255), pixels)
    pixels = torch.where(chance(0.12, count, device), 255 - pixels, pixels)
    pixels = torch.where(chance(0.06, count, device), pixels.flip(1), pixels)
    pixels = torch.where(chance(0.08, count, device), pixels * shaded(pixels), pixels)
    pixels = blurred(pixels, 0.25)
    grain = torch.randn_like(pixels) * torch.empty(count, 1, 1, 1, device=device).uniform_(2, 12)
    return torch.where(chance(0.2, count, device), pixels + grain, pixels).clamp(0, 255)


def levels(pixels):
    """Pixels of 7 bits, as the networks take them."""
    return (pixels.clamp(0, 255) / 2).to(torch.uint8)
