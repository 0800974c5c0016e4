#!/usr/bin/env python3
"""Times `streetnum merge` of two generated shards into a new database, by processor time and by the clock. `bench merging` calls it.

    merging.py --seed-archive fixtures/street.tar --streetnum PROGRAM [--streetnum OTHER] [--photographs 357502] [--numbers 500002]

The shards get their schema, model and method from one that the first program makes of the seed archive. Each photograph has a SHA-256
of its own; numbers are of one to four digits. Several programs are measured in turns.
"""
import argparse
import hashlib
import os
import random
import resource
import sqlite3
import subprocess
import tempfile
import time


def shard(seed, path, index, photographs, numbers):
    """Copies the seed shard and replaces its rows with generated ones."""
    with open(seed, "rb") as source, open(path, "wb") as copy:
        copy.write(source.read())
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    (set_id, source_id), = db.execute("SELECT id, source_id FROM result_sets")
    for table in ("position_statements", "sidecars", "positions", "digits", "numbers", "members", "crops", "source_paths"):
        db.execute(f"DELETE FROM {table}")
    digest = hashlib.sha256(f"archive {index}".encode()).hexdigest()
    db.execute("UPDATE sources SET identity = ?, sha256 = ?, name = ? WHERE id = ?",
               (f"sha256:{digest}", digest, f"archive{index}.tar", source_id))
    db.execute("UPDATE result_sets SET member_count = ?", (photographs,))
    chance = random.Random(index)
    each = [numbers // photographs] * photographs
    for one in chance.sample(range(photographs), numbers - sum(each)):
        each[one] += 1
    members, found, digits = [], [], []
    for ordinal, count in enumerate(each):
        content = hashlib.sha256(f"{index} {ordinal}".encode()).hexdigest()
        members.append((set_id, ordinal, f"street/{index}/{ordinal:07}.jpg", 2_500_000, content, ordinal * 2_500_608, 4000, 3000))
        confidences = sorted((chance.randrange(500, 10_001) for _ in range(count)), reverse=True)
        for rank, confidence in enumerate(confidences):
            length = chance.randrange(1, 5)
            text = str(chance.randrange(10 ** (length - 1), 10 ** length))
            left, top = chance.randrange(3000), chance.randrange(2900)
            found.append((set_id, ordinal, rank, text, confidence, left, top, 24 * len(text), 40))
            digits += ((set_id, ordinal, rank, place, int(digit), 9000, left + 24 * place, top, 24, 40)
                       for place, digit in enumerate(text))
    db.executemany("INSERT INTO members (result_set_id, ordinal, name, byte_count, sha256, offset, state, width, height)"
                   " VALUES (?, ?, ?, ?, ?, ?, 'done', ?, ?)", members)
    db.executemany(f"INSERT INTO numbers VALUES ({', '.join('?' * 9)})", found)
    db.executemany(f"INSERT INTO digits VALUES ({', '.join('?' * 10)})", digits)
    db.execute("COMMIT")
    db.execute("VACUUM")
    db.close()
    return len(digits)


def merged(program, shards, database):
    """Processor and clock seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([program, "merge", *shards, "--into", database], check=True, capture_output=True)
    after, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - start
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, clock


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed-archive", required=True)
    parser.add_argument("--streetnum", required=True, action="append")
    parser.add_argument("--photographs", type=int, default=357_502, help="photographs per shard")
    parser.add_argument("--numbers", type=int, default=500_002, help="numbers per shard")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([args.streetnum[0], "ingest", args.seed_archive, "--shard", folder], check=True, capture_output=True)
        seed, = (os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".sqlite"))
        shards = [os.path.join(folder, f"generated{index}.sqlite") for index in (1, 2)]
        digits = sum(shard(seed, path, index, args.photographs, args.numbers) for index, path in enumerate(shards, 1))
        megabytes = sum(map(os.path.getsize, shards)) / 1e6
        print(f"2 shards: {2 * args.photographs:,} photographs, {2 * args.numbers:,} numbers, {digits:,} digits, {megabytes:.0f} MB")
        for turn in range(1, args.rounds + 1):
            for program in args.streetnum:
                database = os.path.join(folder, "merged.sqlite")
                processor, clock = merged(program, shards, database)
                size = os.path.getsize(database) / 1e6
                os.remove(database)
                print(f"round {turn}, {program}: {processor:.2f} s of the processor, {2 * args.numbers / processor:,.0f} numbers "
                      f"a second; {clock:.2f} s by the clock; {size:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
