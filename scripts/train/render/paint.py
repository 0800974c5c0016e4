"""Paints a layout: plate, frame, digits, relief, shadows, and what years did to them. One light falls on all of it."""
import math

import cv2
import numpy as np

from . import shapes
from .walls import wall
from .canvas import Canvas, moved, slope, smooth

BLACK, LIGHT = (6.0, 6.0, 8.0), (255.0, 252.0, 244.0)


class Painting:
    def __init__(self, look, layout, grain, rng):
        self.look, self.layout, self.grain, self.rng = look, layout, grain, rng
        self.unit = layout.height
        self.size = layout.ink.shape[::-1]
        angle = math.radians(rng.gauss(-90, 45))
        self.light = (math.cos(angle), math.sin(angle))  # towards the light; mostly from above
        self.canvas = Canvas(*self.size)
        self.ink = layout.ink.astype(np.float32) / 255
        if look.hollow:
            side = max(2, round(look.hollow * self.unit))
            self.ink -= cv2.erode(self.ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), borderValue=0)
        if look.soft:
            self.ink = smooth(self.ink, look.soft * self.unit)

    def noise(self, name, scale=1.0):
        return self.grain.noise(name, *self.size, self.rng, scale * self.unit / 60)

    def painted(self):
        look = self.look
        if look.ground is not None:
            self.plate()
        self.tones()
        if look.neon:
            self.tubes()
        else:
            self.digits()
        if look.screws:
            self.screws()
        self.age()
        self.lit()
        if look.cut_out:
            self.canvas.rgb *= 1 - self.ink
            self.canvas.alpha *= 1 - self.ink
        return self.canvas

    def tones(self):
        """The digits' colour, nearer to the ground's where the sign has faded."""
        ground = self.look.ground or (128.0, 128.0, 128.0)
        fade = self.look.fade
        self.colour = tuple(i + (g - i) * fade for i, g in zip(self.look.ink, ground))

    def metallic(self, colour, strength=1.0):
        """Planar pixels of a metal: brushed, and bright where it mirrors the sky."""
        y = np.linspace(0, self.rng.uniform(1.5, 5.0), self.size[1], dtype=np.float32)[:, None]
        x = np.linspace(0, self.rng.uniform(-2.0, 2.0), self.size[0], dtype=np.float32)[None]
        mirror = np.sin(y + x + self.rng.uniform(0, 6.3)) * 0.22 + self.noise("soft") * 0.1 + self.noise("brushed") * 0.05
        return np.asarray(colour, np.float32)[:, None, None] * (1 + strength * mirror)

    def plate(self):
        look, canvas, unit = self.look, self.canvas, self.unit
        mask, frame = shapes.plate(look, self.layout, self.rng)
        self.mask = mask
        if look.shape == "wall":
            canvas.over(wall(look.wall, look.ground, unit, self.size, self.grain, self.rng), mask)
        else:
            canvas.over(self.metallic(look.ground) if look.metal else look.ground, mask)
        field = 1 + look.rough * self.noise(look.grain)
        if look.rough > 0.04:
            field += look.rough * 0.4 * self.noise("fine")
        canvas.shade(field)
        if look.photograph:
            crop = self.grain.photograph(*self.size, self.rng)
            if crop is not None:
                canvas.shade(1 + look.photograph * (crop - 1))
        if look.frame:
            canvas.over(self.metallic(look.ink) if look.metal_ink else look.ink, frame)
        if look.metal or look.depth or look.shape in ("tiles", "rounded"):
            edge = slope(smooth(mask, unit * 0.03), self.light) * self.rng.uniform(0.5, 2.0)
            canvas.stain(LIGHT, np.clip(edge, 0, 0.5))
            canvas.stain(BLACK, np.clip(-edge, 0, 0.5))

    def fall(self, mask, distance, blur):
        """The shadow of what stands `distance` pixels out."""
        x, y = -self.light[0] * distance, -self.light[1] * distance
        near = np.maximum(mask, moved(mask, x * 0.5, y * 0.5))
        return smooth(np.maximum(near, moved(mask, x, y)), blur)

    def digits(self):
        look, canvas, unit, ink = self.look, self.canvas, self.unit, self.ink
        if look.halo:
            colour = np.asarray(self.rng.choice(((255, 250, 235), (255, 214, 150), (200, 225, 255))), np.float32)
            canvas.stain(colour, np.clip(smooth(cv2.dilate(ink, np.ones((3, 3))), look.halo * unit) * 1.6, 0, 1))
        if look.shadow:
            hard = self.rng.uniform(0.1, 0.45)
            shadow = self.fall(ink, look.shadow * unit, look.shadow * unit * hard + 0.5)
            canvas.over(BLACK, shadow * self.rng.uniform(0.3, 0.75))
        if look.outline:
            canvas.over(look.outline, np.minimum(1, smooth(cv2.dilate(ink, np.ones((3, 3))), unit * 0.02) * 1.6))
        weight = ink
        if look.wear:
            worn = self.noise("cloud", 0.7) + 0.5 * self.noise("fine")
            weight = ink * np.clip((worn + 2.2 - 3.2 * look.wear) * 1.5, 0.1, 1)
        carved_in_wall = look.ground is None and look.relief < 0
        if not carved_in_wall:
            tone = self.metallic(self.colour) if look.metal_ink else self.colour
            canvas.over(tone, weight)
            if not look.metal_ink:
                canvas.shade(1 + ink * (0.04 * self.noise("soft")))
        if look.relief:
            self.relieved(carved_in_wall)

    def relieved(self, in_wall):
        look, unit, ink = self.look, self.unit, self.ink
        sigma = max(0.6, look.bevel * unit)
        raised = smooth(ink, sigma)
        lit = slope(raised, self.light) * look.relief * sigma * 2.2
        if look.relief < 0:  # what is sunk lies in its own shadow
            distance = unit * 0.05 * -look.relief
            rim = 1 - moved(1 - ink, -self.light[0] * distance, -self.light[1] * distance)
            sunk = ink * smooth(1 - rim, sigma * 0.6) * 0.6 * -look.relief
        else:
            sunk = None
        lay = self.canvas.over if in_wall else self.canvas.stain
        lay(LIGHT, np.clip(lit, 0, 0.75))
        lay(BLACK, np.clip(-lit, 0, 0.75))
        if sunk is not None:
            lay(BLACK, np.clip(sunk, 0, 0.8))
        if in_wall:
            self.canvas.over(BLACK, ink * self.rng.uniform(0.15, 0.4))

    def tubes(self):
        """A bright core, its colour about it, its light on what is behind."""
        unit, rng = self.unit, self.rng
        colour = np.asarray(self.colour, np.float32)
        core = self.ink
        if rng.random() < 0.5:
            thick = max(1, int(unit * 0.05))
            core = cv2.erode(core, np.ones((thick, thick)))
            if core.sum() < self.ink.sum() * 0.25:
                core = self.ink
        self.canvas.glow(colour, smooth(self.ink, unit * rng.uniform(0.25, 0.5)) * rng.uniform(0.3, 0.7))
        self.canvas.glow(colour, smooth(self.ink, unit * 0.08) * 0.5)
        white = colour * 0.35 + np.array((255, 250, 240), np.float32) * 0.65
        self.canvas.over(colour, self.ink)
        self.canvas.over(white, np.clip(smooth(core, unit * 0.03), 0, 1))

    def screws(self):
        look, unit, rng = self.look, self.unit, self.rng
        width, height = self.size
        radius = max(1.0, unit * rng.uniform(0.035, 0.07))
        if look.screws == "digits":
            places = [(float(hull[:, 0].mean()), float(y)) for _, hull in self.layout.digits
                      for y in (hull[:, 1].min() + radius * 1.8, hull[:, 1].max() - radius * 1.8)]
            places = [(x, y) for x, y in places
                      if 0 <= int(y) < height and 0 <= int(x) < width and self.ink[int(y), int(x)] > 0.5]
        elif look.screws == "sides":
            inset = radius * 2.2
            places = [(inset, height / 2), (width - inset, height / 2)]
        else:
            inset = radius * rng.uniform(1.8, 2.6)
            places = [(x, y) for x in (inset, width - inset) for y in (inset, height - inset)]
        head, hole = np.zeros((height, width), np.uint8), np.zeros((height, width), np.uint8)
        for x, y in places:
            at = (int(x * 16), int(y * 16))
            cv2.circle(head, at, int(radius * 16), 255, -1, cv2.LINE_AA, 4)
            turn = rng.uniform(0, math.pi)
            dx, dy = math.cos(turn) * radius * 0.7, math.sin(turn) * radius * 0.7
            ends = (int(x - dx), int(y - dy)), (int(x + dx), int(y + dy))
            cv2.line(hole, *ends, 255, max(1, int(radius * 0.4)), cv2.LINE_AA)
        head, hole = head.astype(np.float32) / 255, hole.astype(np.float32) / 255
        rusty = rng.random() < 0.4
        if rusty:  # water takes the rust down
            streak = moved(head, 0, radius * 2) + moved(head, 0, radius * 4) * 0.6 + moved(head, 0, radius * 7) * 0.3
            self.canvas.stain((112, 66, 34), np.clip(smooth(streak, radius * 0.8), 0, 1) * rng.uniform(0.3, 0.9))
        self.canvas.stain(BLACK, self.fall(head, radius * 0.4, radius * 0.3) * 0.6)
        tone = (118, 80, 52) if rusty else rng.choice(((168, 168, 166), (96, 96, 96), (186, 150, 80)))
        self.canvas.stain(tone, head)
        shine = slope(smooth(head, radius * 0.5), self.light) * radius
        self.canvas.stain(LIGHT, np.clip(shine, 0, 0.8) * head)
        self.canvas.stain(BLACK, np.clip(-shine, 0, 0.8) * head)
        self.canvas.stain(BLACK, hole * 0.6)

    def age(self):
        look, rng = self.look, self.rng
        if look.dirt > 0.05:
            dirt = self.noise(rng.choice(("streaks", "cloud", "streaks"))) * 0.6 + self.noise("cloud", 2.0) * 0.5 - 0.4
            tone = rng.choice(((74, 66, 54), (54, 50, 46), (92, 84, 68), (58, 66, 48)))
            self.canvas.stain(tone, np.clip(dirt * look.dirt * 0.6, 0, 0.75))
        if look.rust > 0.05 and look.ground is not None:
            self.rusted()
        if look.scratches > 0.05:
            scratches = np.zeros(self.size[::-1], np.uint8)
            for _ in range(rng.randint(1, 3 + int(look.scratches * 8))):
                x, y = rng.randrange(self.size[0]), rng.randrange(self.size[1])
                dx, dy = rng.gauss(0, self.unit * 0.5), rng.gauss(0, self.unit * 0.5)
                cv2.line(scratches, (x, y), (int(x + dx), int(y + dy)), rng.randint(60, 200), 1, cv2.LINE_AA)
            self.canvas.stain(rng.choice(((220, 218, 210), (60, 56, 52))), scratches.astype(np.float32) / 255 * 0.7)

    def rusted(self):
        """Enamel chips at the edges and rusts from there."""
        look, unit = self.look, self.unit
        inner = cv2.copyMakeBorder(self.mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
        edge = 1 - smooth(inner, unit * 0.12)[1:-1, 1:-1]
        chance = edge * 2.6 + self.noise("cloud", 0.8) * 0.9 - 3.1 + 1.6 * look.rust
        chip = np.clip(chance * 3, 0, 1)
        halo = np.clip(smooth(chip, unit * 0.05) * 0.9 + moved(smooth(chip, unit * 0.06), 0, unit * 0.12) * 0.4, 0, 1)
        self.canvas.stain((146, 92, 50), halo * 0.8)
        tone = np.asarray((78, 48, 32), np.float32)[:, None, None] * (1 + 0.25 * self.noise("fine"))
        self.canvas.stain(tone, chip)

    def lit(self):
        look, rng = self.look, self.rng
        width, height = self.size
        across = np.linspace(-1, 1, width, dtype=np.float32)[None] * self.light[0]
        down = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * self.light[1]
        field = (across + down) * rng.uniform(0.0, 0.22)
        if look.sheen:
            self.canvas.stain(LIGHT, self.gloss())
        if look.neon:
            return
        if look.veil:
            self.canvas.stain((172.0, 176.0, 182.0), np.float32(look.veil))
        exposure = rng.choice((1.0, rng.uniform(0.55, 1.08), rng.uniform(0.8, 1.05)))
        tint = np.array([rng.gauss(1, 0.025), 1.0, rng.gauss(1, 0.04)], np.float32)[:, None, None]
        self.canvas.shade((field + exposure) * tint)

    def gloss(self):
        """The sky mirrored in the surface: a soft diagonal band, broken up by what stands before the sky."""
        rng = self.rng
        width, height = self.size
        turn = rng.uniform(0.3, 1.3) * rng.choice((-1, 1))
        x = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None] * width * math.cos(turn)
        y = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None] * height * math.sin(turn)
        reach = math.hypot(width, height)
        distance = np.abs(x + y - rng.uniform(-0.35, 0.35) * reach) / (rng.uniform(0.06, 0.3) * reach)
        return np.clip(1.2 - distance ** 2 + 0.15 * self.noise("soft"), 0, 1) * self.look.sheen * 0.6
