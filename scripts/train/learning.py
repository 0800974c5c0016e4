"""Runs a stage of training: from its last checkpoint to its end, with averaged weights and a curve."""
import copy
import dataclasses
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
        mine, theirs = list(self.network.state_dict().values()), list(network.state_dict().values())
        real = [i for i, value in enumerate(mine) if value.dtype.is_floating_point]
        torch._foreach_lerp_([mine[i] for i in real], [theirs[i] for i in real], 1 - decay)
        for i in set(range(len(mine))) - set(real):
            mine[i].copy_(theirs[i])


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
WARMING = 300  # steps until the full rate
SAVED, REPORTED = 150, 60  # seconds between checkpoints, and between lines of progress
JUDGED = 2000  # steps between scores on what is held out


def optimiser_of(network, rate, decay=DECAY):
    decayed = [p for p in network.parameters() if p.dim() > 1]
    plain = [p for p in network.parameters() if p.dim() <= 1]
    groups = [{"params": decayed, "weight_decay": decay}, {"params": plain, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, rate, fused=decayed[0].is_cuda)


@dataclasses.dataclass
class Limits:
    """How long a stage lasts: `steps`, or `seconds` of its own time where these are over first. A stage that has ended goes on
    from its end when its limits are raised."""
    steps: int
    seconds: float = math.inf

    def progress(self, step, seconds):
        return max(step / self.steps, seconds / self.seconds)


def row_of(stage, step, losses):
    """A row of the log."""
    return {"stage": stage, "step": step, **{name: round(float(value), 5) for name, value in losses.items()}}


def learn(stage, network, batches, loss, limits, rate, log, workers=2, half=True, decay=DECAY, judge=None, origin=""):
    """Trains a network on `batches` of (pixels, targets...) within its limits; returns the averaged network.

    `loss(output, targets...)` gives the total and a dictionary of its parts. `judge(network)` is logged every JUDGED steps and at
    the end. `origin` names what the stage goes on from: a checkpoint that went on from something else is not used. Without `workers`
    the batches are made in this process, where the network and the loss need them.
    """
    path = os.path.join(log.folder, f"{stage}.pt")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = network.to(device).to(memory_format=torch.channels_last)
    averaged, first, spent = Averaged(network), 0, 0.0
    optimiser = optimiser_of(network, rate, decay)
    if os.path.exists(path):
        saved = torch.load(path, map_location=device, weights_only=True)
        if saved["origin"] in (origin, None):  # what a GPU has learnt goes on from anything
            first = averaged.steps = saved["step"]
            spent = saved.get("seconds", 0.0)
            network.load_state_dict(saved["network"])
            averaged.network.load_state_dict(saved["averaged"])
            if "optimiser" in saved:  # what a GPU has learnt comes without
                optimiser.load_state_dict(saved["optimiser"])
            print(f"{stage}: goes on from step {first}", flush=True)
        else:
            print(f"{stage}: begins anew, what it goes on from has changed", flush=True)
    if limits.progress(first, spent) >= 1:
        return averaged.network.cpu().eval()
    batches.seed += first
    if workers is None:
        loader = iter(batches)
    else:
        loader = iter(torch.utils.data.DataLoader(batches, batch_size=None, num_workers=workers,
                                                  prefetch_factor=8 if workers else None))
    running, step, started = {}, first, time.monotonic() - spent
    saved_at = reported_at = time.monotonic()
    network.train()
    while (done := limits.progress(step, spent)) < 1:
        warm = min(1.0, (step + 1) / WARMING)
        for group in optimiser.param_groups:
            group["lr"] = rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))
        parts = next(loader)
        pixels, *wanted = parts if workers is None else (part.to(device, non_blocking=True) for part in parts)
        image = (pixels.float() / 127).to(memory_format=torch.channels_last)
        with autocast(device, half):
            output = network(image)
        total, parts = loss(output, *wanted)
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        for part in getattr(network, "networks", [network]):
            torch.nn.utils.clip_grad_norm_(part.parameters(), 5.0)
        optimiser.step()
        averaged.update(network)
        for name, value in {"loss": total.detach(), **parts}.items():
            running[name] = running.get(name, value) * 0.98 + value * 0.02
        step, now = step + 1, time.monotonic()
        spent = now - started
        last = limits.progress(step, spent) >= 1
        if now - reported_at >= REPORTED or last:
            reported_at = now
            described = " ".join(f"{name} {float(value):.4f}" for name, value in running.items())
            print(f"{stage} {step}/{limits.steps} {described} steps/s {step / max(spent, 1e-6):.2f}", flush=True)
            log.rows.append(row_of(stage, step, running))
        if judge and (step % JUDGED == 0 or last):
            log.rows.append({**row_of(stage, step, running), "held_out": judge(averaged.network.eval())})
            print(f"{stage} {step}/{limits.steps} held out {log.rows[-1]['held_out']:.4f}", flush=True)
        if now - saved_at >= SAVED or last:
            saved_at = now
            state = {"step": step, "seconds": spent, "origin": origin, "network": network.state_dict(),
                     "averaged": averaged.network.state_dict(), "optimiser": optimiser.state_dict()}
            replaced(path, lambda new: torch.save(state, new))
            log.keep()
    del loader
    return averaged.network.cpu().eval()
