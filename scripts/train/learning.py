"""Runs a stage of training: from its last checkpoint to its end, with averaged weights and a curve."""
import copy
import itertools
import json
import math
import os
import time

import torch

import curve


class Averaged:
    """An exponential moving average of a network's weights, which is what is kept."""

    def __init__(self, network):
        self.network = copy.deepcopy(network)
        self.steps = 0

    @torch.no_grad()
    def update(self, network):
        self.steps += 1
        decay = min(0.999, (1 + self.steps) / (10 + self.steps))
        for mine, theirs in zip(self.network.state_dict().values(), network.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.lerp_(theirs, 1 - decay)
            else:
                mine.copy_(theirs)


@torch.no_grad()
def midway(before, after, batches, count=60):
    """The network whose weights are the mean of those before and after a stage, its normalisations measured on `count` batches.

    It generalises better than either where a stage went on from weights that were good already (Wortsman et al., 2022,
    arXiv:2203.05482).
    """
    network = copy.deepcopy(after)
    for mine, theirs in zip(network.parameters(), before.parameters()):
        mine.lerp_(theirs.to(mine.device), 0.5)
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.reset_running_stats()
            module.momentum = None  # the plain mean of all batches
    network.train()
    for pixels, *_ in itertools.islice(batches, count):
        network(pixels.float() / 127)
    return network.eval()


class Log:
    """The losses so far of all stages, kept in a folder with their curve."""

    def __init__(self, folder):
        self.folder, self.rows = folder, []
        if os.path.exists(self.path()):
            with open(self.path(), encoding="utf-8") as file:
                self.rows = json.load(file)

    def path(self):
        return os.path.join(self.folder, "log.json")

    def keep(self):
        replaced(self.path(), lambda path: write_json(path, self.rows))
        curve.draw(self.rows, os.path.join(self.folder, "curve.png"))


def write_json(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)


def replaced(path, write):
    """Writes a file beside and renames it into place, so that a cut leaves the old one whole."""
    write(path + ".new")
    os.replace(path + ".new", path)


def autocast(device, half=True):
    """Computes in bfloat16 where that pays: on GPUs, and on CPUs with AVX-512; it is several times slower on others."""
    pays = device == "cuda" or "AVX512" in torch.backends.cpu.get_cpu_capability()
    return torch.autocast(device, torch.bfloat16, enabled=half and pays)


DECAY = 0.02  # of weights, decoupled from the rate's size (Loshchilov and Hutter, 2019)


def optimiser_of(network, rate, decay=DECAY):
    decayed = [p for p in network.parameters() if p.dim() > 1]
    plain = [p for p in network.parameters() if p.dim() <= 1]
    return torch.optim.AdamW([{"params": decayed, "weight_decay": decay}, {"params": plain, "weight_decay": 0.0}], rate)


def learn(stage, network, batches, loss, steps, rate, log, workers=2, half=True, decay=DECAY, judge=None):
    """Trains a network on `batches` of (pixels, targets...) for `steps`; returns the averaged network.

    `loss(output, targets...)` gives the total and a dictionary of its parts. `judge(network)` is logged now and then.
    """
    path = os.path.join(log.folder, f"{stage}.pt")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = network.to(device).to(memory_format=torch.channels_last)
    averaged, first = Averaged(network), 0
    optimiser = optimiser_of(network, rate, decay)
    if os.path.exists(path):
        saved = torch.load(path, map_location=device, weights_only=True)
        first = averaged.steps = saved["step"]
        network.load_state_dict(saved["network"])
        averaged.network.load_state_dict(saved["averaged"])
        optimiser.load_state_dict(saved["optimiser"])
        print(f"{stage}: goes on from step {first}", flush=True)
    if first >= steps:
        return averaged.network.cpu().eval()
    batches.seed += first
    loader = iter(torch.utils.data.DataLoader(batches, batch_size=None, num_workers=workers,
                                              prefetch_factor=8 if workers else None))
    started, running = time.time(), {}
    network.train()
    for step in range(first, steps):
        warm = min(1.0, (step + 1) / 300)
        for group in optimiser.param_groups:
            group["lr"] = rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))
        pixels, *wanted = (part.to(device) for part in next(loader))
        image = (pixels.float() / 127).to(memory_format=torch.channels_last)
        with autocast(device, half):
            output = network(image)
        total, parts = loss(output, *wanted)
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        averaged.update(network)
        for name, value in {"loss": total.item(), **parts}.items():
            running[name] = running.get(name, value) * 0.98 + value * 0.02
        last = step + 1 == steps
        if (step + 1) % 100 == 0 or last:
            speed = (step + 1 - first) / (time.time() - started)
            described = " ".join(f"{name} {value:.4f}" for name, value in running.items())
            print(f"{stage} {step + 1}/{steps} {described} steps/s {speed:.2f}", flush=True)
            log.rows.append({"stage": stage, "step": step + 1, **{k: round(v, 5) for k, v in running.items()}})
        if (step + 1) % 500 == 0 or last:
            if judge and ((step + 1) % 1000 == 0 or last):
                log.rows[-1]["held_out"] = judge(averaged.network.eval())
                print(f"{stage} {step + 1}/{steps} held out {log.rows[-1]['held_out']:.4f}", flush=True)
            state = {"step": step + 1, "network": network.state_dict(), "averaged": averaged.network.state_dict(),
                     "optimiser": optimiser.state_dict()}
            replaced(path, lambda new: torch.save(state, new))
            log.keep()
    return averaged.network.cpu().eval()
