"""Recall and precision of the dates, drugs and durations that a draft finds in reports.

Run with ``python -m tests.bench.draft [FOLDER]``. FOLDER holds the texts of the three reports of
``cases`` and ``seeds``, which are recognised by their checksum and are not part of the project;
without it only the four public abstracts of ``tests/data/reports`` are measured. What is to be
found was listed by reading: see the README of that folder. A value counts once for each report.
References are left out. Exit code 1 if recall or precision of a kind falls below its limit.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs

from timeline.report_text import ReportText, SectionRole, mentions, read_report

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "reports"
KINDS = ("date", "drug", "duration")
LEAST = 0.9  # of recall and of precision, over all reports that are there


@attrs.frozen
class Counts:
    """How many values were found, how many of them are right, and how many there are."""

    right: int
    found: int
    listed: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.found + other.found, self.listed + other.listed
        )

    @property
    def recall(self) -> float:
        return self.right / self.listed if self.listed else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0


def gold() -> Iterator[tuple[str, str, dict[str, frozenset[str]]]]:
    """Each report with its checksum and the values of each kind."""
    with (DATA / "draft-gold.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name in dict.fromkeys(row["report"] for row in rows):
        own = [row for row in rows if row["report"] == name]
        values = {row["kind"]: frozenset(row["values"].split("; ")) for row in own}
        yield name, own[0]["sha256"], values


def values_of(report: ReportText) -> dict[str, frozenset[str]]:
    """The values of each kind that the rules find outside the references."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for each in mentions(report.text):
        section = report.section_at(each.start)
        cited = section is not None and section.role is SectionRole.REFERENCES
        if each.kind in found and not cited:
            found[each.kind].add(each.value)
    return {kind: frozenset(values) for kind, values in found.items()}


def paths(folder: Path | None) -> dict[str, Path]:
    """The file of each report: an abstract by its name, another by its checksum."""
    by_sum = {
        hashlib.sha256(path.read_bytes()).hexdigest()[:16]: path
        for path in sorted(folder.iterdir() if folder else ())
        if path.is_file()
    }
    return {
        name: by_sum.get(checksum, DATA / f"{name}.txt") if checksum else DATA / f"{name}.txt"
        for name, checksum, _ in gold()
    }


def measure(
    folder: Path | None,
) -> Iterator[tuple[str, str, Counts, frozenset[str], frozenset[str]]]:
    """Of each report and kind: the counts, what was missed, and what is wrong."""
    files = paths(folder)
    for name, _, listed in gold():
        if not files[name].exists():
            continue
        found = values_of(read_report(files[name]))
        for kind in KINDS:
            right = found[kind] & listed[kind]
            counts = Counts(len(right), len(found[kind]), len(listed[kind]))
            yield name, kind, counts, listed[kind] - right, found[kind] - right


def main(arguments: list[str]) -> int:
    """Print recall and precision of each report, and of all."""
    folder = Path(arguments[0]) if arguments else ROOT.parent / "shared" / "papers"
    total = dict.fromkeys(KINDS, Counts(0, 0, 0))
    print(f"{'report':12}{'kind':10}{'recall':>16}{'precision':>16}")  # noqa: T201
    for name, kind, counts, missed, wrong in measure(folder if folder.is_dir() else None):
        total[kind] += counts
        print(_row(name, kind, counts))  # noqa: T201
        for title, values in (("missed", missed), ("wrong", wrong)):
            if values:
                print(f"{'':12}{title}: {', '.join(sorted(values))}")  # noqa: T201
    for kind, counts in total.items():
        print(_row("all", kind, counts))  # noqa: T201
    low = [min(counts.recall, counts.precision) for counts in total.values()]
    return int(min(low) < LEAST)


def _row(name: str, kind: str, counts: Counts) -> str:
    recall = f"{counts.right}/{counts.listed} {counts.recall:.0%}"
    precision = f"{counts.right}/{counts.found} {counts.precision:.0%}"
    return f"{name:12}{kind:10}{recall:>16}{precision:>16}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
