"""The numbers of categories, of values and of adverse events, each with the patients it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from timeline.core.span import NEVER_ENDS, Span
from timeline.core.text.spelling import folded
from timeline.endpoints.derived_case import DerivedCase
from timeline.settings.study import StudySettings
from timeline.statistics.distributions import normal_quantile
from timeline.statistics.proportions import METHODS
from timeline.statistics.summaries import middle
from timeline.study.analyses import ADVERSE_EVENTS, Analysis
from timeline.study.cohort import Cohort
from timeline.study.member import Allowed, Member, name_of
from timeline.study.patient_values import YES, adverse_events, plain
from timeline.study.statistic import StudyStatistic, statistics

OPEN = "the records leave it open"
_Members = Sequence[Member]


def analysis_rows(
    cohort: Cohort, analysis: Analysis, members: _Members, population: str, **group: Any
) -> Iterator[StudyStatistic]:
    """The rows of one analysis of some patients of a population."""
    if not members:
        return
    fields = {"variable": analysis.name, "population": population, **group}
    if analysis.number is not None:
        yield from _numbers(analysis, [(name_of(each), analysis.value(cohort, each))
                                       for each in members], fields)  # fmt: skip
        return
    allowed = {name_of(each): analysis.allowed(cohort, each) for each in members}
    if analysis.with_limits:
        yield from _rate(allowed, fields, analysis.convention(cohort.settings), cohort.settings)
        return
    for level in _levels(allowed.values(), analysis.order):
        yield from level_rows("categorical", allowed, frozenset({level}),
                              {**fields, "variable_level": level})  # fmt: skip


def _levels(allowed: Any, order: tuple[str, ...]) -> tuple[str, ...]:
    """The categories that some patient may be in: those of the order first, then by name.

    Where the order names one category alone, such as yes, it is there even if nobody is in it, and
    the others are left out.
    """
    found = {level for each in allowed for level in each}
    if order == (YES,):
        return order
    places = {each: place for place, each in enumerate(order)}

    def rank(level: str) -> tuple[int, str]:
        """Its place; of a response by iRECIST that of RECIST 1.1 (``iPR`` that of PR)."""
        own = level if level in places else plain(level)
        return places.get(own, len(order)), level

    return tuple(sorted(found, key=rank))


def counted(
    allowed: dict[str, Allowed], wanted: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The patients who are surely in some categories, and those who further may be."""
    sure = tuple(name for name, levels in allowed.items() if levels <= wanted)
    may = tuple(name for name, levels in allowed.items() if levels & wanted and name not in sure)
    return sure, may


def level_rows(
    context: str, allowed: dict[str, Allowed], wanted: frozenset[str], fields: dict[str, Any]
) -> Iterator[StudyStatistic]:
    """How many patients are in some categories, the denominator, and the share."""
    sure, may = counted(allowed, wanted)
    size = len(allowed)
    count = Span(len(sure), len(sure) + len(may))
    who = {"subjects": sure, "possible_subjects": may}
    yield from statistics({"n": count}, context=context, reason=OPEN, **fields, **who)
    yield from statistics({"N": size}, context=context, **fields, subjects=tuple(allowed))
    share = Span(Fraction(100 * len(sure), size), Fraction(100 * (len(sure) + len(may)), size))
    yield from statistics({"p": share}, context=context, reason=OPEN, unit="percent", **fields,
                          **who)  # fmt: skip


def _rate(
    allowed: dict[str, Allowed],
    fields: dict[str, Any],
    convention: str,
    settings: StudySettings,
) -> Iterator[StudyStatistic]:
    """A rate with its limits by each method; of a range of counts the limits of its ends."""
    yield from (
        _with_method(row, convention)
        for row in level_rows("rate", allowed, frozenset({YES}), fields)
    )
    sure, may = counted(allowed, frozenset({YES}))
    size, alpha = len(allowed), 1 - settings.level
    z = normal_quantile(1 - alpha / 2)
    for name in settings.limits_of_rates:
        ends = [METHODS[name].limits(count, size, alpha, z)
                for count in (len(sure), len(sure) + len(may))]  # fmt: skip
        (low, high), (low_of_most, high_of_most) = ends
        values = {
            "conf.low": _percents(low, low_of_most),
            "conf.high": _percents(high, high_of_most),
        }
        yield from statistics(values, context="rate", unit="percent", method=name, reason=OPEN,
                              subjects=sure, possible_subjects=may, **fields)  # fmt: skip


def _with_method(row: StudyStatistic, method: str) -> StudyStatistic:
    return attrs.evolve(row, method=method)


def _percents(low: float, high: float) -> Span:
    return Span(100 * Fraction(low), 100 * Fraction(high))


def _numbers(
    analysis: Analysis, values: Sequence[tuple[str, Span | None]], fields: dict[str, Any]
) -> Iterator[StudyStatistic]:
    """The median and the range; each is monotone in the values, so that their ends decide."""
    known = [(name, span) for name, span in values if span is not None]
    missing = tuple(name for name, span in values if span is None)
    who = tuple(name for name, _ in known)
    yield from statistics({"n": len(known)}, context="continuous", subjects=who, **fields)
    yield from statistics({"n.missing": len(missing)}, context="continuous", subjects=missing,
                          **fields)  # fmt: skip
    if not known:
        return
    lows, highs = (sorted(getattr(span, end) for _, span in known) for end in ("low", "high"))
    found = {"median": Span(_median(lows), _median(highs)), "min": Span(lows[0], highs[0]),
             "max": Span(lows[-1], highs[-1])}  # fmt: skip
    yield from statistics(found, context="continuous", unit=analysis.unit, reason=OPEN,
                          subjects=who, **fields)  # fmt: skip


def _median(values: Sequence[Any]) -> Any:
    """The median of sorted values; infinite where one that it rests on is."""
    half = len(values) // 2
    own = values[half : half + 1] if len(values) % 2 else values[half - 1 : half + 1]
    return NEVER_ENDS if NEVER_ENDS in own else middle(own)


GRADES = ("1", "2", "3", "4", "5")
ANY, SEVERE = "any grade", "grade 3-5"
ANY_EVENT = "Any adverse event"


def adverse_event_rows(cohort: Cohort, members: _Members) -> Iterator[StudyStatistic]:
    """Patients by worst grade of each term, the most frequent term first, any event before all.

    None of tables that hold no adverse events: nobody is counted as without one.
    """
    if not members or (cohort.tables and not cohort.adverse_rule):
        return
    found = {
        name_of(each): dict(adverse_events(cohort, each))
        if isinstance(each, DerivedCase)
        else each.adverse
        for each in members
    }
    called: dict[str, str] = {}
    for terms in found.values():
        for term in terms:
            called.setdefault(folded(term), term)
    none: Allowed = frozenset({"0"})
    tables = {
        term: {name: next((levels for own, levels in terms.items() if folded(own) == key), none)
               for name, terms in found.items()}
        for key, term in called.items()
    }  # fmt: skip

    method = cohort.adverse_rule or ADVERSE_EVENTS

    def rank(term: str) -> tuple[bool, int, int, str]:
        sure, may = counted(tables[term], frozenset(GRADES))
        return term != "", -len(sure), -len(may), term

    for term in sorted(tables, key=rank):
        for level, wanted in ((ANY, GRADES), *((each, (each,)) for each in GRADES),
                              (SEVERE, GRADES[2:])):  # fmt: skip
            fields = {"variable": term or ANY_EVENT, "variable_level": level,
                      "population": "treated", "method": method}  # fmt: skip
            yield from level_rows("adverse_event", tables[term], frozenset(wanted), fields)
