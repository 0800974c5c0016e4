"""SIGTERM and SIGINT while it hashes, decodes, computes, commits and idles: within 5 s, the right code, nothing lost."""
import signal
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
        return f"{count + 2} signals, the slowest end {slowest:.1f} s later, and the same export"


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
