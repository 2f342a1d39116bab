"""What the rules make of the facts: statuses of scans and outcomes of lines, each with its why."""

from __future__ import annotations

import functools
from typing import Any

import attrs

from timeline.case import Case
from timeline.criterion_terms import PRIMARY
from timeline.endpoints import printed_name
from timeline.events import Event, Scan
from timeline.judged import judged_by
from timeline.lines import Line
from timeline.months import DEFAULT_MONTH, MONTHS, rounded
from timeline.setting import in_words
from timeline.settings import DEFAULTS, Settings
from timeline.span import Span


@attrs.frozen(kw_only=True)
class Step:
    """One link in the chain behind a value: what was used, and the rule or place it came from."""

    says: str
    source: str = ""


@attrs.frozen(kw_only=True)
class Status:
    """What one scan came to under one criterion.

    ``labels`` holds every label that the findings allow: one where they decide, several where
    the report's words leave it open, none where the scan is a baseline or shows no findings.
    ``moves`` are the steps of the criterion's machine that they allow: state before, row, state
    after. They tell how the labels came about, so two statuses may be equal without them.
    """

    scan: Scan
    line: int
    criterion: str
    labels: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    why: str = ""
    source: str = ""
    is_baseline: bool = False
    moves: tuple[tuple[str, str, str], ...] = attrs.field(default=(), eq=False)

    @property
    def label(self) -> str:
        """The label, or the labels it may be: ``iPR or iSD``."""
        return " or ".join(self.labels) or ("baseline" if self.is_baseline else "-")

    @functools.cached_property
    def step(self) -> Step:
        """The status as a link of the chain behind a value."""
        return Step(
            says=f"{self.scan.label}: {self.label}. {self.why}".rstrip(". "),
            source="; ".join(part for part in (self.source, self.scan.place) if part),
        )


@attrs.frozen(kw_only=True)
class Progression:
    """Where one line progressed under one criterion, over every reading of its findings.

    ``scans`` are the scans that may give the date, ``always`` whether there is one in every
    reading; ``confirmed`` and ``confirming`` speak of iCPD and are empty under RECIST 1.1.
    """

    line: int
    criterion: str
    scans: tuple[Scan, ...] = ()
    always: bool = False
    confirmed: bool = False
    confirming: tuple[Scan, ...] = ()


@attrs.frozen(kw_only=True)
class BestResponse:
    """The best overall response of one line under one criterion, in every reading of its findings.

    ``labels`` as first documented, ``confirmed`` where CR and PR ask for a confirming scan.
    """

    line: int
    criterion: str
    labels: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """``PR or SD``, and what it is where a response must be confirmed, if that differs."""
        told = " or ".join(self.labels)
        same = self.labels == self.confirmed
        return told if same else f"{told}; with confirmation: {' or '.join(self.confirmed)}"


@attrs.frozen(kw_only=True)
class Assessed:
    """A case with the status of every scan and the progression of every line."""

    case: Case
    statuses: tuple[Status, ...] = ()
    progressions: tuple[Progression, ...] = ()
    best: tuple[BestResponse, ...] = ()
    settings: Settings = attrs.field(default=DEFAULTS, eq=False)  # what it was read under

    def status(self, criterion: str, line: int) -> tuple[Status, ...]:
        """The statuses of one line under one criterion, in order of time, baseline left out."""
        return self._by_line.get((criterion, line), ())

    def progression(self, criterion: str, line: int) -> Progression | None:
        """The progression of one line under one criterion, or None where none was derived."""
        return self._progressed.get((criterion, line))

    @functools.cached_property
    def criteria(self) -> dict[int, tuple[str, ...]]:
        """The titles of the criteria that each line is derived under, by its number."""
        case, settings = self.case, self.settings
        return {line.number: judged_by(case, line, settings) for line in case.lines}

    def criterion_in(self, line: Line, wanted: str) -> str:
        """The criterion that a later line is read by: the one wanted, else RECIST 1.1.

        An endpoint by iRECIST that runs into a line of chemotherapy goes on by RECIST 1.1 there.
        """
        return wanted if wanted in self.criteria[line.number] else PRIMARY.title

    @functools.cached_property
    def _by_line(self) -> dict[tuple[str, int], tuple[Status, ...]]:
        found: dict[tuple[str, int], tuple[Status, ...]] = {}
        for each in self.statuses:
            if not each.is_baseline:
                key = (each.criterion, each.line)
                found[key] = (*found.get(key, ()), each)
        return found

    @functools.cached_property
    def _progressed(self) -> dict[tuple[str, int], Progression]:
        return {(each.criterion, each.line): each for each in reversed(self.progressions)}


@attrs.frozen(kw_only=True)
class Anchor:
    """A moment that an endpoint runs from or to, and in what sense."""

    event: Event
    span: Span  # days, both ends included
    says: str
    sure: bool = True  # False: the findings leave open whether it came to that here


@attrs.frozen(kw_only=True)
class Flag:
    """A setting that would move an outcome: its other answer, and what that gives."""

    setting: str
    value: Any
    days: Span | None
    state: str

    @property
    def answer(self) -> str:
        """``pfs_policy = ema``."""
        return f"{self.setting} = {in_words(self.value)}"

    @property
    def result(self) -> str:
        """``90 days, 2.96 months, event``."""
        days = days_and_months(self.days) if self.days else ""
        return ", ".join(part for part in (days, self.state) if part)


@attrs.frozen(kw_only=True)
class Outcome:
    """One endpoint of one line (``line`` None: of the patient).

    ``days`` counts end minus start over every allowed pair of days, both ends included; it is
    None where the endpoint cannot be derived, and ``reason`` then says why. ``event`` is False
    where it is censored (its days are then follow-up without the event, a lower bound) and None
    where the findings leave open whether there was one.
    """

    endpoint: str
    line: int | None
    criterion: str = ""  # by its title; empty where the endpoint rests on none
    origin: Anchor | None = None
    end: Anchor | None = None
    days: Span | None = None
    event: bool | None = False
    reason: str = ""
    chain: tuple[Step, ...] = ()
    main: bool = True  # False: the same endpoint from another origin, printed beside it
    policy: str = ""  # the censoring policy, where one applies
    flags: tuple[Flag, ...] = ()

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

    def months(self, convention: str = DEFAULT_MONTH) -> Span | None:
        """The days in months of one convention; exact."""
        return self.days and self.days.divided_by(MONTHS[convention].days)

    @property
    def state(self) -> str:
        """``event`` or ``censored``, or ``not derived``."""
        if self.days is None:
            return "not derived"
        return {True: "event", False: "censored", None: "undecided"}[self.event]


def elapsed(origin: Anchor, end: Anchor, ends: Span | None = None) -> Span | None:
    """The days from one moment to another, none below nought; None if it lies before.

    A moment is no days from itself, however vague. ``ends`` stands in for the days of ``end``.
    """
    same = end.event is origin.event and end.span == origin.span
    if same and ends in (None, end.span):
        return Span.point(0)
    return ((ends or end.span) - origin.span).not_below(0)


@functools.lru_cache(maxsize=4096)
def days_and_months(days: Span, convention: str = DEFAULT_MONTH) -> str:
    """``121 to 181 days, 3.98 to 5.95 months``, or one figure of each."""
    months = days.divided_by(MONTHS[convention].days)
    if days.is_point:
        return f"{days.low} days, {rounded(months.low)} months"
    if not months.is_bounded:
        return f"{days.low} days or more, {rounded(months.low)} months or more"
    low, high = rounded(months.low), rounded(months.high)
    return f"{days.low} to {days.high} days, {low} to {high} months"
