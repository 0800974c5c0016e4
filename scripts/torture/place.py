"""The temporary folder of a trial, and the program running in it."""
import io
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ["STREETNUM_BINARY"]


class Broken(Exception):
    """The program broke a promise."""


def require(holds, *told):
    if not holds:
        raise Broken(" ".join(str(part) for part in told))


def photographs():
    """The fixtures' JPEG and PNG files: names and bytes."""
    with tarfile.open(ROOT / "fixtures" / "street.tar") as archive:
        members = [member for member in archive if member.name.endswith((".jpg", ".png"))]
        return [(member.name, archive.extractfile(member).read()) for member in members]


def crops():
    """Small pictures, a few of them with numbers: quick to read."""
    with tarfile.open(ROOT / "fixtures" / "crops.tar") as archive:
        return [(member.name, archive.extractfile(member).read()) for member in archive if member.isfile()]


def marked(picture, mark):
    """The same picture with other bytes: a comment after JPEG's first marker, or after PNG's end."""
    note = str(mark).encode()
    if picture[:2] == b"\xff\xd8":
        return picture[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + picture[2:]
    return picture + note


def tar(path, files, mode="w"):
    with tarfile.open(path, mode) as archive:
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


class Place:
    """A temporary folder in which the program runs; a context that removes it."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="streetnum-torture-"))
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def __truediv__(self, name):
        return self.path / name

    def start(self, *arguments, failpoint=None, **options):
        environment = {**os.environ, **({"STREETNUM_FAILPOINT": failpoint} if failpoint else {})}
        return subprocess.Popen(
            [BINARY, *map(str, arguments)], cwd=self.path, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def run(self, *arguments, codes=(0,), **options):
        """Runs to the end; the exit code must be one of `codes`. Returns it with both outputs."""
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=600)
        require(process.returncode in codes, arguments, "ended with", process.returncode, "not", codes, err[-600:])
        return process.returncode, out, err

    def export(self, database="db.sqlite"):
        return self.run("export", "--min-confidence", 0, "--db", database)[1]

    def ledger(self, database="db.sqlite"):
        """The outcomes of all members of complete sets, without values that differ between runs."""
        with sqlite3.connect(self / database) as connection:
            return connection.execute(
                "SELECT identity, ordinal, members.name, members.state, members.reason, members.sha256, alias_of "
                "FROM members JOIN result_sets ON result_sets.id = result_set_id JOIN sources ON sources.id = source_id "
                "ORDER BY 1, 2").fetchall()

    def positions(self, database="db.sqlite"):
        """The stored statements of positions, and the positions chosen from them."""
        with sqlite3.connect(self / database) as connection:
            return connection.execute(
                "SELECT identity, positions.sha256, positions.name, revision, position_origin, positions.latitude, "
                "positions.longitude, origin, sidecar FROM positions JOIN sources ON sources.id = source_id "
                "LEFT JOIN position_statements ON position_id = positions.id ORDER BY 1, 2, 3, 8, 9").fetchall()

    def is_claimed(self, database="db.sqlite"):
        """Whether some run reads a source now."""
        try:
            with sqlite3.connect(f"file:{self / database}?mode=ro", uri=True) as connection:
                return connection.execute("SELECT count(*) FROM result_sets WHERE run_id IS NOT NULL").fetchone()[0] > 0
        except sqlite3.OperationalError:
            return False

    def is_writable(self, database="db.sqlite"):
        """Whether no other process is inside a transaction that writes."""
        connection = sqlite3.connect(self / database, timeout=0.5, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            return True
        except sqlite3.OperationalError:
            return False
        finally:
            connection.close()

    def check(self, database="db.sqlite"):
        """SQLite's own view of the file, from another program."""
        if not (self / database).exists():
            return
        connection = sqlite3.connect(self / database)
        try:
            verdict = connection.execute("PRAGMA integrity_check").fetchall()
        except sqlite3.DatabaseError as error:
            verdict = error
        finally:
            connection.close()
        require(verdict == [("ok",)], "integrity_check:", verdict)

    def remove(self, database="db.sqlite"):
        for end in ("", "-wal", "-shm"):
            (self / (database + end)).unlink(missing_ok=True)


def killed(process):
    """Waits for a process; whether SIGKILL ended it."""
    process.communicate(timeout=600)
    return process.returncode == -signal.SIGKILL
