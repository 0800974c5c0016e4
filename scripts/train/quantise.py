"""The network as the integer engine runs it, simulated in floating point so that it can go on learning.

Activations are 0...127 times a scale of the layer, weights -127...127 times a scale of the output channel, the output
is a fixed-point number (model_file.py). Rounding passes gradients straight through (Jacob et al., 2018, arXiv:1712.05877).
"""
import itertools

import torch
from torch import nn
from torch.nn import functional as F

LEVELS = 127
IMAGE = "image"


def rounded(x):
    """Rounds to nearest, ties to even, with the gradient of the identity."""
    return x + (torch.round(x) - x).detach()


class Quantised(nn.Module):
    """A graph whose normalisation is folded into its convolutions."""

    def __init__(self, graph, weights, biases):
        super().__init__()
        self.graph = graph
        self.weights = nn.ParameterDict({name: nn.Parameter(w.clone()) for name, w in weights.items()})
        self.biases = nn.ParameterDict({name: nn.Parameter(b.clone()) for name, b in biases.items()})
        self.register_buffer("scales", torch.ones(len(graph) + 1))
        self.index = {IMAGE: 0, **{layer["name"]: i + 1 for i, layer in enumerate(graph)}}
        self.observed = None
        with torch.no_grad():
            self.scales[0] = 1 / LEVELS

    def scale(self, name):
        return self.scales[self.index[name]]

    def weight_scale(self, name):
        return self.weights[name].detach().abs().amax((1, 2, 3)).clamp(min=1e-8) / LEVELS

    def forward(self, image):
        values = {IMAGE: image}
        for layer in self.graph:
            values[layer["name"]] = self.run(layer, [values[i] for i in layer["inputs"]])
        return values[self.graph[-1]["name"]]

    def run(self, layer, inputs):
        name = layer["name"]
        if layer["operation"] == "enlarge":
            return F.interpolate(inputs[0], scale_factor=layer["factor"], mode="nearest")
        if layer["operation"] == "add":
            height, width = inputs[0].shape[2:]
            value = inputs[0] + inputs[1][:, :, :height, :width]
        else:
            weight = self.weights[name]
            if self.observed is None:
                unit = self.weight_scale(name)[:, None, None, None]
                weight = rounded(weight / unit) * unit
            value = F.conv2d(inputs[0], weight, self.biases[name], layer["stride"], layer["padding"])
            if layer["activation"] == "none":
                return value
            value = torch.relu(value)
        if self.observed is not None:
            self.observed.setdefault(name, []).append(value.detach().flatten())
            return value
        scale = self.scale(name)
        return rounded((value / scale).clamp(0, LEVELS)) * scale


def fold(network):
    """Normalisation folded into weights and biases."""
    weights, biases = {}, {}
    for layer in network.graph:
        if layer["operation"] != "convolution":
            continue
        name = layer["name"]
        convolution = network.convolutions[name]
        weight = convolution.weight.detach().clone()
        bias = torch.zeros(len(weight)) if convolution.bias is None else convolution.bias.detach().clone()
        if name in network.normalisations:
            norm = network.normalisations[name]
            gain = norm.weight.detach() / torch.sqrt(norm.running_var + norm.eps)
            weight, bias = weight * gain[:, None, None, None], norm.bias.detach() + (bias - norm.running_mean) * gain
        weights[name], biases[name] = weight, bias
    return Quantised(network.graph, weights, biases)


@torch.no_grad()
def calibrate(network, batches, count=24):
    """Chooses each layer's scale: the clip of least squared error on `count` training batches, whose first part are pixels."""
    network.observed, collected = {}, {}
    for pixels, *_ in itertools.islice(batches, count):
        network(pixels[:16].float() / LEVELS)
        for name, parts in network.observed.items():
            values = torch.cat(parts)
            collected.setdefault(name, []).append(values[torch.randint(len(values), (200_000,))])
        network.observed = {}
    network.observed = None
    chosen = {name: best_scale(torch.cat(parts)) for name, parts in collected.items()}
    # The two sides of an addition are added as integers, so they share the scale of their sum.
    for layer in reversed(network.graph):
        if layer["operation"] == "add":
            for source in layer["inputs"]:
                chosen[source] = chosen[layer["name"]]
        elif layer["operation"] == "enlarge" and layer["name"] in chosen:
            chosen[layer["inputs"][0]] = chosen[layer["name"]]
    for name, scale in chosen.items():
        network.scales[network.index[name]] = scale


def best_scale(values):
    top = values.max().item()
    best = (float("inf"), 1.0)
    for share in torch.linspace(0.15, 1.0, 60).tolist():
        scale = max(top * share, 1e-6) / LEVELS
        error = (torch.round((values / scale).clamp(0, LEVELS)) * scale - values).square().mean().item()
        best = min(best, (error, scale))
    return best[1]
