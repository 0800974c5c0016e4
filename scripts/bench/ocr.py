#!/usr/bin/env python3
"""The accuracy of general text readers on the same photographs: Tesseract, and RapidOCR with the models in its package.

Each is used as its documentation suggests for scattered text. Of the runs of one to six digits that it reads, the surest is its
answer. Printed are the share of photographs whose answer equals the label, and processor seconds for each photograph. Takes Debian's
tesseract-ocr, and numpy, pillow and rapidocr-onnxruntime from PyPI.
    ocr.py tesseract|rapidocr|streetnum PHOTOGRAPHS.tar LABELS.jsonl [--streetnum PROGRAM]
"""
import argparse
import csv
import io
import json
import re
import resource
import subprocess
import tarfile
import tempfile

import numpy as np
from PIL import Image

RUN_OF_DIGITS = re.compile(r"(?<!\d)\d{1,6}(?!\d)")


def surest(readings):
    """The most confident run of digits among pairs of text and confidence; None if there is none."""
    runs = [(confidence, run) for text, confidence in readings for run in RUN_OF_DIGITS.findall(text)]
    return max(runs)[1] if runs else None


def tesseract(photographs):
    for name, image in photographs:
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            image.save(file.name)
            command = ["tesseract", file.name, "-", "--psm", "11", "tsv"]
            rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        words = csv.DictReader(io.StringIO(rows), delimiter="\t", quoting=csv.QUOTE_NONE)
        yield name, surest((word["text"], float(word["conf"])) for word in words if word["text"])


def rapidocr(photographs):
    from rapidocr_onnxruntime import RapidOCR

    reader = RapidOCR()
    for name, image in photographs:
        lines, _ = reader(np.asarray(image)[:, :, ::-1].copy())
        yield name, surest((text, float(confidence)) for _, text, confidence in lines or [])


def streetnum(photographs, program):
    """Reads copies of the photographs in one call, like `detect` on a folder."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for count, (name, image) in enumerate(photographs):
            names[f"{folder}/{count}.png"] = name
            image.save(f"{folder}/{count}.png")
        command = [program, "detect", *names, "--min-confidence", "0", "--format", "ndjson"]
        found = map(json.loads, subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines())
        numbers = {}
        for number in found:
            numbers.setdefault(number["image"], []).append((number["number"], number["confidence"]))
    for path, name in names.items():
        yield name, surest(numbers.get(path, []))


def photographs_of(path, labels):
    with tarfile.open(path) as tar:
        for member in tar:
            if member.name in labels:
                yield member.name, Image.open(tar.extractfile(member)).convert("RGB")


def processor_seconds():
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", choices=["tesseract", "rapidocr", "streetnum"])
    parser.add_argument("photographs")
    parser.add_argument("labels")
    parser.add_argument("--streetnum", default="streetnum", metavar="PROGRAM")
    options = parser.parse_args()
    with open(options.labels) as lines:
        labels = {label["file"]: label["number"] for label in map(json.loads, lines)}
    photographs = list(photographs_of(options.photographs, labels))
    begin = processor_seconds()
    if options.reader == "streetnum":
        answers = dict(streetnum(photographs, options.streetnum))
    else:
        answers = dict({"tesseract": tesseract, "rapidocr": rapidocr}[options.reader](photographs))
    seconds = (processor_seconds() - begin) / len(photographs)
    right = sum(answers[name] == labels[name] for name, _ in photographs)
    print(f"{options.reader}: {right} of {len(photographs)} right, {seconds:.3f} processor seconds a photograph")


if __name__ == "__main__":
    main()
