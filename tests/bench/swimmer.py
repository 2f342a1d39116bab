"""A swimmer plot from tables to PNG, whole process, against bare matplotlib that draws the same.

Run with: python -m tests.bench.swimmer. The bare script reads the same tables with the csv module
and checks nothing; it draws the same pages (size, dots an inch, lanes a page) with one collection
for each kind of mark and one text for each lane. Printed: medians of five runs, in seconds of
processor time, which another job on the machine does not move.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

LANES = (36, 200, 1000)
RUNS = 5
BARE = """
import csv, sys
from collections import defaultdict
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.path import Path as Shape

lanes, events, out, pages, width, height = sys.argv[1:]
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
for page in range(int(pages)):
    figure = Figure(figsize=(float(width) / 25.4, float(height) / 25.4))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.08, 0.08, 0.9, 0.9))
    mine = order[page * each : (page + 1) * each]
    axes.set_xlim(0, longest)
    axes.set_ylim(len(mine), -1)
    axes.set_yticks([])
    faces, marks, trails = defaultdict(list), defaultdict(list), []
    for y, name in enumerate(mine):
        axes.text(-0.07 * longest, y, name, size=6, va="center")
        for start, end, state in bars[name]:
            low, high = y - 0.3, y + 0.3
            faces[state].append(((start, low), (end, low), (end, high), (start, high)))
        trails.append(((0, y), (max(end for _, end, _ in bars[name]), y)))
        for at, label in signs[name]:
            marks[label].append((at, y))
    axes.add_collection(LineCollection(trails, colors="#5F5F5F", linewidths=0.8))
    for state, rings in faces.items():
        axes.add_collection(PolyCollection(rings, facecolors=colours[state], edgecolors="k",
                                           linewidths=0.5))
    for label, places in marks.items():
        axes.add_collection(PathCollection(
            [Shape.unit_regular_polygon(shapes[label])], sizes=[9], offsets=places,
            offset_transform=axes.transData, facecolors="w", edgecolors="k", linewidths=0.7))
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


def timed(words: list[str]) -> float:
    """Seconds of processor time of a process, the median of some runs."""
    taken = []
    for _ in range(RUNS):
        begun = spent()
        subprocess.run(words, check=True, capture_output=True)
        taken.append(spent() - begun)
    return statistics.median(taken)


def spent() -> float:
    """Seconds of processor time that all children have taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "bare.py"
        script.write_text(BARE)
        print("lanes  pages  ours  bare  ratio")  # noqa: T201
        for size in LANES:
            lanes, events = tables(folder, size)
            out = folder / f"ours-{size}.png"
            draw = ["-m", "timeline", "draw", "--table", str(lanes), "--events", str(events)]
            ours = timed([sys.executable, *draw, "--ask", "unit=months", "-o", str(out)])
            drawn = sorted(folder.glob(f"ours-{size}*.png"))
            tall = 247.0 if len(drawn) > 1 else _height(drawn[0])
            bare = timed([sys.executable, str(script), str(lanes), str(events),
                          str(folder / "bare"), str(len(drawn)), "183", str(tall)])  # fmt: skip
            print(f"{size:5}  {len(drawn):5}  {ours:.2f}  {bare:.2f}  {ours / bare:.2f}")  # noqa: T201


def _height(png: Path) -> float:
    """Millimetres of a picture of 300 dots an inch, from its header."""
    return int.from_bytes(png.read_bytes()[20:24], "big") / 300 * 25.4


if __name__ == "__main__":
    main()
