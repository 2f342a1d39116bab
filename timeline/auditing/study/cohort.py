"""Figures of a cohort against one another: response rates, adverse events, survival times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.arithmetic.adverse import AdverseRow, most_common, patients_with, row_sums
from timeline.arithmetic.response_rates import RATES, ResponseCounts, response_rate
from timeline.arithmetic.survival import calendar_ceiling, limit_within_longest
from timeline.auditing.rule import Evidence
from timeline.auditing.study.percents import counts_of, whole
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.auditing.weigh import Call
from timeline.derived import days_and_months
from timeline.edtf import When
from timeline.months import days_per
from timeline.printed import Printed, printed
from timeline.source import Claim
from timeline.span import Span

_GRADES = ("level I", "level II", "level III", "level IV", "level V")
_RANGE = re.compile(r"\s*(?:to|–|-)\s*")
SURVIVAL = ("PFS", "OS", "TTP", "DoR")


def look_at_response_rates(evidence: Evidence) -> Iterator[Verdict]:
    """ORR and DCR against the counts of best responses of the same group (K07)."""
    counts = counts_of(evidence.source.claims)
    for claim in evidence.source.claims:
        total = whole(claim.n)
        known = claim.kind == "percent" and claim.about in RATES
        if not (known and total and isinstance(claim.value, Printed)):
            continue
        told = {name: counts.get((name.upper(), claim.group)) for name in ("cr", "pr", "sd", "pd")}
        found = response_rate(claim.about, claim.value, ResponseCounts(n=total, **told))
        named = ", ".join(f"{name.upper()} {k}" for name, k in told.items() if k is not None)
        says = f"printed {claim.text} %; printed counts of {total}: {named or 'none'}"
        yield Verdict(claim=claim, call=Call(found.fit.value), says=says)


def _events(claims: tuple[Claim, ...]) -> dict[str, tuple[AdverseRow, list[Claim]]]:
    """The rows of a table of adverse events by grade, with the claims each is made of."""
    cells: dict[str, dict[str, Claim]] = {}
    for claim in claims:
        if claim.kind == "count" and claim.group in (*_GRADES, "total", "any grade"):
            cells.setdefault(claim.about, {})[claim.group] = claim
    rows = {}
    for term, row in cells.items():
        grades = [row[grade] for grade in _GRADES if grade in row]
        total = row.get("total") or row.get("any grade")
        numbers = tuple(_number(claim) for claim in grades)
        if grades:
            made = AdverseRow(term=term, grades=numbers, total=_number(total) if total else None)
            rows[term] = (made, [*grades, *([total] if total else [])])
    return rows


def _number(claim: Claim) -> int:
    value = claim.value.value if isinstance(claim.value, Printed) else None
    return int(value or 0)


def look_at_adverse_events(evidence: Evidence) -> Iterator[Verdict]:
    """Grades make up their total (K30); patients with grade 3 to 4 lie between the rows (K31)."""
    claims = evidence.source.claims
    rows = _events(claims)
    for row, cells in rows.values():
        if row.total is not None:
            fit = row_sums([row]).fit
            says = f"printed total {row.total}; the grades make {sum(row.grades)}"
            yield Verdict(claim=cells[-1], call=Call(fit.value), says=says)
    for claim in claims:
        total = whole(claim.n)
        severe = claim.kind == "count" and re.search(r"grade 3.{1,4}4", claim.about)
        if severe and total and rows:
            found = patients_with([row for row, _ in rows.values()], _number(claim), total)
            low, high = found.bounds.low, found.bounds.high
            says = f"printed {claim.text} of {total}; the rows of grades allow {low} to {high}"
            yield Verdict(claim=claim, call=Call(found.fit.value), says=says)


def look_at_most_common(evidence: Evidence) -> Iterator[Verdict]:
    """The adverse events that a text names as most common are those of the table (K33)."""
    rows = [row for row, _ in _events(evidence.source.claims).values()]
    named: dict[str, list[Claim]] = {}
    for claim in evidence.source.claims:
        if claim.kind == "name" and claim.about.startswith("most common"):
            named.setdefault(claim.place, []).append(claim)
    terms = {row.term: row for row in rows}
    for claims in named.values():
        known = [_term(claim.text, terms) for claim in claims]
        if rows and all(known):
            found = most_common(rows, [term for term in known if term])
            counts = ", ".join(f"{term} {terms[term].patients}" for term in known if term)
            above = f"; more frequent: {', '.join(found.above)}" if found.above else ""
            level = f"; as frequent: {', '.join(found.level)}" if found.level else ""
            says = f"the table gives {counts}{above}{level}"
            for claim in claims:
                yield Verdict(claim=claim, call=Call(found.fit.value), says=says)


def _term(text: str, terms: dict[str, AdverseRow]) -> str | None:
    """The row that a text names: the same words, or most of them in another order."""
    words = set(re.findall(r"[a-z]{4,}", text.lower()))
    for term in terms:
        row = set(re.findall(r"[a-z]{4,}", term.lower()))
        if words & row and (words <= row or row <= words or len(words & row) >= 2):
            return term
    return None


def look_at_longest_follow_up(evidence: Evidence) -> Iterator[Verdict]:
    """A median that was reached, and its upper limit, against the longest follow-up (K09, K11).

    From another origin the follow-up may be longer, so a longer median is possible at best
    where no origin is named: medians of different origins are never compared as if they were one.
    """
    for follow_up in (each for each in evidence.source.claims if each.kind == "follow-up"):
        longest = _ends(follow_up.range)
        if longest is None:
            continue
        for claim in evidence.source.claims:
            same = claim.group == follow_up.group and claim.unit == follow_up.unit
            if claim.kind in SURVIVAL and claim.statistic == "median" and same:
                yield from _against_longest(claim, longest[1])


def _against_longest(claim: Claim, longest: Printed) -> Iterator[Verdict]:
    if not isinstance(claim.value, Printed):
        return
    call = Call.AGREES
    says = f"printed {claim.text} {claim.unit}; the longest follow-up printed is {longest}"
    notes: tuple[str, ...] = ()
    if claim.value.span.low > longest.span.high:
        call = Call.POSSIBLE
        notes = ("a median is a time that was observed: only from another origin can it be longer",)
    limits = _ends(claim.ci)
    if limits is not None:
        found = limit_within_longest(claim.value, *limits, longest)
        if found.fit.value != Call.AGREES:
            call = call if call is Call.POSSIBLE else Call(found.fit.value)
            scale = f" (symmetric on the {found.scales[0]} scale)" if found.scales else ""
            notes = (*notes, f"its upper limit {limits[1]} lies beyond it as well{scale}")
    yield Verdict(claim=claim, call=call, says=says, notes=notes)


def _ends(text: str) -> tuple[Printed, Printed] | None:
    """The two prints of a range such as ``11.1 to 17.4``."""
    parts = _RANGE.split(text.strip()) if text else []
    if len(parts) != 2:
        return None
    try:
        return printed(parts[0]), printed(parts[1])
    except ValueError:
        return None


_OPENS = ("start of the study period", "first enrolment")
_CUTS = ("data cut-off", "end of follow-up", "cut-off")


def look_at_calendar(evidence: Evidence) -> Iterator[Verdict]:
    """No time from enrolment on is longer than from the first enrolment to the cut-off (K10)."""
    dates = [each for each in evidence.source.claims if each.kind == "date"]
    opened = next((each for each in dates if each.of in _OPENS), None)
    cut = next((each for each in dates if each.of in _CUTS), None)
    if opened is None or cut is None:
        return
    for claim in evidence.source.claims:
        if claim.kind not in (*SURVIVAL, "follow-up") or not isinstance(claim.value, Printed):
            continue
        named = any(each.about == f"origin of {claim.kind}" for each in evidence.source.claims)
        yield _within_calendar(claim, claim.value, opened, cut, origin_named=named)


def _within_calendar(
    claim: Claim, value: Printed, opened: Claim, cut: Claim, *, origin_named: bool
) -> Verdict:
    """A longer time is contradicted where the report names its origin; else it may be another."""
    first, last = opened.value, cut.value
    if not (isinstance(first, When) and isinstance(last, When) and claim.unit):
        return not_checkable(claim, "no dates of the study, or no unit")
    found = calendar_ceiling(value, days_per(claim.unit), first.span, last.span)
    most = days_and_months(Span.point(found.days.high))
    says = (
        f"printed {claim.text} {claim.unit}; from {opened.of} ({opened.text}) to {cut.of} "
        f"({cut.text}) are at most {most}"
    )
    call = Call(found.fit.value)
    if call is Call.CONTRADICTED and not origin_named:
        note = f"no origin of {claim.kind} is printed: from an earlier one it could be longer"
        return Verdict(claim=claim, call=Call.POSSIBLE, says=says, notes=(note,))
    return Verdict(claim=claim, call=call, says=says)
