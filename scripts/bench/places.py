#!/usr/bin/env python3
"""The cost of positions: the time of queries by place among a million numbers, and of the R*Tree when storing.

Makes a database of photographs with one number each, in archives of 1,000, at random places of a country: the hardest order for an
R*Tree. Each row goes in as `streetnum ingest` writes it, but for the pictures, of which there are none. Needs Python's standard
library alone; the database takes about 900 bytes a number.
    places.py STREETNUM [--numbers 1000000] [--keep FILE]
"""
import argparse
import hashlib
import os
import pathlib
import random
import resource
import sqlite3
import statistics
import subprocess
import tempfile
import time

FIXTURE = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "crops.tar"
IN_ARCHIVE = 1_000
# 300 by 300 kilometres, in 1e-7 degrees.
SOUTH, NORTH, WEST, EAST = 509_000_000, 536_000_000, 33_000_000, 72_000_000


def columns(db, table):
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def clone(db, table, key, changes):
    """Copies a row, with other values in some columns."""
    names = columns(db, table)
    row = dict(zip(names, db.execute(f"SELECT * FROM {table} WHERE {key} LIMIT 1").fetchone(), strict=True))
    row.update(changes)
    places = ", ".join("?" * len(names))
    db.execute(f"INSERT INTO {table} VALUES ({places})", [row[name] for name in names])


def fill(db, count):
    """Archives, members and numbers; returns the rows of their positions."""
    rng = random.Random(7)
    positions = []
    for first in range(0, count, IN_ARCHIVE):
        source = 1_000 + first // IN_ARCHIVE
        sha256 = hashlib.sha256(str(source).encode()).hexdigest()
        clone(db, "sources", "true", {"id": source, "identity": f"sha256:{sha256}", "sha256": sha256, "name": f"{source}.tar"})
        clone(db, "result_sets", "state = 'complete'", {"id": source, "source_id": source, "member_count": IN_ARCHIVE})
        members, numbers, digits = [], [], []
        for ordinal in range(min(IN_ARCHIVE, count - first)):
            name, text = f"{ordinal}.jpg", str(rng.randrange(1, 400))
            content = hashlib.sha256(f"{source} {ordinal}".encode()).hexdigest()
            members.append((source, ordinal, name, 3_000_000, content, 512 * ordinal, "done", 0, 4_000, 3_000))
            numbers.append((source, ordinal, 0, text, 9_000, 100, 100, 20 * len(text), 30))
            digits += [(source, ordinal, 0, i, int(d), 9_000, 100 + 20 * i, 100, 20, 30) for i, d in enumerate(text)]
            positions.append((source, content, name, rng.randrange(SOUTH, NORTH), rng.randrange(WEST, EAST)))
        db.executemany(
            "INSERT INTO members (result_set_id, ordinal, name, byte_count, sha256, offset, state, attempts, width, height) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", members)
        db.executemany("INSERT INTO numbers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", numbers)
        db.executemany("INSERT INTO digits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", digits)
    return positions


def insert(db, positions):
    """Processor time of storing positions."""
    before = time.process_time()
    db.executemany(
        "INSERT INTO positions (source_id, sha256, name, latitude, longitude, position_origin) VALUES (?, ?, ?, ?, ?, 'exif')",
        positions)
    return time.process_time() - before


def run(program, *arguments):
    """Seconds, processor seconds and output lines of a command."""
    before, usage = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime
    return time.monotonic() - before, used, output.count("\n")


def ask(program, path, positions, what, arguments):
    """Prints the median of 30 runs of a query, each with another position."""
    rng = random.Random(9)
    runs = [run(program, "query", "--db", path, "--format", "csv", *arguments(rng.choice(positions))) for _ in range(30)]
    wall, used, lines = (statistics.median(column) for column in zip(*runs, strict=True))
    slowest = max(row[0] for row in runs)
    print(f"{what}: {1000 * wall:.0f} ms, {1000 * used:.0f} ms of processor time, slowest {1000 * slowest:.0f} ms, {lines:.0f} lines")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("streetnum")
    parser.add_argument("--numbers", type=int, default=1_000_000)
    parser.add_argument("--keep", help="keep the database as this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        path = options.keep or os.path.join(scratch, "places.sqlite")
        subprocess.run([options.streetnum, "ingest", "--db", path, FIXTURE], check=True, capture_output=True)
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -65536")
        db.execute("BEGIN")
        positions = fill(db, options.numbers)
        db.execute("COMMIT")
        located = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'positions_located'").fetchone()[0]
        # Without the trigger that fills the R*Tree, rolled back; then with it.
        db.execute("BEGIN")
        db.execute("DROP TRIGGER positions_located")
        plain = insert(db, positions)
        db.execute("ROLLBACK")
        db.execute("BEGIN")
        indexed = insert(db, positions)
        db.execute("COMMIT")
        assert located and db.execute("SELECT count(*) FROM positions_rtree").fetchone()[0] >= len(positions)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        each = 1e6 / len(positions)
        print(f"{len(positions)} positions: {plain * each:.1f} us each without the R*Tree, {indexed * each:.1f} us with it; "
              f"{os.path.getsize(path) / 1e6:.0f} MB in all")
        ask(options.streetnum, path, positions, "--near, 50 m", lambda p: ["--near", f"{p[3] / 1e7},{p[4] / 1e7},50m"])
        ask(options.streetnum, path, positions, "--near, 2 km", lambda p: ["--near", f"{p[3] / 1e7},{p[4] / 1e7},2km"])
        ask(options.streetnum, path, positions, "--bbox, 0.01 degrees", lambda p: [
            "--bbox", f"{p[4] / 1e7},{p[3] / 1e7},{p[4] / 1e7 + 0.01},{p[3] / 1e7 + 0.01}"])
        ask(options.streetnum, path, positions, "--number 27 --near, 50 m", lambda p: [
            "--number", "27", "--near", f"{p[3] / 1e7},{p[4] / 1e7},50m"])


main()
