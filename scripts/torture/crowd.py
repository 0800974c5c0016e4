"""Several simultaneous runs on one database, with queries; a run that holds a source and stalls."""
import signal
import time

from .place import Place, marked, photographs, require, tar


def run(random, short):
    told = []
    with Place() as place:
        pictures = photographs()[: 8 if short else 16]
        for letter in "abcd":
            tar(place / f"{letter}.tar", [(name, marked(picture, letter)) for name, picture in pictures])
        names = [f"{letter}.tar" for letter in "abcd"]
        place.run("ingest", *names, "--db", "calm.sqlite")
        calm = place.export("calm.sqlite")
        same = [["a.tar"]] * 4
        place.run("ingest", "a.tar", "--db", "one.sqlite")
        alone = place.export("one.sqlite")
        shuffled = [random.sample(names, 4) for _ in range(4)]
        for inputs, wanted, what in ((same, alone, "the same archive"), ([[name] for name in names], calm, "four archives"),
                                     (shuffled, calm, "four archives each, in any order")):
            place.remove()
            runs = [place.start("ingest", *some, "--db", "db.sqlite", "--jobs", 1) for some in inputs]
            queries = 0
            while any(run.poll() is None for run in runs):
                place.run("query", "--db", "db.sqlite", codes=(0, 66) if queries < 20 else (0,))
                queries += 1
            for run_ in runs:
                _, err = run_.communicate()
                require(run_.returncode == 0, "of four runs one ended with", run_.returncode, err[-400:])
            place.check()
            require(place.export() == wanted, what, "read by four runs at once comes to another export")
            told.append(f"{what} by four runs, {queries} queries meanwhile")
        told.append(standstill(place, random))
    return "; ".join(told)


def standstill(place, random):
    """A stopped run holds its source, which another run reports. A killed run holds nothing."""
    place.remove()
    tar(place / "long.tar", [(f"{copy}/{name}", marked(picture, copy)) for copy in range(8) for name, picture in photographs()])
    holder = place.start("ingest", "long.tar", "--db", "db.sqlite", "--jobs", 1)
    while not place.is_claimed():
        require(holder.poll() is None, "the holder ended before it could be stopped")
        time.sleep(0.05)
    stop(place, holder, random)
    _, _, err = place.run("ingest", "long.tar", "--db", "db.sqlite", "--wait", 2, codes=(75,))
    require(f"process {holder.pid} " in err and err.count("\n") <= 2, "the holder is not named:", err)
    place.run("ingest", "b.tar", "--db", "db.sqlite", "--wait", 2)
    holder.send_signal(signal.SIGCONT)
    holder.communicate()
    require(holder.returncode == 0, "the holder that went on ended with", holder.returncode)
    place.remove()
    holder = place.start("ingest", "long.tar", "--db", "db.sqlite", failpoint="store.committing:1:stop")
    while not stopped(holder):
        time.sleep(0.05)
    _, _, err = place.run("ingest", "b.tar", "--db", "db.sqlite", "--wait", 2, codes=(75,))
    require(f"process {holder.pid} " in err, "the holder of the lock is not named:", err)
    holder.kill()
    holder.communicate()
    place.run("ingest", "long.tar", "b.tar", "--db", "db.sqlite", "--wait", 2)
    return "a holder that stands still is named, 75; a dead one is not waited for"


def stop(place, holder, random):
    """Stops a run between its transactions, because inside one it would hold the whole database, not only its source."""
    while True:
        time.sleep(random.random())
        require(holder.poll() is None, "the holder ended before it could be stopped")
        holder.send_signal(signal.SIGSTOP)
        while not stopped(holder):
            time.sleep(0.01)
        if place.is_writable():
            return
        holder.send_signal(signal.SIGCONT)


def stopped(process):
    require(process.poll() is None, "the holder ended before it was stopped")
    with open(f"/proc/{process.pid}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[0] == "T"
