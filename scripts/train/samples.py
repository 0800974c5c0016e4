"""Training canvases: photographs, rendered signs and backgrounds at the scale the network works at, damaged as in the street."""
import collections
import dataclasses
import math
import random

import cv2
import numpy as np
import torch

import composing
import seams
import shape
import targets
from render import Renderer, weather

cv2.setNumThreads(0)  # canvases are made by several processes; OpenCV's own threads don't survive a fork

SHAPES = ((128, 128), (160, 96), (96, 160), (192, 80), (144, 112))  # width, height: about as many pixels each
TEXTURES = 64  # backgrounds that rendered surfaces take their unevenness from
POOL, ANEW = 240, 0.1  # signs, and composed numbers, at hand in each process; the share of uses for which one is made anew
MOST = 80  # pixels that the digits of a rendered sign are high
FINEST, COARSEST = 0.45, 1.1  # how much smaller or larger than it was drawn a sign of the pool is shown
MEMORY = 8000  # photographs that a process keeps decoded


def halved(image):
    """The pyramid's halving, exactly as streetnum does it: the mean of four pixels, rounded half up."""
    height, width = image.shape[0] // 2, image.shape[1] // 2
    return cv2.resize(image[:2 * height, :2 * width], (width, height), interpolation=cv2.INTER_AREA)


def halvings(image):
    """The picture and its halvings, as long as they show anything."""
    chain = [image]
    while min(chain[-1].shape[:2]) >= 32:
        chain.append(halved(chain[-1]))
    return chain


def enlarged(image):
    """The pyramid's twofold enlargement, exactly as streetnum does it: bilinear, weights 9, 3, 3 and 1 of 16."""
    wide = np.pad(image.astype(np.uint16), ((1, 1), (1, 1), (0, 0)), mode="edge")
    height, width = image.shape[:2]
    out = np.empty((2 * height, 2 * width, image.shape[2]), np.uint8)
    middle = wide[1:-1, 1:-1]
    for i, row in ((0, wide[:-2]), (1, wide[2:])):
        for j, columns in ((0, slice(0, -2)), (1, slice(2, None))):
            across = wide[1:-1, columns]
            out[i::2, j::2] = (9 * middle + 3 * row[:, 1:-1] + 3 * across + row[:, columns] + 8) >> 4
    return out


def level_map(matrix, level):
    """A homography of a picture, counted from the corner, as OpenCV takes it for the picture's halving: by pixels' middles."""
    unit = 2.0**level
    from_level = np.array([[unit, 0, 0.5 * unit], [0, unit, 0.5 * unit], [0, 0, 1]])
    to_middle = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
    return to_middle @ matrix @ from_level


def visible(before, after, boxes):
    """Whether every digit stands out: dark ones without a plate vanish on dark ground."""
    change = cv2.cvtColor(cv2.absdiff(before, after), cv2.COLOR_RGB2GRAY)
    for _, left, top, w, h in boxes:
        part = change[max(0, int(top)):max(0, int(top + h) + 1), max(0, int(left)):max(0, int(left + w) + 1)]
        if part.size and np.percentile(part, 80) < 16:
            return False
    return True


class Canvases(torch.utils.data.IterableDataset):
    """Endless batches of (pixels, classes, asked, sides, positive) from what a `Painter` draws."""

    def __init__(self, material, batch, seed):
        self.material, self.batch, self.seed = material, batch, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        seed = self.seed * 1000 + (worker.id if worker else 0)
        painter = Painter(self.material, random.Random(seed))
        while True:
            shape = painter.rng.choice(SHAPES)
            rows = [painter.canvas(*shape) for _ in range(self.batch)]
            yield tuple(torch.from_numpy(np.stack(part)) for part in zip(*rows))


@dataclasses.dataclass
class Material:
    """What training pictures are made of. `numbers` are (photograph, boxes of its number in reading order), the hard ones several
    times; `lures` (photograph, boxes) of what looks like digits and is none; `singles` and `letters` photographs of one character
    each, which fills them; `written_digits` pictures of digits written by hand, by digit, or None."""
    numbers: list
    lures: list
    backgrounds: list
    singles: list
    letters: list
    written_digits: list | None = None

    def boxed(self):
        return [p for p, _ in self.numbers if len(p.digits)]


class Painter:
    """Draws canvases."""

    def __init__(self, material, rng):
        self.rng, self.material = rng, material
        self.photographs, self.lures, self.backgrounds = material.boxed(), material.lures, material.backgrounds
        self.noise = np.random.default_rng(rng.randrange(1 << 30))
        self.decoded = collections.OrderedDict()
        textures = [p.pixels() for p in rng.sample(self.backgrounds, min(TEXTURES, len(self.backgrounds)))]
        self.renderer = Renderer(rng, textures, written_digits=material.written_digits)
        self.composer = composing.Composer(material.numbers, material.singles, material.letters, self.whole,
                                           lambda size: self.background(size, 1), rng)
        self.signs, self.numbers = [], []

    def canvas(self, width, height):
        """One canvas: 3 x height x width pixels of 7 bits, and its targets."""
        pixels, digits = self.drawn(width, height)
        return ((pixels >> 1), *targets.build(digits, width, height))

    def drawn(self, width, height, damaged=1.0):
        """A canvas, 3 x height x width pixels of 8 bits, and its digits; `damaged` is the share of canvases with another light,
        blur and noise."""
        # A part of the canvases comes through the pyramid's own halving or enlarging.
        step = self.rng.choices((1, 2, 0.5), (0.5, 0.3, 0.2))[0]
        size = (int(width * step), int(height * step))
        kind = self.rng.random()
        if kind < 0.46 and self.photographs:
            photograph = self.rng.choice(self.photographs)
            box = self.rng.choice(photograph.digits)[1:]
            image, digits = self.seen(self.pixels(photograph), photograph.digits, box, size, step)
        elif kind < 0.58 and (made := self.composed()):
            chain = made[1]
            image, digits = self.seen(chain, made[0].digits, self.rng.choice(made[0].digits)[1:], size, step)
        elif kind < 0.64 and self.lures:
            photograph, boxes = self.rng.choice(self.lures)
            image, digits = self.seen(self.pixels(photograph), photograph.digits, self.rng.choice(boxes), size, step)
        else:
            image, digits = self.background(size, step), np.zeros((0, 5), np.float32)
            if kind < 0.68 and self.material.letters:
                image = self.lettered(image, step)
            elif kind < 0.88:
                for _ in range(self.rng.choice((1, 1, 1, 2))):
                    image, digits = self.with_sign(image, digits, step)
        if self.rng.random() < 0.06:
            image = weather(image, self.rng)
        if self.rng.random() < damaged:
            image = self.damaged(image)
        if step == 2:
            image = halved(image)
        elif step == 0.5:
            image = enlarged(image)
        digits = digits.copy()
        digits[:, 1:] /= step
        return np.ascontiguousarray(image.transpose(2, 0, 1)), digits

    def pixels(self, photograph):
        """A picture's halvings, decoded and kept for a while."""
        key = id(photograph)
        if key in self.decoded:
            self.decoded.move_to_end(key)
        else:
            self.decoded[key] = halvings(photograph.pixels())
            if len(self.decoded) > MEMORY:
                self.decoded.popitem(last=False)
        return self.decoded[key]

    def whole(self, photograph):
        return self.pixels(photograph)[0]

    def composed(self):
        """A number put together from digits of photographs, and its halvings; None where too few fit together."""
        if len(self.numbers) < POOL or self.rng.random() < ANEW:
            made = self.composer.composed()
            if made is None:
                return self.rng.choice(self.numbers) if self.numbers else None
            self.numbers = self.numbers[1 - POOL:] + [(made, halvings(made.pixels))]
            return self.numbers[-1]
        return self.rng.choice(self.numbers)

    def sign(self, height):
        """A rendered sign, and the height of its main digits: of those at hand one that may be shown `height` pixels high."""
        if len(self.signs) >= POOL and self.rng.random() >= ANEW:
            for _ in range(8):
                sign, unit = self.rng.choice(self.signs)
                if FINEST <= height / unit <= COARSEST:
                    return sign, unit
        unit = min(height * self.rng.uniform(1.0, 1.6), MOST)
        self.signs = self.signs[1 - POOL:] + [(self.renderer.sign(unit), unit)]
        return self.signs[-1]

    def warped(self, chain, matrix, size, scale):
        """The picture under a homography, without aliasing: taken from the nearest halving. It gets larger by `scale`."""
        level = min(len(chain) - 1, max(0, int(math.floor(-math.log2(max(scale, 1e-6)) + 0.3))))
        local = level_map(matrix, level)
        mode = self.rng.choice((cv2.INTER_LINEAR, cv2.INTER_LINEAR, cv2.INTER_CUBIC))
        image = cv2.warpPerspective(chain[level], local, size, flags=mode, borderMode=cv2.BORDER_REPLICATE)
        mask = cv2.warpPerspective(np.full(chain[level].shape[:2], 255, np.uint8), local, size, flags=cv2.INTER_NEAREST)
        return image, mask

    def height(self):
        """A digit's height in the network's pixels: the octave, its tolerance, and a little beyond it."""
        if self.rng.random() < 0.85:
            return math.exp(self.rng.uniform(math.log(12.5), math.log(40)))
        return math.exp(self.rng.uniform(math.log(6), math.log(90)))

    def seen(self, chain, digits, box, size, step):
        """A part of a picture around a box as a camera may see it, and its digits."""
        left, top, w, h = (float(v) for v in box)
        height = self.height() * step
        target = (self.rng.uniform(0.12, 0.88) * size[0], self.rng.uniform(0.12, 0.88) * size[1])
        own = shape.drawn(self.rng, max(size) / height)
        matrix = shape.placed(own, (left + w / 2, top + h / 2), (w, h), height, target)
        if self.rng.random() < 0.2:  # the picture's own rim at the canvas's rim, as the first column and row have it
            corner = matrix @ np.array([0, 0, 1.0])
            if corner[2] > 0.2:
                matrix = np.array([[1, 0, -corner[0] / corner[2]], [0, 1, -corner[1] / corner[2]], [0, 0, 1.0]]) @ matrix
        scale = math.sqrt(abs(np.linalg.det(shape.jacobians(matrix, [(left + w / 2, top + h / 2)])[0])))
        image, mask = self.warped(chain, matrix, size, scale)
        if mask.min() < 255:
            fill = self.rng.random()
            if fill < 0.5:
                behind = self.background(size, step)
            elif fill < 0.8:
                behind = image
            else:
                behind = np.full_like(image, self.rng.choice((0, 0, self.rng.randrange(256))))
            image = np.where(mask[:, :, None] > 127, image, behind)
        return image, shape.of_boxes(digits, matrix)

    def background(self, size, step):
        if self.rng.random() < 0.08:
            shade = np.array([self.rng.randrange(256) for _ in range(3)], np.uint8)
            return np.broadcast_to(shade, (size[1], size[0], 3)).copy()
        chain = self.pixels(self.rng.choice(self.backgrounds))
        height, width = chain[0].shape[:2]
        scale = step * math.exp(self.rng.uniform(math.log(0.25), math.log(1.5)))
        scale = max(scale, size[0] / width, size[1] / height)
        spare = (width - size[0] / scale, height - size[1] / scale)
        level = min(len(chain) - 1, max(0, int(math.floor(-math.log2(scale) + 0.3))))
        x, y = (self.rng.uniform(0, max(s, 0)) / 2**level for s in spare)
        part = chain[level][int(y):int(y + size[1] / scale / 2**level) + 1, int(x):int(x + size[0] / scale / 2**level) + 1]
        image = cv2.resize(part, size, interpolation=cv2.INTER_LINEAR)
        return image[:, ::-1].copy() if self.rng.random() < 0.5 else image

    def lettered(self, image, step):
        """A background with letters of photographs on it, which are no digits."""
        rng, image = self.rng, np.ascontiguousarray(image)
        height = self.height() * step
        x, y = rng.uniform(0, 0.4) * image.shape[1], rng.uniform(0, 0.8) * image.shape[0]
        for _ in range(rng.randint(1, 4)):
            picture = self.whole(rng.choice(self.material.letters))
            width = max(3, round(height * rng.uniform(0.5, 1.2)))
            part = cv2.resize(picture, (width, max(3, round(height))), interpolation=cv2.INTER_AREA)
            place = image[int(y):int(y) + part.shape[0], int(x):int(x) + width]
            if min(place.shape[:2]) < 3:
                break
            seams.set_in(place, part[:place.shape[0], :place.shape[1]], rng.choice(("faded", "hard", "difference")))
            x += width * rng.uniform(1.0, 1.4)
        return image

    def with_sign(self, image, digits, step):
        height = self.height() * step
        sign, unit = self.sign(height)
        size = (image.shape[1], image.shape[0])
        middle = (sign.pixels.shape[1] / 2, sign.pixels.shape[0] / 2)
        target = (self.rng.uniform(0.1, 0.9) * size[0], self.rng.uniform(0.1, 0.9) * size[1])
        own = shape.drawn(self.rng, max(sign.pixels.shape[:2]) / unit)
        matrix = shape.placed(own, middle, (0.55 * unit, unit), height, target)
        # Colours are multiplied with their alpha before they are resampled: nothing black comes in from beyond the edges.
        pixels = sign.pixels.copy()
        pixels[:, :, :3] = cv2.multiply(pixels[:, :, :3], pixels[:, :, 3:].repeat(3, 2), scale=1 / 255)
        cut = cv2.warpPerspective(pixels, level_map(matrix, 0), size, flags=cv2.INTER_LINEAR)
        boxes = shape.of_boxes(sign.digits, matrix)
        solid = cut[:, :, 3] > 8
        # A plate hides what was there before: drop a plate that would cover an earlier one's digits.
        for _, left, top, w, h in digits:
            rows = slice(max(0, int(top)), max(0, int(top + h) + 1))
            if solid[rows, max(0, int(left)):max(0, int(left + w) + 1)].any():
                return image, digits
        if self.rng.random() < 0.3:
            cut = (cut * self.rng.uniform(0.75, 1.0)).astype(np.uint8)
        behind = cv2.multiply(image, (255 - cut[:, :, 3:]).repeat(3, 2), scale=1 / 255)
        pasted = cv2.add(behind, np.ascontiguousarray(cut[:, :, :3]))
        if not visible(image, pasted, boxes):
            return image, digits
        return pasted, np.concatenate([digits, boxes])

    def damaged(self, image):
        """Light, colour, blur, noise and compression."""
        rng = self.rng
        if rng.random() < 0.15:
            image = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        if rng.random() < 0.7:
            ramp = np.arange(256, dtype=np.float32) / 255
            tables = []
            gamma, gain, lift = math.exp(rng.gauss(0, 0.3)), math.exp(rng.gauss(0, 0.25)), rng.gauss(0, 0.08)
            for _ in range(3):
                curve = (ramp**gamma - 0.5) * gain * math.exp(rng.gauss(0, 0.06)) + 0.5 + lift
                tables.append(np.clip(curve * 255, 0, 255).astype(np.uint8))
            image = cv2.LUT(image, np.stack(tables, -1)[None])
        if rng.random() < 0.12:
            image = 255 - image
        if rng.random() < 0.06:
            image = np.ascontiguousarray(image[:, :, ::-1])
        if rng.random() < 0.08:  # a shadow's edge, or the sun's
            a, b = rng.uniform(-1, 1), rng.uniform(-1, 1)
            y, x = np.mgrid[-1:1:image.shape[0] * 1j, -1:1:image.shape[1] * 1j]
            side = (a * x + b * y + rng.uniform(-0.4, 0.4) > 0)[:, :, None]
            image = np.where(side, image, (image * rng.uniform(0.35, 0.8)).astype(np.uint8))
        if rng.random() < 0.2:
            image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.3))
        elif rng.random() < 0.1:
            size = (image.shape[1], image.shape[0])
            small = cv2.resize(image, None, fx=rng.uniform(0.5, 0.8), fy=rng.uniform(0.5, 0.8), interpolation=cv2.INTER_AREA)
            image = cv2.resize(small, size, interpolation=cv2.INTER_LINEAR)
        if rng.random() < 0.2:
            grain = self.noise.normal(0, rng.uniform(2, 12), image.shape)
            image = np.clip(image + grain, 0, 255).astype(np.uint8)
        if rng.random() < 0.2:
            _, coded = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, rng.randint(25, 90)))
            image = cv2.imdecode(coded, cv2.IMREAD_COLOR)
        return image


class Judge:
    """How well a detector finds the digits of canvases that were kept out: the F1 score of the cells of its output."""

    def __init__(self, material, count=24, seed=77):
        batches = iter(Canvases(material, 16, seed))
        self.batches = [next(batches) for _ in range(count)]

    @torch.no_grad()
    def __call__(self, network):
        device, hit, said, there = next(network.parameters()).device, 0, 0, 0
        for pixels, classes, asked, _, positive in self.batches:
            scores = network((pixels.to(device).float() / 127))[:, :classes.shape[1]].cpu()
            sure = (scores > 0) & (asked > 0)
            hit += (sure & (classes > 0)).sum().item()
            said += sure.sum().item()
            there += positive.sum().item()
        return 2 * hit / max(said + there, 1)


def sheet(path, material, count=48, seed=5):
    """A picture of what is trained on, with its targets: positive cells as dots."""
    painter = Painter(material, random.Random(seed))
    tiles = []
    for _ in range(count):
        pixels, classes, _, sides, positive = painter.canvas(128, 128)
        tile = cv2.resize(pixels.transpose(1, 2, 0) * 2, (256, 256), interpolation=cv2.INTER_NEAREST)
        for row, column in zip(*np.nonzero(positive)):
            digit = int(classes[:, row, column].argmax())
            x, y = column * 4 + 0.5, row * 4 + 0.5
            left, top, right, bottom = sides[:, row, column] * targets.SIDE_UNIT
            cv2.circle(tile, (int(2 * x), int(2 * y)), 2, (255, 0, 255), -1)
            corners = (int(2 * (x - left)), int(2 * (y - top))), (int(2 * (x + right)), int(2 * (y + bottom)))
            cv2.rectangle(tile, *corners, (0, 255, 0))
            cv2.putText(tile, str(digit), (int(2 * x), int(2 * (y - top))), cv2.FONT_HERSHEY_PLAIN, 1, (255, 0, 0))
        tiles.append(tile)
    rows = [np.hstack(tiles[i:i + 8]) for i in range(0, count, 8)]
    cv2.imwrite(path, cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
