"""The gate of the detector: a narrow network that says of each block of 16 x 16 pixels whether a digit could be seen there.

It learns from the detector: a block in which the detector would see a digit, sure or not, is to be looked at; and so is one in
which a digit is known to stand.
"""
import json
import os
import tempfile

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch.nn import functional as F

import learning
import photographs
import teaching
from graph import DIGITS, STRIDE, convolution
from model_file import OPEN
from quantise import LEVELS

BLOCK = 16  # pixels
UNSURE = -0.85  # the detector's logit from which a digit is a candidate: 0.3
LOST = 0.001  # the share of photographs' numbers that a threshold may cost
THRESHOLDS = range(1024, -1281, -128)  # in 1/256 of a logit
WEIGHT = 20.0  # of a block that surely holds a digit, against one without


def gate_graph():
    """About 1.5 kOP per pixel, a fifteenth of the detector's."""
    return [convolution("stem1", "image", 16, stride=2), convolution("stem2", "stem1", 32, stride=2),
            convolution("eighth", "stem2", 32, stride=2), convolution("block", "eighth", 48, stride=2),
            convolution("wide1", "block", 48), convolution("wide2", "wide1", 48),
            convolution("output", "wide2", 1, kernel=1, activation="none")]


class Blocks(torch.utils.data.IterableDataset):
    """Endless batches of (pixels, surest logit of the detector in each block, whether a digit is known there), from canvases."""

    def __init__(self, canvases, detector):
        self.canvases, self.detector = canvases, detector.eval()

    @property
    def seed(self):
        return self.canvases.seed

    @seed.setter
    def seed(self, value):
        self.canvases.seed = value

    def __iter__(self):
        for pixels, _, _, _, positive in self.canvases:
            yield pixels, *self.targets(pixels, positive)

    @torch.no_grad()
    def targets(self, pixels, positive):
        if torch.utils.data.get_worker_info():
            torch.set_num_threads(1)
        with learning.autocast(pixels.device.type):
            logits = self.detector((pixels.float() / LEVELS).to(memory_format=torch.channels_last))
        surest = F.max_pool2d(logits.float()[:, :DIGITS].amax(1, keepdim=True), BLOCK // STRIDE)
        known = F.max_pool2d(positive.float()[:, None], BLOCK // STRIDE)
        return surest, known


def loss(output, surest, known):
    """Cross-entropy, weighed by how sure it is that there is a digit; and how many of such blocks would be missed at even odds,
    and how many others looked at."""
    wanted = ((surest > UNSURE) | (known > 0)).float()
    weight = 1 + WEIGHT * wanted * torch.maximum(torch.sigmoid(surest), known)
    total = F.binary_cross_entropy_with_logits(output.float(), wanted, weight)
    passed = output > 0
    missed = (~passed & (surest > 0)).sum() / (surest > 0).sum().clamp(min=1)
    return total, {"missed": missed, "looked at": passed.float().mean(), "wanted": wanted.mean()}


def surest(streetnum, model, archive, exhaustive=False):
    found = teaching.found(streetnum, model, archive, *(["--exhaustive"] if exhaustive else []))
    return {name: numbers[0]["number"] for name, numbers in found.items()}


def choose_threshold(model, held_out, streetnum):
    """Writes into a model's file the highest threshold that costs no more than LOST of the photographs kept out whose number is
    read rightly where every spot is looked at."""
    with open(os.path.splitext(held_out)[0] + ".jsonl", encoding="utf-8") as file:
        labels = {photographs.named(held_out, row["file"]): row["number"] for row in map(json.loads, file) if row.get("number")}
    with safe_open(model, "pt") as file:
        metadata, tensors = dict(file.metadata()), {key: file.get_tensor(key) for key in file.keys()}
    everywhere = surest(streetnum, model, held_out, exhaustive=True)
    right = [name for name, number in labels.items() if everywhere.get(name) == number]
    with tempfile.TemporaryDirectory() as folder:
        tried = os.path.join(folder, "tried.safetensors")
        for threshold in THRESHOLDS:
            metadata["gate_threshold"] = str(threshold)
            save_file(tensors, tried, metadata)
            gated = surest(streetnum, tried, held_out)
            lost = sum(gated.get(name) != labels[name] for name in right)
            print(f"gate at {threshold}: {lost} of {len(right)} right numbers lost", flush=True)
            if lost <= LOST * len(right):
                break
        else:
            metadata["gate_threshold"] = str(OPEN)
    save_file(tensors, model, metadata)
