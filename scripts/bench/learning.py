#!/usr/bin/env python3
"""Times an epoch of `streetnum learn mnist` beside numpy and PyTorch, on the same cores, in turns.

    learning.py --mnist DIR [--streetnum PROGRAM] [--networks 784-15-10,convnet] [--rounds 3] [--threads 1,2]

An epoch is that of the program: 50,000 images learned from, mini-batches of 10 (convnet: 32, moved copies, dropout), and two times 10,000
images read afterwards. Each figure is the least of the rounds, in seconds: processor time (user and system), and the clock's. numpy and
PyTorch get the images as floats that were made before; the program makes them from bytes each time. Needs numpy and PyTorch.
"""
import argparse
import gzip
import os
import resource
import subprocess
import sys
import time

EPOCHS = {"784-15-10": 6, "784-30-10": 6, "784-100-10": 4, "convnet": 1}  # more, so that the rest of a run matters little


def images(folder):
    import numpy as np

    def read(name, head):
        path = os.path.join(folder, name)
        with gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb") as file:
            return np.frombuffer(file.read()[head:], np.uint8)

    pixels = read("train-images-idx3-ubyte", 16).reshape(-1, 784)
    order = np.random.default_rng(1).permutation(len(pixels))[:50_000]
    return (pixels[order] / np.float32(255)).astype(np.float32), read("train-labels-idx1-ubyte", 8)[order].astype(int)


def numpy_epochs(network, folder):
    """Nielsen's matrix form: all images of a mini-batch at once."""
    import numpy as np

    x, y = images(folder)
    targets = np.eye(10, dtype=np.float32)[y]
    random = np.random.default_rng(1)
    sizes = [int(size) for size in network.split("-")]
    entropy = sizes[1] == 100
    rate, decay = (np.float32(0.1), np.float32(5 / 50_000)) if entropy else (np.float32(3), None)
    w = [random.standard_normal((a, b), np.float32) / (np.sqrt(a, dtype=np.float32) if entropy else 1)
         for a, b in zip(sizes, sizes[1:])]
    b = [random.standard_normal(n, np.float32) for n in sizes[1:]]

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    while True:
        order = random.permutation(len(x))
        for first in range(0, len(x), 10):
            batch = order[first:first + 10]
            a0 = x[batch]
            a1 = sigmoid(a0 @ w[0] + b[0])
            a2 = sigmoid(a1 @ w[1] + b[1])
            d2 = (a2 - targets[batch]) / np.float32(10)
            if not entropy:
                d2 *= a2 * (1 - a2)
            d1 = (d2 @ w[1].T) * a1 * (1 - a1)
            if decay is not None:
                w[0] *= 1 - rate * decay
                w[1] *= 1 - rate * decay
            w[1] -= rate * (a1.T @ d2)
            b[1] -= rate * d2.sum(0)
            w[0] -= rate * (a0.T @ d1)
            b[0] -= rate * d1.sum(0)
        for part in (x[:10_000], x[10_000:20_000]):
            sigmoid(sigmoid(part @ w[0] + b[0]) @ w[1] + b[1]).argmax(1)
        yield


def torch_epochs(network, folder, threads):
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    x, y = (torch.from_numpy(array) for array in images(folder))
    if network == "convnet":
        x, size = x.reshape(-1, 1, 28, 28), 32
        model = nn.Sequential(
            nn.Conv2d(1, 32, 5), nn.MaxPool2d(2), nn.ReLU(), nn.Conv2d(32, 64, 5), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten(),
            nn.Linear(1024, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))
        loss = nn.CrossEntropyLoss()
        optimiser = torch.optim.SGD(model.parameters(), 0.03, momentum=0.9, weight_decay=1e-4)
    else:
        size, hidden = 10, int(network.split("-")[1])
        model = nn.Sequential(nn.Linear(784, hidden), nn.Sigmoid(), nn.Linear(hidden, 10), nn.Sigmoid())
        targets = nn.functional.one_hot(y, 10).float()
        if hidden == 100:
            loss = nn.BCELoss(reduction="sum")
            optimiser = torch.optim.SGD(model.parameters(), 0.01, weight_decay=1e-3)
        else:
            loss = nn.MSELoss(reduction="sum")
            optimiser = torch.optim.SGD(model.parameters(), 0.15)
    while True:
        order = torch.randperm(len(x))
        model.train()
        for first in range(0, len(x), size):
            batch = order[first:first + size]
            inputs, right = x[batch], y[batch] if network == "convnet" else targets[batch]
            if network == "convnet":  # one shift a mini-batch, which costs less than the program's, one an image
                inputs = torch.roll(inputs, tuple(torch.randint(-2, 3, (2,)).tolist()), (2, 3))
            optimiser.zero_grad()
            loss(model(inputs), right).backward()
            optimiser.step()
        model.eval()
        with torch.inference_mode():
            for part in (x[:10_000], x[10_000:20_000]):
                for piece in part.split(1_000):
                    model(piece).argmax(1)
        yield


def child(kind, network, folder, threads, count):
    """Prints processor and clock seconds per epoch, without the first epoch."""
    epochs = numpy_epochs(network, folder) if kind == "numpy" else torch_epochs(network, folder, threads)
    if network != "convnet":
        next(epochs)
    begun = time.process_time(), time.perf_counter()
    for _ in range(count):
        next(epochs)
    print((time.process_time() - begun[0]) / count, (time.perf_counter() - begun[1]) / count)


def python(kind, args, network, threads, count):
    environment = os.environ | {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    command = [sys.executable, __file__, "--mnist", args.mnist, "--child", kind, network, str(threads), str(count)]
    return [float(word) for word in subprocess.check_output(command, env=environment).split()]


def streetnum(args, network, threads, count):
    def run(epochs):
        command = [args.streetnum, "learn", "mnist", args.mnist, "--network", network, "--epochs", str(epochs),
                   "--threads", str(threads)]
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - begun
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock

    short, long = run(1), run(1 + count)
    return [(b - a) / count for a, b in zip(short, long)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mnist", required=True, help="the folder of MNIST's files")
    parser.add_argument("--streetnum", default="streetnum", help="the program")
    parser.add_argument("--networks", default="784-15-10,784-100-10,convnet")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        kind, network, threads, count = args.child
        return child(kind, network, args.mnist, int(threads), int(count))
    print(f"{'network':12} {'threads':7}  {'by':9} {'processor':>9} {'clock':>7}  of streetnum")
    for network in args.networks.split(","):
        for threads in (int(word) for word in args.threads.split(",")):
            best = {}
            for _ in range(args.rounds):
                for kind in ("streetnum", "numpy", "torch") if network != "convnet" else ("streetnum", "torch"):
                    figures = (streetnum(args, network, threads, EPOCHS[network]) if kind == "streetnum"
                               else python(kind, args, network, threads, EPOCHS[network]))
                    best[kind] = [min(pair) for pair in zip(best.get(kind, figures), figures)]
            for kind, (processor, clock) in best.items():
                ratio = processor / best["streetnum"][0]
                print(f"{network:12} {threads:7}  {kind:9} {processor:9.3f} {clock:7.3f}  {ratio:.1f}x", flush=True)


if __name__ == "__main__":
    main()
