"""The response of one scan by its sums: percent change, category, row and source."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs
import numpy as np

from timeline.core.calendar.durations import rounded
from timeline.core.calendar.partial_dates import parse_date, parse_period
from timeline.core.quantities import NM_PER_MM, length, nanometres, shown_mm
from timeline.core.state_machine import TableRow, Transition
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.events import Event, Scan, Treatment
from timeline.record.findings import NONE, Finding, non_target_finding
from timeline.response.criteria import BY_TITLE
from timeline.response.criteria.criterion import Criterion
from timeline.response.scans import SHORTEST_BASELINE
from timeline.results.statuses import Status
from timeline.settings.response import DEFAULTS
from timeline.terminology.criteria import PRIMARY
from timeline.terminology.response_codes import NewLesion, NonTarget

_HUNDRED = 100
BY_SUMS = {title: row for title, row in BY_TITLE.items() if row.decided_by_sums}
_BASELINE, _START = "2000-01-01", "2000-01-02/.."  # any dates with the usual distances
_NADIR_SCAN, _SCAN = "2000-02-26", "2000-04-22"


@attrs.frozen(kw_only=True)
class Change:
    """A change of a sum: in nanometres, and in percent; None from a sum of 0."""

    length: int
    percent: Fraction | None

    def __str__(self) -> str:
        sign = "-" if self.length < 0 else "+"
        size = f"{sign}{shown_mm(abs(self.length))} mm"
        if self.percent is None:
            return f"{size} (no percentage of 0)"
        shown = rounded(self.percent, 1)
        return f"{'' if shown.startswith('-') else '+'}{shown} %, {size}"


@attrs.frozen(kw_only=True)
class ResponseAnswer:
    """The response of one scan.

    Sums are nanometres (``timeline.core.quantities.NM_PER_MM`` to the millimetre). ``nadir`` is the
    smallest sum before the scan, baseline included. ``status`` is that of the scan as ``show``
    derives it. ``rows`` are those of the published tables that decide, then the state machine's.
    """

    criterion: str
    baseline: int
    nadir: int
    now: int
    from_baseline: Change
    from_nadir: Change
    status: Status
    rows: tuple[TableRow | Transition, ...]

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    @property
    def label(self) -> str:
        """The response: ``PR``, ``PD``, ``iUPD`` .."""
        return self.status.label

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: sums and changes in millimetres, changes also in percent."""
        return {
            "criterion": self.criterion,
            "baseline_mm": self.baseline / NM_PER_MM,
            "nadir_mm": self.nadir / NM_PER_MM,
            "now_mm": self.now / NM_PER_MM,
            "from_baseline": _change_data(self.from_baseline),
            "from_nadir": _change_data(self.from_nadir),
            "response": self.label,
            "rows": [
                {"id": row.id, "description": row.description, "source": row.source}
                for row in self.rows
            ],
            "doi": BY_SUMS[self.criterion].source,
        }


def recist(
    baseline: str,
    now: str,
    nadir: str | None = None,
    *,
    new: bool = False,
    non_target: str | None = None,
    criterion: str = PRIMARY.title,
) -> ResponseAnswer:
    """The response of one scan by the sums of its target lesions.

    Args:
        baseline: The sum of diameters at baseline: ``25.5`` (mm), ``25.5 mm`` or ``2.55 cm``.
        now: The sum at the scan.
        nadir: The smallest sum so far; that at baseline if left out. No larger than it.
        new: Whether the scan shows a new lesion.
        non_target: The response of the non-target lesions (``CR``, ``NON-CR/NON-PD``, ``PD``,
            ``NE``); None where there is no non-target disease.
        criterion: A criterion that sums of target lesions decide: RECIST 1.1, iRECIST, mRECIST.

    Returns:
        The changes from baseline and nadir, and the response with its rows and source. It is the
        response of that time point: earlier responses and confirmation are not known.

    Raises:
        ValueError: A sum cannot be read, that at baseline is below 1 mm, the nadir is above it,
            or the criterion is unknown or needs more than sums.

    Source: Eisenhauer 2009, doi:10.1016/j.ejca.2008.10.026, for RECIST 1.1; the result names that
        of each criterion.

    >>> recist("25.5", "30.6", "24").label
    'PD'
    """
    sums = _sums(baseline, now, nadir)
    if criterion not in BY_SUMS:
        raise ValueError(
            f"not a criterion that sums of diameters decide: {criterion!r} "
            f"(write {', '.join(BY_SUMS)}; for others, a case file)"
        )
    status = _status(sums, new=new, non_target=non_target, criterion=criterion)
    return ResponseAnswer(
        criterion=criterion,
        **sums,
        from_baseline=_change(sums["baseline"], sums["now"]),
        from_nadir=_change(sums["nadir"], sums["now"]),
        status=status,
        rows=_rows(BY_SUMS[criterion], sums, status, new=new, non_target=non_target),
    )


def _sums(baseline: str, now: str, nadir: str | None) -> dict[str, int]:
    """The three sums in nanometres; that at baseline is the nadir if none is stated.

    A sum at baseline below 1 mm is refused here as in a case: it is in another unit.
    """
    sums = {"baseline": _sum(baseline), "now": _sum(now)}
    if not sums["baseline"]:
        raise ValueError("no target disease: a sum of 0 at baseline (write a sum above 0)")
    if sums["baseline"] < SHORTEST_BASELINE:
        raise ValueError(
            f"the sum at baseline is below 1 mm, which no target is: {baseline!r} "
            "(check the unit: a number without one is in millimetres)"
        )
    sums["nadir"] = _sum(nadir) if nadir is not None else sums["baseline"]
    if sums["nadir"] > sums["baseline"]:
        raise ValueError(
            f"the nadir, {nadir}, is above the baseline, {baseline} "
            "(the nadir is the smallest sum so far, baseline included)"
        )
    return sums


def _sum(text: str) -> int:
    plain = text.strip()
    read = length(plain if plain[-1:].isalpha() else f"{plain} mm")
    exact = read.exact
    if exact is None:
        raise ValueError(f"not one sum: {text!r} (write 25.5 mm)")
    return nanometres(exact, text)


def _level(text: str) -> Finding:
    """The response of the non-target lesions; a word that allows two is refused."""
    found = non_target_finding(text)
    if len(found.allows) > 1:
        raise ValueError(f"{text!r} allows {' and '.join(found.allows)} (write one of them)")
    return found


def _change(before: int, after: int) -> Change:
    percent = Fraction(_HUNDRED * (after - before), before) if before else None
    return Change(length=after - before, percent=percent)


def _status(sums: dict[str, int], *, new: bool, non_target: str | None, criterion: str) -> Status:
    """The status of the scan in a case of one line with these sums alone."""

    def scan(at: str, name: str, **more: Any) -> Scan:
        return Scan(at=parse_date(at), sum=length(f"{shown_mm(sums[name])} mm"), **more)

    level = {} if non_target is None else {"non_target": _level(non_target)}
    unchanged = {} if non_target is None else {"non_target": non_target_finding("NON-CR/NON-PD")}
    named = "" if criterion == PRIMARY.title else criterion
    events: tuple[Event, ...] = (
        scan(_BASELINE, "baseline", baseline=1),
        Treatment(
            at=parse_period(_START), line=1, drugs=(drug_dose("treatment"),), criterion=named
        ),
        *(
            [scan(_NADIR_SCAN, "nadir", new=(NONE,), **unchanged)]
            if sums["nadir"] < sums["baseline"]
            else []
        ),
        scan(_SCAN, "now", new=("other: site not stated",) if new else (NONE,), **level),
    )
    case, problems = Case.of("sums", events)
    derived, more = derive(case) if case is not None else (None, ())
    if derived is None:
        raise ValueError("; ".join(problem.what for problem in (*problems, *more)))
    found = [
        each
        for each in derived.statuses
        if each.criterion == criterion and each.scan.at.text == _SCAN
    ]
    if not found or not found[0].labels:
        raise ValueError(f"{criterion} needs more than sums of diameters (write a case file)")
    return found[0]


def _rows(
    criterion: Criterion,
    sums: dict[str, int],
    status: Status,
    *,
    new: bool,
    non_target: str | None,
) -> tuple[TableRow | Transition, ...]:
    """The rows behind the response: of the target table, the overall table and the machine."""
    limits = criterion.thresholds
    now, nadir, baseline = (np.array(sums[name]) for name in ("now", "nadir", "baseline"))
    gone = sums["now"] == 0
    grown = bool(limits.is_progression(now, nadir))
    shrunk = bool(limits.is_response(now, baseline))
    responded = bool(limits.is_response(nadir, baseline))
    kept = responded and not (gone or grown or shrunk) and DEFAULTS.pr_stays == "on"
    back = sums["nadir"] == 0 and non_target is None and DEFAULTS.reappear_after_cr == "pd"
    target = criterion.target.which(False, gone, grown, back, shrunk, kept)
    level = NonTarget.NA if non_target is None else NonTarget(_level(non_target).allows[0])
    seen = NewLesion.YES if new else NewLesion.NO
    overall = criterion.overall.target_disease.which(target.result, level, seen)
    machine = [row for row in criterion.machine.rules if row.id in status.rows]
    return target, overall, *machine


def _lines(answer: ResponseAnswer) -> Iterator[str]:
    now = shown_mm(answer.now)
    yield f"{now} mm by {answer.criterion}: {answer.label}"
    yield ""
    for name, before, change in (
        ("baseline", answer.baseline, answer.from_baseline),
        ("nadir", answer.nadir, answer.from_nadir),
    ):
        yield f"  from {name:9}{shown_mm(before) + ' mm':12}{change}"
    yield ""
    for row in answer.rows:
        yield f"  row {row.id:7}{row.description} [{row.source}]"
    yield f"  source     {BY_SUMS[answer.criterion].source}"
    yield ""
    yield "Earlier responses and confirmation are not known here; a case file holds them."


def _change_data(change: Change) -> dict[str, float | None]:
    percent = None if change.percent is None else float(change.percent)
    return {"mm": change.length / NM_PER_MM, "percent": percent}
