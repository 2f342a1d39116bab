"""The values of a file looked up in a text: as lines for a terminal, and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from timeline.grounding import NO_PLACE, TWO_PLACES, Grounding, Lookup, Status
from timeline.views.case_report import CaseReport

RAISED = (Status.NOT_FOUND, Status.ELSEWHERE)
_BEFORE, _AFTER = 2, 2  # words of the text that are shown around a value on either side
_WIDEST = 60  # characters looked at for them
_SEVERAL = 2  # values with one fault of their place, which share a line
_FEW = 2  # of one found at its place, so many elsewhere are the fault of the place
_MOST_TEXT_ONLY = 20  # values that only the text has, which are listed unless all are asked for
_PLACES = 3  # parts of the text that are named for one value


def ground_files(case_report: CaseReport, text: Path) -> Grounding:
    """The values of a case and its report, looked up in a text.

    Raises:
        Unreadable: the text cannot be read.
    """
    from timeline.grounding import ground
    from timeline.report_text import read_report

    return ground(case_report.case, case_report.report, read_report(text))


def grounding_lines(grounding: Grounding, text: Path, *, every: bool = False) -> Iterator[str]:
    """Each value that is not found where the file states, then what the file does not have.

    Args:
        grounding: the values looked up in the text.
        text: the file of the text, as it is named.
        every: all that only the text has; else the first, in its order, and a count of the rest.
    """
    counts = ", ".join(f"{len(grounding.of(status))} {status}" for status in Status)
    compared = "" if grounding.index.places.has_case_section else (
        " (no section on the case is recognised, so all sections are compared)"
    )  # fmt: skip
    yield f"{text}: {counts}; of the text {len(grounding.text_only)} not in the file{compared}"
    wrong = _wrong_places(grounding)
    for status in RAISED:
        for lookup in grounding.of(status):
            same = wrong.get(_named_place(lookup), ()) if status is Status.ELSEWHERE else ()
            if not same:
                yield _line(grounding, lookup)
            elif lookup is same[0]:
                yield _place_line(grounding, same)
    shown = grounding.text_only if every else grounding.text_only[:_MOST_TEXT_ONLY]
    for each in shown:
        at = _at(grounding, each.start, each.end)
        yield f"{text}: {each.kind} not in the file: {at} (add it, or leave it out on purpose)"
    if more := len(grounding.text_only) - len(shown):
        yield f"{text}: {more} more values not in the file (--all lists them)"


def _wrong_places(grounding: Grounding) -> dict[tuple[str, str], list[Lookup]]:
    """The places of a file that are wrong themselves, each with the values found elsewhere.

    The text has no such place, or a comma joins two; or the place prints only a few of the values
    that the file lists there.
    """
    found: dict[tuple[str, str], list[Lookup]] = {}
    for lookup in grounding.of(Status.ELSEWHERE):
        found.setdefault(_named_place(lookup), []).append(lookup)
    there = Counter(
        _named_place(each) for each in grounding.of(Status.FOUND) if not each.item.anywhere
    )
    return {
        place: values
        for place, values in found.items()
        if len(values) >= _SEVERAL
        and (values[0].fault in (NO_PLACE, TWO_PLACES) or len(values) > _FEW * there[place])
    }


def _named_place(lookup: Lookup) -> tuple[str, str]:
    """The file of a value and the place that it names."""
    return lookup.where.file, lookup.item.place


def _place_line(grounding: Grounding, values: Sequence[Lookup]) -> str:
    """One line for a place that is wrong, with the places that print its values."""
    first, place = values[0], values[0].item.place
    counts = Counter(
        grounding.index.report.place_of(each.found[0].start) for each in values
    ).most_common()  # fmt: skip
    printed = ", ".join(f"{name} ({count})" for name, count in counts[:_PLACES])
    more = f" and {len(counts) - _PLACES} more" if len(counts) > _PLACES else ""
    advice = grounding.index.places.joined(place) or counts[0][0]
    return (
        f"{first.where}: {first.status}: {len(values)} values of the place {place!r}: "
        f"{first.fault}; they are printed in {printed}{more} (write the place: {advice})"
    )


def _line(grounding: Grounding, lookup: Lookup) -> str:
    item = lookup.item
    place = f" [{item.place}]" if item.place else ""
    remedy = "correct the value or its place"
    if lookup.status is Status.ELSEWHERE:
        every = [_at(grounding, each.start, each.end) for each in lookup.found[:_PLACES]]
        more = len(lookup.found) - len(every)
        remedy = f"it is printed in {'; '.join(every)}" + (f"; and {more} more" if more else "")
    return f"{item.where}: {lookup.status}: {item.what}{place}: {lookup.fault} ({remedy})"


def _at(grounding: Grounding, start: int, end: int) -> str:
    """A part of the text: its place, its offsets and a few words."""
    place = grounding.index.report.place_of(start)
    return (
        f"{place}, characters {start} to {end}: {quote(grounding.index.report.text, start, end)!r}"
    )


def quote(text: str, start: int, end: int) -> str:
    """A part of a text with at most five words around it, in one line.

    >>> quote("he received seven cycles of it from June on", 12, 17)
    'he received seven cycles of'
    """
    left = " ".join(text[max(0, start - _WIDEST) : start].split(" ")[-_BEFORE - 1 :])
    right = " ".join(text[end : end + _WIDEST].split(" ")[: _AFTER + 1])
    return " ".join(f"{left}{text[start:end]}{right}".split())


def grounding_data(grounding: Grounding) -> dict[str, Any]:
    """The same as data: every value with its status, place and the parts of the text."""
    return {
        "counts": {status.value: len(grounding.of(status)) for status in Status},
        "values": [
            _lookup_data(grounding, each)
            for each in sorted(grounding.lookups, key=lambda each: each.where)
        ],
        "not_in_the_file": [_part_data(grounding, each, kind=each.kind)
                            for each in grounding.text_only],
    }  # fmt: skip


def _lookup_data(grounding: Grounding, lookup: Lookup) -> dict[str, Any]:
    return {
        **attrs.asdict(lookup.where),
        "status": lookup.status.value,
        "what": lookup.item.what,
        "place": lookup.item.place,
        "fault": lookup.fault,
        "printed": [_part_data(grounding, each) for each in lookup.found],
    }


def _part_data(grounding: Grounding, part: Any, **more: str) -> dict[str, Any]:
    report = grounding.index.report
    return {
        **more,
        "start": part.start,
        "end": part.end,
        "place": report.place_of(part.start),
        "quote": quote(report.text, part.start, part.end),
    }
