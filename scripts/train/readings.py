"""Training crops for the recogniser: numbers as candidates show them, and candidates that are no number."""
import math
import random

import cv2
import numpy as np
import torch

import crops
import mixing
import render
import samples
from graph import CROP_HEIGHT, DIGITS

PIXELS = 64 * 96 * CROP_HEIGHT  # of a batch
SCENES = 200  # rendered signs at hand
MIXED = 0.4  # the share of photographs whose digits are exchanged
RIM = 16  # pixels of background around a rendered sign
MOST_DIGITS = 6


TALLEST, NARROWEST, WIDEST = 34, 0.42, 0.72  # composed digits: pixels high, widths as shares of the height


def in_line(digits):
    """Whether digits stand beside each other, near enough for one chain; a stack is read digit by digit."""
    gaps = digits[1:, 1] - digits[:-1, 1] - digits[:-1, 3]
    size = digits[:, 4].mean()
    return len(digits) == 1 or (np.diff(digits[:, 1]).min() > 0 and gaps.max() < 0.75 * size
                                and np.abs(np.diff(digits[:, 2] + digits[:, 4] / 2)).max() < 0.6 * size)


class Readings(torch.utils.data.IterableDataset):
    """Endless batches of (pixels, digits of all texts, lengths of the texts); a batch's crops are equally wide.

    `numbers` are (photograph, boxes of its number), `lures` (photograph, boxes of a candidate that is no number), `singles`
    photographs of one digit each that fills them.
    """

    def __init__(self, numbers, lures, backgrounds, singles, seed):
        self.numbers, self.lures, self.backgrounds, self.singles, self.seed = numbers, lures, backgrounds, singles, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        cutter = Cutter(self.numbers, self.lures, self.backgrounds, self.singles,
                        random.Random(self.seed * 1000 + (worker.id if worker else 0)))
        waiting = {width: [] for width in crops.WIDTHS}
        while True:
            pixels, text = cutter.reading()
            width = pixels.shape[2]
            waiting[width].append((pixels, text))
            if len(waiting[width]) * width * CROP_HEIGHT >= PIXELS:
                yield batched(waiting[width])
                waiting[width] = []


def batched(readings):
    pixels = torch.from_numpy(np.stack([p for p, _ in readings]))
    texts = [t for _, t in readings]
    return pixels, torch.tensor([int(c) for t in texts for c in t]), torch.tensor([len(t) for t in texts])


class Cutter:
    def __init__(self, numbers, lures, backgrounds, singles, rng):
        self.numbers, self.lures, self.singles, self.rng = numbers, lures, singles, rng
        self.painter = samples.Painter([p for p, _ in numbers], lures, backgrounds, rng)
        self.digits = [(p, box, digit) for p, place in numbers if len(place) == len(p.number)
                       for box, digit in zip(place, p.number)]
        self.scenes = []

    def reading(self):
        """One crop, 3 x 48 x width pixels of 7 bits, and the text to be read in it; empty where there is no number."""
        kind = self.rng.random()
        made = None
        while made is None:
            made = (self.photographed() if kind < 0.56 else self.rendered() if kind < 0.78
                    else self.composed() if kind < 0.82 and self.singles
                    else self.refused() if kind < 0.95 else self.nothing())
        image, text = made
        if self.rng.random() < 0.42:
            image = self.coarse(image)
        image = self.painter.damaged(image)
        return np.ascontiguousarray((image >> 1).transpose(2, 0, 1)), text

    def coarse(self, image):
        """As if the digits were only 6 to 24 pixels high in the photograph, as many are."""
        scale = math.exp(self.rng.uniform(math.log(0.2), math.log(0.8)))
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

    def cut(self, chain, boxes):
        """The crop of boxes in a chain of halvings; the map that cut it."""
        crop = crops.Crop(self.jittered(boxes))
        matrix = crops.varied(crop.matrix(), crop.width, self.rng)
        image, _ = self.painter.warped(chain, matrix, (crop.width, CROP_HEIGHT))
        return image, matrix

    def of_number(self, chain, place, text):
        """A number's crop; sometimes as from a candidate that lacks digits, which is no number where one is cut off."""
        known, boxes = len(place) == len(text), place
        if known and len(place) > 1 and self.rng.random() < 0.2:
            first = self.rng.randrange(len(place))
            last = min(len(place), first + self.rng.randint(1, len(place) - 1))
            boxes = place[first:last]
        image, matrix = self.cut(chain, boxes)
        if known:
            share = crops.visible(place, matrix, image.shape[1])
            if share.min() < 0.5:
                return image, ""
            if share.min() < 0.9:
                return None
        return image, text

    def photographed(self):
        photograph, place = self.rng.choice(self.numbers)
        chain, text = self.painter.pixels(photograph), photograph.number
        if len(place) == len(text) and self.rng.random() < MIXED:
            mixed = mixing.mixed(chain[0], place, text, self.other_digit, self.rng)
            if mixed:
                chain, text = samples.halvings(mixed[0]), mixed[1]
        return self.of_number(chain, place, text)

    def other_digit(self):
        photograph, box, digit = self.rng.choice(self.digits)
        return self.painter.pixels(photograph)[0], box, digit

    def rendered(self):
        """A number of a rendered sign, or what looks like one and is none."""
        if len(self.scenes) < SCENES or self.rng.random() < 0.2:  # a scene is cut several times: rendering takes longer
            self.scenes = self.scenes[1 - SCENES:] + [self.scene()]
        sign, chain = self.rng.choice(self.scenes)
        digits = sign.digits + np.array([0, RIM, RIM, 0, 0], np.float32)
        numbers = [digits[n] for n in sign.numbers if len(n) <= MOST_DIGITS and in_line(digits[n])]
        if numbers and (not len(sign.lures) or self.rng.random() < 0.7):
            number = self.rng.choice(numbers)
            return self.of_number(chain, number[:, 1:], "".join(str(int(d)) for d in number[:, 0]))
        if not len(sign.lures):
            return None
        left, top, width, height = self.rng.choice(sign.lures) + np.array([RIM, RIM, 0, 0], np.float32)
        if height > width:  # a bar, or a stack
            return self.cut(chain, [(left, top, width, height)])[0], ""
        span = min(width, height * self.rng.uniform(0.4, 3))
        start = left + self.rng.uniform(0, width - span)
        return self.cut(chain, [(start, top, span, height)])[0], ""

    def composed(self):
        """A number put together from photographs of single digits, of those at hand the most alike in colour."""
        count = self.rng.choice((1, 2, 2, 3, 3, 3, 4))
        some = self.rng.sample(self.singles, min(40, len(self.singles)))
        pictures = [self.painter.pixels(p)[0] for p in some]
        shades = np.array([picture.mean((0, 1)) for picture in pictures])
        chosen = np.argsort(np.abs(shades - shades[0]).sum(1))[:count]
        self.rng.shuffle(chosen)
        height = self.rng.randint(24, TALLEST)
        sizes = [(round(height * self.rng.uniform(NARROWEST, WIDEST)), height) for _ in chosen]
        line = np.hstack([cv2.resize(pictures[i], size, interpolation=cv2.INTER_AREA) for i, size in zip(chosen, sizes)])
        width = crops.width_of(line.shape[1] + 2 * crops.MARGIN)
        # The ground is the digits' own rims, drawn out and blurred.
        above, below = self.rng.randint(0, CROP_HEIGHT - height), max(0, width - line.shape[1]) // 2
        ground = cv2.copyMakeBorder(line, above, CROP_HEIGHT - height - above, below, max(0, width - line.shape[1] - below),
                                    cv2.BORDER_REFLECT)
        ground = cv2.GaussianBlur(ground, (0, 0), 6)
        ground[above:above + height, below:below + line.shape[1]] = line
        ground = cv2.resize(ground, (width, CROP_HEIGHT), interpolation=cv2.INTER_AREA)
        identity = np.hstack([np.eye(2), np.zeros((2, 1))])
        image, _ = self.painter.warped([ground], crops.varied(identity, width, self.rng), (width, CROP_HEIGHT))
        return image, "".join(some[i].number for i in chosen)

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
            return self.cut(self.painter.pixels(photograph), boxes)[0], ""
        photograph, place = self.rng.choice(self.numbers)
        left, top, width, height = self.rng.choice(place)
        size = height * self.rng.uniform(0.25, 0.6)
        x, y = left + self.rng.uniform(0, 1) * width, top + self.rng.uniform(0.2, 0.8) * height
        box = (x - 0.25 * size, y - size / 2, size * self.rng.uniform(0.3, 0.8), size)
        return self.cut(self.painter.pixels(photograph), [box])[0], ""

    def nothing(self):
        width = self.rng.choice(crops.WIDTHS)
        return self.painter.background((width, CROP_HEIGHT), 1), ""


def loss(output, digits, lengths):
    """Connectionist temporal classification (Graves et al., 2006): minus the log-probability of each text, meaned."""
    classes = output.float().squeeze(2).permute(2, 0, 1).log_softmax(2)
    columns = torch.full((classes.shape[1],), classes.shape[0], dtype=torch.long)
    total = torch.nn.functional.ctc_loss(classes, digits.cpu(), columns, lengths.cpu(), blank=DIGITS, reduction="none",
                                         zero_infinity=True)
    empty = lengths == 0
    parts = {"number": total[~empty], "no number": total[empty]}
    return total.mean(), {name: part.mean().item() for name, part in parts.items() if len(part)}


@torch.no_grad()
def best_paths(network, pixels):
    """The text of the likeliest class in each column, repeats and blanks dropped."""
    classes = network(pixels)[:, :, 0].argmax(1).tolist()
    return ["".join(str(c) for i, c in enumerate(row) if c != DIGITS and (i == 0 or row[i - 1] != c)) for row in classes]


def accuracy(network, numbers):
    """The share of numbers that are read rightly in crops cut just where they stand."""
    right = 0
    for photograph, place in numbers:
        image = crops.Crop(place).cut(samples.halvings(photograph.pixels()))
        pixels = torch.from_numpy((image >> 1).transpose(2, 0, 1)[None].astype(np.float32) / 127)
        pixels = pixels.to(next(network.parameters()).device)
        right += best_paths(network, pixels)[0] == photograph.number
    return right / max(len(numbers), 1)


def sheet(path, numbers, lures, backgrounds, singles, count=96):
    """A picture of crops and their texts, to look at."""
    cutter, tiles = Cutter(numbers, lures, backgrounds, singles, random.Random(5)), []
    for _ in range(count):
        pixels, text = cutter.reading()
        tile = np.full((72, 150, 3), 255, np.uint8)
        tile[:CROP_HEIGHT, :pixels.shape[2]] = pixels.transpose(1, 2, 0) * 2
        cv2.putText(tile, text or "-", (2, 66), cv2.FONT_HERSHEY_PLAIN, 1.2, (200, 0, 0))
        tiles.append(tile)
    rows = [np.hstack(tiles[i:i + 8]) for i in range(0, count, 8)]
    cv2.imwrite(path, cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
