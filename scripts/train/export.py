"""Writes the model file: integer weights, and all that streetnum has to know about them, as safetensors.

For each convolution of the networks "detector" and "recogniser": NETWORK.NAME.weight, int8 [output, row, column, input];
NETWORK.NAME.bias, int32 [output], in units of the accumulator; NETWORK.NAME.multiplier, float32 [output]. A hidden activation
is the rounded product, clamped to 0...127. Logits at the outputs are in 1/256, the detector's box sides in 1/16 pixel, both
clamped to 16 bits.
"""
import json

import torch
from safetensors.torch import save_file

from graph import DIGITS, OUTPUTS, SIDE_UNIT

LOGIT_UNIT, SIDE_FRACTION = 256, 16


def tensors_of(network, prefix):
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
            if len(wanted) == OUTPUTS:
                wanted[DIGITS:] = SIDE_UNIT * SIDE_FRACTION
        else:
            wanted = 1 / network.scale(name)
        out[f"{prefix}.{name}.weight"] = weight.permute(0, 2, 3, 1).contiguous().to(torch.int8)
        out[f"{prefix}.{name}.bias"] = bias.clamp(-(2**30), 2**30).to(torch.int32)
        out[f"{prefix}.{name}.multiplier"] = (incoming * unit * wanted).to(torch.float32)
    return out


def write(path, name, networks, provenance):
    """`networks` are quantised, by name: "detector", and "recogniser" where there is one."""
    metadata = {"format": "streetnum", "format_version": "2", "name": name,
                "units": json.dumps({"logit": LOGIT_UNIT, "side": SIDE_FRACTION}), "provenance": json.dumps(provenance)}
    tensors = {}
    for prefix, network in networks.items():
        metadata[f"{prefix}_graph"] = json.dumps(network.graph)
        tensors |= tensors_of(network, prefix)
    save_file(tensors, path, metadata)
