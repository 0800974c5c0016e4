#!/usr/bin/env python3
"""Measures what a picture's size costs: seconds a megapixel and peak memory of `streetnum detect`, on pictures put together of
given ones. Prints a table and draws it. `bench sizes` calls it."""
import argparse
import multiprocessing
import os
import subprocess
import tempfile
import time

SQUARES = (1, 4, 16, 50, 100, 200)  # megapixels
WIDTHS = (1000, 3000, 10000, 30000)  # columns of pictures of 30 megapixels


def tile(paths, width, height, path):
    """Writes a picture put together of others. In a process of its own: a child's peak memory begins with its parent's."""
    from PIL import Image
    Image.MAX_IMAGE_PIXELS = None
    tiles = [Image.open(path).convert("RGB") for path in paths]
    picture = Image.new("RGB", (width, height))
    places = [(x, y) for y in range(0, height, tiles[0].height) for x in range(0, width, tiles[0].width)]
    for i, place in enumerate(places):
        picture.paste(tiles[i % len(tiles)], place)
    picture.save(path, quality=90) if path.endswith(".jpg") else picture.save(path, compress_level=1)


def measured(command):
    """Seconds and peak megabytes of a command, in a child process of its own."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} ended with {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pictures", nargs="+")
    parser.add_argument("--streetnum", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    shapes = [(round((m * 1e6) ** 0.5), round((m * 1e6) ** 0.5), "jpg") for m in SQUARES]
    shapes += [(width, 30_000_000 // width, "jpg") for width in WIDTHS] + [(14143, 14143, "png")]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for width, height, kind in shapes:
            path = os.path.join(folder, f"picture.{kind}")
            tiler = multiprocessing.get_context("spawn").Process(target=tile, args=(args.pictures, width, height, path))
            tiler.start()
            tiler.join()
            for options in ([], ["--exhaustive"]):
                best = min(measured([args.streetnum, "detect", path, *options]) for _ in range(2))
                rows.append((width, height, kind, bool(options), *best))
                print(f"| {width} x {height} {kind} | {'every spot' if options else 'with the gate'} | "
                      f"{best[0]:.2f} | {best[0] / width / height * 1e9:.1f} | {best[1]:.0f} |", flush=True)
    draw(rows, args.out)


def draw(rows, out):
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt
    figure, axes = plt.subplots(1, 3, figsize=(13, 3.6))
    for axis, count, first, label in ((axes[0], len(SQUARES), 0, "megapixels"), (axes[1], len(WIDTHS), len(SQUARES), "columns")):
        for exhaustive, style in ((False, "o-"), (True, "s--")):
            part = [r for r in rows[2 * first:2 * (first + count)] if r[3] == exhaustive]
            x = [r[0] * r[1] / 1e6 if label == "megapixels" else r[0] for r in part]
            axis.plot(x, [r[4] / r[0] / r[1] * 1e9 for r in part], style, label="every spot" if exhaustive else "with the gate")
        axis.set(xscale="log", xlabel=label, ylabel="milliseconds a megapixel", ylim=(0, None))
        axis.legend()
    part = [r for r in rows[:2 * len(SQUARES)] if not r[3]]
    axes[2].plot([r[0] * r[1] / 1e6 for r in part], [r[5] for r in part], "o-")
    axes[2].set(xscale="log", xlabel="megapixels", ylabel="peak memory, MB", ylim=(0, None))
    figure.tight_layout()
    figure.savefig(out, dpi=80)


if __name__ == "__main__":
    main()
