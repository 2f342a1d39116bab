"""Write a synthetic cohort of 36 patients: ``lanes.csv`` and ``events.csv``, in months.

Run from the top folder of the project: ``python docs/examples/cohort/make_cohort.py``. The
patients are fictitious. One seed gives the same two files on every run; a test compares them.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

PATIENTS = 36
CUT_OFF = 30.0  # months after the first dose of the first patient
MEDIAN_MONTHS = {  # invented: time on treatment
    "doxorubicin": 5.0, "gemcitabine + docetaxel": 5.5, "eribulin": 4.0,
    "trabectedin": 4.5, "pazopanib": 6.0, "anlotinib": 8.0,
}  # fmt: skip
DIAGNOSES = ("leiomyosarcoma", "liposarcoma", "synovial sarcoma")
LANE = ("id", "start", "end", "state", "ongoing", "diagnosis")
EVENT = ("id", "time", "event")

Row = tuple[str | float, ...]


def patient(number: int, draw: random.Random) -> tuple[list[Row], list[Row]]:
    """The intervals and the events of one patient.

    Args:
        number: of the patient, from 1.
        draw: the source of chance.

    Returns:
        Rows of ``LANE`` and rows of ``EVENT``; times are months since the first dose.
    """
    name, diagnosis = f"P{number:02d}", draw.choice(DIAGNOSES)
    followed = round(CUT_OFF - draw.uniform(0, 14), 1)
    lanes: list[Row] = []
    events: list[Row] = []
    start = 0.0
    for drug in draw.sample(sorted(MEDIAN_MONTHS), k=draw.choice((1, 1, 2, 2, 3))):
        length = max(1.2, draw.expovariate(0.69 / MEDIAN_MONTHS[drug]))
        end = round(min(start + length, followed), 1)
        running = end >= followed
        lanes.append((name, start, end, drug, "yes" if running else "no", diagnosis))
        events += [(name, *each) for each in course(start, end, running, draw)]
        start = round(end + draw.uniform(0.3, 1.0), 1)
        if running or start >= followed - 1:
            break
    if lanes[-1][4] == "no":
        dies = draw.random() < 0.6
        last = round(min(followed, float(lanes[-1][2]) + draw.expovariate(1 / 5)), 1)
        events.append((name, last, "death" if dies else "last contact"))
    return lanes, events


def course(
    start: float, end: float, running: bool, draw: random.Random
) -> Iterator[tuple[float, str]]:
    """Responses, toxicity and the reason of the end on one line of therapy.

    Args:
        start: first dose of the line, in months.
        end: last dose of the line, in months.
        running: the line continues at the cut-off.
        draw: the source of chance.

    Yields:
        The month and the name of an event.
    """
    scans = [round(start + 2 * step, 1) for step in range(1, int((end - start) / 2) + 1)]
    best = draw.choice(("SD", "SD", "PR", "PR", "CR")) if len(scans) > 1 else "SD"
    if scans:
        yield scans[0], "PR" if best == "CR" else best
    if best == "CR":
        yield scans[1], "CR"
    if draw.random() < 0.3:
        yield round(draw.uniform(start, end), 1), "adverse event grade 3"
    if not running:
        yield end, draw.choice(("PD", "PD", "PD", "stop toxicity"))


def cohort() -> tuple[list[Row], list[Row]]:
    """The rows of ``lanes.csv`` and of ``events.csv``.

    Returns:
        Rows of ``LANE`` and rows of ``EVENT``.
    """
    draw = random.Random(36)  # noqa: S311 - fictitious patients, no secret
    each = [patient(number, draw) for number in range(1, PATIENTS + 1)]
    return [row for lanes, _ in each for row in lanes], [
        row for _, events in each for row in events
    ]


def main(folder: Path) -> None:
    for name, heading, rows in zip(("lanes", "events"), (LANE, EVENT), cohort(), strict=True):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([heading, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
