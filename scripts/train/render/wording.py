"""What signs say: house numbers with what stands about them, and what has digits or looks like it and is none.

A line is text with marks: {12} is a house number, [12.04.1987] one thing that is none. Words outside marks are lettering.
"""
from dataclasses import dataclass

WORDS = """SALE STOP EXIT OPEN BOBS BOSS GOGO DOG DOLL BIGG SOLID ZOO SIZE BOIS SOIL BISTRO BLISS DOSIS ISLE GLOBE HOTEL
BAR CAFE TAXI BANK SHOP POST OFFICE PRIVATE PUSH PULL BELL NO PARKING ENTRANCE EINGANG SORTIE ACCUEIL SALIDA FLOOR LEVEL ROOM
LIFT STAIRS TOILETS LIBRARY Zahnarzt Praxis Bollig Ziegler Sibbold Goggins Dobler Isolde Solis Quigg Gill Bosse Briefe
Zeitungen Besuch Igloo Silo Studio Bureau Lobby Oslo Zoll Boulangerie Gasthof Schloss Villa Rosengarten Bella Vista
Conference Seminar Reception Building Tower Wing Suite Hall Lecture School Institute Biology Physics Design
Silviculture""".split()
STREETS = """\
Main Street|High Street|Oak Lane|Station Road|Church Road|Mill Lane|Rue de la Paix|Rue du Bois|Bd Gambetta|
Via Roma|Via Garibaldi|Calle Mayor|Calle Sol|Hauptstraße|Bahnhofstr.|Gartenweg|Schillerstr.|Goethestraße|Dorfstraße|
Storgatan|Kungsgatan|Park Avenue|Elm Grove|Queen's Road|King Street|Lindenallee|Place d'Italie|Quai d'Orsay|
Am Bogen""".replace("\n", "").split("|")
ALIKE = "SBOIlZDGgqsbQzo"  # letters that look like digits
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DAYS = "Mo Tu We Th Fr Sa Su Mon Tue Wed Thu Fri Sat Sun Lun Mar Jeu Di Do".split()


@dataclass
class Line:
    text: str
    size: float = 1.0        # height of its digits, in units of the sign's
    vertical: bool = False   # its characters stand one below the other
    other: bool = False      # set in another typeface than the sign's first


@dataclass
class Text:
    columns: list            # of lists of lines, side by side
    align: float = 0.5       # 0 left, 0.5 centred, 1 right


def number(rng, lengths=(17, 31, 25, 16, 9, 2)):
    """One to six digits, all ten equally likely; some numbers are of ones and sevens mostly, which are easily confused."""
    length = rng.choices(range(1, len(lengths) + 1), lengths)[0]
    digits = "0123456789" if rng.random() < 0.85 else "0123456789" + "17" * 8
    return "".join(rng.choice(digits) for _ in range(length))


def digits(rng, count):
    return "".join(rng.choice("0123456789") for _ in range(count))


def word(rng):
    kind = rng.random()
    if kind < 0.45:
        return rng.choice(WORDS) if rng.random() < 0.6 else rng.choice(WORDS).upper()
    if kind < 0.8:  # alike letters are told from digits by their neighbours: never all of O, I and l
        made = [rng.choice(ALIKE) for _ in range(rng.randint(2, 6))]
        if not set(made) - set("OIlo"):
            made[rng.randrange(len(made))] = rng.choice("SBZGgq")
        return "".join(made)
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(2, 8)))


def numbered(rng):
    """A house number and what is written on the same line."""
    kind = rng.random()
    n = "{" + number(rng) + "}"
    if kind < 0.66:
        return n
    if kind < 0.78:
        return n + rng.choice(("", "", " ", "/")) + (rng.choice("AABBCDEFabcdSGbis") if rng.random() < 0.9 else "bis")
    if kind < 0.87:
        second = "{" + number(rng, (30, 45, 25)) + "}"
        return n + rng.choice(("-", "-", "/", " - ", " / ", "–", " & ", "+")) + second
    return rng.choice(("No. ", "No ", "Nº ", "N° ", "Nr. ", "# ", "#", "N.", "- ")) + n + rng.choice(("", "", ".", "."))


def house(rng):
    if rng.random() < 0.1:
        return Text([[Line("{" + number(rng, (2, 35, 35, 20, 8)) + "}", vertical=True)]])
    main, kind = Line(numbered(rng)), rng.random()
    if kind < 0.74:
        return Text([[main]])
    small = rng.uniform(0.25, 0.7)
    if kind < 0.9:
        name = rng.choice(STREETS)
        extra = Line(name.upper() if rng.random() < 0.5 else name, small * min(1.0, 9 / len(name)), other=rng.random() < 0.4)
    else:
        extra = Line(" ".join(word(rng) for _ in range(rng.randint(1, 2))), small, other=rng.random() < 0.5)
    if rng.random() < 0.15:
        return Text([[main], [extra]] if rng.random() < 0.6 else [[extra], [main]])
    return Text([[main, extra] if rng.random() < 0.5 else [extra, main]], rng.choice((0.5, 0.5, 0.0)))


def room(rng):
    """A building's or a room's sign: a large clean number, next to much other lettering."""
    main = Line("{" + number(rng, (4, 14, 64, 16, 2)) + "}" + (rng.choice("ABCDabc") if rng.random() < 0.08 else ""))
    lines = []
    for _ in range(rng.randint(1, 4)):
        size, kind = rng.uniform(0.18, 0.5), rng.random()
        if kind < 0.75:
            text = " ".join(word(rng) for _ in range(rng.randint(1, 3)))
        elif kind < 0.85:
            text = "[" + hours(rng) + "]"
        else:
            text = rng.choice(STREETS)
        lines.append(Line(text, size, other=rng.random() < 0.3))
    kind = rng.random()
    if kind < 0.3:
        return Text([[main], lines], 0.0)
    if kind < 0.4:
        return Text([lines, [main]], 0.0)
    if kind < 0.75:
        return Text([[main, *lines]], rng.choice((0.0, 0.0, 0.5)))
    if kind < 0.9:
        return Text([[*lines, main]], rng.choice((0.0, 0.0, 0.5)))
    return Text([[Line(word(rng), rng.uniform(0.5, 1.0)), main, *lines[:2]]], rng.choice((0.0, 0.5)))


def hours(rng):
    first, last = rng.randint(6, 11), rng.randint(12, 23)
    minute = rng.choice((":00", ".00", ":30", "h", "", "h30"))
    return f"{rng.choice(DAYS)}-{rng.choice(DAYS)} {first}{minute}-{last}{minute}"


def date(rng):
    day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(1840, 2026)
    return rng.choice((
        f"{day}.{month}.{year}", f"{day:02}/{month:02}/{year}", f"{year}-{month:02}-{day:02}", f"ANNO {year}",
        f"EST. {year}", f"A.D. {year}", f"© {year}", f"{year} - {year + rng.randint(1, 60)}", f"SINCE {year}",
        f"{day}. Mai {year}"))


def telephone(rng):
    d = lambda n: digits(rng, n)
    return rng.choice((
        f"0{d(2)} {d(3)} {d(2)} {d(2)}", f"+{d(2)} {d(2)} {d(3)} {d(4)}", f"({d(3)}) {d(3)}-{d(4)}", f"{d(3)}.{d(3)}.{d(4)}",
        f"Tel. {d(4)} {d(6)}", f"0{d(4)}/{d(5)}", f"Tel {d(3)}-{d(4)}", f"0800 {d(3)} {d(3)}"))


def licence(rng):
    c = lambda n: "".join(rng.choice("ABCDEFGHKLMNOPRSTUVWXYZ") for _ in range(n))
    d = lambda n: digits(rng, n)
    return rng.choice((f"{c(2)}-{d(3)}-{c(2)}", f"{c(1)} {c(2)} {d(4)}", f"{c(2)}{d(2)} {c(3)}", f"{d(4)} {c(3)}",
                       f"{d(1)}{c(3)}{d(3)}", f"{c(3)} {d(4)}"))


def price(rng):
    whole, cents = digits(rng, rng.randint(1, 3)), digits(rng, 2)
    return rng.choice((f"{whole}.{cents} €", f"€ {whole},{cents}", f"${whole}.{cents}", f"£{whole}", f"{whole},-",
                       f"-{cents}%", f"{cents} %", f"{whole} km/h"))


def notice(rng):
    """Something with digits that is no house number."""
    what = rng.choice((date, telephone, telephone, licence, hours, hours, price))
    lines = [Line("[" + what(rng) + "]") for _ in range(rng.choice((2, 3, 4)) if what is hours else 1)]
    if rng.random() < 0.4:
        lines.insert(rng.choice((0, len(lines))), Line(word(rng), rng.uniform(0.6, 1.4), other=rng.random() < 0.5))
    return Text([lines], rng.choice((0.0, 0.5)))


def plate(rng):
    return Text([[Line("[" + licence(rng) + "]")]])


def lettering(rng):
    """Letters alone. A single one is never of those that are the same as a digit in some typefaces."""
    kind = rng.random()
    if kind < 0.25:
        return Text([[Line(rng.choice("SBZDGgqASBZDGgqRPEFH"))]])
    if kind < 0.35:
        return Text([[Line(word(rng), vertical=True)]])
    lines = [Line(" ".join(word(rng) for _ in range(rng.choice((1, 1, 1, 2)))), rng.uniform(0.5, 1.1))
             for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    lines[0].size = 1.0
    return Text([lines], rng.choice((0.0, 0.5)))
