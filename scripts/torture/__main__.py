"""The command line of scripts/torture/torture."""
import argparse
import random
import sys
import time

from . import crowd, disk, failpoints, kills, signals, soak
from .place import Broken

TRIALS = {
    "kills": kills.run,
    "failpoints": failpoints.run,
    "crowd": crowd.run,
    "disk": disk.run,
    "signals": signals.run,
    "soak": soak.run,
}


def main():
    parser = argparse.ArgumentParser(prog="torture")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TRIALS))
    parser.add_argument("--short", action="store_true", help="the tier that CI runs")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    options = parser.parse_args()
    unknown = set(options.names) - set(TRIALS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(TRIALS)}")
    print(f"torture: seed {options.seed}", flush=True)
    broken = 0
    # The soak belongs to the long tier alone, unless it is named.
    names = options.names or [name for name in TRIALS if not (options.short and name == "soak")]
    for name in names:
        begun = time.monotonic()
        try:
            told = TRIALS[name](random.Random(f"{options.seed} {name}"), options.short)
        except Broken as error:
            told = f"BROKEN: {error}"
            broken += 1
        print(f"torture: {name}: {told} ({time.monotonic() - begun:.0f} s)", flush=True)
    if broken:
        sys.exit(f"torture: {broken} BROKEN, with seed {options.seed}")


main()
