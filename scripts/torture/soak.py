"""Ten thousand pictures: memory does not grow after the first thousand."""
import time

from .place import Place, crops, marked, require, tar


def run(random, short):
    pictures = 2_000 if short else 10_000
    with Place() as place:
        small = crops()
        tar(place / "a.tar", ((f"{i}.png", marked(small[i % len(small)][1], i)) for i in range(pictures)))
        process = place.start("ingest", "a.tar", "--db", "db.sqlite")
        resident = []
        while process.poll() is None:
            resident.append(memory(process.pid))
            time.sleep(0.25)
        process.communicate()
        require(process.returncode == 0, "it ended with", process.returncode)
        resident = [kilobytes for kilobytes in resident if kilobytes]
        warm, rest = resident[len(resident) // 10], resident[len(resident) // 10:]
        require(max(rest) < warm * 1.15 + 4096, f"resident memory grew from {warm >> 10} to {max(rest) >> 10} MiB")
        return f"{pictures} pictures, {warm >> 10} MiB resident after a tenth, at most {max(rest) >> 10} MiB afterwards"


def memory(process):
    try:
        with open(f"/proc/{process}/status") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("VmRSS")), 0)
    except FileNotFoundError:
        return 0
