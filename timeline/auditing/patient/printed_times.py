"""Printed times of one patient against one another: no part is longer than its whole."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.auditing.patient.figures import kindly
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.endpoints import rows_of
from timeline.source import DURATIONS, Claim


@attrs.frozen(kw_only=True)
class Part:
    """A row: a time that is never longer than another of the same line, or of the patient."""

    part: tuple[str, ...]
    whole: str
    unless: str = ""  # when it may be all the same; then it is possible


PARTS = (
    Part(part=("PFS", "TTP"), whole="OS"),
    Part(part=("TTR", "DoR"), whole="PFS"),
    Part(part=("PFS",), whole="PFS2"),
    Part(part=("PFS",), whole="TTNT", unless="the next treatment began before progression"),
    Part(part=("ToT",), whole="TTNT", unless="the treatments overlapped"),
    Part(part=("DFS",), whole="OS", unless="the two have different origins"),
)
_ROWS = {(part, row.whole): row for row in reversed(PARTS) for part in row.part}


def look_at_parts(evidence: Evidence) -> Iterator[Verdict]:
    """Each printed part against each printed whole; DoR against PFS less TTR."""
    times = [each for each in evidence.patients if each.kind in DURATIONS and each.printed]
    for part in times:
        for whole in times:
            row = _ROWS.get((part.endpoint, whole.endpoint))
            if row is not None and whole.line in (None, part.line) and _of_one(part, whole):
                yield from _part_of(part, whole, row)
    yield from _response_within(times)


def _of_one(part: Claim, whole: Claim) -> bool:
    """Whether both are by one criterion, as far as the prints tell; OS is by none."""
    by_criterion = all(
        row.by_criterion for row in (*rows_of(part.endpoint), *rows_of(whole.endpoint))
    )
    return not by_criterion or part.judged_by == whole.judged_by


def _part_of(part: Claim, whole: Claim, row: Part) -> Iterator[Verdict]:
    shorter, longer = kindly(part), kindly(whole)
    if shorter is None or longer is None or shorter.low < longer.high:
        return
    says = f"printed {part}; {whole} [{whole.place}] is shorter"
    says += f", which is so only where {row.unless}" if row.unless else ""
    call = Call.POSSIBLE if row.unless else Call.CONTRADICTED
    yield Verdict(claim=part, call=call, says=says, others=(whole,))


def _response_within(times: list[Claim]) -> Iterator[Verdict]:
    """DoR = PFS - TTR, of one line."""
    for lasted in (each for each in times if each.endpoint == "DoR"):
        line = [each for each in times if each.line == lasted.line and _of_one(lasted, each)]
        until = next((each for each in line if each.endpoint == "PFS"), None)
        to = next((each for each in line if each.endpoint == "TTR"), None)
        if until is None or to is None:
            continue
        spans = [kindly(each) for each in (lasted, until, to)]
        if None in spans:
            continue
        mine, longer, shorter = (each for each in spans if each is not None)
        if not mine.overlaps(longer - shorter):
            says = f"printed {lasted}; {until} less {to} is another time"
            call = Call.CONTRADICTED
            yield Verdict(claim=lasted, call=call, says=says, others=(until, to))
