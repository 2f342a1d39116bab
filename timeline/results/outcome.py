"""An outcome: one endpoint of one line as the set of the values that it may have."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import attrs

from timeline.core.calendar.durations import DEFAULT_MONTH, MONTHS
from timeline.core.span import NEVER_ENDS, Span
from timeline.results.alternatives import (
    Alternative,
    Anchor,
    JoinedAlternatives,
    days_and_months,
    distinct_alternatives,
    join_alternatives,
)
from timeline.settings.setting import in_words
from timeline.terminology.endpoints import printed_name

STATES = {True: "event", False: "censored", None: "undecided"}
NOT_EVALUABLE = "not evaluable"


def _say_nothing(alternatives: tuple[Alternative, ...]) -> bool:
    """Whether values exclude no time to an event: each is censored and was followed for 0 days."""
    return bool(alternatives) and all(
        not each.event and each.days.low == 0 and each.days.high in (0, NEVER_ENDS)
        for each in alternatives
    )


@attrs.frozen(kw_only=True)
class Step:
    """One link in the chain behind a value: what was used, and the rule or place it came from."""

    description: str
    source: str = ""


@attrs.frozen(kw_only=True)
class Flag:
    """A setting that would move an outcome: its other answer, and what that gives.

    ``ended_by``: what ends it then, where the days are the same and that is not.
    """

    setting: str
    value: Any
    days: Span | None
    state: str
    alternatives: tuple[Alternative, ...] = ()
    ended_by: str = ""

    @property
    def answer(self) -> str:
        """``pfs_policy = ema``."""
        return f"{self.setting} = {in_words(self.value)}"

    @property
    def result(self) -> str:
        """``90 days, 2.96 months, event``; of ranges that are apart each; ``not evaluable``."""
        if _say_nothing(self.alternatives):
            return NOT_EVALUABLE
        groups = join_alternatives(self.alternatives)
        if len(groups) > 1:
            return " or ".join(f"{days_and_months(each.days)}, {each.state}" for each in groups)
        days = days_and_months(self.days) if self.days else ""
        ended = f"ended by {self.ended_by}" if self.ended_by else ""
        return ", ".join(part for part in (days, self.state, ended) if part)


@attrs.frozen(kw_only=True)
class Outcome:
    """One endpoint of one line, or of the patient, as the set of its possible values.

    Attributes:
        endpoint: its name without a criterion, such as ``PFS``.
        line: the number of the line; None for an endpoint of the patient.
        criterion: the title of the response criterion; empty if the endpoint depends on none.
        origin: the earliest origin of the alternatives; None if it cannot be derived.
        end: the earliest end of the alternatives.
        days: the smallest range of days that holds all alternatives, both ends included; None if
            it cannot be derived.
        event: True or False if all alternatives agree; None if the record leaves it open.
        alternatives: the possible values; none if it cannot be derived.
        may_be_none: whether, by some interpretation of the findings, there is nothing to measure,
            such as no response.
        reason: why it is censored, or why it cannot be derived.
        chain: the steps behind the value, each with its source.
        is_primary: False for the same endpoint from another origin.
        policy: the name of the censoring policy; empty if none applies.
        flags: other answers to single settings that would change it.
    """

    endpoint: str
    line: int | None
    criterion: str = ""  # by its title; empty where the endpoint rests on none
    origin: Anchor | None = None
    end: Anchor | None = None
    days: Span | None = None
    event: bool | None = False
    alternatives: tuple[Alternative, ...] = ()
    may_be_none: bool = False
    reason: str = ""
    chain: tuple[Step, ...] = ()
    is_primary: bool = True  # False: the same endpoint from another origin
    policy: str = ""  # the censoring policy, where one applies
    flags: tuple[Flag, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Of one value given by itself the alternatives follow."""
        if self.alternatives or self.elapsed is None:
            return
        origin, end, days = self.elapsed
        states = (True, False) if self.event is None else (self.event,)
        found = tuple(
            Alternative(event=event, days=days, origin=origin, end=end, reason=self.reason)
            for event in states
        )
        object.__setattr__(self, "alternatives", found)

    @classmethod
    def of(cls, alternatives: Iterable[Alternative], **fields: Any) -> Outcome:
        """An outcome from its alternatives, at least one, and its other fields."""
        found = distinct_alternatives(alternatives)
        first = min(found, key=lambda each: (each.end.span.low, each.end.span.high))
        origins = (each.origin for each in found)
        events = {each.event for each in found}
        return cls(
            origin=min(origins, key=lambda each: (each.span.low, each.span.high)),
            end=first.end,
            days=functools.reduce(Span.hull, (each.days for each in found)),
            event=None if fields.get("may_be_none") or len(events) > 1 else events.pop(),
            alternatives=found,
            **fields,
        )

    def __repr__(self) -> str:
        days = f"{days_and_months(self.days)}, " if self.days is not None else ""
        return f"<Outcome {self.name}: {days}{self.state}>"

    @property
    def name(self) -> str:
        """``iPFS line 4``, or ``OS``."""
        return f"{self.printed} line {self.line}" if self.line else self.printed

    @property
    def printed(self) -> str:
        """The endpoint under its criterion: ``iPFS``, ``PFS by Choi``."""
        return printed_name(self.endpoint, self.criterion)

    @property
    def elapsed(self) -> tuple[Anchor, Anchor, Span] | None:
        """Its origin, its end and the days between, or None where it could not be derived."""
        if self.origin is None or self.end is None or self.days is None:
            return None
        return self.origin, self.end, self.days

    @functools.cached_property
    def together(self) -> tuple[JoinedAlternatives, ...]:
        """The alternatives by state and range: those that touch are one range."""
        return join_alternatives(self.alternatives)

    @property
    def values(self) -> tuple[tuple[bool, Span], ...]:
        """Event or not, and the days, of each alternative: what a setting can move."""
        return tuple(sorted({(each.event, each.days) for each in self.alternatives},
                            key=lambda each: (each[1].low, each[1].high, each[0])))  # fmt: skip

    @property
    def reason_beyond_ends(self) -> str:
        """Its reason; empty for an event of which the descriptions of its ends say as much."""
        ends = dict.fromkeys(each.end.description for each in self.alternatives)
        told = self.event is True and self.reason in (*ends, " or ".join(ends))
        return "" if told else self.reason

    def months(self, convention: str = DEFAULT_MONTH) -> Span | None:
        """The days in months of one convention; exact."""
        return self.days and self.days.divided_by(MONTHS[convention].days)

    @property
    def is_evaluable(self) -> bool:
        """Whether its days say anything of the time.

        A time that is censored on the day of its start, or any number of days after it, may be of
        any length: an event is not on record, and no follow-up without it either.
        """
        return self.days is not None and not _say_nothing(self.alternatives)

    @property
    def state(self) -> str:
        """``event`` or ``censored``, ``undecided`` or ``not derived``."""
        return "not derived" if self.days is None else STATES[self.event]

    @property
    def printed_state(self) -> str:
        """The state as tables print it: ``not evaluable`` where the days say nothing."""
        return self.state if self.days is None or self.is_evaluable else NOT_EVALUABLE
