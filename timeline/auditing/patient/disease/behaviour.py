"""Printed calls on how the disease behaves: pseudoprogression and hyperprogression.

Neither is a category of a criterion, so each is compared with what its definitions need.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence

import attrs

from timeline.assessment.target_sums import sum_in
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Event, Scan, Treatment
from timeline.report.claims import Claim
from timeline.response.lesion_rules import RECIST11_RULES
from timeline.results.statuses import Status
from timeline.terminology.criteria import IMMUNE, PRIMARY
from timeline.terminology.response_codes import Code
from timeline.terminology.response_words import HYPERPROGRESSION, PSEUDOPROGRESSION

_WORDS = {code: IMMUNE.words[code] for code in (Code.UPD, Code.PD, Code.NE)}
_MONTH = 365.25 / 12  # days: Ferté 2014 counts the months of growth rates so


def check_behaviour(claim: Claim, event: Event, derived: DerivedCase) -> Verdict:
    """The verdict on a call of pseudoprogression or hyperprogression of a scan or a line."""
    return _CHECKS[str(claim.value)](claim, event, derived)


def _check_pseudoprogression(claim: Claim, event: Event, derived: DerivedCase) -> Verdict:
    """An iUPD that a later scan does not confirm: iSD, iPR or iCR follows (Seymour 2017).

    The call may be of the scan with the iUPD, or of the later one that shows what it was.
    """
    found = _of_line(event, derived, IMMUNE.title)
    if not found:
        return not_checkable(
            claim,
            f"pseudoprogression is an {_WORDS[Code.UPD]} that is not confirmed, and {claim.of} is "
            "not judged by iRECIST (write criterion: iRECIST on the line, or --criterion iRECIST)",
        )
    ends = [_after_progression(found, at) for at in _progressions(found, event)]
    if not ends:
        what = f"no {_WORDS[Code.UPD]} up to {event.label}"
        return _verdict(
            claim, Conclusion.CONTRADICTED, f"the findings give {what} ({_rows(found)})"
        )
    best = min(ends, key=lambda each: _BEST_FIRST.index(each.conclusion))
    if best.conclusion is Conclusion.NOT_CHECKABLE:
        return not_checkable(claim, best.description)
    return _verdict(claim, best.conclusion, best.description)


_BEST_FIRST = (
    Conclusion.AGREES, Conclusion.POSSIBLE, Conclusion.NOT_CHECKABLE, Conclusion.CONTRADICTED
)  # fmt: skip


@attrs.frozen
class _End:
    conclusion: Conclusion
    description: str


def _of_line(event: Event, derived: DerivedCase, title: str) -> tuple[Status, ...]:
    """The statuses of the line of a scan or a treatment under a criterion, in order of time."""
    line = event.line if isinstance(event, Scan | Treatment) else None
    return derived.status(title, line) if line is not None else ()


def _progressions(found: Sequence[Status], event: Event) -> list[int]:
    """Where an iUPD may be: of a line everywhere, of a scan the last up to it."""
    every = [at for at, each in enumerate(found) if _WORDS[Code.UPD] in each.labels]
    if isinstance(event, Treatment):
        return every
    until = next((at for at, each in enumerate(found) if each.scan is event), -1)
    return [at for at in every if at <= until][-1:]


def _after_progression(found: Sequence[Status], at: int) -> _End:
    """What the scans after an iUPD make of it."""
    upd, cpd, unknown = (_WORDS[code] for code in (Code.UPD, Code.PD, Code.NE))
    first = found[at]
    for each in found[at + 1 :]:
        if set(each.labels) <= {upd, unknown}:  # it is still open
            continue
        text = f"{first.label} at {first.scan.label}, then {each.label} at {each.scan.label}"
        if each.labels == (cpd,):
            return _End(Conclusion.CONTRADICTED, f"the findings give {text}: it is confirmed")
        sure = first.labels == (upd,) and not {upd, cpd, unknown} & set(each.labels)
        conclusion = Conclusion.AGREES if sure else Conclusion.POSSIBLE
        return _End(conclusion, f"the findings give {text}")
    missing = f"no later scan shows whether the {upd} at {first.scan.label} was confirmed"
    return _End(Conclusion.NOT_CHECKABLE, missing)


def _rows(found: Sequence[Status]) -> str:
    return "; ".join(f"{each.label} at {each.scan.label}" for each in found)


def _verdict(claim: Claim, conclusion: Conclusion, recorded: str) -> Verdict:
    return Verdict(claim, conclusion, f"printed {claim.text}; {recorded}", recorded=recorded)


@attrs.frozen
class _Growth:
    """The sums before the baseline, at it and at the first scan after it, with the days between."""

    sums: tuple[float, float, float]
    before: float
    after: float
    is_pd: bool | None  # None: the findings leave it open

    def rate(self, early: int) -> float:
        """The tumour growth rate in percent of volume a month (Ferté 2014)."""
        days = (self.before, self.after)[early]
        grown = 3 * math.log(self.sums[early + 1] / self.sums[early])
        return 100 * (math.exp(grown / (days / _MONTH)) - 1)

    def kinetics(self, early: int) -> float:
        """The change of the sum a day: tumour growth kinetics."""
        return (self.sums[early + 1] - self.sums[early]) / (self.before, self.after)[early]


def _twice(rates: Callable[[int], float]) -> bool | None:
    """Whether growth is at least twice as fast; no ratio where it did not grow before."""
    return rates(1) / rates(0) >= 2 if rates(0) > 0 else None


def _both(one: bool | None, other: bool | None) -> bool | None:
    return False if False in (one, other) else None if None in (one, other) else True


@attrs.frozen
class Definition:
    """A published definition of hyperprogression; ``holds`` is None where it cannot be decided."""

    name: str
    rule: str
    holds: Callable[[_Growth], bool | None]


DEFINITIONS = (
    Definition("Champiat 2017", "PD at the first evaluation, growth rate at least doubled",
               lambda each: _both(each.is_pd, _twice(each.rate))),
    Definition("Saâda-Bouzid 2017", "growth kinetics at least doubled",
               lambda each: _twice(each.kinetics)),
    Definition("Ferrara 2018", "PD at the first evaluation, growth rate over 50 points higher",
               lambda each: _both(each.is_pd, each.rate(1) - each.rate(0) > 50)),
    Definition("Kas 2020", "growth rate over 100 points higher",
               lambda each: each.rate(1) - each.rate(0) > 100),
)  # fmt: skip
_UNDECIDED = "Kato 2017, Matos 2020 and Lo Russo 2019 are not decided here"


def _check_hyperprogression(claim: Claim, event: Event, derived: DerivedCase) -> Verdict:
    """The call against each definition that the record decides; reports rarely name theirs."""
    found = _of_line(event, derived, PRIMARY.title)
    first = found[0] if found else None
    if first is None or (isinstance(event, Scan) and first.scan is not event):
        return not_checkable(
            claim, f"{claim.of} is not the first evaluation of a line of treatment"
        )
    cases = tuple(_growths(first, derived))
    if not cases:
        needs = "the same targets before the baseline, at it and at the first scan after it"
        names = ", ".join(each.name for each in DEFINITIONS)
        return not_checkable(claim, f"{names} need dated sums of {needs}; {_UNDECIDED}")
    held = {row: {row.holds(each) for each in cases} for row in DEFINITIONS}
    text = "; ".join(f"{row.name} ({row.rule}): {_told(each)}" for row, each in held.items())
    if any(each == {True} for each in held.values()):
        conclusion = Conclusion.AGREES
    elif all(each == {None} for each in held.values()):
        return not_checkable(claim, f"no definition can be decided: {text}; {_UNDECIDED}")
    else:  # a report may mean a definition that is not decided here
        conclusion = Conclusion.POSSIBLE
    return _verdict(claim, conclusion, f"{text}; {_UNDECIDED}")


def _told(found: set[bool | None]) -> str:
    return "met" if found == {True} else "not met" if found == {False} else "open"


def _growths(first: Status, derived: DerivedCase) -> Iterator[_Growth]:
    """The growth at the extremes of the days between three scans; nothing where one is missing.

    Each rate moves in one direction with its days, so that the extremes bound what is between.
    """
    baseline = next((each.scan for each in derived.statuses
                     if each.is_baseline and each.line == first.line), None)  # fmt: skip
    earlier = [each for each in derived.case.all_of(Scan)
               if baseline and derived.case.place(each) < derived.case.place(baseline)]  # fmt: skip
    if baseline is None or not earlier:
        return
    three = (earlier[-1], baseline, first.scan)
    sums = _sums(three, frozenset(name for name, each in derived.case.lesions if each.node))
    days = [_days(one, other, derived) for one, other in itertools.pairwise(three)]
    if sums is None or any(not each.is_bounded or each.low < 1 for each in days):
        return
    word = PRIMARY.words[Code.PD]
    is_pd = False if word not in first.labels else True if first.labels == (word,) else None
    for before, after in itertools.product(*((each.low, each.high) for each in days)):
        yield _Growth(sums, float(before), float(after), is_pd)


def _days(one: Scan, other: Scan, derived: DerivedCase) -> Span:
    return derived.case.days_between((one, "start"), (other, "start"))


def _sums(
    scans: tuple[Scan, Scan, Scan], nodes: frozenset[str]
) -> tuple[float, float, float] | None:
    """The sums of three scans, none of them 0; of lesions only where they are the same in each."""
    if len({frozenset(name for name, _ in each.lesions) for each in scans}) > 1:
        return None
    found = [_sum(each, nodes) for each in scans]
    return (found[0], found[1], found[2]) if all(found) else None  # type: ignore[return-value]


def _sum(scan: Scan, nodes: frozenset[str]) -> float | None:
    """The sum of diameters of a scan in nanometres; None where a part of it is not known."""
    if scan.sum is not None:
        stated = sum_in(scan.sum, RECIST11_RULES)
        return None if stated is None else float(stated)
    lengths = [RECIST11_RULES.size(size, node=name in nodes) for name, size in scan.lesions]
    return float(sum(filter(None, lengths))) if lengths and None not in lengths else None


_CHECKS = {PSEUDOPROGRESSION: _check_pseudoprogression, HYPERPROGRESSION: _check_hyperprogression}
BEHAVIOUR = tuple(_CHECKS)
