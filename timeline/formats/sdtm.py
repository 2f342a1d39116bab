"""CDISC SDTM: the datasets of `timeline.cdisc.cases` as a format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from timeline.cdisc.cases.exporting import datasets_of
from timeline.cdisc.cases.importing import NotRead, entries_of
from timeline.cdisc.cases.words import LEFT_OVER_REASONS as REASONS
from timeline.cdisc.formats import FORMATS, content_of, read_files
from timeline.cdisc.metadata import SDTM_DATASETS
from timeline.exchange.entries.case_entries import CaseEntries
from timeline.formats.format import Aids, Entered, Options, Unread, Written

__all__ = ["REASONS", "read", "write"]


def write(cases: Sequence[CaseEntries], out: Path, options: Options) -> Written:
    """The datasets as CSV. ``timeline sdtm`` writes the other formats of datasets.

    Raises:
        ValueError: ``line`` is no number.
    """
    line = options.get("line", "")
    if line and not line.isdecimal():
        raise ValueError(f"--option line: not a number: {line!r}")
    found = datasets_of(cases, options.get("study") or "CASES", int(line) if line else None)
    row = FORMATS["csv"]
    return Written(
        contents={
            out / f"{each.name.lower()}{row.suffix}": content_of(each, row)
            for each in found.values()
            if len(each) or each.name == "DM"
        }
    )


def read(path: Path, _options: Options, _aids: Aids) -> Entered:
    """The subjects of DM, each with its events."""
    datasets, problems = read_files(path, SDTM_DATASETS)
    if problems:
        return Entered(problems=problems)
    found = entries_of(datasets)
    with_events = {name: each for name, each in found.subjects.items() if len(each) > 1}
    return Entered(
        subjects=with_events,
        unread=tuple(map(_unread, found.not_read)),
        problems=found.problems,
    )


def _unread(row: NotRead) -> Unread:
    return Unread(where=row.dataset, what=row.variable or "records", count=row.records,
                  example=row.example, became=f"nothing: {row.reason}")  # fmt: skip
