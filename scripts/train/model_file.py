"""The model file: integer weights, and all that streetnum has to know about them, as safetensors.

For each convolution of the networks "detector", "gate", "recogniser" and, where there are more, "recogniser_2" and so on:
NETWORK.NAME.weight, int8 [output, row, column, input]; NETWORK.NAME.bias, int32 [output], in units of the accumulator;
NETWORK.NAME.multiplier, float32 [output]. A hidden activation is the rounded product, clamped to 0...127. Logits at the outputs
are in 1/256, the detector's box sides in 1/16 pixel, both clamped to 16 bits. The metadata's "gate_threshold" is in 1/256, too.
"""
import json

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from graph import DIGITS, OUTPUTS, SIDE_UNIT, Network
from quantise import LEVELS

LOGIT_UNIT, SIDE_FRACTION = 256, 16
OPEN = -(2**15)  # the threshold of a gate that passes over nothing


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


def write(path, name, networks, provenance, older=None):
    """`networks` are quantised, by name: "detector", and the gate and the recognisers where there are such.

    Those that a model file `older` has besides, and the threshold of its gate, are taken over as they are. The new model comes
    after it: of two models that read the same source, streetnum shows the later one's numbers."""
    metadata = {"format": "streetnum", "format_version": "2", "name": name,
                "sequence": "1", "units": json.dumps({"logit": LOGIT_UNIT, "side": SIDE_FRACTION}), "provenance": json.dumps(provenance)}
    if "gate" in networks:
        metadata["gate_threshold"] = str(OPEN)  # until gate.py chooses one
    tensors = {}
    if older:
        with safe_open(older, "pt") as file:
            before = file.metadata()
            metadata["sequence"] = str(int(before.get("sequence", "0")) + 1)
            kept = [key.removesuffix("_graph") for key in before if key.endswith("_graph")]
            for prefix in (prefix for prefix in kept if prefix not in networks):
                metadata[f"{prefix}_graph"] = before[f"{prefix}_graph"]
                tensors |= {key: file.get_tensor(key) for key in file.keys() if key.split(".")[0] == prefix}
            if "gate" not in networks and "gate_threshold" in before:
                metadata["gate_threshold"] = before["gate_threshold"]
    for prefix, network in networks.items():
        metadata[f"{prefix}_graph"] = json.dumps(network.graph)
        tensors |= tensors_of(network, prefix)
    save_file(tensors, path, metadata)


def read(path, prefix, batches):
    """A network of a model file in floating point, to go on training with; None where the file has no such network.

    Hidden values get the range 0...1. The file's weights have their normalisation folded in, so each new normalisation starts
    as the identity on the first of `batches` of pixels.
    """
    with safe_open(path, "pt") as file:
        graph = file.metadata().get(f"{prefix}_graph")
        if graph is None:
            return None
        network = Network(json.loads(graph))
        scale = {"image": 1 / LEVELS}
        for layer in network.graph:
            name = layer["name"]
            scale[name] = 1 / LEVELS
            if layer["operation"] != "convolution":
                continue
            multiplier = file.get_tensor(f"{prefix}.{name}.multiplier")
            outgoing = torch.full_like(multiplier, 1 / LEVELS)
            if layer["activation"] == "none":
                outgoing[:] = 1 / LOGIT_UNIT
                if len(outgoing) == OUTPUTS:
                    outgoing[DIGITS:] = 1 / (SIDE_UNIT * SIDE_FRACTION)
            unit = multiplier * outgoing / scale[layer["inputs"][0]]
            weight = file.get_tensor(f"{prefix}.{name}.weight").float() * unit[:, None, None, None]
            bias = file.get_tensor(f"{prefix}.{name}.bias").float() * multiplier * outgoing
            convolution = network.convolutions[name]
            convolution.weight.data.copy_(weight.permute(0, 3, 1, 2))
            if name in network.normalisations:
                network.normalisations[name].bias.data.copy_(bias)
            else:
                convolution.bias.data.copy_(bias)
    pixels, *_ = next(iter(batches))
    network.observe(pixels.float() / LEVELS)
    return network.train()
