"""Printed times of one patient against one another: no part is longer than its whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.patient.durations.printed_durations import lenient_range
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.span import Span
from timeline.report.claims import DURATIONS, Claim
from timeline.terminology.endpoints import rows_of


@attrs.frozen(kw_only=True)
class PartOfWhole:
    """A row: a time that is never longer than another of the same line, or of the patient."""

    part: tuple[str, ...]
    whole: str
    unless: str = ""  # when the part may be longer all the same; it is then possible


PARTS = (
    PartOfWhole(part=("PFS", "TTP"), whole="OS"),
    PartOfWhole(part=("TTR", "DoR"), whole="PFS"),
    PartOfWhole(part=("PFS",), whole="PFS2"),
    PartOfWhole(part=("PFS",), whole="TTNT", unless="the next treatment began before progression"),
    PartOfWhole(part=("ToT",), whole="TTNT", unless="the treatments overlapped"),
    PartOfWhole(part=("DFS",), whole="OS", unless="the two have different origins"),
)
_WHOLES = {
    part: tuple(row for row in PARTS if part in row.part) for row in PARTS for part in row.part
}


@attrs.frozen
class _Time:
    """Every claim that prints one time alike, and the days that it allows in any rounding."""

    claims: tuple[Claim, ...]
    days: Span | None

    @property
    def first(self) -> Claim:
        return self.claims[0]


def check_parts(evidence: Evidence) -> Iterator[Verdict]:
    """Each printed part against each printed whole; DoR against PFS less TTR."""
    times = tuple(_times(evidence.patients))
    by_endpoint: dict[str, list[_Time]] = {}
    for each in times:
        by_endpoint.setdefault(each.first.endpoint, []).append(each)
    for part in times:
        for row in _WHOLES.get(part.first.endpoint, ()):
            for whole in by_endpoint.get(row.whole, ()):
                yield from _check_part(part, whole, row)
    yield from _check_response(times)


def _times(claims: Iterable[Claim]) -> Iterator[_Time]:
    """The printed times, each once, in the order in which they are first printed."""
    found: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        if claim.kind in DURATIONS and claim.printed:
            key = (claim.kind, claim.line, claim.judged_by, claim.text, claim.unit)
            found.setdefault(key, []).append(claim)
    for alike in found.values():
        yield _Time(tuple(alike), lenient_range(alike[0]))


def _same_criterion(part: Claim, whole: Claim) -> bool:
    """Whether both claims name the same criterion, or one is of an endpoint without any (OS)."""
    rows = (*rows_of(part.endpoint), *rows_of(whole.endpoint))
    return part.judged_by == whole.judged_by or not all(row.by_criterion for row in rows)


def _check_part(part: _Time, whole: _Time, row: PartOfWhole) -> Iterator[Verdict]:
    """A verdict on each claim that prints a part longer than its whole."""
    one, other = part.first, whole.first
    if other.line not in (None, one.line) or not _same_criterion(one, other):
        return
    if part.days is None or whole.days is None or part.days.low < whole.days.high:
        return
    description = f"printed {one}; {other} [{other.place}] is shorter"
    description += f", which is possible only where {row.unless}" if row.unless else ""
    conclusion = Conclusion.POSSIBLE if row.unless else Conclusion.CONTRADICTED
    for claim in part.claims:
        yield Verdict(claim, conclusion, description, others=(other,))


def _check_response(times: tuple[_Time, ...]) -> Iterator[Verdict]:
    """DoR = PFS - TTR, of one line and by one criterion; PFS and TTR as first printed."""
    by_line: dict[tuple[object, ...], _Time] = {}
    for each in times:
        claim = each.first
        by_line.setdefault((claim.endpoint, claim.line, claim.judged_by), each)
    for dor in (each for each in times if each.first.endpoint == "DoR"):
        line = (dor.first.line, dor.first.judged_by)
        pfs, ttr = by_line.get(("PFS", *line)), by_line.get(("TTR", *line))
        if pfs is None or ttr is None or not (dor.days and pfs.days and ttr.days):
            continue
        if not dor.days.overlaps(pfs.days - ttr.days):
            description = f"printed {dor.first}; {pfs.first} less {ttr.first} is different"
            others = (pfs.first, ttr.first)
            for claim in dor.claims:
                yield Verdict(claim, Conclusion.CONTRADICTED, description, others=others)


RULES = (
    Rule(
        id="C07",
        checks="no printed part is longer than its whole: PFS and OS, TTR and PFS, PFS and TTNT",
        formula="part <= whole, each rounded, cut or raised; DoR = PFS - TTR",
        severity=Severity.ERROR,
        source="FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics",
        example_fail="PFS 13 months and OS 10 months",
        example_ok="PFS 10 months and OS 10 months",
        check=check_parts,
        yields=True,
    ),
)
