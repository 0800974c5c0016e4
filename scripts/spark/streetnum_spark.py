#!/usr/bin/env python3
"""Reads a manifest of archives under Apache Spark, each by a process of streetnum, into Parquet tables and shards.

    spark-submit streetnum_spark.py MANIFEST --binary streetnum --shards FOLDER --out FOLDER [-- OPTION...]

OPTIONs after -- are those of streetnum ingest, such as --max-megapixels 400. The program travels with the job.

MANIFEST is a text with a path or a URL a line, or a Parquet file or folder with the columns `path` and, optionally, `bytes`. A task
reads one archive, or a few small ones. How an archive ends is a row of OUT/ledger, a crash or a timeout too; only what is the fault of
a machine fails a task, which Spark then runs again. docs/scale.md says how to submit it, docs/formats.md what shards and exit codes are.

The workers need Python and the libraries of the program, and nothing of PyPI but pyspark.
"""
import argparse
import contextlib
import hashlib
import json
import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time

# Exit codes that are final for an archive, and those after which a retry, or another machine, may succeed.
ENDED = {0: "read", 3: "partly_read", 65: "unusable", 66: "missing"}
OF_ARCHIVE = ("source.", "archive.")
STOPPED = (130, 143)

# The package to install if the loader does not find a library, by the prefix of the library's name.
PACKAGES = {
    "libarchive": "libarchive13 (or libarchive13t64)", "libpng16": "libpng16-16 (or libpng16-16t64)",
    "libjpeg": "libjpeg62-turbo (Debian) or libjpeg-turbo8 (Ubuntu)", "libsqlite3": "libsqlite3-0", "libz": "zlib1g",
    "libstdc++": "libstdc++6", "libswift": "a static build: swift build --static-swift-stdlib",
}

LEDGER = """path string, bytes bigint, outcome string, exit_code int, reason string, message string, archive string,
    archive_sha256 string, model string, method string, selection string, tool_version string, done int, rejected int, ignored int,
    numbers int, read_at string, shard string, known boolean, attempt int, tries int, host string, seconds double"""
NUMBERS = """archive string, archive_sha256 string, model string, method string, image string, image_sha256 string, ordinal int,
    width int, height int, rank int, number string, confidence int, box_left int, box_top int, box_width int, box_height int"""
DIGITS = """archive_sha256 string, method string, ordinal int, rank int, position int, digit int, score int, box_left int,
    box_top int, box_width int, box_height int"""


class InfrastructureError(Exception):
    """An error of the machine or a transient one: the task fails, and Spark retries it."""


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked_binary(path, expected):
    """The program sent with the job, after checking its hash and that it runs here; and its version information."""
    if sha256(path) != expected:
        raise InfrastructureError(f"{socket.gethostname()}: {path} is not the program of this job: its SHA-256 differs")
    os.chmod(path, 0o755)
    try:
        result = subprocess.run([path, "--version", "--json"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InfrastructureError(f"{socket.gethostname()}: {path} can't be run: {error}") from error
    if result.returncode == 0:
        return json.loads(result.stdout)
    raise InfrastructureError(f"{socket.gethostname()}: {advice(result.stderr)} (exit {result.returncode})")


def advice(stderr):
    """The missing library of a program that does not start, from the loader's message."""
    said = " ".join(stderr.split())[:300]
    missing = re.search(r"loading shared libraries: (\S+?):", stderr)
    if missing:
        package = next((package for name, package in PACKAGES.items() if missing[1].startswith(name)), "its package")
        return f"{missing[1]} is missing: install {package}"
    if "GLIBC" in stderr:
        return f"the C library is older than the one that the program was built with: {said}"
    return f"the program does not run: {said}"


def limit(memory):
    """Limits the address space of the new process, and disables core files."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))


def attempt(command, options):
    """Runs the program once; returns its exit code (negative for a signal, None after the time limit), its summary and its last messages."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, errors="replace",
        preexec_fn=lambda: limit(options.memory))
    with contextlib.ExitStack() as stack:
        stack.callback(process.kill)
        try:
            out, err = process.communicate(timeout=options.timeout)
        except subprocess.TimeoutExpired:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=5)
            return None, {}, f"took longer than {options.timeout} s"
        stack.pop_all()
    try:
        summary = json.loads(out)
    except ValueError:
        summary = {}
    return process.returncode, summary, err.strip()[-500:]


def read(binary, path, size, options, number):
    """Reads one archive and returns its row of the ledger. Raises InfrastructureError if the task should be retried."""
    command = [binary, "ingest", path, "--shard", options.shards, "--json-summary", "-", "--jobs", "1", "--die-with-parent"]
    if options.fetch:
        command += ["--fetch", options.fetch]
        if options.temp:
            command += ["--fetch-folder", options.temp]
    command += options.ingest
    begun, tries = time.monotonic(), 0
    while True:
        tries += 1
        try:
            code, summary, said = attempt(command, options)
        except OSError as error:
            raise InfrastructureError(f"{binary} can't be run: {error}") from error
        # A crash may be transient, for example for lack of memory; a second one is attributed to the archive.
        if tries > 1 or code is None or 0 <= code < 128:
            break
    reason = summary.get("reason") or {}
    if code is None:
        outcome = "timed_out"
    elif code < 0 or code >= 128 and code not in STOPPED:
        outcome = "crashed"
    elif code in ENDED and summary:
        outcome = ENDED[code]
    elif code == 64 or number + 1 < options.most_attempts or not (reason.get("id") or "").startswith(OF_ARCHIVE):
        raise InfrastructureError(f"{path}: exit {code}: {reason.get('message') or said}")
    else:
        # No attempt could access the archive; the other archives are still read.
        outcome = "failed"
    row = {
        "path": path, "bytes": size, "outcome": outcome, "exit_code": code, "reason": reason.get("id"),
        "message": reason.get("message") or (None if outcome == "read" else said), "attempt": number, "tries": tries,
        "host": socket.gethostname(), "seconds": round(time.monotonic() - begun, 3),
    }
    for name in ("archive_sha256", "model", "method", "tool_version", "done", "rejected", "ignored", "numbers", "shard", "known"):
        row[name] = summary.get(name)
    return row


def contents(shard):
    """What a shard holds: its set's columns of the ledger, the rows of numbers, the rows of digits."""
    database = sqlite3.connect(f"file:{shard.replace('%', '%25').replace('?', '%3f').replace('#', '%23')}?mode=ro&immutable=1", uri=True)
    with contextlib.closing(database):
        archive, digest, model, method, selection, read_at = database.execute(
            """SELECT sources.name, sources.sha256, model_id, method, selection, completed_at
            FROM result_sets JOIN sources ON sources.id = source_id""").fetchone()
        numbers = [(archive, digest, model, method, *row) for row in database.execute(
            """SELECT members.name, members.sha256, ordinal, width, height, rank, text, confidence,
              box_left, box_top, box_width, box_height
            FROM numbers JOIN members USING (result_set_id, ordinal) ORDER BY ordinal, rank""")]
        digits = [(digest, method, *row) for row in database.execute(
            """SELECT ordinal, rank, position, digit, score, box_left, box_top, box_width, box_height
            FROM digits ORDER BY ordinal, rank, position""")]
    return {"archive": archive, "selection": selection, "read_at": read_at}, numbers, digits


def results(groups, options, file):
    """For each archive of a task, its row of the ledger and its results; runs on a worker."""
    from pyspark import SparkFiles, TaskContext

    binary = SparkFiles.get(file)
    checked_binary(binary, options.sha256)
    number = TaskContext.get().attemptNumber()
    for group in groups:
        for path, size in group:
            row = read(binary, path, size, options, number)
            more, numbers, digits = contents(row["shard"]) if row["shard"] else ({}, [], [])
            row.update(more)
            columns = [name.split()[0] for name in LEDGER.split(",")]
            yield (*(row.get(name) for name in columns), numbers, digits)


def manifest(spark, path):
    """The archives of a manifest, each once, with their sizes: of Parquet's column, else of the file system, else 0."""
    if os.path.isdir(path) or path.endswith(".parquet"):
        table = spark.read.parquet(path)
        rows = table.select("path", *(["bytes"] if "bytes" in table.columns else [])).collect()
        found = [(row["path"], row["bytes"] if "bytes" in table.columns else None) for row in rows]
    else:
        with open(path, encoding="utf-8") as file:
            found = [(line.rstrip("\n"), None) for line in file if line.strip()]
    sizes = {}
    for name, size in found:
        if size is None:
            size = os.path.getsize(name) if os.path.exists(name) else 0
        sizes.setdefault(name, size)
    return sorted(sizes.items())


def grouped(archives, most_bytes):
    """Groups archives, large ones first, so that no large one starts last; small ones are grouped up to a size."""
    groups, open_group, open_bytes = [], [], 0
    for path, size in sorted(archives, key=lambda archive: (-archive[1], archive[0])):
        if open_group and (open_bytes + size > most_bytes or len(open_group) >= 1000):
            groups.append(open_group)
            open_group, open_bytes = [], 0
        open_group.append((path, size))
        open_bytes += size
    return groups + [open_group] if open_group else groups


def check_workers(spark, options, file):
    """Runs the program on every slot of every executor at once, before the first archive; one answer for all, or an error."""
    from pyspark import BarrierTaskContext

    def check(_):
        from pyspark import SparkFiles
        try:
            told = checked_binary(SparkFiles.get(file), options.sha256)
        except InfrastructureError as error:
            told = {"error": str(error)}
        BarrierTaskContext.get().barrier()
        yield {"host": socket.gethostname(), **told}

    slots = spark.sparkContext.defaultParallelism
    answers = spark.sparkContext.parallelize(range(slots), slots).barrier().mapPartitions(check).collect()
    errors = sorted({answer["error"] for answer in answers if "error" in answer})
    if errors:
        raise SystemExit("streetnum_spark: the workers can't read: " + "; ".join(errors))
    if len({(answer["version"], answer["method"]) for answer in answers}) > 1:
        raise SystemExit(f"streetnum_spark: workers have different programs: {answers}")
    versions = {json.dumps(answer["libraries"], sort_keys=True) for answer in answers}
    if len(versions) > 1:
        print(f"streetnum_spark: workers have different libraries: {sorted(versions)}", file=sys.stderr)


def run(spark, options):
    from pyspark.sql.types import _parse_datatype_string

    context = spark.sparkContext
    context.setLogLevel("WARN")
    options.sha256 = sha256(options.binary)
    context.addFile(options.binary)
    file = os.path.basename(options.binary)
    os.makedirs(options.shards, exist_ok=True)
    options.most_attempts = int(context.getConf().get("spark.task.maxFailures", "4"))
    check_workers(spark, options, file)
    archives = manifest(spark, options.manifest)
    groups = grouped(archives, options.task_bytes)
    schema = _parse_datatype_string(
        f"{LEDGER}, found_numbers array<struct<{typed(NUMBERS)}>>, found_digits array<struct<{typed(DIGITS)}>>")
    rows = context.parallelize(groups, max(len(groups), 1)).mapPartitions(lambda part: results(part, options, file))
    # Spark's committer makes the rows of each task appear once, whatever its attempts; all tables follow from them.
    stage = f"{options.out}/.results"
    spark.createDataFrame(rows, schema).write.mode("overwrite").parquet(stage)
    write_tables(spark, stage, options.out)
    return len(archives)


def typed(columns):
    return ", ".join(": ".join(column.split()) for column in columns.split(","))


def write_tables(spark, stage, out):
    from pyspark.sql import functions as f
    from pyspark.sql.window import Window

    all_rows = spark.read.parquet(stage)
    # The same bytes under several names are one archive, whose name is the first, as in a database.
    content = Window.partitionBy("archive_sha256", "method")
    named = all_rows.withColumn("archive", f.when(f.col("shard").isNotNull(), f.min("archive").over(content)))
    named.select(*(name.split()[0] for name in LEDGER.split(","))).write.mode("overwrite").parquet(f"{out}/ledger")
    first = named.withColumn("place", f.row_number().over(content.orderBy("path"))).where("shard IS NOT NULL AND place = 1")
    numbers = first.select("archive", f.explode("found_numbers").alias("found")).select(
        "archive", *(f"found.{name.split()[0]}" for name in NUMBERS.split(",")[1:]))
    numbers.write.mode("overwrite").parquet(f"{out}/numbers")
    first.select(f.explode("found_digits").alias("found")).select("found.*").write.mode("overwrite").parquet(f"{out}/digits")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest")
    parser.add_argument("--binary", required=True, help="the program; it is sent with the job")
    parser.add_argument("--shards", required=True, help="folder for shards: on each worker, or shared by all")
    parser.add_argument("--out", required=True, help="folder, or URL of a Hadoop file system, for the tables")
    parser.add_argument("--task-bytes", type=int, default=1 << 30, help="maximum bytes of small archives that share a task")
    parser.add_argument("--timeout", type=float, default=3600, help="time limit for one archive, in seconds")
    parser.add_argument("--memory", type=int, default=0, help="limit on the address space of a process, in MiB; 0 is no limit")
    parser.add_argument("--fetch", help="see streetnum ingest --help")
    parser.add_argument("--temp", help="see streetnum ingest --help")
    given = sys.argv[1:]
    end = given.index("--") if "--" in given else len(given)
    options = parser.parse_args(given[:end])
    options.ingest = given[end + 1:]
    return options


def main():
    from pyspark.sql import SparkSession

    options = arguments()
    options.binary = os.path.abspath(options.binary)
    spark = SparkSession.builder.appName("streetnum").getOrCreate()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        count = run(spark, options)
        print(f"streetnum_spark: {count} archives are in {options.out}", file=sys.stderr)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
