"""Endpoints of cases as curves: which are drawn, from which origin, and who has a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from renderers.axes.elapsed import in_units
from renderers.response.captions import record_ends
from renderers.survival.groups import Group, Subject, in_order
from renderers.survival.incidence import Events
from renderers.text.translation import either, translate, translate_count
from timeline.core.calendar.durations import days_per
from timeline.core.problem import near
from timeline.core.span import NEVER_BEGAN, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.results.alternatives import Alternative
from timeline.results.statuses import Outcome
from timeline.statistics.survival.kaplan_meier_bounds import Leaving, Observed
from timeline.terminology.endpoints import (
    BY_NAME,
    ENDPOINTS,
    Endpoint,
    endpoint_named,
    rows_of,
)


@attrs.frozen(kw_only=True)
class SurvivalRequest:
    """The endpoints of a line (None: of the patient) that curves are drawn of, and in what unit.

    ``competing``: whether death before the event is an event of its own.
    """

    endpoints: tuple[Endpoint, ...]
    line: int | None
    unit: str
    conf_type: str
    competing: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """``PFS line 1``, or ``DFS`` of what is of the patient."""
        return tuple(self._title(row) for row in self.endpoints)

    def _title(self, row: Endpoint) -> str:
        if not row.per_line:
            return row.printed
        return translate("{endpoint} line {number}", endpoint=row.printed, number=self.line)

    @property
    def since(self) -> str:
        """What the times count from."""
        line = translate("start of treatment line {number}", number=self.line)
        own = (
            line if row.origin == "line start" else translate(row.origin) for row in self.endpoints
        )
        return either(tuple(dict.fromkeys(own)))

    @property
    def events(self) -> Events:
        """What the endpoint and the death that competes with it are called."""
        first = self.endpoints[0].event
        return Events(translate(first), translate("death without {event}", event=translate(first)))

    def curves(self, cases: Sequence[DerivedCase], groups: Sequence[str]) -> Iterator[Group]:
        """A curve for each endpoint and each group in which a patient has a time."""
        for row in self.endpoints:
            for group in in_order(groups or ("",)):
                members = tuple(
                    member
                    for number, derived in enumerate(cases)
                    if not groups or groups[number] == group
                    for member in self._members(derived, row)
                )
                if members:
                    yield self._curve(row, group, members)

    def _curve(self, row: Endpoint, group: str, members: tuple[Subject, ...]) -> Group:
        title = self._title(row) if len(self.endpoints) > 1 or not group else ""
        return Group(
            name=", ".join(part for part in (title, group) if part),
            members=members,
            unit=self.unit,
            grain=1 / days_per(self.unit),
            conf_type=self.conf_type,
            arm=group or self._title(row),
            endpoint=self._title(row),
        )

    def _members(self, derived: DerivedCase, row: Endpoint) -> Iterator[Subject]:
        """The patient, where the endpoint could be derived and has an end."""
        outcome = self._outcome(derived, row)
        found = self._observed(derived, row)
        if outcome is not None and found is not None:
            yield Subject(observed=found, tooltip=_tooltip(derived, outcome))

    def _observed(self, derived: DerivedCase, row: Endpoint) -> Observed | None:
        """The time of a patient; None where there is none."""
        outcome, size = self._outcome(derived, row), days_per(self.unit)
        if outcome is None or not self.competing:
            return None if outcome is None else _observed(outcome, size)
        other = self._outcome(derived, row.counting_death)
        return None if other is None else _first_of_two(outcome, other, size)

    def _outcome(self, derived: DerivedCase, row: Endpoint) -> Outcome | None:
        return derived.outcome(row.name, self.line if row.per_line else None, row.criterion)

    def left_out(self, cases: Sequence[DerivedCase]) -> tuple[str, ...]:
        """Who is in no curve: how many for each reason, in words."""
        every = (self._why(each, row) for row in self.endpoints for each in cases)
        found = Counter(why for why in every if why is not None)
        return tuple(translate(text, number=n, what=what) for (text, what), n in found.items())

    def _why(self, derived: DerivedCase, row: Endpoint) -> tuple[str, str] | None:
        """Why a patient has no time: a phrase, and what it is about; None of one who has."""
        outcome = self._outcome(derived, row)
        if self._observed(derived, row) is not None:
            return None
        if row.per_line and self.line not in derived.criteria:
            return "{number} without {what}", translate("line {number}", number=self.line)
        if outcome is None and row.criterion:
            return "{number} not assessed by {what}", row.criterion
        if outcome is not None and outcome.origin is None and row.origin != "line start":
            return "{number} without {what}", translate(row.origin)
        return "{number} without a start or end date", ""


def _observed(outcome: Outcome, unit: Fraction) -> Observed | None:
    """The alternatives of an outcome in units of so many days; None where one has no time."""
    followed = [(each.event, _followed(each)) for each in outcome.alternatives]
    if not followed or not all(days.is_bounded for _, days in followed):
        return None
    ways = (Leaving(in_units(days, unit), event) for event, days in followed)
    return Observed(tuple(dict.fromkeys(ways)), may_be_absent=outcome.may_be_none)


def _first_of_two(outcome: Outcome, with_death: Outcome, unit: Fraction) -> Observed | None:
    """The alternatives of an endpoint, where death before it is an event of its own.

    ``with_death`` is the outcome of the endpoint that counts death as well. An event of that one
    on days that the first has no event is death.
    """
    found = _observed(with_death, unit)
    first = _observed(outcome, unit)
    if found is None or first is None:
        return None
    own = {way for way in first.ways if way.event}
    if len(own) == len(first.ways):
        return first
    others = (attrs.evolve(way, event=False, competing=True) if way.event else way
              for way in found.ways if way not in own)  # fmt: skip
    return attrs.evolve(found, ways=tuple(dict.fromkeys((*own, *others))))


def _followed(each: Alternative) -> Span:
    """The days of an alternative; of one censored without a last day the days surely observed."""
    days = each.days
    if each.event or days.is_bounded or days.low == NEVER_BEGAN:
        return days
    return Span.point(days.low)


def _tooltip(derived: DerivedCase, outcome: Outcome) -> str:
    return f"{derived.case.name}, {outcome.name}, {outcome.reason}"


def survival_request(
    names: Sequence[str], line: int | None, unit: str, conf_type: str, competing: str = ""
) -> SurvivalRequest:
    """The endpoints of some names.

    Raises:
        ValueError: a name is unknown; the near ones are named. Or another event than death
            competes, or death is an event of the endpoint.
    """
    rows = tuple(_row(name, line) for name in names)
    if competing and competing != "death":
        raise ValueError(f"competing: {competing!r} (of cases death alone competes: write death)")
    counted = [row.printed for row in rows if not row.with_death]
    if competing and counted:
        able = ", ".join(row.name for row in ENDPOINTS if row.with_death)
        raise ValueError(
            f"death does not compete with {', '.join(counted)} (choose an endpoint that does not "
            f"count it as an event: {able})"
        )
    if competing and len(rows) > 1:
        raise ValueError(f"{len(rows)} endpoints with a competing event (choose one)")
    return SurvivalRequest(
        endpoints=rows, line=line, unit=unit, conf_type=conf_type, competing=bool(competing)
    )


def who_is_drawn(
    request: SurvivalRequest, found: Sequence[Group], cases: Sequence[DerivedCase]
) -> tuple[str, ...]:
    """Sentences on what the curves are of: definitions, how many are drawn, to when."""
    total = len(cases) * len(request.endpoints)
    drawn = sum(group.size for group in found)
    shown = _PATIENTS_SHOWN if len(request.endpoints) == 1 else _TIMES_SHOWN
    who = translate_count(*shown, total, drawn=drawn)
    absent = sum(group.absent for group in found)
    left = ", ".join(request.left_out(cases))
    return (
        f"{'; '.join(map(_defined, request.endpoints))}.",
        translate("{drawn}; excluded: {who}.", drawn=who, who=left) if left else f"{who}.",
        translate_count(*_ABSENT, absent) if absent else "",
        record_ends(cases),
        translate("1 month = 30.4375 days.") if request.unit == "months" else "",
    )


def _defined(row: Endpoint) -> str:
    """What an endpoint is, with its criterion where it rests on one."""
    description = translate(row.description)
    if row.criterion:
        description = translate("{what}, by {criterion}", what=description, criterion=row.criterion)
    return f"{row.printed}: {description}"


def _row(name: str, line: int | None) -> Endpoint:
    """The row of a name under its criterion: ``iPFS`` is PFS by iRECIST."""
    if name not in BY_NAME:
        raise ValueError(f"unknown endpoint: {name!r} ({near(name, BY_NAME)})")
    endpoint, criterion = endpoint_named(name)
    rows = [row.under(criterion) for row in rows_of(endpoint)]
    return next((row for row in rows if row.per_line == (line is not None)), rows[0])


_ABSENT = (
    "{number} patient may not belong to the curve.",
    "{number} patients may not belong to the curve.",
)
_PATIENTS_SHOWN = ("{drawn} of {number} patient shown", "{drawn} of {number} patients shown")
_TIMES_SHOWN = ("{drawn} of {number} patient time shown", "{drawn} of {number} patient times shown")
