"""What scripts/spark/test runs: jobs on a small cluster whose parts are killed, compared with one machine's ingest."""
import argparse
import collections
import io
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time

import duckdb
from cluster import JOB, Cluster, kill, processes, require, wait_for

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ["STREETNUM_BINARY"]
SOUND, FIRST_KILL = 21, 3


def streetnum(*arguments, codes=(0,)):
    result = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True)
    require(result.returncode in codes, "streetnum", *arguments, "ended with", result.returncode, result.stderr)
    return result.stdout


def export(database):
    return streetnum("export", "--db", database, "--min-confidence", "0", "--fields", "+model,generation,image_sha256")


class Place:
    """A folder with 24 archives, a manifest, a program that crashes on one of them, and the results of a single machine."""

    def __init__(self, folder):
        self.path = pathlib.Path(folder)
        self.archives = self.path / "archives"
        self.archives.mkdir()
        self.make_archives()
        names = sorted(self.archives.iterdir())
        require(len(names) == 24, len(names), "archives")
        self.manifest = self.path / "manifest.txt"
        self.manifest.write_text("".join(f"{name}\n" for name in names))
        # The crash is in the test's program, because no archive is known to crash the real one.
        self.binary = self.path / "streetnum"
        self.binary.write_text(
            f'#!/bin/sh\ncase "$2" in *poison*) kill -SEGV $$ ;; */slow-*) n=${{2##*/slow-}}; sleep "${{n%%-*}}" ;; esac\n'
            f'exec "{BINARY}" "$@"\n')
        self.binary.chmod(0o755)
        readable = [name for name in names if name.name != "poison.tar"]
        streetnum("ingest", *readable, "--db", self.path / "one.sqlite", codes=(3,))
        self.calm = export(self.path / "one.sqlite")
        require(self.calm.count("\n") > 20, "one machine reads too little:", self.calm)

    def make_archives(self):
        with tarfile.open(ROOT / "fixtures" / "street.tar") as street, tarfile.open(ROOT / "fixtures" / "crops.tar") as crops:
            pictures = [
                (member, source.extractfile(member).read()) for source in (street, crops) for member in source if member.isfile()]
        pictures = [picture for picture in pictures if picture[0].name.endswith((".jpg", ".png"))]
        for index in range(SOUND):
            with tarfile.open(self.archives / f"{index:02}.tar", "w") as archive:
                for place in range(3):
                    member, data = pictures[(3 * index + place) % len(pictures)]
                    member.name = f"{index:02}/{place}-{os.path.basename(member.name)}"
                    archive.addfile(member, io.BytesIO(data))
        whole = (self.archives / "00.tar").read_bytes()
        (self.archives / "cut.tar").write_bytes(whole[: len(whole) // 2])
        (self.archives / "empty.tar").write_bytes(b"")
        shutil.copy(self.archives / "01.tar", self.archives / "poison.tar")
        with open(self.archives / "poison.tar", "ab") as poison:
            poison.write(bytes(512))

    def reading(self):
        """The process ids of programs that are reading an archive."""
        return [pid for pid, arguments in processes(str(self.archives)).items() if "ingest" in arguments]


def job(place, cluster, out):
    return cluster.submit(
        JOB, place.manifest, "--binary", place.binary, "--shards", out / "shards", "--out", out / "tables", "--task-bytes", "1",
        "--timeout", "120")


def shards(out):
    folder = out / "shards"
    return [path for path in folder.iterdir() if not path.name.startswith(".")] if folder.exists() else []


def status(pid):
    """A process's parent, and when it started, which tells it from a later one of the same id; zeros where it has ended."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (0, 0) if fields[0] == "Z" else (int(fields[1]), int(fields[19]))
    except OSError:
        return 0, 0


def parent(pid):
    return status(pid)[0]


def family(pid):
    """A process and all below it: their ids, with when they started."""
    everyone = {int(entry.name): status(entry.name) for entry in pathlib.Path("/proc").iterdir() if entry.name.isdigit()}
    found = {pid: everyone[pid][1]} if pid in everyone else {}
    while more := {one: begun for one, (above, begun) in everyone.items() if above in found and one not in found}:
        found |= more
    return found


def end(pid):
    """Kills a process; all that it started, and what these started, has to end without anybody else's help, while the job goes on."""
    doomed = family(pid)
    kill(pid)
    wait_for(f"the end of the {len(doomed)} processes of the one killed",
             lambda: not [one for one, begun in doomed.items() if begun and status(one)[1] == begun], 60)
    return len(doomed)


def kill_worker(place, cluster, out):
    return end(cluster.workers[1].pid)


def executor_of(cluster, place):
    """The executors' ids, by the job's program under them: the JVM is the program's grandparent or above."""
    executors = [
        pid for pid, arguments in processes(str(cluster.folder)).items()
        if any("CoarseGrainedExecutorBackend" in argument for argument in arguments)]
    for pid in place.reading():
        above = parent(pid)
        while above > 1 and above not in executors:
            above = parent(above)
        if above in executors:
            return above
    return None


def kill_executor(place, cluster, out):
    return end(wait_for("an executor at work", lambda: executor_of(cluster, place)))


def kill_program(place, cluster, out):
    def one():
        # Its parent has to have begun to wait for it, and it must be the program and not the script before it.
        pids = [pid for pid in place.reading() if os.path.realpath(f"/proc/{pid}/exe") == os.path.realpath(BINARY)]
        return pids and pids[0]

    return end(wait_for("a program at work", one))


def kill_driver(place, cluster, out):
    driver = cluster.drivers[-1]
    # spark-submit becomes the JVM, whose child is Python; either of them alone ends the job.
    doomed = [driver.pid, *(pid for pid in processes(str(JOB)) if parent(pid) == driver.pid)]
    for pid in doomed:
        kill(pid)
    driver.wait()
    return len(doomed)


KILLS = {"worker": kill_worker, "executor": kill_executor, "program": kill_program, "driver": kill_driver}


def trial(place, name):
    """A job of which something is killed in the middle: the same export, a complete ledger, and proof that the kill met."""
    begun = time.monotonic()
    out = place.path / f"out-{name}"
    with Cluster(place.path / f"cluster-{name}") as cluster:
        driver = job(place, cluster, out)
        wait_for("the first shards", lambda: len(shards(out)) >= FIRST_KILL or driver.poll() is not None, 240)
        require(driver.poll() is None, "the job ended before anything was killed:", cluster.log("driver")[-3000:])
        wait_for("a program at work", place.reading)
        ended = KILLS[name](place, cluster, out)
        if name == "driver":
            require(not (out / "tables" / "ledger").exists(), "the ledger is there though the driver was killed")
            wait_for("the end of the killed job's programs", lambda: not place.reading(), 30)
            driver = job(place, cluster, out)
        code = driver.wait(timeout=400)
        require(code == 0, "the job ended with", code, cluster.log("driver")[-4000:])
    wait_for("the end of all processes", lambda: not processes(str(place.path)), 20)
    rows = check(place, out)
    met = {
        "worker": [row for row in rows if row["attempt"] > 0], "executor": [row for row in rows if row["attempt"] > 0],
        "program": [row for row in rows if row["tries"] > 1 and row["outcome"] != "crashed"],
        "driver": [row for row in rows if row["known"]],
    }[name]
    require(met, f"the kill of the {name} met nothing: no archive was read a second time")
    partial = len(list((out / "shards").iterdir())) - len(shards(out))
    print(f"{name} killed, {ended} processes ended: {len(rows)} rows, {len(met)} read again or known, {partial} partial files ignored; "
          f"{time.monotonic() - begun:.0f} s", flush=True)
    return out


def table(out, name):
    found = duckdb.sql(f"SELECT * FROM read_parquet('{out}/tables/{name}/*.parquet')")
    return [dict(zip(found.columns, row)) for row in found.fetchall()]


def check(place, out):
    rows = table(out, "ledger")
    paths = collections.Counter(row["path"] for row in rows)
    require(paths == collections.Counter(place.manifest.read_text().splitlines()), "the ledger has not each archive once:", paths)
    outcomes = {os.path.basename(row["path"]): (row["outcome"], row["exit_code"], row["reason"]) for row in rows}
    expected = {
        "poison.tar": ("crashed", -11, None), "cut.tar": ("partly_read", 3, "archive.truncated"),
        "empty.tar": ("unusable", 65, "archive.empty"),
    }
    for name, outcome in outcomes.items():
        require(outcome == expected.get(name, ("read", 0, None)), name, "ended as", outcome)
    merged = out / "merged.sqlite"
    streetnum("merge", out / "shards", "--into", merged)
    require(export(merged) == place.calm, "the merged export differs from one machine's")
    streetnum("verify", "--db", merged)
    database = sqlite3.connect(merged)
    for name in ("numbers", "digits"):
        stored, = database.execute(f"SELECT count(*) FROM {name}").fetchone()
        count = len(table(out, name))
        require(stored == count > 0, f"{stored} {name} in the database, {count} in Parquet")
    database.close()
    return rows


def same_files(place, out):
    """scripts/parquet writes the same tables from the merged database."""
    folder = out / "from-database"
    subprocess.run([sys.executable, ROOT / "scripts" / "parquet", out / "merged.sqlite", "-o", folder], check=True)
    for name, keys in (("numbers", "ALL"), ("digits", "ALL")):
        ours, theirs = f"read_parquet('{folder}/{name}.parquet')", f"read_parquet('{out}/tables/{name}/*.parquet')"
        for one, other in ((ours, theirs), (theirs, ours)):
            differing = duckdb.sql(f"SELECT count(*) FROM (SELECT * FROM {one} EXCEPT {keys} SELECT * FROM {other})").fetchall()[0][0]
            require(differing == 0, f"{differing} rows of {name} differ between Spark's tables and scripts/parquet's")
        types = [duckdb.sql(f"SELECT * FROM {it}").types for it in (ours, theirs)]
        require(types[0] == types[1], f"the columns of {name} have other types:", types)
    count = duckdb.sql(f"SELECT count(*) FROM read_parquet('{folder}/ledger.parquet')").fetchall()[0][0]
    require(count == 23, count, "archives in the ledger of the merged database")
    print("DuckDB: equal rows in Spark's tables and in those of the merged database", flush=True)


def missing_library(place):
    """The driver says which package a worker lacks, before any archive is read."""
    script = place.path / "broken" / "streetnum"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\necho 'streetnum: error while loading shared libraries: libarchive.so.13: cannot open' >&2; exit 127\n")
    script.chmod(0o755)
    with Cluster(place.path / "cluster-missing") as cluster:
        driver = cluster.submit(
            JOB, place.manifest, "--binary", script, "--shards", place.path / "none", "--out", place.path / "no-tables")
        code = driver.wait(timeout=240)
        said = cluster.log("driver")
    require(code != 0 and "install libarchive13" in said, "the missing package is not named:", said[-2000:])
    print("a missing library: the driver names its package and reads nothing", flush=True)


def overhead(place):
    """Job time over the sum of the workers' times, for archives of some lengths; the archives sleep, so that cores do not matter."""
    slots = 2
    with Cluster(place.path / "cluster-overhead") as cluster:
        for seconds, count in ((1, 24), (10, 8), (60, 4)):
            folder = place.path / f"slow-{seconds}"
            folder.mkdir()
            names = []
            for index in range(count):
                names.append(folder / f"slow-{seconds}-{index}.tar")
                with tarfile.open(names[-1], "w") as archive:
                    archive.addfile(tarfile.TarInfo(f"{seconds}-{index}.txt"))
            manifest = place.path / f"slow-{seconds}.txt"
            manifest.write_text("".join(f"{name}\n" for name in names))
            out = place.path / f"out-slow-{seconds}"
            begun = time.monotonic()
            driver = cluster.submit(
                JOB, manifest, "--binary", place.binary, "--shards", out / "shards", "--out", out / "tables", "--task-bytes", "1",
                "--", "--allow-empty")
            require(driver.wait(timeout=400) == 0, cluster.log("driver")[-3000:])
            spent = time.monotonic() - begun
            worked = sum(row["seconds"] for row in table(out, "ledger")) / slots
            print(f"{count} archives of {seconds} s on {slots} slots: job {spent:.1f} s, workers {worked:.1f} s, "
                  f"ratio {spent / worked:.2f}", flush=True)
        script = place.path / "empty_tasks.py"
        script.write_text(
            "import sys, time\nfrom pyspark import SparkContext\nsc = SparkContext()\nsc.parallelize(range(2), 2).count()\n"
            "begun = time.monotonic()\nsc.parallelize(range(2000), 2000).map(lambda x: x).count()\n"
            "print('TASKS', 2000 / (time.monotonic() - begun), file=sys.stderr)\n")
        driver = cluster.submit(script)
        require(driver.wait(timeout=400) == 0, cluster.log("driver")[-3000:])
        rate = [line for line in cluster.log("driver").splitlines() if line.startswith("TASKS")][-1].split()[1]
        print(f"Spark alone: {float(rate):.0f} empty tasks a second on {slots} slots", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--overhead", action="store_true")
    parser.add_argument("kills", nargs="*", choices=[[], *KILLS], help="which kills; all where none is named")
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="streetnum-spark-") as folder:
        place = Place(folder)
        if options.overhead:
            overhead(place)
            return
        for name in ["worker"] if options.short else options.kills or KILLS:
            out = trial(place, name)
        same_files(place, out)
        if not options.short:
            missing_library(place)
    print(f"scripts/spark/test: passed in {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
