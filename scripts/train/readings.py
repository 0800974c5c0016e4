"""Training crops for the recogniser: numbers as candidates show them, and candidates that are no number."""
import math
import random

import cv2
import numpy as np
import torch

import crops
import damage
import mixing
import render
import samples
import shape
from graph import CROP_HEIGHT, DIGITS

PIXELS = 64 * 96 * CROP_HEIGHT  # of a batch
SCENES = 200  # rendered signs at hand
MIXED = 0.5  # the share of photographs whose digits are exchanged
RIM = 40  # pixels of background around a rendered sign
MOST_DIGITS = 6
LOWEST, HIGHEST = 26, 58  # pixels that digits are high before their crop is cut
STACKED, APART = 0.15, 1.4  # how often one digit is cut as of a stack; heights of it between neighbours there
CLIMBING = 0.4  # slope of a rendered number whose digits are set upright nevertheless
BEYOND = 1.6  # heights of a digit that are seen around a number before its crop is cut


def is_upright(place, steepest=crops.STEEPEST):
    """Whether digits stand above each other: then their path says nothing about how they lean."""
    run, rise = place[-1, :2] + place[-1, 2:] / 2 - place[0, :2] - place[0, 2:] / 2
    return bool(abs(rise) > steepest * run)


class Readings(torch.utils.data.IterableDataset):
    """Endless batches of (pixels, digits of all texts, lengths of the texts); a batch's crops are equally wide. `share` makes
    batches larger than PIXELS."""

    def __init__(self, material, seed, share=1.0):
        self.material, self.seed, self.share = material, seed, share

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        cutter = Cutter(self.material, random.Random(self.seed * 1000 + (worker.id if worker else 0)))
        waiting = {width: [] for width in crops.WIDTHS}
        while True:
            pixels, text = cutter.reading()
            width = pixels.shape[2]
            waiting[width].append((pixels, text))
            if len(waiting[width]) * width * CROP_HEIGHT >= self.share * PIXELS:
                yield batched(waiting[width])
                waiting[width] = []


def batched(readings):
    pixels = torch.from_numpy(np.stack([p for p, _ in readings]))
    texts = [t for _, t in readings]
    return pixels, torch.tensor([int(c) for t in texts for c in t]), torch.tensor([len(t) for t in texts])


class Cutter:
    """Cuts crops from what a `samples.Painter` has at hand; each is seen from somewhere before it is cut."""

    def __init__(self, material, rng, window=crops.PLAIN):
        self.numbers, self.lures, self.rng, self.window = material.numbers, material.lures, rng, window
        self.painter = samples.Painter(material, rng)
        self.digits = [(p, box, digit) for p, place in self.numbers if len(place) == len(p.number)
                       for box, digit in zip(place, p.number)]
        self.scenes = []

    def reading(self):
        """One crop, 3 x 48 x width pixels of 7 bits, and the text to be read in it; empty where there is no number."""
        image, text = self.undamaged()
        image = self.reshaped(image)
        if self.rng.random() < 0.42:
            image = self.coarse(image)
        image = self.painter.damaged(image)
        return np.ascontiguousarray((image >> 1).transpose(2, 0, 1)), text

    def undamaged(self):
        """A crop before light, blur and noise: rows x columns x 3 pixels of 8 bits, and its text."""
        kind = self.rng.random()
        made = None
        while made is None:
            made = (self.photographed() if kind < 0.44 else self.composed() if kind < 0.64 else self.rendered() if kind < 0.84
                    else self.refused() if kind < 0.96 else self.nothing())
        return made

    def reshaped(self, image):
        """With other shapes of digits, as `damage.warped` and `damage.thickened` make them."""
        rng, (height, width) = self.rng, image.shape[:2]
        bent = rng.random() * damage.BENT
        size = (max(2, round(damage.WAVES * width / height)), damage.WAVES)
        waves = [np.array([[rng.gauss(0, bent) for _ in range(size[0])] for _ in range(size[1])], np.float32) for _ in "xy"]
        x, y = (cv2.resize(wave, (width, height), interpolation=cv2.INTER_CUBIC) for wave in waves)
        columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        image = cv2.remap(image, columns + x, rows + y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        if rng.random() < damage.STROKES:
            other = rng.choice((cv2.dilate, cv2.erode))(image, np.ones((3, 3), np.uint8))
            weight = rng.uniform(0.2, 0.67)  # less than in `damage.thickened`, whose pixels are finer
            image = cv2.addWeighted(other, weight, image, 1 - weight, 0)
        return image

    def coarse(self, image):
        """As if the digits were only 6 to 24 pixels high in the photograph, as many are."""
        scale = math.exp(self.rng.uniform(math.log(0.25), math.log(0.8)))
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        back = self.rng.choice((cv2.INTER_LINEAR, cv2.INTER_CUBIC))
        return cv2.resize(small, (image.shape[1], image.shape[0]), interpolation=back)

    def jittered(self, boxes):
        """Boxes as uneven as a detector's."""
        boxes = np.array(boxes, float)
        height = boxes[:, 3].mean()
        noise = np.array([[self.rng.gauss(0, 0.05) for _ in range(4)] for _ in boxes]) * height
        noise[:, 1] += self.rng.gauss(0, 0.04) * height
        grow = self.rng.gauss(0, 0.08) * height
        boxes[:, :2] += noise[:, :2] - grow / 2
        boxes[:, 2:] = np.maximum(boxes[:, 2:] + noise[:, 2:] + grow, 2)
        return boxes

    def seen(self, chain, boxes, own=None):
        """What a camera may see around boxes (rows of left, top, width, height): its halvings, and the map that made it.

        Of a picture whose digits are low no more is made of than there is."""
        boxes = np.asarray(boxes, float)
        low, high = boxes[:, :2].min(0), (boxes[:, :2] + boxes[:, 2:]).max(0)
        box, height = np.median(boxes[:, 2:], 0), self.rng.uniform(LOWEST, HIGHEST)
        own = shape.drawn(self.rng, 1.5 * max(high - low) / box[1]) if own is None else own
        height = max(8.0, min(height, 1.2 * box[1]))
        matrix = shape.placed(own, (low + high) / 2, box, height, (0.0, 0.0))
        rows = shape.of_boxes(np.c_[np.zeros(len(boxes)), boxes], matrix)[:, 1:]
        start = rows[:, :2].min(0) - BEYOND * height
        size = np.ceil((rows[:, :2] + rows[:, 2:]).max(0) + BEYOND * height - start).astype(int)
        matrix = np.array([[1, 0, -start[0]], [0, 1, -start[1]], [0, 0, 1.0]]) @ matrix
        size = tuple(int(v) for v in np.clip(size, 16, 700))
        scale = math.sqrt(abs(np.linalg.det(shape.jacobians(matrix, [(low + high) / 2])[0])))
        image, _ = self.painter.warped(chain, matrix, size, scale)
        return samples.halvings(image), matrix

    def moved(self, boxes, matrix):
        boxes = np.asarray(boxes, float)
        return shape.of_boxes(np.c_[np.zeros(len(boxes)), boxes], matrix)[:, 1:]

    def cut(self, chain, boxes, upright=None):
        """The crop of boxes in a chain of halvings, as a camera may see them."""
        near, matrix = self.seen(chain, boxes)
        return crops.Crop(self.jittered(self.moved(boxes, matrix)), upright).cut(near, self.window)

    def of_number(self, chain, place, text, upright):
        """A number's crop; sometimes as from a candidate that lacks digits, which is no number where one is cut off."""
        known = len(place) == len(text)
        near, matrix = self.seen(chain, place)
        place = self.moved(place, matrix)
        if known and self.rng.random() < STACKED and (len(place) == 1 or is_upright(place)):
            return self.of_one(near, place, text)
        boxes = place
        if known and len(place) > 1 and self.rng.random() < 0.2:
            first = self.rng.randrange(len(place))
            last = min(len(place), first + self.rng.randint(1, len(place) - 1))
            boxes = place[first:last]
        crop = crops.Crop(self.jittered(boxes), upright)
        if known:
            share = crop.visible(place)
            if share.min() < 0.5:
                return (crop.cut(near, self.window), "") if len(boxes) < len(place) else None
            if share.min() < 0.8:
                return None
        return crop.cut(near, self.window), text

    def of_one(self, near, place, text):
        """The crop of one digit as if others stood above and below it, and as much of the number as is seen in it."""
        left, top, width, height = self.jittered(place[self.rng.randrange(len(place))][None])[0]
        tops = [top + i * APART * height for i in (-1, 0, 1)]
        crop = crops.Crop([(left, y, width, height) for y in tops], upright=True)
        share = crop.visible(place)
        if ((share > 0.3) & (share < 0.8)).any():
            return None
        return crop.cut(near, self.window), "".join(digit for digit, seen in zip(text, share) if seen >= 0.8)

    def photographed(self):
        photograph, place = self.rng.choice(self.numbers)
        chain, text = self.painter.pixels(photograph), photograph.number
        if len(place) == len(text) and self.rng.random() < MIXED:
            mixed = mixing.mixed(chain[0], place, text, self.other_digit, self.rng)
            if mixed:
                chain, text = samples.halvings(mixed[0]), mixed[1]
        return self.of_number(chain, place, text, is_upright(place))

    def composed(self):
        """A number put together from digits of photographs."""
        made = self.painter.composed()
        if made is None:
            return None
        number, chain = made
        if len(number.lures) and self.rng.random() < 0.15:
            return self.cut(chain, number.lures[:1]), ""
        return self.of_number(chain, number.digits[:, 1:], number.number, number.upright)

    def other_digit(self):
        photograph, box, digit = self.rng.choice(self.digits)
        return self.painter.pixels(photograph)[0], box, digit

    def rendered(self):
        """A number of a rendered sign, or what looks like one and is none."""
        if len(self.scenes) < SCENES or self.rng.random() < 0.15:  # a scene is cut several times: rendering takes longer
            self.scenes = self.scenes[1 - SCENES:] + [self.scene()]
        sign, chain = self.rng.choice(self.scenes)
        digits = sign.digits + np.array([0, RIM, RIM, 0, 0], np.float32)
        numbers = [digits[n] for n in sign.numbers if len(n) <= MOST_DIGITS]
        if numbers and (not len(sign.lures) or self.rng.random() < 0.7):
            number = self.rng.choice(numbers)
            return self.of_number(chain, number[:, 1:], "".join(str(int(d)) for d in number[:, 0]),
                                  is_upright(number[:, 1:], CLIMBING))
        if not len(sign.lures):
            return None
        left, top, width, height = self.rng.choice(sign.lures) + np.array([RIM, RIM, 0, 0], np.float32)
        if height > width:  # a bar, or a stack
            return self.cut(chain, [(left, top, width, height)]), ""
        span = min(width, height * self.rng.uniform(0.4, 3))
        start = left + self.rng.uniform(0, width - span)
        return self.cut(chain, [(start, top, span, height)]), ""

    def scene(self):
        """A rendered sign whose digits stand out, and a background's halvings with the sign on it."""
        while True:
            sign = self.painter.renderer.sign(self.rng.uniform(10, 44))
            width, height = sign.pixels.shape[1], sign.pixels.shape[0]
            ground = self.painter.background((width + 2 * RIM, height + 2 * RIM), 1)
            part, weight = ground[RIM:-RIM, RIM:-RIM], sign.pixels[:, :, 3:].astype(np.uint16)
            pasted = ((sign.pixels[:, :, :3] * weight + part * (255 - weight)) // 255).astype(np.uint8)
            if samples.visible(part, pasted, sign.digits):
                break
        part[:] = pasted
        if self.rng.random() < 0.25:
            ground = render.weather(ground, self.rng)
        return sign, samples.halvings(ground)

    def refused(self):
        """A candidate that is no number, or a part of one."""
        if self.lures and self.rng.random() < 0.7:
            photograph, boxes = self.rng.choice(self.lures)
            return self.cut(self.painter.pixels(photograph), boxes), ""
        photograph, place = self.rng.choice(self.numbers)
        left, top, width, height = self.rng.choice(place)
        size = height * self.rng.uniform(0.25, 0.6)
        x, y = left + self.rng.uniform(0, 1) * width, top + self.rng.uniform(0.2, 0.8) * height
        box = (x - 0.25 * size, y - size / 2, size * self.rng.uniform(0.3, 0.8), size)
        return self.cut(self.painter.pixels(photograph), [box]), ""

    def nothing(self):
        width = self.rng.choice(crops.WIDTHS)
        return self.painter.background(self.window.size(width), 1), ""


def loss(output, digits, lengths):
    """Connectionist temporal classification (Graves et al., 2006): minus the log-probability of each text, meaned."""
    classes = output.float().squeeze(2).permute(2, 0, 1).log_softmax(2)
    columns = torch.full((classes.shape[1],), classes.shape[0], dtype=torch.long)
    lengths = lengths.cpu()
    total = torch.nn.functional.ctc_loss(classes, digits.cpu(), columns, lengths, blank=DIGITS, reduction="none", zero_infinity=True)
    kinds = {"number": lengths.nonzero()[:, 0], "no number": (lengths == 0).nonzero()[:, 0]}
    return total.mean(), {name: total.detach()[rows.to(total.device)].mean() for name, rows in kinds.items() if len(rows)}


@torch.no_grad()
def best_paths(network, pixels):
    """The text of the likeliest class in each column, repeats and blanks dropped."""
    classes = network(pixels)[:, :, 0].argmax(1).tolist()
    return ["".join(str(c) for i, c in enumerate(row) if c != DIGITS and (i == 0 or row[i - 1] != c)) for row in classes]


class Judge:
    """The share of crops of what was kept out that a recogniser reads rightly, those of no number among them."""

    def __init__(self, material, count=24, seed=77):
        batches = iter(Readings(material, seed))
        self.batches = [next(batches) for _ in range(count)]

    def __call__(self, network):
        right = total = 0
        device = next(network.parameters()).device
        for pixels, digits, lengths in self.batches:
            texts = ["".join(map(str, part.tolist())) for part in digits.split(lengths.tolist())]
            read = best_paths(network, pixels.to(device).float() / 127)
            right += sum(a == b for a, b in zip(read, texts))
            total += len(texts)
        return right / total


def sheet(path, material, count=96, seed=5):
    """A picture of crops and their texts, to look at."""
    cutter, tiles = Cutter(material, random.Random(seed)), []
    for _ in range(count):
        pixels, text = cutter.reading()
        tile = np.full((72, 150, 3), 255, np.uint8)
        tile[:CROP_HEIGHT, :pixels.shape[2]] = pixels.transpose(1, 2, 0) * 2
        cv2.putText(tile, text or "-", (2, 66), cv2.FONT_HERSHEY_PLAIN, 1.2, (200, 0, 0))
        tiles.append(tile)
    rows = [np.hstack(tiles[i:i + 8]) for i in range(0, count, 8)]
    cv2.imwrite(path, cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
