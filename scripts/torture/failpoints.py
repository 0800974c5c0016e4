"""Kills the program at every failpoint and resumes: the export is the same, and every file is in exactly one place."""
import collections
import os
import shutil
import sqlite3

from .place import Place, crops, marked, require, tar


def run(random, short):
    with Place() as place:
        names = place.run("failpoints")[1].split()
        tar(place / "a.tar", [(f"{copy}/{name}", marked(picture, copy)) for copy in range(12) for name, picture in crops()])
        tar(place / "b.tar", [("front-door.png", crops()[0][1])])
        place.run("ingest", "a.tar", "--db", "calm.sqlite")
        calm = place.export("calm.sqlite")
        for name in names:
            for count in (1,) if short else (1, 2, random.randrange(3, 50)):
                reached = die(place, f"{name}:{count}:kill", calm)
                require(reached or count > 1 or (name == "move.copying" and not elsewhere(place)), "no command reaches", name)
        deadly(place, calm)
        told = "" if elsewhere(place) else ", but for move.copying: THERE IS NO OTHER FILE SYSTEM at /dev/shm"
        return f"{len(names)} failpoints, each died at and gone on from{told}"


def deadly(place, calm):
    """An archive that ends the program in its parser is set aside by the third run; what comes with it is read, and so is all when it is retried."""
    place.remove()
    tar(place / "b.tar", [("b.png", crops()[0][1])])
    night = ("ingest", "a.tar", "b.tar", "--db", "db.sqlite")
    crash = {"failpoint": "archive.parsing:7:crash"}
    for _ in range(2):
        process = place.start(*night, **crash)
        process.communicate(timeout=120)
        require(process.returncode == -11, "the parser should have crashed, not ended with", process.returncode)
    _, _, err = place.run(*night, codes=(3,), **crash)
    require("crashed more than once" in err, "the archive is not set aside:", err)
    place.check()
    place.run("verify", "--db", "db.sqlite")
    require(any(row[2:4] == ("b.png", "done") for row in place.ledger()), "the archive behind it is not read")
    _, _, err = place.run(*night, codes=(3,))
    require("crashed more than once" in err, "only a retry should read it again:", err)
    place.run("retry", "--db", "db.sqlite", "--archive", "a.tar")
    export = "".join(line for line in place.export().splitlines(True) if '"archive": "a.tar"' in line)
    require(export == calm, "after the retry the export differs")


def elsewhere(place):
    """Whether /dev/shm is another file system than the place's."""
    return os.path.isdir("/dev/shm") and os.stat("/dev/shm").st_dev != os.stat(place.path).st_dev


def die(place, failpoint, calm):
    """Runs each way of reading an archive with the failpoint, then without; says whether one died."""
    died = False
    for way in (file, stream, inbox, inbox_elsewhere, suspect, removal, merge):
        if way is inbox_elsewhere and not elsewhere(place):
            continue
        place.remove()
        died = way(place, failpoint) or died
        place.check()
        require(renamed(place.export()) == renamed(calm), way.__name__, "comes to another export after", failpoint)
        place.run("verify", "--db", "db.sqlite")
    return died


def renamed(export):
    return export.replace('{"archive": "-"', '{"archive": "a.tar"')


def again(place, failpoint, *arguments, codes=(0,), **options):
    process = place.start(*arguments, failpoint=failpoint, **options)
    process.communicate(timeout=120)
    require(process.returncode in (-9, *codes), arguments, failpoint, "ended with", process.returncode)
    return process.returncode == -9


def file(place, failpoint):
    died = again(place, failpoint, "ingest", "a.tar", "--db", "db.sqlite")
    place.run("ingest", "a.tar", "--db", "db.sqlite")
    return died


def stream(place, failpoint):
    with open(place / "a.tar", "rb") as first, open(place / "a.tar", "rb") as second:
        died = again(place, failpoint, "ingest", "-", "--db", "db.sqlite", stdin=first)
        place.run("ingest", "-", "--db", "db.sqlite", stdin=second)
    return died


def suspect(place, failpoint):
    """A member during which a run died, and whose second reading is to die as well: by a fault, where it has a process of its own."""
    crashes = failpoint.startswith("member.isolated:1:")
    if crashes:
        failpoint = failpoint.replace(":kill", ":crash")
    place.start("ingest", "a.tar", "--jobs", 1, "--db", "db.sqlite", failpoint="member.noted:5:kill").communicate()
    died = again(place, failpoint, "ingest", "a.tar", "--db", "db.sqlite", codes=(0, 3))
    code, _, _ = place.run("ingest", "a.tar", "--db", "db.sqlite", codes=(0, 3))
    if not crashes:
        require(code == 0, "a member is rejected after", failpoint)
        return died
    # Those in hand when the first run died ended a process of their own as well: they are rejected, and all others are read.
    crashed = [row for row in place.ledger() if row[4] == "member.crashed"]
    require(code == 3 and 1 <= len(crashed) <= 3, "the members in hand should be rejected as crashed:", code, crashed)
    place.run("retry", "--db", "db.sqlite")
    return True


def removal(place, failpoint):
    """An archive is forgotten, and results of another one that were superseded are dropped."""
    place.run("ingest", "b.tar", "a.tar", "--db", "db.sqlite")
    place.run("ingest", "a.tar", "--max-scans", 99, "--db", "db.sqlite")
    forget = ("forget", "--archive", "b.tar", "--yes", "--db", "db.sqlite")
    prune = ("prune", "--superseded", "--db", "db.sqlite")
    died = again(place, failpoint, *forget)
    place.run(*forget, codes=(0, 66))
    require(b"front-door" not in (place / "db.sqlite").read_bytes(), "after", failpoint, "bytes of what was forgotten are left")
    died = again(place, failpoint, *prune) or died
    place.run(*prune)
    require(place.run(*prune)[1].startswith("dropped nothing"), "after", failpoint, "results are left that are superseded")
    return died


def merge(place, failpoint):
    """Merges two shards: a shard is in the database completely or not at all, and repeating the command completes the merge."""
    for name in ("a.tar", "b.tar"):
        if not (place / f"{name}.sqlite").exists():
            place.run("ingest", name, "--db", f"{name}.sqlite")
    # The shard that is merged first is the smaller one, so that the other one has its indexes made anew, too.
    command = ("merge", "b.tar.sqlite", "a.tar.sqlite", "--into", "db.sqlite")
    died = again(place, failpoint, *command)
    complete = members(place, "a.tar.sqlite") | members(place, "b.tar.sqlite")
    left = members(place, "db.sqlite")
    if left:
        place.run("verify", "--db", "db.sqlite")
    for source, count in left.items():
        require(count == complete[source], "after", failpoint, count, "members of a shard are merged, not", complete[source])
    place.run(*command)
    told = place.run(*command)[2]
    require("0 shards merged, 2 were merged before" in told, "after", failpoint, "a third run merges again:", told)
    place.run("forget", "--archive", "b.tar", "--yes", "--db", "db.sqlite")
    return died


def members(place, database):
    """How many members each source has; none where there are no tables yet."""
    if not (place / database).exists():
        return collections.Counter()
    try:
        return collections.Counter(row[0] for row in place.ledger(database))
    except sqlite3.OperationalError:
        return collections.Counter()


def inbox(place, failpoint, done=None):
    for folder in ("inbox", "done", "failed"):
        shutil.rmtree(place / folder, ignore_errors=True)
        (place / folder).mkdir()
    shutil.copy2(place / "a.tar", place / "inbox" / "a.tar")
    done = done or place / "done"
    night = ["nightly", "--inbox", "inbox", "--done", done, "--failed", "failed", "--quiet-time", 0, "--db", "db.sqlite"]
    died = again(place, failpoint, *night)
    place.run(*night)
    left = os.listdir(place / "inbox")
    there = [name for name in os.listdir(done) if not name.startswith(".")]
    require(not left and there, "after", failpoint, "the inbox holds", left, "and done", there)
    place.run(*night)
    return died


def inbox_elsewhere(place, failpoint):
    done = f"/dev/shm/{place.path.name}"
    try:
        os.mkdir(done)
        return inbox(place, failpoint, done)
    finally:
        shutil.rmtree(done, ignore_errors=True)
