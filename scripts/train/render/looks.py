"""What signs are made of: each kind draws its colours, shape and relief."""
from dataclasses import dataclass

from .walls import PATTERNS

WHITE, BLACK = (238, 236, 228), (28, 27, 28)
BLUES = ((24, 52, 128), (30, 62, 150), (20, 36, 92), (36, 84, 160), (44, 60, 104))
GREENS = ((20, 74, 52), (34, 92, 66), (24, 52, 40))
REDS = ((150, 32, 34), (112, 28, 30), (176, 44, 36))
BROWNS = ((86, 58, 38), (62, 42, 30), (122, 86, 56), (48, 34, 28))
GREYS = ((70, 72, 74), (110, 112, 112), (150, 150, 148), (46, 48, 52), (188, 188, 186))
BRASSES = ((186, 148, 74), (164, 128, 66), (206, 172, 98), (140, 106, 58), (150, 118, 84))
STEELS = ((176, 178, 180), (148, 150, 152), (200, 202, 204), (126, 128, 132))
BRICKS = ((150, 84, 62), (188, 150, 130), (120, 70, 54))
WALLS = ((196, 184, 160), (176, 160, 134), (206, 204, 198), (128, 122, 114), (214, 198, 172), (166, 172, 168), *BRICKS[:2])
SIGNAL, ORANGE, CREAM = (222, 190, 60), (214, 92, 40), (236, 220, 178)
LIGHTS = ((255, 60, 40), (255, 60, 40), (255, 90, 160), (80, 170, 255), (255, 170, 60), (120, 255, 150), (255, 250, 235),
          (255, 240, 210))


@dataclass
class Look:
    """Lengths are in heights of the main digits; strengths from 0 (nothing) to 1."""
    ink: tuple
    ground: tuple | None = None  # None: no plate, the digits stand on what is behind
    shape: str = "rectangle"     # of the plate: also rounded, notched, oval, round, house, arch, tiles, wall
    wall: str = "plaster"        # what the wall is made of
    frame: float = 0.0           # thickness of a line around the plate
    inset: float = 0.0           # of that line from the edge
    double: bool = False
    metal: bool = False          # the plate is of metal
    metal_ink: bool = False      # the digits are
    grain: str = "soft"          # the ground's noise
    rough: float = 0.03          # its strength
    photograph: float = 0.0      # strength of a photograph's crop on the ground
    relief: float = 0.0          # of the digits: raised above 0, sunk below
    bevel: float = 0.03
    shadow: float = 0.0          # how far the digits' shadow falls
    depth: float = 0.0           # how far the plate's own shadow falls
    sheen: float = 0.0           # a diagonal gloss
    wear: float = 0.0            # share of the digits' paint that is gone
    dirt: float = 0.0
    rust: float = 0.0
    scratches: float = 0.0
    screws: str = ""             # "corners", "sides", or "digits": two in each
    neon: bool = False
    soft: float = 0.0            # blur of the digits' edges
    fade: float = 0.0            # how near the digits' colour is to the ground's
    outline: tuple | None = None # a line of another colour around the digits
    hollow: float = 0.0          # thickness of the line that digits are drawn as
    halo: float = 0.0            # how far light falls on what is behind the digits, which are lit from behind
    cut_out: bool = False        # the digits are holes in the plate
    dashed: bool = False         # the frame is a row of dashes
    veil: float = 0.0            # grey light of the sky over all of it


def near(rng, colour, spread=6):
    """About this colour, more or less lit."""
    gain = rng.uniform(0.82, 1.1)
    return tuple(min(250.0, max(8.0, c * gain + rng.gauss(0, spread))) for c in colour)


def drawn(rng, kind):
    """A look of a kind. Most digits without a plate get a wall of their own; the others go onto whatever is behind."""
    look = KINDS[kind](rng)
    if look.ground is None and not look.neon and rng.random() < 0.65:
        look.shape, look.wall = "wall", rng.choice(PATTERNS)
        if look.wall in ("planks", "door"):
            colours = BROWNS + GREENS + REDS[:2] + GREYS + (WHITE, BLACK)
        else:
            colours = BRICKS * 2 + WALLS if look.wall == "bricks" else WALLS * 2 + GREYS + (WHITE,)
        look.ground = near(rng, rng.choice(colours))
        look.photograph, look.depth, look.sheen = look.photograph * 2, 0.0, 0.0
        if kind == "carved":
            look.ink = tuple(c * rng.uniform(0.7, 1.0) for c in look.ground)
    if look.ground is not None and kind != "carved":
        legible(look)
    if kind in ("enamel", "printed", "painted", "screwed", "brass") and rng.random() < 0.12:
        rarer(rng, look)
    return look


def rarer(rng, look):
    """Digits as a line about their shape, lit from behind, or cut out of the plate."""
    kind = rng.random()
    if kind < 0.4:
        look.hollow, look.relief = rng.uniform(0.03, 0.07), 0.0
    elif kind < 0.75:
        look.halo, look.veil, look.sheen = rng.uniform(0.08, 0.25), 0.0, 0.0
        if look.ground is not None:
            look.ground = tuple(c * rng.uniform(0.3, 0.6) for c in look.ground)
            look.ink = near(rng, rng.choice((BLACK, BLACK, WHITE, *GREYS[:2], *STEELS[:1])))
    elif look.ground is not None and look.shape != "wall":
        look.cut_out, look.relief, look.shadow, look.metal_ink = True, 0.0, 0.0, False


def legible(look):
    """Sets ink that is as light as its ground to black or white, and lets it fade only so far."""
    apart = abs(lightness(look.ink) - lightness(look.ground))
    if apart < 60:
        look.ink = WHITE if lightness(look.ground) < 120 else BLACK
        look.metal_ink = False
        apart = abs(lightness(look.ink) - lightness(look.ground))
    look.fade = min(look.fade, max(0.0, 1 - 36 / apart))
    look.wear *= 1 - look.fade


def lightness(colour):
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]


def aged(rng, look):
    """What years do to a sign, and how light falls on it."""
    age = rng.random() ** 1.7
    look.dirt = age * rng.uniform(0.0, 0.8)
    if rng.random() < 0.35:
        look.wear = age * rng.uniform(0.0, 0.45)
    if rng.random() < 0.25:
        look.scratches = age
    if rng.random() < 0.22:
        look.sheen = rng.uniform(0.1, 0.6)
    if rng.random() < 0.15:
        look.fade = rng.uniform(0.35, 0.75)
    look.veil = rng.uniform(0.0, 0.3) * rng.random()
    look.photograph = max(look.photograph, rng.uniform(0.0, 0.14))
    if look.ground:
        look.depth = rng.choice((0.0, 0.03, 0.06, 0.12)) * rng.uniform(0.5, 1.5)
    return look


def wooden(colour):
    red, green, blue = colour
    return red > 1.2 * green > 1.3 * blue and red < 150


def enamel(rng):
    """Glass on sheet steel: blue with white more than anything, or white with blue or black."""
    ground, ink = rng.choice(((rng.choice(BLUES), WHITE),) * 5 + ((WHITE, rng.choice(BLUES)),) * 3 + (
        (WHITE, BLACK), (WHITE, BLACK), (BLACK, WHITE), (rng.choice(GREENS), WHITE), (rng.choice(REDS), WHITE),
        (CREAM, BLACK), (rng.choice(BROWNS), CREAM)))
    look = aged(rng, Look(near(rng, ink), near(rng, ground)))
    look.shape = rng.choice(("rectangle", "rounded", "rounded", "notched", "oval", "round", "house"))
    if rng.random() < 0.7:
        look.frame, look.inset, look.double = rng.uniform(0.03, 0.09), rng.choice((0.0, 0.03, 0.07)), rng.random() < 0.15
        look.dashed = rng.random() < 0.1
    look.rough, look.bevel, look.relief = 0.025, 0.05, rng.choice((0.0, 0.0, 0.25))
    look.rust = rng.random() ** 2 if rng.random() < 0.4 else 0.0
    look.screws = rng.choice(("", "", "corners", "sides"))
    look.sheen = max(look.sheen, rng.choice((0.0, 0.0, rng.uniform(0.2, 0.7))))
    return look


def printed(rng):
    """Plastic, foil or sheet metal with print."""
    ground, ink = rng.choice(((WHITE, BLACK),) * 4 + ((BLACK, WHITE),) * 2 + (
        (rng.choice(GREYS), WHITE), (rng.choice(GREYS), BLACK), (rng.choice(BLUES), WHITE), (rng.choice(GREENS), WHITE),
        (WHITE, rng.choice(REDS)), (SIGNAL, BLACK), (rng.choice(BROWNS), WHITE), (rng.choice(STEELS), BLACK),
        (rng.choice(WALLS), BLACK), (rng.choice(WALLS), WHITE), (WHITE, rng.choice(BLUES)), (ORANGE, WHITE)))
    look = aged(rng, Look(near(rng, ink), near(rng, ground),
                         rng.choice(("rectangle", "rectangle", "rounded", "rectangle", "rounded", "round", "house"))))
    look.rough = rng.uniform(0.01, 0.05)
    if rng.random() < 0.3:
        look.frame, look.inset = rng.uniform(0.02, 0.06), rng.uniform(0.0, 0.1)
    look.screws = rng.choice(("", "", "", "corners", "sides"))
    return look


def room(rng):
    """Inside: clean print on smooth panels, or letters straight on the wall; light from the ceiling."""
    if rng.random() < 0.35:
        look = Look(near(rng, rng.choice((BLACK, BLACK, WHITE, *GREYS, *STEELS, *BLUES))), None)
        look.shadow = rng.choice((0.0, 0.0, rng.uniform(0.02, 0.08)))
        look.relief = 0.15 if look.shadow else 0.0
    else:
        look = printed(rng)
        look.rust = look.wear = look.scratches = 0.0
        look.dirt *= 0.2
    look.photograph *= 0.6
    if rng.random() < 0.25:
        look.sheen = rng.uniform(0.2, 0.7)
    return look


def brass(rng):
    """Polished or dull metal: digits on whatever is behind, or a plate with digits cut in and blacked."""
    metal = rng.choice(BRASSES * 2 + STEELS)
    if rng.random() < 0.55:
        look = aged(rng, Look(near(rng, metal), metal_ink=True))
        look.relief, look.bevel = rng.uniform(0.4, 1.0), rng.uniform(0.03, 0.07)
        look.shadow = rng.uniform(0.03, 0.14)
        if rng.random() < 0.5:  # on a door, or on a board
            ground = rng.choice((*BROWNS, *BROWNS, BLACK, *BLUES[2:3], *GREENS, *REDS[1:2], WHITE))
            look.ground, look.grain, look.rough = near(rng, ground), rng.choice(("soft", "brushed")), rng.uniform(0.03, 0.1)
        look.wear = 0.0
        return look
    look = aged(rng, Look(near(rng, rng.choice((BLACK, BLACK, BROWNS[1], REDS[1]))), near(rng, metal), metal=True))
    look.relief, look.grain, look.rough = -rng.uniform(0.2, 0.7), "brushed", rng.uniform(0.02, 0.06)
    look.shape = rng.choice(("rectangle", "rounded", "oval", "notched", "round", "house"))
    look.screws = rng.choice(("", "corners", "corners", "sides"))
    if rng.random() < 0.3:
        look.frame, look.inset = rng.uniform(0.02, 0.05), rng.uniform(0.04, 0.1)
    return look


def painted(rng):
    """By hand or by stencil, on a wall, a door, a board, slate or a letterbox."""
    ink = rng.choice((WHITE, WHITE, BLACK, BLACK, *BLUES[:2], *REDS[:2], *BROWNS[:2], SIGNAL, *GREENS[:1], BRASSES[2]))
    look = aged(rng, Look(near(rng, ink), None))
    if rng.random() < 0.45:
        dark = sum(ink) > 380
        slates = ((62, 66, 70), (52, 56, 62))
        grounds = (*BROWNS, *GREENS, *slates, *BLUES[2:3], *REDS[1:2]) if dark else (*WALLS, WHITE, *STEELS[2:3])
        look.ground = near(rng, rng.choice(grounds))
        look.shape = rng.choice(("rectangle", "rectangle", "rounded", "arch", "oval", "round", "house"))
        look.grain, look.rough = rng.choice(("cloud", "stucco", "soft")), rng.uniform(0.03, 0.12)
        if wooden(look.ground):
            look.grain = "brushed"
    look.soft, look.wear = rng.uniform(0.0, 0.03), rng.choice((0.0, rng.uniform(0.05, 0.42)))
    if rng.random() < 0.12:
        look.outline = near(rng, BLACK if sum(ink) > 380 else WHITE)
    return look


def carved(rng):
    """Cut into stone or wood, sometimes painted; or cast, and standing out of the same stuff."""
    ground = rng.choice((*WALLS, *WALLS, *BROWNS, *GREYS))
    look = aged(rng, Look(tuple(c * rng.uniform(0.75, 1.0) for c in ground), near(rng, ground)))
    if rng.random() < 0.3:
        look.ink = near(rng, rng.choice((BLACK, BLACK, BRASSES[0], REDS[1], WHITE)))
    look.relief = rng.uniform(0.6, 1.0) * (1 if rng.random() < 0.25 else -1)
    look.bevel, look.fade, look.soft = rng.uniform(0.03, 0.08), 0.0, rng.uniform(0.0, 0.02)
    look.grain = rng.choice(("cloud", "stucco", "fine")) if ground not in BROWNS else "brushed"
    look.rough, look.sheen, look.scratches = rng.uniform(0.05, 0.15), 0.0, 0.0
    look.shape = rng.choice(("rectangle", "rectangle", "arch", "rounded", "oval"))
    if look.relief < 0 and rng.random() < 0.3:
        look.ground = None
    if look.relief > 0:
        look.shadow = rng.uniform(0.02, 0.06)
    return look


def screwed(rng):
    """Single digits of metal, plastic or wood, fixed one by one, their shadows under them."""
    ink = rng.choice((BLACK, BLACK, BLACK, WHITE, *STEELS, *BRASSES[:2], *BROWNS[:2], *GREYS[:2]))
    look = aged(rng, Look(near(rng, ink), None, metal_ink=ink in STEELS or ink in BRASSES))
    look.relief, look.bevel, look.shadow = rng.uniform(0.05, 0.6), rng.uniform(0.02, 0.05), rng.uniform(0.03, 0.18)
    look.wear = 0.0
    if rng.random() < 0.3:
        look.ground, look.rough = near(rng, rng.choice((*BROWNS, *WALLS, WHITE, BLACK, *GREENS))), rng.uniform(0.03, 0.08)
        if wooden(look.ground):
            look.grain = "brushed"
    if rng.random() < 0.3:
        look.screws = "digits"
    return look


def tiles(rng):
    """A glazed tile for each digit."""
    ground, ink = rng.choice(((WHITE, rng.choice(BLUES)),) * 3 + ((WHITE, BLACK),) * 2 + (
        (rng.choice(BLUES), WHITE), (BLACK, WHITE), (CREAM, rng.choice(BROWNS))))
    look = aged(rng, Look(near(rng, ink), near(rng, ground), "tiles", soft=rng.uniform(0.0, 0.03)))
    if rng.random() < 0.6:
        look.frame, look.inset, look.dashed = rng.uniform(0.02, 0.09), rng.uniform(0.0, 0.06), rng.random() < 0.3
    look.sheen = rng.choice((0.0, rng.uniform(0.2, 0.7)))
    return look


def neon(rng):
    """Light: tubes, or lit letters, on dark."""
    look = Look(near(rng, rng.choice(LIGHTS), 5), neon=True)
    if rng.random() < 0.75:
        look.ground = near(rng, rng.choice((BLACK, (18, 20, 30), (40, 34, 34), (60, 40, 34))))
    look.rough, look.grain, look.photograph = 0.1, rng.choice(("cloud", "stucco")), rng.uniform(0.0, 0.5)
    return look


KINDS = {"enamel": enamel, "printed": printed, "room": room, "brass": brass, "painted": painted, "carved": carved,
         "screwed": screwed, "tiles": tiles, "neon": neon}
