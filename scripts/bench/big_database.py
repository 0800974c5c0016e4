#!/usr/bin/env python3
"""Makes a large database of generated numbers, to measure how fast it is browsed.

    streetnum ingest fixtures/street.tar --db big.sqlite    # makes the tables, a model and a source
    scripts/bench/big_database.py big.sqlite [--pictures 200000] [--numbers 5] [--archives 200] [--reviews 20000] [--seed 1]

Numbers are spread as a street's are: small ones are frequent, and most readings are either sure or not. A reviewer has decided on the
least sure of those that are shown.
"""
import argparse
import hashlib
import random
import sqlite3
import time

SOURCE = "INSERT INTO sources (identity, kind, sha256, byte_count, name, created_at) VALUES (?, 'archive', ?, 1, ?, ?)"

COPIED = "model_id, parameters, fingerprint, tool_version, reading, rules, method, selection, libraries, generation, deaths"

RESULT_SET = f"""
    INSERT INTO result_sets (source_id, state, started_at, completed_at, member_count, {COPIED})
    SELECT ?, 'complete', started_at, started_at, ?, {COPIED} FROM result_sets WHERE id = ?
"""

MEMBERS = """
    INSERT INTO members (result_set_id, ordinal, name, byte_count, sha256, offset, state, width, height)
    WITH RECURSIVE counted (ordinal) AS (SELECT 0 UNION ALL SELECT ordinal + 1 FROM counted WHERE ordinal + 1 < ?3)
    SELECT ?1, ordinal, printf('camera-%d/IMG_%04d_%06d.jpg', ordinal % 8, ?2, ordinal), 1, digest(?2 || ' ' || ordinal),
      512 * ordinal, 'done', 640, 480
    FROM counted
"""

NUMBERS = """
    INSERT INTO numbers
    WITH RECURSIVE counted (rank) AS (SELECT 0 UNION ALL SELECT rank + 1 FROM counted WHERE rank + 1 < ?2),
    found AS MATERIALIZED (
      SELECT ordinal, house_number() AS text, confidence() AS confidence FROM members, counted WHERE result_set_id = ?1),
    ranked AS (
      SELECT *, row_number() OVER (PARTITION BY ordinal ORDER BY confidence DESC) - 1 AS rank FROM found)
    SELECT ?1, ordinal, rank, text, confidence, 40 + 100 * rank, 40 + ordinal % 300, 10 * length(text), 20 FROM ranked
"""

DIGITS = """
    INSERT INTO digits
    SELECT result_set_id, ordinal, rank, value, CAST(substr(text, value + 1, 1) AS INTEGER), 9000, box_left + 10 * value,
      box_top, 10, 20
    FROM numbers JOIN json_each('[0,1,2,3,4,5]') ON value < length(text) WHERE result_set_id = ?
"""

REVIEWED = """
    CREATE TEMP TABLE reviewed AS
    SELECT n.*, sha256, CASE rank % 3 WHEN 0 THEN 'confirmed' WHEN 1 THEN 'not_a_number' ELSE 'corrected' END AS verdict
    FROM numbers n INDEXED BY numbers_by_confidence JOIN members USING (result_set_id, ordinal)
    WHERE confidence >= 5000 AND sha256 IS NOT NULL ORDER BY confidence, text LIMIT ?
"""

DECISIONS = """
    INSERT INTO decisions (id, sha256, counter, reviewer, verdict, box_left, box_top, box_width, box_height, shown, text,
      decided_at, mode)
    SELECT printf('bench-%d-%d-%d', result_set_id, ordinal, rank), sha256, rank + 1, 'bench', verdict, box_left, box_top,
      box_width, box_height, text, iif(verdict = 'corrected', '7' || substr(text, 1, 5), NULL), '2026-01-01T00:00:00.000Z',
      'queue'
    FROM reviewed
"""

REVIEWED_NUMBERS = """
    INSERT INTO reviewed_numbers
    SELECT result_set_id, ordinal, rank, verdict,
      CASE verdict WHEN 'confirmed' THEN text WHEN 'corrected' THEN '7' || substr(text, 1, 5) END, text, confidence,
      box_left, box_top, box_width, box_height, 'bench', '2026-01-01T00:00:00.000Z', 0, 1, char(10) || 'bench' || char(10)
    FROM reviewed
"""


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("database", help="a database made by streetnum with at least one result set")
    parser.add_argument("--pictures", type=int, default=200_000)
    parser.add_argument("--numbers", type=int, default=5, help="numbers per picture")
    parser.add_argument("--archives", type=int, default=200)
    parser.add_argument("--reviews", type=int, default=20_000, help="numbers with a decision")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def add_functions(db, chance):
    """SQL functions for random values: a house number, and a confidence in 1/10,000."""

    def confidence():
        kind = chance.random()
        share = 1 - chance.random() ** 3 / 4 if kind < 0.6 else chance.random() ** 2 if kind < 0.9 else chance.random()
        return min(max(int(share * 10_000), 500), 10_000)

    db.create_function("digest", 1, digest, deterministic=True)
    db.create_function("house_number", 0, lambda: str(min(int(chance.paretovariate(0.7)), 99_999)))
    db.create_function("confidence", 0, confidence)


def add_archive(db, index, pictures, template, count):
    name = f"drive-{index:04}.tar"
    sha256 = digest(name)
    source = db.execute(SOURCE, (f"sha256:{sha256}", sha256, name, "2026-01-01T00:00:00.000Z")).lastrowid
    result_set = db.execute(RESULT_SET, (source, pictures, template)).lastrowid
    db.execute(MEMBERS, (result_set, index, pictures))
    db.execute(NUMBERS, (result_set, count))
    db.execute(DIGITS, (result_set,))


def main():
    options = arguments()
    begin = time.process_time()
    db = sqlite3.connect(options.database, isolation_level=None)
    add_functions(db, random.Random(options.seed))
    db.execute("PRAGMA synchronous = NORMAL")
    template = db.execute("SELECT min(id) FROM result_sets WHERE state = 'complete'").fetchone()[0]
    if template is None:
        raise SystemExit(f"{options.database} has no complete result set; ingest a picture first")
    for index in range(options.archives):
        pictures = options.pictures // options.archives + (index < options.pictures % options.archives)
        db.execute("BEGIN")
        add_archive(db, index, pictures, template, options.numbers)
        db.execute("COMMIT")
    db.execute("BEGIN")
    db.execute(REVIEWED, (options.reviews,))
    db.execute(DECISIONS)
    db.execute(REVIEWED_NUMBERS)
    db.execute("COMMIT")
    db.close()
    print(f"{options.pictures} pictures with {options.pictures * options.numbers} numbers in {options.archives} archives; "
          f"{time.process_time() - begin:.1f} s of processor time")


if __name__ == "__main__":
    main()
