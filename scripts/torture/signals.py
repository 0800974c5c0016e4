"""SIGTERM and SIGINT while it hashes, decodes, computes, commits and idles: within 5 s, the right code, nothing lost."""
import signal
import sqlite3
import subprocess
import time

from .place import Place, marked, photographs, require, tar


def run(random, short):
    with Place() as place:
        tar(place / "a.tar", [(f"{copy}/{name}", marked(picture, copy)) for copy in range(2) for name, picture in photographs()])
        place.run("ingest", "a.tar", "--db", "calm.sqlite")
        calm = place.export("calm.sqlite")
        slowest, count = 0.0, 6 if short else 60
        for number in range(count):
            sent, code = random.choice([(signal.SIGTERM, 143), (signal.SIGINT, 130)])
            process = place.start("ingest", "a.tar", "--db", "db.sqlite")
            time.sleep(random.uniform(0.3, 2.5))
            slowest = max(slowest, stop(process, sent, code, number))
            place.check()
        # Nothing comes through standard input, and nothing will.
        for sent, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            process = place.start("ingest", "-", "--db", "db.sqlite", stdin=subprocess.PIPE)
            process.stdin.write("")
            time.sleep(0.5)
            slowest = max(slowest, stop(process, sent, code, "idle"))
        place.run("ingest", "a.tar", "--db", "db.sqlite")
        require(place.export() == calm, "another export after signals")
        slowest = max(slowest, walking(place))
        place.run("ingest", "a.tar", "--db", "db.sqlite")
        require(place.export() == calm, "another export after a stopped walk")
        return f"{count + 3} signals, the slowest end {slowest:.1f} s later, and the same export"


def walking(place):
    """After two deaths another process goes through the archive, and hangs: a run that is stopped then is not a third one."""
    place.remove()
    reading = ("ingest", "a.tar", "--db", "db.sqlite")
    for _ in range(2):
        place.start(*reading, failpoint="archive.parsing:7:kill").communicate(timeout=120)
    process = place.start(*reading, failpoint="archive.parsing:7:stop")
    time.sleep(2)
    took = stop(process, signal.SIGTERM, 143, "walking")
    with sqlite3.connect(place / "db.sqlite") as connection:
        deaths = connection.execute("SELECT deaths FROM result_sets").fetchall()
    require(deaths == [(0,)], "a stopped run counts as one that died:", deaths)
    return took


def stop(process, sent, code, which):
    begun = time.monotonic()
    process.send_signal(sent)
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        require(False, "it does not end within 5 s of", sent.name, which)
    process.communicate()
    require(process.returncode in (code, 0), "after", sent.name, "it ended with", process.returncode, "not", code)
    return time.monotonic() - begun
