"""What the network is taught: ten independent sigmoids with focal loss, which class it is at a core, and the box."""
import torch
from torch.nn import functional as F

from graph import DIGITS


def focal(logits, classes, asked, gamma=2.0, positive_weight=0.4):
    """Focal loss (Lin et al., 2017), summed over the cells that are asked."""
    entropy = F.binary_cross_entropy_with_logits(logits, classes, reduction="none")
    likely = torch.sigmoid(torch.where(classes > 0, logits, -logits))
    weight = torch.where(classes > 0, positive_weight, 1 - positive_weight)
    return (weight * (1 - likely) ** gamma * entropy * asked).sum()


def generalised_overlap(sides, wanted):
    """1 - GIoU (Rezatofighi et al., 2019) of boxes given by their distances to a common anchor."""
    sides = sides.clamp(min=0.02)
    area = (sides[:, 0] + sides[:, 2]) * (sides[:, 1] + sides[:, 3])
    wanted_area = (wanted[:, 0] + wanted[:, 2]) * (wanted[:, 1] + wanted[:, 3])
    inner, outer = torch.minimum(sides, wanted), torch.maximum(sides, wanted)
    common = (inner[:, 0] + inner[:, 2]) * (inner[:, 1] + inner[:, 3])
    hull = (outer[:, 0] + outer[:, 2]) * (outer[:, 1] + outer[:, 3])
    union = area + wanted_area - common
    return 1 - common / union + (hull - union) / hull


def loss(output, classes, asked, sides, positive):
    """Total loss of a batch, and its parts by name, by positive cell."""
    output = output.float()
    count = positive.sum().clamp(min=1).float()
    presence = focal(output[:, :DIGITS], classes, asked) / count
    if not positive.any():
        return 2.0 * presence, {"presence": presence.detach()}
    at = positive.nonzero(as_tuple=True)
    predicted = output.permute(0, 2, 3, 1)[at]
    wanted = sides.permute(0, 2, 3, 1)[at]
    digit = classes.permute(0, 2, 3, 1)[at].argmax(1)
    which = F.cross_entropy(predicted[:, :DIGITS], digit, label_smoothing=0.03)
    box = generalised_overlap(predicted[:, DIGITS:], wanted).mean()
    box = box + 0.5 * F.smooth_l1_loss(predicted[:, DIGITS:], wanted, beta=0.1)
    parts = {"presence": presence.detach(), "which": which.detach(), "box": box.detach()}
    return 2.0 * presence + 0.5 * which + box, parts
