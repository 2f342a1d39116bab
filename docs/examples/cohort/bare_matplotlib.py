"""The same cohort in about thirty lines of matplotlib: ``bare_matplotlib.py OUT.png``."""

import csv
import sys
from pathlib import Path

import matplotlib.pyplot as plt

HERE = Path(__file__).parent
lanes, events = (
    list(csv.DictReader((HERE / f"{name}.csv").open(encoding="utf-8")))
    for name in ("lanes", "events")
)
last = {row["id"]: float(row["end"]) for row in lanes}  # the last end of each patient
last |= {row["id"]: max(last[row["id"]], float(row["time"])) for row in events}
place = {name: index for index, name in enumerate(sorted(last, key=last.__getitem__))}
colour = {drug: f"C{index}" for index, drug in enumerate(dict.fromkeys(r["state"] for r in lanes))}
marker = {"CR": "*", "PR": "^", "SD": "D", "PD": "v", "death": "X", "last contact": "|",
          "adverse event grade 3": "o", "stop toxicity": "s"}  # fmt: skip

figure, axes = plt.subplots(figsize=(7.2, 7.5), layout="constrained")
for row in lanes:
    start, end, y = float(row["start"]), float(row["end"]), place[row["id"]]
    axes.barh(y, end - start, left=start, color=colour[row["state"]], height=0.6)
    if row["ongoing"] == "yes":
        axes.annotate("", (end + 1, y), (end, y), arrowprops={"arrowstyle": "->"})
for name, shape in marker.items():
    found = [(float(r["time"]), place[r["id"]]) for r in events if r["event"] == name]
    axes.scatter(*zip(*found, strict=True), marker=shape, color="black", s=16, zorder=3, label=name)
for drug, shade in colour.items():
    axes.barh(0, 0, color=shade, label=drug)
axes.set(xlabel="Months since first dose", yticks=list(place.values()), yticklabels=list(place))
axes.legend(loc="lower right", fontsize=7)
figure.savefig(sys.argv[1], dpi=150)
