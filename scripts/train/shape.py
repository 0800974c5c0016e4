"""How the plane that a number stands on is seen: digits are wider or narrower than most, lean, and recede from the camera.

People hang digits that are up to twice as wide as those of SVHN, and photograph them from below and from the side. A map is a
homography about a number's middle, in units of its digits' height; `placed` scales it and moves it to where it is wanted.
"""
import math

import numpy as np

NARROWEST, WIDEST = 0.55, 2.0  # how much of their width digits keep, or gain
STEEPEST = 0.5  # tangent of a slant
FARTHEST = math.radians(50)  # that a camera is turned or tilted away from the plane's normal
NEAREST, REMOTEST = 5.0, 40.0  # heights of a digit between the camera and the number
SHAPED = 0.67  # the share of maps that stretch; half of all slant or recede


def turned(angle):
    cosine, sine = math.cos(angle), math.sin(angle)
    return np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1.0]])


def receding(yaw, tilt, distance):
    """What a camera at a distance sees of a plane that is turned by `yaw` and tilted: a homography about the middle."""
    sideways = np.array([[math.cos(yaw), 0, 0], [0, 1, 0], [math.sin(yaw) / distance, 0, 1]])
    upwards = np.array([[1, 0, 0], [0, math.cos(tilt), 0], [0, math.sin(tilt) / distance, 1]])
    return sideways @ upwards


def drawn(rng, length=1.0):
    """A map for a number that is `length` heights of its digits long, so that no part of it comes too near to the camera."""
    angle = math.radians(rng.gauss(0, 4) if rng.random() < 0.85 else rng.uniform(-28, 28))
    if rng.random() < SHAPED:
        stretch = math.exp(rng.uniform(math.log(NARROWEST), math.log(WIDEST)))
    else:
        stretch = math.exp(rng.gauss(0, 0.08))
    slant = rng.uniform(-STEEPEST, STEEPEST) if rng.random() < 0.35 else rng.gauss(0, 0.06)
    own = np.array([[stretch, slant, 0], [0, 1, 0], [0, 0, 1.0]])
    if rng.random() < 0.35:
        distance = max(math.exp(rng.uniform(math.log(NEAREST), math.log(REMOTEST))), length * max(stretch, 1.0))
        yaw, tilt = (rng.uniform(-FARTHEST, FARTHEST) if rng.random() < 0.7 else 0.0 for _ in range(2))
        own = receding(yaw, tilt, distance) @ own
    return turned(angle) @ own


def jacobians(matrix, points):
    """The linear part of a homography at each of some points (x, y)."""
    points = np.asarray(points, float)
    x, y, w = (np.c_[points, np.ones(len(points))] @ matrix.T).T
    rows = [(matrix[i, :2][None] * w[:, None] - v[:, None] * matrix[2, :2][None]) / w[:, None]**2 for i, v in ((0, x), (1, y))]
    return np.stack(rows, 1)


def mapped(matrix, points):
    moved = np.c_[np.asarray(points, float), np.ones(len(points))] @ matrix.T
    return moved[:, :2] / moved[:, 2:]


def placed(own, anchor, box_size, height, target):
    """The homography of a picture that shows it by the map `own` about `anchor`, where a box of a size (width, height) becomes
    `height` pixels high and lies at `target`."""
    unit = max(box_size[1], 1.0)
    about = own @ np.array([[1 / unit, 0, -anchor[0] / unit], [0, 1 / unit, -anchor[1] / unit], [0, 0, 1.0]])
    _, seen = sizes(jacobians(about, [anchor]), np.array([box_size]))[0]
    scale = height / max(seen, 1e-6)
    return np.array([[scale, 0, target[0]], [0, scale, target[1]], [0, 0, 1.0]]) @ about


def sizes(linear, boxes):
    """Widths and heights of upright boxes around what fills boxes (width, height) before linear maps. Digits fill their boxes
    like ellipses more than like rectangles, so a turned box grows less than its corners say."""
    linear = np.abs(linear)
    straight = np.stack([linear[:, 0, 0], linear[:, 1, 1]], 1)
    across = np.stack([linear[:, 0, 1], linear[:, 1, 0]], 1)
    return boxes * straight + 0.6 * boxes[:, ::-1] * across


def of_boxes(boxes, matrix):
    """Rows of digit, left, top, width and height after a homography."""
    if not len(boxes):
        return boxes
    out = boxes.copy()
    centres = boxes[:, 1:3] + boxes[:, 3:5] / 2
    size = sizes(jacobians(matrix, centres), boxes[:, 3:5])
    out[:, 1:3], out[:, 3:5] = mapped(matrix, centres) - size / 2, size
    return out
