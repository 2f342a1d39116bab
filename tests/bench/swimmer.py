"""A swimmer plot from tables to PNG, whole process, against bare matplotlib that draws the same.

Run with: python -m tests.bench.swimmer [runs]. The bare script reads the same tables with the csv
module and checks nothing; it draws the same pages (size, dots an inch, lanes a page) with one
collection for each kind of mark and one text for each lane. It is run in two ways. ``marks``
draws bars, signs, trails and the names of the lanes, and no more. ``whole`` draws all that our
figure holds: the white rims of the signs, the head, the line below it, a tick and a number for
each month, the title of the axis, and the legend with its three groups. Neither lays anything
out: places and sizes are numbers in the script.

The three take turns, so that another job on the machine slows all of them. Printed: medians in
seconds, of processor time and by the clock, the median ratios of the turns, and the most memory
that a turn took.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

LANES = (36, 200, 1000)
RUNS = 7
BARE = """
import csv, sys
from collections import defaultdict
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.path import Path as Shape
from matplotlib.transforms import IdentityTransform

lanes, events, out, pages, width, height, drawn = sys.argv[1:]
width, height, whole = float(width), float(height), drawn == "whole"
bars, signs = defaultdict(list), defaultdict(list)
for row in csv.DictReader(open(lanes)):
    bars[row["id"]].append((float(row["start"]), float(row["end"]), row["state"]))
for row in csv.DictReader(open(events)):
    signs[row["id"]].append((float(row["time"]), row["event"]))
order = sorted(bars, key=lambda name: -max(end for _, end, _ in bars[name]))
each = -(-len(order) // int(pages))
longest = max(end for rows in bars.values() for _, end, _ in rows)
colours = {"A": "#56B4E9", "B": "#D55E00", "C": "#F0E442"}
shapes = {"CR": 5, "PR": 3, "PD": 4, "Death": 8, "Alive": 6}
legend = {"State": "ABC", "Response": ("PR", "PD"), "Status": ("known alive", "Alive", "Death")}
foot = 24 / height  # of head, axis and legend, as much as ours
top = 8 / height


def polygons(axes, places, corners, edge, stroke, layer):
    axes.add_collection(PathCollection(
        [Shape.unit_regular_polygon(corners)], sizes=[9], offsets=places,
        transform=IdentityTransform(), offset_transform=axes.transData, facecolors="w",
        edgecolors=edge, linewidths=stroke, zorder=layer))


def signed(axes, marks):
    for label, places in marks.items():
        if whole:
            polygons(axes, places, shapes[label], "w", 1.9, 7)
        polygons(axes, places, shapes[label], "k", 0.7, 8)


def boxed(axes, faces):
    for state, rings in faces.items():
        axes.add_collection(PolyCollection(rings, facecolors=colours[state], edgecolors="k",
                                           linewidths=0.5))


def ruled(axes, lines):
    axes.add_collection(LineCollection(lines, colors="#5F5F5F", linewidths=0.8, zorder=0.9))


def furnish(figure, lanes):
    page = figure.add_axes((0, 0, 1, 1))  # in millimetres, for head and legend
    page.set_axis_off()
    page.set_xlim(0, width)
    page.set_ylim(height, 0)
    page.text(1.5, 5, "Patient", size=6.5, weight="bold", va="center")
    ruled(page, [((1.5, 7), (width - 1.5, 7))])
    lanes.set_xticks(range(int(longest) + 2))
    lanes.tick_params(labelsize=6, length=3, pad=2)
    lanes.set_xlabel("Months", size=6)
    for side in ("left", "right", "top"):
        lanes.spines[side].set_visible(False)
    faces, marks, lines = {}, {}, []
    for n, (group, entries) in enumerate(legend.items()):
        y = height - 13 + 4 * n
        page.text(1.5, y, group, size=6.5, weight="bold", va="center")
        for k, entry in enumerate(entries):
            x = 16 + 15 * k + 10 * (k > 0 and n == 2)
            page.text(x + 6.5, y, entry, size=6, va="center")
            if entry in colours:
                end, low, high = x + 5.5, y - 1.2, y + 1.2
                faces[entry] = [((x, low), (end, low), (end, high), (x, high))]
            elif entry in shapes:
                marks[entry] = [(x + 2.75, y)]
            else:
                lines.append(((x, y), (x + 5.5, y)))
    ruled(page, lines)
    boxed(page, faces)
    signed(page, marks)


for page in range(int(pages)):
    figure = Figure(figsize=(width / 25.4, height / 25.4))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.08, foot, 0.9, 1 - foot - top))
    mine = order[page * each : (page + 1) * each]
    axes.set_xlim(0, longest)
    axes.set_ylim(len(mine), -1)
    axes.set_yticks([])
    faces, marks, trails = defaultdict(list), defaultdict(list), []
    for y, name in enumerate(mine):
        axes.text(-0.07 * longest, y, name, size=6.5, weight="bold", va="center")
        for start, end, state in bars[name]:
            low, high = y - 0.3, y + 0.3
            faces[state].append(((start, low), (end, low), (end, high), (start, high)))
        trails.append(((0, y), (max(end for _, end, _ in bars[name]), y)))
        for at, label in signs[name]:
            marks[label].append((at, y))
    ruled(axes, trails)
    boxed(axes, faces)
    signed(axes, marks)
    if whole:
        furnish(figure, axes)
    figure.savefig(f"{out}-{page}.png", dpi=300)
"""


def tables(folder: Path, size: int) -> tuple[Path, Path]:
    """Lanes of two or three states without fault, and two or three events each."""
    random = Random(size)
    lanes, events = ["id,start,end,state"], ["id,time,event"]
    for number in range(1, size + 1):
        at = 0.0
        for state in "ABC"[: random.randrange(2, 4)]:
            end = round(at + random.uniform(1.0, 9.0), 2)
            lanes.append(f"P{number:04},{at},{end},{state}")
            at = end
        events.append(f"P{number:04},{round(random.uniform(0.2, 0.4) * at, 2)},PR")
        events.append(f"P{number:04},{round(random.uniform(0.5, 0.9) * at, 2)},PD")
        events.append(f"P{number:04},{at},{random.choice(('Death', 'Alive'))}")
    found = folder / f"lanes-{size}.csv", folder / f"events-{size}.csv"
    for path, rows in zip(found, (lanes, events), strict=True):
        path.write_text("\n".join(rows) + "\n")
    return found


def timed(words: list[str]) -> tuple[float, float, float]:
    """What a process takes: seconds of processor time and by the clock; its peak in megabytes."""
    clock = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    seconds = time.perf_counter() - clock
    return used.ru_utime + used.ru_stime, seconds, used.ru_maxrss / 1024


def processes(folder: Path, size: int) -> tuple[int, dict[str, list[str]]]:
    """How many pages the figure takes, and the three that draw it, by name."""
    script = folder / "bare.py"
    script.write_text(BARE)
    lanes, events = (str(path) for path in tables(folder, size))
    out = folder / f"ours-{size}.png"
    draw = ["-m", "timeline", "draw", "--table", lanes, "--events", events]
    ours = [sys.executable, *draw, "--option", "unit=months", "-o", str(out)]
    subprocess.run(ours, check=True, capture_output=True)
    drawn = sorted(folder.glob(f"ours-{size}*.png"))
    tall = max(_height(each) for each in drawn)
    bare = [sys.executable, str(script), lanes, events, str(folder / f"bare-{size}")]
    bare += [str(len(drawn)), "183", str(tall)]
    return len(drawn), {"ours": ours, "marks": [*bare, "marks"], "whole": [*bare, "whole"]}


def main(runs: int = RUNS) -> None:
    print("seconds of processor time / by the clock, and peak memory")  # noqa: T201
    with tempfile.TemporaryDirectory() as name:
        for size in LANES:
            pages, named = processes(Path(name), size)
            turns = [{who: timed(words) for who, words in named.items()} for _ in range(runs)]
            print(f"{size} lanes, {pages} pages")  # noqa: T201
            for who in named:
                print(f"  {who:5}  {_times_text(who, turns)}")  # noqa: T201


def _times_text(who: str, turns: list[dict[str, tuple[float, float, float]]]) -> str:
    """The two medians of one, how many times as long ours took in the same turn, and memory."""
    taken = [statistics.median(turn[who][k] for turn in turns) for k in (0, 1)]
    ratios = [statistics.median(turn["ours"][k] / turn[who][k] for turn in turns) for k in (0, 1)]
    peak = max(turn[who][2] for turn in turns)
    times = f"{taken[0]:.2f} / {taken[1]:.2f}  {peak:.0f} MB"
    return (
        times if who == "ours" else f"{times}  ours is {ratios[0]:.2f} / {ratios[1]:.2f} times it"
    )


def _height(png: Path) -> float:
    """Millimetres of a picture of 300 dots an inch, from its header."""
    return int.from_bytes(png.read_bytes()[20:24], "big") / 300 * 25.4


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
