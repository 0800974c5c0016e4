"""positions.py DATABASE [COUNT]: what it costs to store positions of photographs, with and without their R*Tree.

Makes the position tables of a database of streetnum anew in a temporary file, and fills them as an ingest does, 64 photographs in a
transaction. Processor time, so that other work on the machine matters little.
"""
import pathlib
import random
import sqlite3
import sys
import tempfile
import time

# Somewhere in the Netherlands, in 1e-7 degrees.
NORTH, EAST = (506_000_000, 535_000_000), (33_000_000, 72_000_000)
BATCH = 64


def statements(database):
    """The SQL that makes the tables, indexes and triggers of positions."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return [sql for name, sql in connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name LIKE 'position%' ORDER BY rowid")
            if not name.startswith("positions_rtree_")]


def fill(connection, count, random):
    for first in range(0, count, BATCH):
        rows = [(f"{random.getrandbits(256):064x}", f"photos/IMG_{place:07}.jpg", random.randint(*NORTH), random.randint(*EAST))
                for place in range(first, min(first + BATCH, count))]
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO positions (source_id, sha256, name, revision, latitude, longitude, position_origin) "
            "VALUES (1, ?, ?, 1, ?, ?, 'exif')", rows)
        connection.execute("COMMIT")


def main():
    database, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    for has_tree in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "positions.sqlite")
            connection = sqlite3.connect(path, isolation_level=None)
            connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE sources (id INTEGER PRIMARY KEY); "
                                     "INSERT INTO sources VALUES (1)")
            for sql in statements(database):
                if has_tree or "rtree" not in sql:
                    connection.execute(sql)
            begun = time.process_time()
            fill(connection, count, random.Random(1))
            seconds = time.process_time() - begun
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            print(f"{'with' if has_tree else 'without'} the R*Tree: {seconds / count * 1e6:.0f} us a photograph, "
                  f"{path.stat().st_size / count:.0f} bytes")
            connection.close()


main()
