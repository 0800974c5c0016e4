"""Disk full: exit code 74, an intact database, and completion once there is space again."""
import os
import resource
import shutil
import subprocess

from .place import BINARY, Place, crops, marked, require, tar


def run(random, short):
    told = []
    with Place() as place:
        files = [(f"{copy}/{name}", marked(picture, copy)) for copy in range(40 if short else 400) for name, picture in crops()]
        tar(place / "a.tar", files)
        place.run("ingest", "a.tar", "--db", "calm.sqlite")
        calm = place.export("calm.sqlite")
        size = os.path.getsize(place / "calm.sqlite")

        place.remove()
        limits = range(4096, size, max(4096, size // (8 if short else 40)))
        for limit in limits:
            def limited():
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            run_ = subprocess.run([BINARY, "ingest", "a.tar", "--db", "db.sqlite"], cwd=place.path, preexec_fn=limited,
                                  capture_output=True, text=True, timeout=300)
            require(run_.returncode == 74, f"with files of at most {limit} bytes it ends with", run_.returncode, run_.stderr)
            require(run_.stderr.count("\n") < 4, "too much is said:", run_.stderr)
            place.check()
        place.run("ingest", "a.tar", "--db", "db.sqlite")
        require(place.export() == calm, "another export after limits on the size of files")
        told.append(f"{len(limits)} limits on the size of files")
        told.append(tmpfs(place, calm))
    return ", ".join(told) + ": 74, sound, and the same export afterwards"


def tmpfs(place, calm):
    folder = place / "small"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)], capture_output=True).returncode == 0
    if not mounted:
        return "NO full file system (mount needs rights)"
    try:
        code, _, err = place.run("ingest", "a.tar", "--db", "small/db.sqlite", codes=(74,))
        require("space" in err, "no word of space:", err)
        place.check("small/db.sqlite")
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
        place.run("ingest", "a.tar", "--db", "small/db.sqlite")
        require(place.export("small/db.sqlite") == calm, "another export after a full disk")
    finally:
        subprocess.run(["umount", str(folder)], check=False)
    return "a full file system"
