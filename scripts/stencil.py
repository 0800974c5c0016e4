#!/usr/bin/env python3
"""Draws the pictures of docs/stencil.md.

    stencil.py --mnist DIR --streetnum PROGRAM --out docs [--part 1|2] [--archive ARCHIVE --labels LABELS --limit N]

First part: trains 784-15-10 and a convnet of three epochs, draws a canvas of digits of its own (MNIST's are not in this repository),
slides both networks over it, and checks what it shows: the map of a shifted picture is the shifted map. Second part: explains the shipped
networks on fixtures/street.tar, dreams, and measures what the detector can't do, there and, where they are given, on labelled
photographs of one's own. Needs numpy, Pillow and matplotlib.
"""
import argparse
import csv
import json
import os
import random
import re
import subprocess
import tarfile
import tempfile

import matplotlib
import numpy as np
from PIL import Image, ImageDraw

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 - the backend comes first

INK, FAINT, BLUE, ORANGE = "#1f2933", "#66727f", "#1f6fb2", "#d9631e"
WINDOW = 28

# Strokes of the digits, in units of their height: an ellipse is (x, y, radius x, radius y, from, to) in degrees, clockwise from the right;
# a line is a list of points.
STROKES = {
    0: [(0.3, 0.5, 0.28, 0.48, 0, 360)],
    1: [[(0.18, 0.2), (0.36, 0.02), (0.36, 1.0)]],
    2: [(0.3, 0.28, 0.28, 0.27, 190, 380), [(0.56, 0.38), (0.05, 0.98), (0.62, 0.98)]],
    3: [(0.28, 0.26, 0.26, 0.25, 200, 450), (0.28, 0.74, 0.3, 0.25, -90, 160)],
    4: [[(0.4, 0.02), (0.03, 0.62), (0.66, 0.62)], [(0.46, 0.36), (0.46, 1.0)]],
    5: [[(0.58, 0.02), (0.14, 0.02), (0.1, 0.44)], (0.28, 0.69, 0.31, 0.3, -130, 150)],
    6: [[(0.46, 0.02), (0.18, 0.36), (0.04, 0.68)], (0.3, 0.71, 0.27, 0.27, 0, 360)],
    7: [[(0.03, 0.03), (0.6, 0.03), (0.24, 1.0)]],
    8: [(0.3, 0.25, 0.22, 0.23, 0, 360), (0.3, 0.73, 0.27, 0.26, 0, 360)],
    9: [(0.3, 0.29, 0.26, 0.27, 0, 360), [(0.56, 0.3), (0.5, 1.0)]],
}


def digit(value, height=20, width=2.6, scale=8):
    """A digit in bright strokes on dark, in a window of its own, its centre of mass in the middle as MNIST's are."""
    side = WINDOW * scale
    image = Image.new("L", (side, side))
    draw, unit, line = ImageDraw.Draw(image), height * scale, round(width * scale)
    left, top = (WINDOW - 0.62 * height) / 2 * scale, (WINDOW - height) / 2 * scale
    for stroke in STROKES[value]:
        if isinstance(stroke, tuple):
            x, y, rx, ry, begin, end = stroke
            angles = np.radians(np.linspace(begin, end, 60))
            points = list(zip(x + rx * np.cos(angles), y + ry * np.sin(angles)))
        else:
            points = stroke
        points = [(left + x * unit, top + y * unit) for x, y in points]
        draw.line(points, fill=255, width=line, joint="curve")
        for x, y in points:
            draw.ellipse((x - line / 2, y - line / 2, x + line / 2, y + line / 2), fill=255)
    pixels = np.asarray(image.resize((WINDOW, WINDOW), Image.BOX))
    rows, columns = np.indices(pixels.shape)
    # By at most two pixels, so that no stroke reaches the window's edge.
    move = [max(-2, min(2, round(13.5 - (axis * pixels).sum() / pixels.sum()))) for axis in (rows, columns)]
    return np.roll(pixels, move, (0, 1))


def canvas(width, height, values, seed):
    """Digits scattered without touching each other, and where the window of each begins."""
    chance, pixels, places = random.Random(seed), np.zeros((height, width), np.uint8), []
    for value in values:
        while True:
            x, y = chance.randrange(8, width - WINDOW - 8), chance.randrange(8, height - WINDOW - 8)
            if all(abs(x - a) > WINDOW or abs(y - b) > WINDOW for a, b, _ in places):
                break
        places.append((x, y, value))
        pixels[y:y + WINDOW, x:x + WINDOW] = np.maximum(pixels[y:y + WINDOW, x:x + WINDOW], digit(value))
    return pixels, places


def figure(width, height, **options):
    return plt.subplots(figsize=(width, height), dpi=120, layout="constrained", **options)


def save(out, name):
    plt.savefig(os.path.join(out, name), metadata={"Software": None})
    plt.close()
    print(name)


def neuron(out):
    _, axes = figure(10, 4.2, ncols=2)
    grid = np.linspace(0, 1, 201)
    sums = grid[None, :] - grid[::-1, None] - 0.5
    for axis, values, title in ((axes[0], sums > 0, "threshold: go or stay"),
                                (axes[1], 1 / (1 + np.exp(-10 * sums)), "sigmoid, weights times ten: how sure")):
        axis.imshow(values, extent=(0, 1, 0, 1), cmap="RdYlGn", vmin=-0.15, vmax=1.15, interpolation="bilinear")
        axis.plot((0.5, 1), (0, 0.5), color=INK, linewidth=1.5)
        for x, y, name in ((1, 0, "green"), (0, 1, "red"), (1, 1, "both"), (0.4, 0, "dusty green")):
            axis.plot(x, y, "o", color=INK, clip_on=False, zorder=3)
            axis.annotate(name, (x, y), (6 if x == 0 else -6, -14 if y == 1 else 8), textcoords="offset points",
                          ha="left" if x == 0 else "right", color=INK, fontsize=10)
        axis.set(xlabel="green lamp", ylabel="red lamp", title=title)
    axes[0].text(0.72, 0.26, "green - red - 0.5 = 0", rotation=45, ha="center", va="bottom", color=INK, fontsize=9)
    save(out, "stencil-neuron.png")


def tensors(path):
    """The metadata and the tensors of a network's file."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        body = file.read()
    metadata = header.pop("__metadata__")
    return metadata, {name: np.frombuffer(body[slice(*entry["data_offsets"])], np.float32).reshape(entry["shape"])
                      for name, entry in header.items()}


def hidden(out, network):
    weights = tensors(network)[1]["layers.0.weight"].reshape(WINDOW, WINDOW, -1)
    _, axes = figure(10, 6.4, ncols=5, nrows=3)
    # The border of MNIST's images is always dark, so the weights there keep their random initial values.
    for unit, axis in enumerate(axes.flat):
        part = weights[3:-3, 3:-3, unit]
        axis.imshow(part, cmap="RdBu", vmin=-abs(part).max(), vmax=abs(part).max())
        axis.set_axis_off()
    save(out, "stencil-hidden.png")


def curves(out, lines):
    _, axis = figure(8, 4)
    for (name, rows), colour in zip(lines.items(), (BLUE, ORANGE)):
        epochs, share = [row[0] for row in rows], [row[1] for row in rows]
        axis.plot(epochs, share, "o-", color=colour, markersize=3)
        axis.annotate(f"{name}: {share[-1]:.1f} %", (epochs[-1], share[-1]), (6, -3), textcoords="offset points", color=colour)
    axis.set(xlabel="epoch", ylabel="images read rightly, %\n(kept out of training)", ylim=(85, 100), xlim=(0, 38))
    axis.grid(color="#e4e8ec")
    axis.spines[["top", "right"]].set_visible(False)
    save(out, "stencil-learning.png")


class Program:
    def __init__(self, program, mnist, folder):
        self.program, self.mnist, self.folder = program, mnist, folder

    def learn(self, network, *options, seed=1):
        """The network's file, and the accuracy on held-out images after each epoch."""
        path = os.path.join(self.folder, f"{network}-{seed}.safetensors")
        said = subprocess.check_output(
            [self.program, "learn", "mnist", self.mnist, "--network", network, "--seed", str(seed), "-o", path, *options], text=True)
        print(network, said.splitlines()[-1])
        return path, [(int(a), float(b)) for a, b in re.findall(r"epoch +(\d+) .* validation ([\d.]+) %", said)]

    def slide(self, network, pixels):
        """The parts of the map: largest output, and digit, as pictures of the canvas's size."""
        paths = [os.path.join(self.folder, name) for name in ("canvas.png", "map.png")]
        Image.fromarray(pixels).save(paths[0])
        subprocess.check_call([self.program, "learn", "slide", network, paths[0], "-o", paths[1]], stdout=subprocess.DEVNULL)
        whole, height = np.asarray(Image.open(paths[1])), pixels.shape[0]
        return whole[height + 8:2 * height + 8], whole[2 * height + 16:3 * height + 16], whole[-24:]


def maps(out, program, networks, pixels):
    _, axes = figure(10, 9.6, nrows=3)
    axes[0].imshow(pixels, cmap="gray")
    axes[0].set_title("the canvas", loc="left", fontsize=10)
    for axis, (name, path) in zip(axes[1:], networks):
        heat, digits, legend = program.slide(path, pixels)
        axis.imshow(digits)
        axis.set_title(f"{name}: the digit of the largest output, stronger where it is larger", loc="left", fontsize=10)
    for axis in axes:
        axis.set_axis_off()
    inset = axes[2].inset_axes((0, -0.13, 1, 0.1))
    inset.imshow(legend)
    inset.set_axis_off()
    save(out, "stencil-map.png")


def shift(out, program, network, pixels):
    down, right = 24, 48
    moved = np.zeros_like(pixels)
    moved[down:, right:] = pixels[:-down, :-right]
    maps = [program.slide(network, picture)[1] for picture in (pixels, moved)]
    edge = WINDOW // 2
    inside = slice(edge + down, -edge), slice(edge + right, -edge)
    before = np.roll(maps[0], (down, right), (0, 1))[inside]
    assert np.array_equal(before, maps[1][inside]), "the map of a shifted picture is not the shifted map"
    _, axes = figure(10, 4, ncols=2, nrows=2)
    for column, (picture, answer, name) in enumerate(((pixels, maps[0], "as it is"),
                                                      (moved, maps[1], f"{right} to the right, {down} down"))):
        axes[0, column].imshow(picture, cmap="gray")
        axes[0, column].set_title(name, loc="left", fontsize=10)
        axes[1, column].imshow(answer)
    for axis in axes.flat:
        axis.set_axis_off()
    save(out, "stencil-shift.png")


def fields(network):
    """The receptive field of each layer along one side, and its stride, in pixels."""
    metadata = tensors(network)[0]
    side, step, cells, seen = 1, 1, json.loads(metadata["input"])["rows"], []
    for layer in json.loads(metadata["layers"]):
        operation = layer["operation"]
        if operation not in ("convolution", "pooling", "dense"):
            continue
        rows = cells if operation == "dense" else layer["rows"]
        stride = 1 if operation == "dense" else layer["stride"]
        side, step, cells = side + (rows - 1) * step, step * stride, (cells - rows) // stride + 1
        name = f"dense, {layer['outputs']}" if operation == "dense" else (
            f"{layer['filters']} stencils of {rows}x{rows}" if operation == "convolution" else f"pooling {rows}x{rows}")
        seen.append((name, side, step, cells))
    return seen


def receptive(out, network):
    seen = fields(network)[:5]
    _, axes = figure(10, 2.7, ncols=len(seen))
    for axis, (name, side, step, cells) in zip(axes, seen):
        axis.imshow(digit(5), cmap="gray_r", vmax=500)
        # The cell in the middle of the layer.
        place = cells // 2 * step - 0.5
        axis.add_patch(plt.Rectangle((place, place), side, side, fill=False, edgecolor=ORANGE, linewidth=2, clip_on=False))
        axis.set_title(f"{name}\nsees {side}x{side}", fontsize=9)
        axis.set(xticks=[], yticks=[])
    save(out, "stencil-fields.png")


FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures")
PHOTOGRAPH = "0003.jpg"


def explanations(out, program, folder, networks):
    """What `streetnum explain` draws, on the fixtures' photographs."""
    with tarfile.open(os.path.join(FIXTURES, "street.tar")) as archive:
        archive.extract(PHOTOGRAPH, folder, filter="data")
    photograph, archive = os.path.join(folder, PHOTOGRAPH), os.path.join(FIXTURES, "street.tar")
    for name, arguments in (
            ("stencil-filters.png", ["--filters"]),
            ("stencil-maps.jpg", [photograph, "--layer", "trunk", "--features", "24"]),
            ("stencil-strongest.jpg", ["--strongest", "--layer", "head1", "--features", "7", archive]),
            ("stencil-why.png", [photograph, "--why", "853"]),
            ("stencil-dream.png", ["--dream", "3"]),
            ("stencil-dream-digits.png", ["--dream", "3", "--weights", networks[0], "--second", networks[1]])):
        path = os.path.join(out, name)
        if os.path.exists(path):
            os.remove(path)  # one of matplotlib's is no drawing of streetnum, which replaces no others
        print(subprocess.check_output([program.program, "explain", *arguments, "-o", path], text=True).strip())


def measured(program, archive, labels, limit=None):
    """The digits that count, and for each change amounts and the shares that are still seen."""
    options = ["--limit", str(limit)] if limit else []
    said = subprocess.check_output([program.program, "learn", "limits", archive, "--labels", labels, *options], text=True)
    curves = {}
    for row in csv.DictReader(said.splitlines()):
        curves.setdefault(row["change"], []).append((float(row["amount"]), 100 * float(row["seen"])))
    return int(row["digits"]), curves


def limits(out, studies):
    """One panel a change; the fixtures' curves drawn through, those of other photographs dashed."""
    _, axes = figure(10, 6.6, ncols=2, nrows=2)
    panels = (("rotation", "turned by, degrees", None), ("scale", "digits' height, pixels", 26), ("shift", "moved by, pixels", None),
              ("light", "brightness, times", 1))
    for axis, (change, label, unit) in zip(axes.flat, panels):
        for (name, (digits, curves)), style in zip(studies, ("-", "--")):
            lines = [(change, BLUE)] + ([("pyramid", ORANGE)] if change == "scale" else [])
            for line, colour in lines:
                points = [(unit * 2 ** amount if unit else amount, seen) for amount, seen in curves[line]]
                axis.plot(*zip(*points), style, color=colour, linewidth=2, label=(
                    f"{name}, {digits} digits" if change == "rotation" else
                    {"scale": "one scale", "pyramid": "pyramid"}[line] if change == "scale" and style == "-" else None))
        if unit:
            axis.set_xscale("log", base=2)
            axis.xaxis.set_major_formatter(lambda value, _: f"{value:g}" if value >= 1 else f"1/{1 / value:g}")
            axis.set_xticks([unit * 2 ** power for power in (range(-2, 4) if change == "scale" else range(-5, 3))])
            axis.minorticks_off()
        axis.set(xlabel=label, ylabel="digits still seen, %", ylim=(-4, 104))
        axis.grid(color="#e4e8ec")
        axis.spines[["top", "right"]].set_visible(False)
        if change in ("rotation", "scale"):
            axis.legend(frameon=False, loc="center right", fontsize=9)
    save(out, "stencil-limits.png")


def turned(out, program, folder):
    """The photograph's number at five angles, and what `detect` reads there."""
    with Image.open(os.path.join(folder, PHOTOGRAPH)) as photograph:
        part = photograph.convert("RGB").crop((10, 5, 460, 455))
    _, axes = figure(10, 2.5, ncols=5)
    for axis, angle in zip(axes, (0, 20, 40, 60, 90)):
        path = os.path.join(folder, "turned.png")
        image = part.rotate(-angle, Image.BICUBIC).crop((66, 66, 384, 384))
        image.save(path)
        said = subprocess.check_output([program.program, "detect", path, "--format", "csv"], text=True).splitlines()[1:]
        numbers = [f"{row[6]} ({float(row[7]):.2f})" for row in csv.reader(said)]
        axis.imshow(image)
        axis.set_title(f"{angle} degrees\n{', '.join(numbers[:2]) or 'no number'}", fontsize=9)
        axis.set_axis_off()
    save(out, "stencil-turned.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mnist", required=True, help="the folder of MNIST's files")
    parser.add_argument("--streetnum", required=True, help="the program")
    parser.add_argument("--out", required=True, help="the folder of the pictures")
    parser.add_argument("--part", type=int, choices=(1, 2), help="draw only this part")
    parser.add_argument("--archive", help="labelled photographs to measure on, in addition to the fixtures")
    parser.add_argument("--labels", help="their labels")
    parser.add_argument("--limit", type=int, help="maximum number of them")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    plt.rcParams.update({"font.family": "DejaVu Sans", "text.color": INK, "axes.labelcolor": INK, "xtick.color": FAINT,
                         "ytick.color": FAINT, "axes.edgecolor": "#9aa5b1"})
    with tempfile.TemporaryDirectory() as folder:
        program = Program(args.streetnum, args.mnist, folder)
        if args.part != 2:
            first_part(args.out, program)
        if args.part != 1:
            second_part(args, program, folder)


def first_part(out, program):
    pixels, _ = canvas(600, 200, [3, 1, 4, 1, 5, 9, 2, 6, 8, 7, 0], seed=2)
    dense, lines = program.learn("784-15-10")
    convnet, more = program.learn("convnet", "--epochs", "3")
    neuron(out)
    hidden(out, dense)
    curves(out, {"784-15-10": lines, "convnet": more})
    maps(out, program, (("784-15-10", dense), ("convnet", convnet)), pixels)
    shift(out, program, dense, pixels)
    receptive(out, convnet)


def second_part(args, program, folder):
    explanations(args.out, program, folder, [program.learn("784-100-10", seed=seed)[0] for seed in (1, 2)])
    turned(args.out, program, folder)
    studies = [("fixtures", measured(program, os.path.join(FIXTURES, "street.tar"), os.path.join(FIXTURES, "street.jsonl")))]
    if args.archive:
        studies.append((os.path.basename(args.archive).split(".")[0], measured(program, args.archive, args.labels, args.limit)))
    for name, (digits, shares) in studies:
        print(name, digits, shares)
    limits(args.out, studies)


if __name__ == "__main__":
    main()
