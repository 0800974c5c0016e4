"""kill -9 at random times, then a complete run: the export equals that of an undisturbed run."""
import math
import time

from .place import Place, killed, marked, photographs, require, tar


def run(random, short):
    wanted, copies = 30 if short else 500, 4
    with Place() as place:
        alone = 0
        while alone < 20:
            # As many photographs as keep this machine busy for so long.
            copies = math.ceil(copies * min(25 / alone, 20)) if alone else copies
            files = [(f"{copy}/{name}", marked(picture, copy)) for copy in range(copies) for name, picture in photographs()]
            tar(place / "a.tar", [("README.txt", b"Photographs."), *files, ("torn.jpg", files[0][1][:2000])])
            # Every third photograph has a position, by a file beside the archive.
            places = "".join(f"{name},52.{index},4.3\n" for index, (name, _) in enumerate(files) if index % 3 == 0)
            (place / "a.csv").write_text("image,latitude,longitude\n" + places)
            place.remove("calm.sqlite")
            begun = time.monotonic()
            place.run("ingest", "a.tar", "--db", "calm.sqlite", codes=(3,))
            alone = time.monotonic() - begun
        calm, ledger = place.export("calm.sqlite"), place.ledger("calm.sqlite")
        positions = place.positions("calm.sqlite")
        require(sum(row[4] == "beside" for row in positions) == places.count("\n"), "positions are missing")
        require(calm.count("\n") >= copies, "too few numbers:", calm.count("\n"))

        landed = finished = 0
        while landed < wanted:
            process = place.start("ingest", "a.tar", "--db", "db.sqlite")
            # Mostly early, where little lies between two kills; sometimes anywhere.
            time.sleep(random.uniform(0, random.choices([0.3, 3, alone], [9, 9, 2])[0]))
            process.kill()
            if killed(process):
                landed += 1
                place.check()
                continue
            finished += 1
            compare(place, calm, ledger, positions)
            place.remove()
        place.run("ingest", "a.tar", "--db", "db.sqlite", codes=(3,))
        compare(place, calm, ledger, positions)
        return f"{landed} kills landed in an archive of {alone:.0f} s, {finished + 1} runs came to the end, all with the export of an undisturbed run"


def compare(place, calm, ledger, positions):
    require(place.export() == calm, "the export differs from an undisturbed run's")
    require(place.ledger() == ledger, "the members differ from an undisturbed run's")
    require(place.positions() == positions, "the positions differ from an undisturbed run's")
    place.run("verify", "--db", "db.sqlite")
