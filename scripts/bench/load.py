#!/usr/bin/env python3
"""load.py URL [--rate 100] [--connections 50] [--seconds 20]: how long `streetnum serve` takes to answer.

Requests are sent at a steady rate, whether or not earlier ones were answered, over connections that are kept open: what a request
waits for a connection counts. Addresses are taken from the server's own answers: searches of all kinds, pages, crops, pictures'
JSON. Prints milliseconds at the 50th and 99th percentile and the largest, for each kind, and fails where an answer is not 200.
"""
import argparse
import asyncio
import json
import random
import sys
import time
import urllib.parse
import urllib.request


def kinds(base, rng):
    """Addresses by kind, from what the database holds."""

    def get(address):
        with urllib.request.urlopen(base + address) as answer:
            return json.load(answer)

    numbers = []
    for prefix in range(1, 10):
        numbers += get(f"/api/numbers?prefix={prefix}&limit=200")["numbers"]
    rng.shuffle(numbers)
    cursor = get("/api/numbers?order=surest_first&limit=50")["next"] or ""
    pictures = [number["image_sha256"] for number in numbers if number["image_sha256"]]
    quote = urllib.parse.quote
    return {
        "number": [f"/api/numbers?number={n['number']}" for n in numbers],
        "prefix": [f"/api/numbers?prefix={n['number'][:2]}" for n in numbers],
        "like": ["/api/numbers?like=" + quote(p) for p in ("*7*", "1?7*", "??", "*99", "4*2")],
        "image": ["/api/numbers?image=" + quote(p) for p in ("*1234*", "*.jpg", "no such image*", "*77.*")],
        "archive": ["/api/numbers?archive=" + quote(f"*{n['archive'][-8:]}") for n in numbers[:50]],
        "surest": ["/api/numbers?order=surest_first", "/api/numbers?order=surest_first&cursor=" + cursor],
        "least sure": ["/api/numbers?order=least_sure_first&min_confidence=0", "/api/numbers?min_confidence=0.9&review=unreviewed"],
        "confidences": ["/api/confidences"],
        "picture JSON": [f"/api/pictures/{sha256}" for sha256 in pictures],
        "sources": ["/api/sources", "/api/members?state=rejected", "/api/runs"],
        "page": ["/", "/?q=14", "/?q=*7*", "/?image=77", "/sources", "/rejected", "/runs", "/review"],
        "picture page": [f"/pictures/{sha256}" for sha256 in pictures],
        "crop": [n["crop"] for n in numbers if n["crop"]],
    }


async def answer(reader, writer, host, address):
    """The status of a response, after its whole body has been received."""
    writer.write(f"GET {address} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))[15:])
    await reader.readexactly(length)
    return int(head.split(b" ")[1])


async def measure(base, rate, count, seconds, choices, rng):
    url = urllib.parse.urlsplit(base)
    free = asyncio.Queue()
    for _ in range(count):
        free.put_nowait(await asyncio.open_connection(url.hostname, url.port))
    taken, bad = {kind: [] for kind in choices}, []

    async def one(kind, address, due):
        connection = await free.get()
        try:
            status = await answer(*connection, url.netloc, address)
        except (OSError, asyncio.IncompleteReadError) as error:
            bad.append(f"{address}: {error!r}")
            connection[1].close()
            connection = await asyncio.open_connection(url.hostname, url.port)
        else:
            taken[kind].append(1000 * (time.monotonic() - due))
            if status != 200:
                bad.append(f"{address}: {status}")
        free.put_nowait(connection)

    tasks, begun = [], time.monotonic()
    for turn in range(rate * seconds):
        due = begun + turn / rate
        await asyncio.sleep(max(0, due - time.monotonic()))
        kind = rng.choice(list(choices))
        tasks.append(asyncio.create_task(one(kind, rng.choice(choices[kind]), due)))
    await asyncio.gather(*tasks)
    return taken, bad


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--rate", type=int, default=100)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    base, rng = arguments.url.rstrip("/"), random.Random(arguments.seed)
    choices = {kind: addresses for kind, addresses in kinds(base, rng).items() if addresses}
    taken, bad = asyncio.run(measure(base, arguments.rate, arguments.connections, arguments.seconds, choices, rng))
    everything = [value for values in taken.values() for value in values]
    print(f"{'kind':14} {'count':>6} {'p50 ms':>8} {'p99 ms':>8} {'most ms':>8}")
    for kind, values in [*taken.items(), ("all", everything)]:
        if values:
            print(f"{kind:14} {len(values):6} {percentile(values, .5):8.1f} {percentile(values, .99):8.1f} {max(values):8.1f}")
    print("\n".join(bad[:20]), file=sys.stderr, end="\n" if bad else "")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
