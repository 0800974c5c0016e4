"""Draws curves of training, and figures of lines."""
import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot


def draw(log, path):
    """A panel a stage, from rows of stage, step, and losses by name; the share right of photographs held out beside them."""
    stages = list(dict.fromkeys(row["stage"] for row in log))
    if not stages:
        return
    figure, panels = pyplot.subplots(1, len(stages), figsize=(4.2 * len(stages), 4), constrained_layout=True, squeeze=False)
    for axes, stage in zip(panels[0], stages):
        rows = [row for row in log if row["stage"] == stage]
        for name in [name for name in rows[0] if name not in ("stage", "step", "held_out")]:
            part = [(row["step"], row[name]) for row in rows if row.get(name, 0) > 0]
            axes.plot(*zip(*part), label=name, linewidth=2 if name == "loss" else 1)
        axes.set(title=stage, xlabel="step", yscale="log")
        axes.legend(loc="upper right", fontsize=8)
        judged = [(row["step"], row["held_out"]) for row in rows if "held_out" in row]
        if judged:
            right = axes.twinx()
            right.plot(*zip(*judged), "k.--", linewidth=1)
            right.set(ylim=(0, 1), ylabel="held out: share right (dashed)")
    panels[0][0].set(ylabel="loss")
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def draw_lines(lines, across, upwards, path):
    """Lines of (name, xs, ys) in one panel."""
    figure, axes = pyplot.subplots(figsize=(5.2, 3.6), constrained_layout=True)
    for name, xs, ys in lines:
        axes.plot(xs, ys, "o-", label=name)
    axes.set(xlabel=across, ylabel=upwards, xticks=lines[0][1])
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
