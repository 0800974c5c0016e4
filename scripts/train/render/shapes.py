"""Outlines of plates, as masks."""
import cv2
import numpy as np


def filled(shape, width, height, inset, radius):
    """float32 [height, width]: 1 within the outline, which lies `inset` pixels inside the edges."""
    mask = np.zeros((height, width), np.uint8)
    left, top, right, bottom = round(inset), round(inset), width - 1 - round(inset), height - 1 - round(inset)
    if right <= left or bottom <= top:
        return mask.astype(np.float32)
    middle = ((left + right) // 2, (top + bottom) // 2)
    radius = int(max(1, min(radius, (right - left) / 2, (bottom - top) / 2)))
    if shape == "oval":
        cv2.ellipse(mask, middle, ((right - left) // 2, (bottom - top) // 2), 0, 0, 360, 1, -1)
    elif shape == "round":
        cv2.circle(mask, middle, min(right - left, bottom - top) // 2, 1, -1)
    elif shape == "house":  # with a gable
        rise = min((bottom - top) // 2, max(2, round((right - left) * 0.35)))
        corners = ((left, bottom), (left, top + rise), (middle[0], top), (right, top + rise), (right, bottom))
        cv2.fillPoly(mask, [np.array(corners, np.int32)], 1)
    elif shape == "arch":
        rise = min((bottom - top) // 2, max(2, (right - left) // 3))
        cv2.rectangle(mask, (left, top + rise), (right, bottom), 1, -1)
        cv2.ellipse(mask, (middle[0], top + rise), ((right - left) // 2, rise), 0, 180, 360, 1, -1)
    elif shape == "rounded":
        cv2.rectangle(mask, (left + radius, top), (right - radius, bottom), 1, -1)
        cv2.rectangle(mask, (left, top + radius), (right, bottom - radius), 1, -1)
        for x in (left + radius, right - radius):
            for y in (top + radius, bottom - radius):
                cv2.circle(mask, (x, y), radius, 1, -1)
    else:
        cv2.rectangle(mask, (left, top), (right, bottom), 1, -1)
        if shape == "notched":
            for x in (left, right):
                for y in (top, bottom):
                    cv2.circle(mask, (x, y), radius, 0, -1)
    return mask.astype(np.float32)


def plate(look, layout, rng):
    """The plate's mask and its frame's, both float32 [h, w]."""
    height, width = layout.ink.shape
    unit = layout.height
    radius = unit * rng.choice((0.06, 0.12, 0.25))
    if look.shape == "tiles" and layout.tiles:
        return tiled(look, layout, rng)
    if look.shape == "wall":
        mask = feathered(width, height, unit * rng.choice((0.0,) * 5 + (rng.uniform(0.1, 0.4),)))
        return mask, np.zeros_like(mask)
    shape = "rectangle" if look.shape == "tiles" else look.shape
    mask = filled(shape, width, height, 0, radius)
    frame = np.zeros_like(mask)
    inset, thick = look.inset * unit, max(1.0, look.frame * unit)
    if look.frame:
        frame = filled(shape, width, height, inset, radius) - filled(shape, width, height, inset + thick, radius)
        if look.double:
            inner = inset + thick * 2
            frame += filled(shape, width, height, inner, radius) - filled(shape, width, height, inner + thick * 0.6, radius)
    if look.dashed:
        frame *= dashes(frame.shape, unit)
    return mask, np.clip(frame, 0, 1)


def dashes(shape, unit):
    """Stripes across, which leave a row of dashes of a frame."""
    y, x = np.ogrid[:shape[0], :shape[1]]
    return ((x + y) % max(2.0, unit * 0.14) < unit * 0.08).astype(np.float32)


def feathered(width, height, edge):
    """1 inside, going down to 0 within `edge` pixels of the edges."""
    across, down = (np.minimum(np.arange(n), np.arange(n)[::-1]).astype(np.float32) for n in (width, height))
    return np.clip(np.minimum(across[None], down[:, None]) / max(edge, 1.0) + 0.001, 0, 1)


def tiled(look, layout, rng):
    """A tile behind each character of the main line, all as large as the largest."""
    mask = np.zeros(layout.ink.shape, np.float32)
    frame = np.zeros_like(mask)
    unit, boxes = layout.height, np.array(layout.tiles)
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    if len(middles) > 1 and np.ptp(middles[:, 0]) > np.ptp(middles[:, 1]):
        pitch = max(float(np.diff(np.sort(middles[:, 0])).min()), unit * 0.3)
    else:
        pitch = float((boxes[:, 2] - boxes[:, 0]).max()) + unit * 0.4
    w, h = int(pitch * 0.96), int((boxes[:, 3] - boxes[:, 1]).max() + unit * rng.uniform(0.2, 0.4))
    one = filled("rectangle", w, h, 0, 0)
    line = np.zeros_like(one)
    if look.frame:
        inset = look.inset * unit
        line = one - filled("rectangle", w, h, max(1, inset + look.frame * unit), 0)
        line *= filled("rectangle", w, h, inset, 0)
    if look.dashed:
        line *= dashes(line.shape, unit)
    for x, y in middles:
        left, top = max(0, int(x - w / 2)), max(0, int(y - h / 2))
        part = mask[top:top + h, left:left + w]
        part[:] = one[:part.shape[0], :part.shape[1]]
        frame[top:top + h, left:left + w] = line[:part.shape[0], :part.shape[1]]
    return mask, frame
