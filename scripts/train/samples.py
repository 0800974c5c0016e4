"""Training canvases: photographs, rendered signs and backgrounds at the scale the network works at, damaged as in the street."""
import math
import random

import cv2
import numpy as np
import torch

import targets
from render import Renderer, weather

cv2.setNumThreads(0)  # canvases are made by several processes; OpenCV's own threads don't survive a fork

SHAPES = ((128, 128), (160, 96), (96, 160), (192, 80), (144, 112))  # width, height: about as many pixels each
TEXTURES = 64  # backgrounds that rendered surfaces take their unevenness from


def halved(image):
    """The pyramid's halving, exactly as streetnum does it: the mean of four pixels, rounded half up."""
    height, width = image.shape[0] // 2 * 2, image.shape[1] // 2 * 2
    wide = image[:height, :width].astype(np.uint16)
    return ((wide[::2, ::2] + wide[1::2, ::2] + wide[::2, 1::2] + wide[1::2, 1::2] + 2) >> 2).astype(np.uint8)


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


def shapes_of_boxes(boxes, matrix):
    """Upright boxes around digits that an affine map moved. Digits fill their boxes like ellipses more than like
    rectangles, so a turned box grows less than its corners say."""
    if not len(boxes):
        return boxes
    out = boxes.copy()
    centre = boxes[:, 1:3] + boxes[:, 3:5] / 2
    moved = centre @ matrix[:, :2].T + matrix[:, 2]
    half = boxes[:, 3:5] / 2
    straight, across = np.abs(np.diag(matrix)), np.abs(np.array([matrix[0, 1], matrix[1, 0]]))
    size = 2 * (half * straight + 0.6 * half[:, ::-1] * across)
    out[:, 1:3], out[:, 3:5] = moved - size / 2, size
    return out


def visible(before, after, boxes):
    """Whether every digit stands out: dark ones without a plate vanish on dark ground."""
    change = cv2.cvtColor(cv2.absdiff(before, after), cv2.COLOR_RGB2GRAY)
    for _, left, top, w, h in boxes:
        part = change[max(0, int(top)):max(0, int(top + h) + 1), max(0, int(left)):max(0, int(left + w) + 1)]
        if part.size and np.percentile(part, 80) < 16:
            return False
    return True


def fade_in(part, pixels):
    """Draws pixels over a part of a picture of the same size, the edges faded."""
    height, width = part.shape[:2]
    rim = max(1, min(width, height) // 12)
    weight = np.zeros((height, width), np.float32)
    weight[rim:height - rim, rim:width - rim] = 1
    weight = cv2.GaussianBlur(weight, (0, 0), rim / 2)[:, :, None]
    part[:] = (pixels * weight + part * (1 - weight)).round().astype(np.uint8)


class Canvases(torch.utils.data.IterableDataset):
    """Endless batches of (pixels, classes, asked, sides, positive)."""

    def __init__(self, photographs, lures, backgrounds, batch, seed):
        self.photographs, self.lures, self.backgrounds = photographs, lures, backgrounds
        self.batch, self.seed = batch, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        seed = self.seed * 1000 + (worker.id if worker else 0)
        painter = Painter(self.photographs, self.lures, self.backgrounds, random.Random(seed))
        while True:
            shape = painter.rng.choice(SHAPES)
            rows = [painter.canvas(*shape) for _ in range(self.batch)]
            yield tuple(torch.from_numpy(np.stack(part)) for part in zip(*rows))


class Painter:
    """Draws canvases. `lures` are (photograph, boxes) of what looks like digits and is none."""

    def __init__(self, photographs, lures, backgrounds, rng):
        self.rng, self.photographs, self.lures, self.backgrounds = rng, photographs, lures, backgrounds
        self.noise = np.random.default_rng(rng.randrange(1 << 30))
        self.decoded = {}
        self.renderer = Renderer(rng, [p.pixels() for p in rng.sample(backgrounds, min(TEXTURES, len(backgrounds)))])

    def canvas(self, width, height):
        """One canvas: 3 x height x width pixels of 7 bits, and its targets."""
        # A part of the canvases comes through the pyramid's own halving or enlarging.
        step = self.rng.choices((1, 2, 0.5), (0.5, 0.3, 0.2))[0]
        size = (int(width * step), int(height * step))
        kind = self.rng.random()
        if kind < 0.58:
            photograph = self.rng.choice(self.photographs)
            image, digits = self.photograph(photograph, self.rng.choice(photograph.digits)[1:], size, step)
        elif kind < 0.64 and self.lures:
            photograph, boxes = self.rng.choice(self.lures)
            image, digits = self.photograph(photograph, self.rng.choice(boxes), size, step)
        else:
            image, digits = self.background(size, step), np.zeros((0, 5), np.float32)
            if kind < 0.86:
                for _ in range(self.rng.choice((1, 1, 2, 3))):
                    image, digits = self.with_plate(image, digits, step)
        if self.rng.random() < 0.06:
            image = weather(image, self.rng)
        image = self.damaged(image)
        if step == 2:
            image = halved(image)
        elif step == 0.5:
            image = enlarged(image)
        digits = digits.copy()
        digits[:, 1:] /= step
        pixels = (image >> 1).transpose(2, 0, 1)
        return (np.ascontiguousarray(pixels), *targets.build(digits, width, height))

    def pixels(self, photograph):
        """Decoded and kept: the sets at hand fit into memory."""
        key = id(photograph)
        if key not in self.decoded:
            self.decoded[key] = halvings(photograph.pixels())
        return self.decoded[key]

    def warped(self, chain, matrix, size):
        """The picture under an affine map, without aliasing: taken from the nearest halving."""
        scale = math.sqrt(abs(np.linalg.det(matrix[:, :2])))
        level = min(len(chain) - 1, max(0, int(math.floor(-math.log2(max(scale, 1e-6)) + 0.3))))
        local = matrix.copy()
        # Pixel centres: level coordinates are picture coordinates over 2^level, both counted from the corner.
        local[:, :2] *= 2.0**level
        local[:, 2] += local[:, :2].sum(1) * 0.5 - 0.5
        mode = self.rng.choice((cv2.INTER_LINEAR, cv2.INTER_LINEAR, cv2.INTER_CUBIC))
        image = cv2.warpAffine(chain[level], local, size, flags=mode, borderMode=cv2.BORDER_REPLICATE)
        mask = cv2.warpAffine(np.full(chain[level].shape[:2], 255, np.uint8), local, size, flags=cv2.INTER_LINEAR)
        return image, mask

    def affine(self, scale, anchor, target):
        """A map of `scale` with a small turn, slant and stretch that puts `anchor` on `target`."""
        angle = math.radians(self.rng.gauss(0, 4) if self.rng.random() < 0.85 else self.rng.uniform(-28, 28))
        stretch, slant = math.exp(self.rng.gauss(0, 0.08)), self.rng.gauss(0, 0.06)
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        linear = scale * turn @ np.array([[stretch, slant], [0.0, 1.0 / stretch]])
        return np.hstack([linear, (np.array(target) - linear @ np.array(anchor))[:, None]])

    def height(self):
        """A digit's height in the network's pixels: the octave, its tolerance, and a little beyond it."""
        if self.rng.random() < 0.85:
            return math.exp(self.rng.uniform(math.log(12.5), math.log(40)))
        return math.exp(self.rng.uniform(math.log(6), math.log(90)))

    def photograph(self, photograph, box, size, step):
        """A part of a photograph around a box, and its digits."""
        chain = self.pixels(photograph)
        left, top, w, h = box
        scale = self.height() * step / max(h, 1.0)
        target = (self.rng.uniform(0.12, 0.88) * size[0], self.rng.uniform(0.12, 0.88) * size[1])
        matrix = self.affine(scale, (left + w / 2, top + h / 2), target)
        if self.rng.random() < 0.25:  # the picture's own rim at the canvas's rim, as the first column and row have it
            corner = matrix[:, :2] @ np.array([0.0, 0.0]) + matrix[:, 2]
            matrix[:, 2] -= np.array([corner[0], corner[1]])
        image, mask = self.warped(chain, matrix, size)
        if mask.min() < 255:
            fill = self.rng.random()
            if fill < 0.5:
                behind = self.background(size, step)
            elif fill < 0.8:
                behind = image
            else:
                behind = np.full_like(image, self.rng.choice((0, 0, self.rng.randrange(256))))
            weight = mask[:, :, None].astype(np.uint16)
            image = ((image * weight + behind * (255 - weight)) // 255).astype(np.uint8)
        return image, shapes_of_boxes(photograph.digits, matrix)

    def background(self, size, step):
        if self.rng.random() < 0.08:
            shade = np.array([self.rng.randrange(256) for _ in range(3)], np.uint8)
            return np.broadcast_to(shade, (size[1], size[0], 3)).copy()
        chain = self.pixels(self.rng.choice(self.backgrounds))
        height, width = chain[0].shape[:2]
        scale = step * math.exp(self.rng.uniform(math.log(0.25), math.log(1.5)))
        scale = max(scale, size[0] / width, size[1] / height)
        spare = (width - size[0] / scale, height - size[1] / scale)
        corner = (self.rng.uniform(0, max(spare[0], 0)), self.rng.uniform(0, max(spare[1], 0)))
        matrix = np.array([[scale, 0, -corner[0] * scale], [0, scale, -corner[1] * scale]])
        image, _ = self.warped(chain, matrix, size)
        return image[:, ::-1].copy() if self.rng.random() < 0.5 else image

    def with_plate(self, image, digits, step):
        height = self.height() * step
        sign = self.renderer.sign(height)
        size = (image.shape[1], image.shape[0])
        middle = (sign.pixels.shape[1] / 2, sign.pixels.shape[0] / 2)
        target = (self.rng.uniform(0.1, 0.9) * size[0], self.rng.uniform(0.1, 0.9) * size[1])
        matrix = self.affine(1.0, middle, target)
        local = matrix.copy()
        local[:, 2] += local[:, :2].sum(1) * 0.5 - 0.5
        # Colours are multiplied with their alpha before they are resampled: nothing black comes in from beyond the edges.
        pixels = sign.pixels.copy()
        pixels[:, :, :3] = cv2.multiply(pixels[:, :, :3], pixels[:, :, 3:].repeat(3, 2), scale=1 / 255)
        cut = cv2.warpAffine(pixels, local, size, flags=cv2.INTER_LINEAR)
        boxes = shapes_of_boxes(sign.digits, matrix)
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


def sheet(path, photographs, lures, backgrounds, count=48):
    """A picture of what is trained on, with its targets: positive cells as dots."""
    painter = Painter(photographs, lures, backgrounds, random.Random(5))
    tiles = []
    for _ in range(count):
        pixels, classes, _, sides, positive = painter.canvas(128, 128)
        tile = cv2.resize(pixels.transpose(1, 2, 0) * 2, (256, 256), interpolation=cv2.INTER_NEAREST)
        for row, column in zip(*np.nonzero(positive)):
            digit = int(classes[:, row, column].argmax())
            x, y = column * 4 + 0.5, row * 4 + 0.5
            left, top, right, bottom = sides[:, row, column] * targets.SIDE_UNIT
            cv2.circle(tile, (int(2 * x), int(2 * y)), 2, (255, 0, 255), -1)
            cv2.rectangle(tile, (int(2 * (x - left)), int(2 * (y - top))), (int(2 * (x + right)), int(2 * (y + bottom))), (0, 255, 0))
            cv2.putText(tile, str(digit), (int(2 * x), int(2 * (y - top))), cv2.FONT_HERSHEY_PLAIN, 1, (255, 0, 0))
        tiles.append(tile)
    rows = [np.hstack(tiles[i:i + 8]) for i in range(0, count, 8)]
    cv2.imwrite(path, cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
