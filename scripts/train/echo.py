"""Data echoing (Choi et al., 2019, arXiv:1907.05550): a GPU uses each training picture several times and augments it anew each time.

A GPU learns from far more pictures per second than processes can draw. The processes draw pictures with a margin and without damage,
a thread copies them into a ring buffer in the GPU's memory, and each step takes a random batch of these, which is warped and damaged
on the GPU (damage.py).
"""
import math
import random
import threading

import cv2
import numpy as np
import torch

import crops
import damage
import readings
import samples
import targets

SENT = 32  # pictures that a process sends at once
FIRST = 2048  # pictures in the buffers before the first step
WINDOW = crops.Window(rim=10, fine=1.5)  # of a crop in the buffer
RIM = 20  # margin of a canvas in the buffer, in pixels
CORNERED = 0.2  # the share of canvases taken from the upper left corner, where many show the first row and column of a photograph
MOST_DIGITS = 40  # of a canvas
CODED = 0.2  # the share of crops that are encoded as JPEG and decoded
ERASED = 0.12  # the share of crops with a covered rectangle


class Kept:
    """A ring buffer with the newest pictures of one size, on the device; their labels are on the CPU."""

    def __init__(self, capacity, device):
        self.capacity, self.device = capacity, device
        self.pixels, self.known, self.count = None, None, 0

    def add(self, pixels, known):
        if self.pixels is None:
            self.pixels = torch.empty((self.capacity, *pixels.shape[1:]), dtype=torch.uint8, device=self.device)
            self.known = torch.empty((self.capacity, *known.shape[1:]), dtype=known.dtype)
        places = (self.count + torch.arange(len(pixels))) % self.capacity
        self.pixels[places.to(self.device)] = pixels.to(self.device)
        self.known[places] = known
        self.count += len(pixels)

    def drawn(self, count):
        places = torch.randint(min(self.count, self.capacity), (count,))
        return self.pixels[places.to(self.device)], self.known[places]


class Echo:
    """Endless batches of pictures from ring buffers that other processes fill. A subclass's `changed(size, pixels, known)` augments
    them."""

    def __init__(self, drawers, workers, capacity, device, seed):
        self.drawers, self.workers, self.capacity, self.device, self.seed = drawers, workers, capacity, device, seed
        self.kept, self.lock, self.started, self.fault = {}, threading.Lock(), None, None

    def keep(self):
        self.drawers.seed = self.seed
        try:
            for size, pixels, known in torch.utils.data.DataLoader(self.drawers, batch_size=None, num_workers=self.workers):
                with self.lock:
                    self.kept.setdefault(tuple(size), Kept(self.capacity, self.device)).add(pixels, known)
                    if self.total() >= FIRST:
                        self.started.set()
        except Exception as fault:  # the thread that learns raises it
            self.fault = fault
            self.started.set()

    def total(self):
        return sum(kept.count for kept in self.kept.values())

    def __iter__(self):
        if self.started is None:
            self.started = threading.Event()
            threading.Thread(target=self.keep, daemon=True).start()
        self.started.wait()
        while True:
            if self.fault:
                raise self.fault
            with self.lock:
                sizes, counts = zip(*((size, kept.count) for size, kept in self.kept.items()))
                size = random.choices(sizes, counts)[0]
                pixels, known = self.kept[size].drawn(self.count_of(size))
            yield self.changed(size, pixels, known)


class DrawnCrops(torch.utils.data.IterableDataset):
    """Endless batches of (size, undamaged pixels, digits padded with -1)."""

    def __init__(self, material, seed=1):
        self.material, self.seed = material, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = random.Random(self.seed * 1000 + (worker.id if worker else 0))
        cutter, waiting = readings.Cutter(self.material, rng, WINDOW), {width: [] for width in crops.WIDTHS}
        widths = {WINDOW.size(width)[0]: width for width in crops.WIDTHS}
        while True:
            image, text = cutter.undamaged()
            if rng.random() < CODED:
                _, coded = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, rng.randint(25, 90)))
                image = cv2.imdecode(coded, cv2.IMREAD_COLOR)
            width = widths[image.shape[1]]
            digits = [int(c) for c in text] + [-1] * (readings.MOST_DIGITS - len(text))
            waiting[width].append((image.transpose(2, 0, 1), digits))
            if len(waiting[width]) == SENT:
                pixels, known = zip(*waiting[width])
                yield (width, crops.CROP_HEIGHT), torch.from_numpy(np.stack(pixels)), torch.tensor(known, dtype=torch.int8)
                waiting[width] = []


class EchoedCrops(Echo):
    """Endless batches of (pixels, digits of all texts, lengths of the texts), as those of `readings.Readings`. Digits and lengths are
    on the CPU, where the loss needs them."""

    def __init__(self, material, seed, share, workers, device, capacity=60_000):
        super().__init__(DrawnCrops(material), workers, capacity, device, seed)
        self.share = share

    def count_of(self, size):
        return max(1, round(self.share * readings.PIXELS / math.prod(size)))

    def changed(self, size, pixels, known):
        count, device = len(pixels), self.device
        across, down = torch.randn(count, device=device) * 0.06, torch.randn(count, device=device) * 0.05
        slant, turn = torch.randn(count, device=device) * 0.05, torch.randn(count, device=device) * 0.02
        linear = torch.stack([torch.stack([across.exp(), slant], -1), torch.stack([turn * 0.5, down.exp()], -1)], 1)
        shift = (torch.randn(count, 2, device=device) * torch.tensor([1.5, 1.0], device=device)).clamp(-4, 4)
        image = damage.warped(damage.thickened(pixels.float()), linear, shift, size, WINDOW.fine, damage.BENT)
        image = damage.damaged(damage.coarse(damage.covered(image, ERASED)))
        known = known.long()
        return damage.levels(image), known[known >= 0], (known >= 0).sum(1)


class DrawnCanvases(torch.utils.data.IterableDataset):
    """Endless batches of (size, pixels of which some are damaged, rows of digit, left, top, width and height padded with -1)."""

    def __init__(self, material, seed=1):
        self.material, self.seed = material, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        painter = samples.Painter(self.material, random.Random(self.seed * 1000 + (worker.id if worker else 0)))
        while True:
            size = painter.rng.choice(samples.SHAPES)
            pixels, known = [], np.full((SENT, MOST_DIGITS, 5), -1, np.float32)
            while len(pixels) < SENT:
                image, digits = painter.drawn(size[0] + 2 * RIM, size[1] + 2 * RIM, damaged=0.4)
                if len(digits) <= MOST_DIGITS:
                    known[len(pixels), :len(digits)] = digits
                    pixels.append(image)
            yield size, torch.from_numpy(np.stack(pixels)), torch.from_numpy(known)


class EchoedCanvases(Echo):
    """Endless batches of (pixels, classes, asked, sides, positive), as those of `samples.Canvases`."""

    def __init__(self, material, batch, seed, workers, device, capacity=30_000):
        super().__init__(DrawnCanvases(material), workers, capacity, device, seed)
        self.batch = batch

    def count_of(self, _):
        return self.batch

    def changed(self, size, pixels, known):
        count, device, known = len(pixels), self.device, known.to(self.device)
        kind = torch.rand(count, device=device)[:, None]
        plain, first = kind < 0.3, kind < CORNERED
        scale = torch.empty(count, device=device).uniform_(-0.12, 0.12)
        across, down = (scale + torch.randn(count, device=device) * 0.04 for _ in range(2))
        slant, turn = torch.randn(count, device=device) * 0.05, torch.randn(count, device=device) * 0.03
        linear = torch.stack([torch.stack([across.exp(), slant + turn], -1), torch.stack([-turn, down.exp()], -1)], 1)
        linear = torch.where(plain[..., None], torch.eye(2, device=device), linear)
        shift = torch.empty(count, 2, device=device).uniform_(-14, 14)
        shift = torch.where(first, float(-RIM), torch.where(plain, shift.round(), shift))
        image = damage.warped(pixels, linear, shift, size)
        image = torch.where(damage.chance(0.75, count, device), damage.damaged(image), image)
        return damage.levels(image), *targets.built(moved(known, linear, shift, size), *size)


def moved(digits, linear, shift, size):
    """The digits of canvases in the buffer, [count, most, 5], after `damage.warped` to canvases of a size (width, height)."""
    rim = torch.tensor([size[0] / 2 + RIM, size[1] / 2 + RIM], device=digits.device)
    back = torch.linalg.inv(linear)
    middles = digits[..., 1:3] + digits[..., 3:] / 2 - rim - shift[:, None]
    middles = torch.einsum("bij,bkj->bki", back, middles) + rim - RIM
    width, height, steep = digits[..., 3], digits[..., 4], back.abs()[:, None]
    # as in shape.sizes
    sides = torch.stack([steep[..., 0, 0] * width + 0.6 * steep[..., 0, 1] * height,
                         steep[..., 1, 1] * height + 0.6 * steep[..., 1, 0] * width], -1)
    return torch.cat([digits[..., :1], middles - sides / 2, sides], -1)
