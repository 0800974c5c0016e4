"""The networks as data: lists of layers that both PyTorch and streetnum read, and the PyTorch module that runs them.

Each layer names its inputs; "image" is the picture. The lists travel in the model file, so that a network of another
shape needs no change to the program that runs it.
"""
import torch
from torch import nn
from torch.nn import functional as F

STRIDE = 4  # pixels between neighbouring outputs
SIDE_UNIT = 8.0  # a box side of 1.0 at the output is this many pixels
DIGITS = 10
OUTPUTS = DIGITS + 4
CROP_HEIGHT = 48  # pixels of the crop that the recogniser reads
CLASSES = DIGITS + 1  # the recogniser's: ten digits, and none of them


def convolution(name, source, channels, kernel=3, stride=1, activation="relu"):
    return {"name": name, "operation": "convolution", "inputs": [source], "channels": channels, "rows": kernel,
            "columns": kernel, "stride": stride, "padding": kernel // 2, "activation": activation}


def added(name, first, second):
    return {"name": name, "operation": "add", "inputs": [first, second]}


def digit_graph(width=64, stem=32, context=4, head=2):
    """A trunk at stride 4, a context branch at stride 8 added back to it, and the head. About 22 kOP per pixel."""
    layers = [convolution("stem1", "image", stem, stride=2), convolution("stem2", "stem1", width, stride=2),
              convolution("trunk", "stem2", width), convolution("context0", "trunk", width, stride=2)]
    for i in range(context):
        layers.append(convolution(f"context{i + 1}", f"context{i}", width))
    layers.append({"name": "wide", "operation": "enlarge", "inputs": [f"context{context}"], "factor": 2})
    layers.append(added("joined", "trunk", "wide"))
    source = "joined"
    for i in range(head):
        layers.append(convolution(f"head{i}", source, width))
        source = f"head{i}"
    layers.append(convolution("output", source, OUTPUTS, kernel=1, activation="none"))
    return layers


def recogniser_graph(width=96, deep=192, blocks=3, columns=256):
    """Residual blocks (He et al., 2016) at a quarter of the crop's size, `blocks` more at an eighth of it, added back, then one
    window over the whole height; the output is a row of classes for each column of four pixels, which are read as in Graves et
    al. (2006)."""
    layers = [convolution("stem1", "image", 32, stride=2), convolution("stem2", "stem1", 64),
              convolution("near0", "stem2", width, stride=2)]

    def residual(name, first, count, channels):
        for i in range(first, first + count):
            layers.append(convolution(f"{name}{i + 1}_inner", f"{name}{i}", channels))
            layers.append(convolution(f"{name}{i + 1}_outer", f"{name}{i + 1}_inner", channels))
            layers.append(added(f"{name}{i + 1}", f"{name}{i}", f"{name}{i + 1}_outer"))

    residual("near", 0, 2, width)
    source = "near2"
    if blocks:
        layers.append(convolution("deep0", "near2", deep, stride=2))
        residual("deep", 0, blocks, deep)
        layers.append(convolution("back", f"deep{blocks}", width))
        layers.append({"name": "wide", "operation": "enlarge", "inputs": ["back"], "factor": 2})
        layers.append(added("joined", "near2", "wide"))
        source = "joined"
    layers.append(convolution("last", source, width))
    layers.append({**convolution("column", "last", columns), "rows": CROP_HEIGHT // 4, "columns": 1, "padding": 0})
    layers.append(convolution("output", "column", CLASSES, kernel=1, activation="none"))
    return layers


def operations_per_pixel(graph):
    """Multiplications and additions per picture pixel at one pyramid level."""
    stride, channels, total = {"image": 1}, {"image": 3}, 0.0
    for layer in graph:
        source = layer["inputs"][0]
        stride[layer["name"]], channels[layer["name"]] = stride[source], channels[source]
        if layer["operation"] == "enlarge":
            stride[layer["name"]] //= layer["factor"]
        if layer["operation"] == "convolution":
            stride[layer["name"]] *= layer["stride"]
            channels[layer["name"]] = layer["channels"]
            window = layer["rows"] * layer["columns"]
            total += 2 * window * channels[source] * layer["channels"] / stride[layer["name"]] ** 2
    return total


class Network(nn.Module):
    """Runs a graph in floating point, with batch normalisation after each convolution that has an activation."""

    def __init__(self, graph):
        super().__init__()
        self.graph = graph
        self.convolutions, self.normalisations = nn.ModuleDict(), nn.ModuleDict()
        channels = {"image": 3}
        for layer in graph:
            name, source = layer["name"], layer["inputs"][0]
            channels[name] = layer.get("channels", channels[source])
            if layer["operation"] != "convolution":
                continue
            normalised = layer["activation"] == "relu"
            self.convolutions[name] = nn.Conv2d(channels[source], layer["channels"], (layer["rows"], layer["columns"]),
                                                layer["stride"], layer["padding"], bias=not normalised)
            if normalised:
                self.normalisations[name] = nn.BatchNorm2d(layer["channels"])
        bias = self.convolutions["output"].bias
        if len(bias) == OUTPUTS:  # most cells hold no digit
            nn.init.constant_(bias[:DIGITS], -4.0)
            nn.init.constant_(bias[DIGITS:], 1.5)

    def forward(self, image):
        values = {"image": image}
        for layer in self.graph:
            values[layer["name"]] = self.run(layer, [values[i] for i in layer["inputs"]])
        return values[self.graph[-1]["name"]]

    @torch.no_grad()
    def observe(self, image):
        """Sets each normalisation so that it only adds its bias to what comes in, measured on `image`."""
        self.eval()
        values = {"image": image}
        for layer in self.graph:
            name, inputs = layer["name"], [values[i] for i in layer["inputs"]]
            if name in self.normalisations:
                norm, sums = self.normalisations[name], self.convolutions[name](inputs[0])
                norm.running_mean.copy_(sums.mean((0, 2, 3)))
                norm.running_var.copy_(sums.var((0, 2, 3)))
                norm.weight.copy_(torch.sqrt(norm.running_var + norm.eps))
                norm.bias.add_(norm.running_mean)
            values[name] = self.run(layer, inputs)

    def run(self, layer, inputs):
        if layer["operation"] == "enlarge":
            return F.interpolate(inputs[0], scale_factor=layer["factor"], mode="nearest")
        if layer["operation"] == "add":
            height, width = inputs[0].shape[2:]
            return inputs[0] + inputs[1][:, :, :height, :width]
        value = self.convolutions[layer["name"]](inputs[0])
        if layer["activation"] == "relu":
            value = torch.relu(self.normalisations[layer["name"]](value))
        return value
