"""Draws the training curve."""
import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot


def draw(log, path):
    """`log` has rows of stage, step, total, presence, which, box."""
    figure, axes = pyplot.subplots(figsize=(9, 4.5), constrained_layout=True)
    done = 0
    for stage in dict.fromkeys(row[0] for row in log):
        rows = [row for row in log if row[0] == stage]
        steps = [done + row[1] for row in rows]
        for column, (name, colour) in enumerate((("total", "black"), ("presence", "tab:blue"), ("which digit", "tab:orange"),
                                                 ("box", "tab:green")), start=2):
            axes.plot(steps, [row[column] for row in rows], color=colour, label=name if done == 0 else None)
        axes.axvline(steps[-1], color="grey", linewidth=0.5)
        axes.text(steps[-1], axes.get_ylim()[1], f"{stage} ", ha="right", va="top", fontsize=8, color="grey")
        done = steps[-1]
    axes.set(xlabel="step", ylabel="loss", yscale="log")
    axes.legend()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
