"""What digits without a plate stand on: plaster, bricks, blocks of stone, planks, a panelled door."""
import numpy as np

PATTERNS = ("plaster", "plaster", "plaster", "bricks", "bricks", "blocks", "planks", "door")


def wall(pattern, colour, unit, size, grain, rng):
    """Planar float32 pixels of a wall; `unit` is the height of the digits on it."""
    scale = unit / 60
    tone = 1 + rng.uniform(0.02, 0.08) * grain.noise("cloud", *size, rng, scale * rng.uniform(1, 3))
    tone += rng.uniform(0.0, 0.07) * rng.random() * grain.noise(rng.choice(("fine", "stucco")), *size, rng, scale)
    if pattern in ("bricks", "blocks"):
        tone *= masonry(pattern, unit, size, rng)
    elif pattern in ("planks", "door"):
        tone += 0.06 * grain.noise("streaks", *size, rng, scale)
        tone *= joints(unit, size, rng, pattern == "door")
    return np.asarray(colour, np.float32)[:, None, None] * tone


def masonry(pattern, unit, size, rng):
    """Courses of stones, each a little lighter or darker than the next, with joints between them."""
    width, height = size
    high = unit * (rng.uniform(0.35, 1.2) if pattern == "bricks" else rng.uniform(1.5, 4.0))
    wide = high * rng.uniform(2.2, 3.4) if pattern == "bricks" else high * rng.uniform(1.2, 2.0)
    gap = max(1.0, high * rng.uniform(0.06, 0.14) if pattern == "bricks" else high * 0.03)
    y = np.arange(height, dtype=np.float32) + rng.uniform(0, high)
    course = (y // high).astype(np.int32)
    x = np.arange(width, dtype=np.float32)[None] + (course % 2)[:, None] * wide / 2 + rng.uniform(0, wide)
    stone = (x // wide).astype(np.int32)
    tones = np.array([rng.gauss(1, 0.09) for _ in range(61)], np.float32)
    field = tones[(stone * 7 + course[:, None] * 13) % 61]
    joint = ((y % high) < gap)[:, None] | ((x % wide) < gap)
    return np.where(joint, np.float32(rng.choice((1.3, 1.2, 0.7, 0.55))), field)


def joints(unit, size, rng, door):
    """Boards side by side, or the mouldings of a door's panels."""
    width, height = size
    x = np.arange(width, dtype=np.float32)
    wide = unit * (rng.uniform(2.5, 5.0) if door else rng.uniform(0.8, 2.5))
    place = (x + rng.uniform(0, wide)) % wide
    gap = max(1.5, unit * 0.05)
    line = 1 - 0.5 * (place < gap) + 0.12 * ((place >= gap) & (place < 2 * gap))
    field = np.broadcast_to(line.astype(np.float32), (height, width)).copy()
    if door:
        at = rng.randrange(height)
        field[at:at + int(gap)] *= 0.55
        field[at + int(gap):at + 2 * int(gap)] *= 1.12
    return field
