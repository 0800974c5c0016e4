#!/usr/bin/env python3
"""siege.py BINARY: tests `streetnum serve` against hostile clients and concurrent runs.

A thousand connections at once, clients that stall, requests that are broken; while an ingest runs, and after kill -9 of the server and
of the ingest. Prints what was answered, and the server's memory before and after; fails where an answer is wrong, where a decision
is lost, or where memory grows by more than 64 MiB.
"""
import argparse
import asyncio
import collections
import json
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
JSON = {"Content-Type": "application/json"}


class Server:
    def __init__(self, binary, database, port=0):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([binary, "serve", "--db", database, "--port", str(port), "--reviewer", "ann"], stderr=self.log)
        end = time.monotonic() + 60
        while not (found := re.search(r"http://[^:]+:(\d+)/", self.said())):
            if self.process.poll() is not None or time.monotonic() > end:
                raise SystemExit("the server did not start: " + self.said())
            time.sleep(0.05)
        self.port = int(found[1])

    def said(self):
        self.log.seek(0)
        return self.log.read()

    def memory(self):
        """Current and peak resident memory in MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return [int(re.search(rf"{name}:\s+(\d+)", status)[1]) // 1024 for name in ("VmRSS", "VmHWM")]

    def descriptors(self):
        return len(list(pathlib.Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(20)

    def ask(self, address, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{address}", headers=JSON)
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, data, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)


async def status(port, request, patience=60):
    """The status of the response to a request; None if the connection is closed without one."""
    try:
        reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), patience)
        writer.write(request)
        line = await asyncio.wait_for(reader.readline(), patience)
        writer.close()
        return int(line.split()[1]) if line else None
    except (OSError, asyncio.TimeoutError) as error:
        return type(error).__name__


async def crowd(port, count, request):
    return collections.Counter(await asyncio.gather(*[status(port, request) for _ in range(count)]))


async def stall(port, count):
    """Clients that send incomplete requests; returns how many the server has closed within half a minute."""
    pieces = [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: y",
              b"POST /api/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"]
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(count)]
    for index, (_, writer) in enumerate(connections):
        writer.write(pieces[index % len(pieces)])
    others = await crowd(port, 50, b"GET /api/runs HTTP/1.1\r\nHost: localhost\r\n\r\n")

    async def is_closed(reader):
        try:
            await asyncio.wait_for(reader.read(), 30)
        except asyncio.TimeoutError:
            return False
        except OSError:
            pass
        return True

    closed = sum(await asyncio.gather(*[is_closed(reader) for reader, _ in connections]))
    for _, writer in connections:
        writer.close()
    return closed, others


def decide(server, count):
    """Decides on the numbers with the lowest confidence; returns the ids of the decisions answered with 201."""
    code, content = server.ask("/api/review/items", {"count": count, "min_confidence": 0})
    stored = []
    for number, item in enumerate(content["items"]):
        body = {"id": f"{server.process.pid}-{number}", "picture": item["picture"], "box": item["box"], "shown": item["text"],
                "verdict": "confirmed", "mode": "queue"}
        code, _ = server.ask("/api/decisions", body)
        if code == 201:
            stored.append(body["id"])
        elif code != 503:
            raise SystemExit(f"a decision was answered with {code}")
    return stored


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    binary = str(pathlib.Path(parser.parse_args().binary).resolve())
    failures = []

    def check(condition, *said):
        print("ok    " if condition else "FAILED", *said, flush=True)
        if not condition:
            failures.append(said)

    with tempfile.TemporaryDirectory(prefix="streetnum.") as folder:
        database = f"{folder}/street.sqlite"
        archives = [shutil.copy(ROOT / "fixtures" / name, folder) for name in ("street.tar", "crops.tar")]
        subprocess.run([binary, "ingest", archives[0], "--db", database], capture_output=True)
        server = Server(binary, database)
        before = server.memory()
        for address in (b"/", b"/api/numbers", b"/review"):
            answers = asyncio.run(crowd(server.port, 1000, b"GET " + address + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
            check(set(answers) <= {200, 503} and answers[200] > 0, "1,000 connections at once,", address.decode(), dict(answers))
        closed, others = asyncio.run(stall(server.port, 200))
        check(closed == 200, closed, "of 200 stalled clients were cut off")
        check(set(others) == {200}, "meanwhile others were answered", dict(others))
        broken = asyncio.run(crowd(server.port, 300, b"\x16\x03\x01\x00garbage\r\n\r\n"))
        check(set(broken) <= {400, None}, "300 broken requests", dict(broken))
        after = server.memory()
        check(after[0] - before[0] < 64, f"memory {before[0]} MiB before, {after[0]} after, {after[1]} at most")
        check(server.descriptors() < 60, server.descriptors(), "files are open afterwards")

        ingest = subprocess.Popen([binary, "ingest", archives[1], "--db", database], stderr=subprocess.DEVNULL)
        stored = decide(server, 5)
        codes = collections.Counter(server.ask("/api/numbers")[0] for _ in range(30))
        check(set(codes) == {200}, "while an ingest runs", dict(codes))
        ingest.kill()
        ingest.wait()
        check(server.ask("/api/numbers?order=surest_first")[0] == 200, "after kill -9 of the ingest")
        server.end(signal.SIGKILL)
        server = Server(binary, database)
        stored += decide(server, 5)
        code = subprocess.run([binary, "ingest", archives[1], "--db", database], stderr=subprocess.DEVNULL).returncode
        check(code in (0, 3), "the ingest ends after kill -9 of both:", code)
        with sqlite3.connect(database) as db:
            kept = {row[0] for row in db.execute("SELECT id FROM decisions")}
        check(set(stored) <= kept and stored, len(stored), "decisions were answered and stored")
        check(server.end() == 143, "the server ends by SIGTERM")
        verify = subprocess.run([binary, "verify", "--db", database], capture_output=True, text=True)
        check(verify.returncode in (0, 3), "verify", verify.returncode, verify.stderr.strip())
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
