#!/usr/bin/env python3
"""Compares both AlexNets of `streetnum learn classify` with PyTorch's, on the same random weights and the same photograph.

    alexnet.py --streetnum PROGRAM [--rounds 5] [--threads 1]

Writes weights and a photograph of noise, runs both programs, and fails where an output differs by more than 1e-4 of the largest. Then it
prints the seconds of a forward pass (the least of the rounds, by the clock; the program's own figure beside PyTorch's on so many threads) and
the memory that each process took at most. Needs numpy, Pillow, safetensors and PyTorch; the torchvision network is written out here, as
torchvision's alexnet.py has it, so that torchvision itself is not needed.
"""
import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

TOLERANCE = 1e-4


def torchvision_network(nn):
    features = nn.Sequential(
        nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(), nn.MaxPool2d(3, 2), nn.Conv2d(64, 192, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(192, 384, 3, padding=1), nn.ReLU(), nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(),
        nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2))
    classifier = nn.Sequential(
        nn.Dropout(), nn.Linear(256 * 6 * 6, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000))
    names = {f"features.{i}": features[i] for i in (0, 3, 6, 8, 10)} | {f"classifier.{i}": classifier[i] for i in (1, 4, 6)}
    return nn.Sequential(features, nn.AdaptiveAvgPool2d((6, 6)), nn.Flatten(), classifier), names


def original_network(nn):
    # PyTorch divides alpha by the number of channels; the paper does not.
    def norm():
        return nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2)

    layers = {
        "conv1": nn.Conv2d(3, 96, 11, 4), "conv2": nn.Conv2d(96, 256, 5, padding=2, groups=2), "conv3": nn.Conv2d(256, 384, 3, padding=1),
        "conv4": nn.Conv2d(384, 384, 3, padding=1, groups=2), "conv5": nn.Conv2d(384, 256, 3, padding=1, groups=2),
        "fc6": nn.Linear(9216, 4096), "fc7": nn.Linear(4096, 4096), "fc8": nn.Linear(4096, 1000)}
    a = layers
    return nn.Sequential(
        a["conv1"], nn.ReLU(), norm(), nn.MaxPool2d(3, 2), a["conv2"], nn.ReLU(), norm(), nn.MaxPool2d(3, 2), a["conv3"], nn.ReLU(),
        a["conv4"], nn.ReLU(), a["conv5"], nn.ReLU(), nn.MaxPool2d(3, 2), nn.Flatten(), nn.Dropout(), a["fc6"], nn.ReLU(), nn.Dropout(),
        a["fc7"], nn.ReLU(), a["fc8"]), layers


NETWORKS = {"alexnet": (original_network, 227), "torchvision-alexnet": (torchvision_network, 224)}


def peer(name, folder, threads, rounds):
    """PyTorch's outputs, seconds and memory, measured in a separate process."""
    import numpy as np
    import torch
    from PIL import Image
    from safetensors.torch import load_file
    from torch import nn

    torch.set_num_threads(threads)
    make, side = NETWORKS[name]
    model, layers = make(nn)
    weights = load_file(os.path.join(folder, name + ".safetensors"))
    for layer, module in layers.items():
        module.weight.data, module.bias.data = weights[layer + ".weight"], weights[layer + ".bias"]
    model.eval()
    for picture in ("square", "wide"):
        image = Image.open(os.path.join(folder, picture + ".png"))
        width, height = image.size
        size = (256, 256 * height // width) if width < height else (256 * width // height, 256)
        image = image.resize(size, Image.BILINEAR)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        pixels = torch.from_numpy(np.array(image.crop((left, top, left + side, top + side)))).permute(2, 0, 1).float()
        mean, std = (torch.tensor(v)[:, None, None] for v in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
        x = (pixels - 255 * mean if name == "alexnet" else (pixels / 255 - mean) / std)[None]
        best = float("inf")
        with torch.inference_mode():
            for _ in range(rounds):
                begun = time.perf_counter()
                y = model(x)
                best = min(best, time.perf_counter() - begun)
        np.save(os.path.join(folder, f"{name}-{picture}.npy"), y.numpy()[0])
    print(best, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def make(name, folder):
    """Writes random weights, in a separate process."""
    import torch
    from safetensors.torch import save_file
    from torch import nn

    torch.manual_seed(1)
    weights = {}
    for layer, module in NETWORKS[name][0](nn)[1].items():
        # He initialisation, so that outputs are as large as those of a trained network.
        weights[layer + ".weight"] = torch.randn_like(module.weight) * (2 / module.weight[0].numel()) ** 0.5
        weights[layer + ".bias"] = 0.1 * torch.randn_like(module.bias)
    save_file(weights, os.path.join(folder, name + ".safetensors"))
    print(sum(w.numel() for w in weights.values()), torch.__version__)


def compare(name, folder, args):
    import numpy as np

    def child(*arguments):
        return subprocess.check_output([sys.executable, __file__, *arguments], text=True).split()

    count, version = child("--make", name, folder)
    path = os.path.join(folder, name + ".safetensors")
    print(f"{name}: {int(count):,} parameters")
    seconds, memory = child("--peer", name, folder, str(args.threads), str(args.rounds))
    for picture in ("square", "wide"):
        command = [args.streetnum, "learn", "classify", os.path.join(folder, picture + ".png"), "--network", name, "--weights", path,
                   "--outputs", os.path.join(folder, "outputs")]
        own = float("inf")
        for _ in range(args.rounds if picture == "square" else 1):
            said = subprocess.check_output(command, text=True)
            own = min(own, float(re.search(r"([\d.]+) s,", said).group(1)))
            values = re.search(r"([\d.]+) MB of activations", said).group(1)
        ours, theirs = np.loadtxt(os.path.join(folder, "outputs")), np.load(os.path.join(folder, f"{name}-{picture}.npy"))
        error = abs(ours - theirs).max() / abs(theirs).max()
        print(f"  {picture} photograph: largest difference {error:.1e} of the largest output; same class: {ours.argmax() == theirs.argmax()}")
        # Pillow's pixels of a smaller picture may differ by one in a byte; the network is compared on those that need no scaling.
        if picture == "square" and error > TOLERANCE:
            sys.exit(f"{name}: outputs differ by more than {TOLERANCE}")
        if picture == "square":
            print(f"  seconds a picture: streetnum {own:.3f}, PyTorch {version} on {args.threads} thread(s) {float(seconds):.3f}")
            peak = memory_of(command)
            print(f"  forward pass: {values} MB of activations and {4e-6 * int(count):.0f} MB of weights; "
                  f"process at most {peak} MB, PyTorch's {int(memory) // 1024} MB")


def memory_of(command):
    """The peak memory of the process in MB."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        usage = os.wait4(process.pid, 0)[2]
    return usage.ru_maxrss // 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--streetnum", default="streetnum", help="the program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--peer", nargs=4, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.make:
        return make(*args.make)
    if args.peer:
        name, folder, threads, rounds = args.peer
        return peer(name, folder, int(threads), int(rounds))
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        for name, (height, width) in (("square", (256, 256)), ("wide", (480, 640))):
            coarse = Image.fromarray(random.integers(0, 256, (12, 12, 3), np.uint8)).resize((width, height), Image.BICUBIC)
            coarse.save(os.path.join(folder, name + ".png"))
        for name in NETWORKS:
            compare(name, folder, args)


if __name__ == "__main__":
    main()
