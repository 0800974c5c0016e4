"""Writes the model file: integer weights, and all that streetnum has to know about them, as safetensors.

For each convolution: NAME.weight, int8 [output, row, column, input]; NAME.bias, int32 [output], in units of the
accumulator; NAME.multiplier, float32 [output]. A hidden activation is the rounded product, clamped to 0...127. The
output's class logits are in 1/256, its box sides in 1/16 pixel, clamped to 16 bits.
"""
import json

import torch
from safetensors.torch import save_file

from graph import DIGITS, SIDE_UNIT, STRIDE
from targets import LARGEST, SMALLEST

LOGIT_UNIT, SIDE_FRACTION = 256, 16


def tensors_of(network):
    out = {}
    for layer in network.graph:
        if layer["operation"] != "convolution":
            continue
        name = layer["name"]
        unit = network.weight_scale(name)
        weight = torch.round(network.weights[name].detach() / unit[:, None, None, None]).clamp(-127, 127)
        incoming = network.scale(layer["inputs"][0])
        bias = torch.round(network.biases[name].detach() / (incoming * unit))
        if layer["activation"] == "none":
            wanted = torch.full_like(unit, LOGIT_UNIT)
            wanted[DIGITS:] = SIDE_UNIT * SIDE_FRACTION
        else:
            wanted = 1 / network.scale(name)
        out[f"{name}.weight"] = weight.permute(0, 2, 3, 1).contiguous().to(torch.int8)
        out[f"{name}.bias"] = bias.clamp(-(2**30), 2**30).to(torch.int32)
        out[f"{name}.multiplier"] = (incoming * unit * wanted).to(torch.float32)
    return out


def write(path, name, network, provenance):
    metadata = {
        "format": "streetnum", "format_version": "1", "name": name, "graph": json.dumps(network.graph),
        "detector": json.dumps({"stride": STRIDE, "logit_unit": LOGIT_UNIT, "side_unit": SIDE_FRACTION,
                                "smallest": SMALLEST, "largest": LARGEST}),
        "provenance": json.dumps(provenance),
    }
    save_file(tensors_of(network), path, metadata)
