"""Printed dates against the order of events, and lines against one another."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping

import attrs

from timeline.auditing.compare import Conclusion
from timeline.auditing.patient.case_network import NETWORK_SOURCE, Key, number, reported
from timeline.auditing.patient.dates.publication import check_publication
from timeline.auditing.rule import Evidence, Rule, Severity, check_each
from timeline.auditing.verdict import Verdict
from timeline.core.date_edits import KINDS, edits_of
from timeline.core.dates import PartialDate, format_days
from timeline.core.span import ANY, Span
from timeline.core.temporal_network import Conflict, Moment, Network
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Treatment
from timeline.record.lines import Line
from timeline.report.claims import Claim

RANKS = {kind: rank for rank, (kind, _) in enumerate(KINDS)}
SHOWN = 4  # edits that a sentence names
MOST_EXCHANGED = 100  # dates that one is tried to be exchanged with
EXCHANGED = "two dates exchanged"


def check_order(evidence: Evidence) -> Iterator[Verdict]:
    """Every printed date of an event in place of the one on record."""
    derived = evidence.derived
    dates = [each for each in evidence.patients if each.kind == "date"]
    network = evidence.once(reported) if dates else None
    if derived is None or network is None:
        return
    printed = {claim: key for claim in dates if (key := _key(claim, network, derived))}
    recorded = network.conflict()
    if recorded is not None:
        yield _conflict_of_record(recorded, network, derived, dates, printed)
        return
    tried = _DateTrials(network, printed)
    for claim, key in printed.items():
        against = tried.against(key, _days(claim))
        if against:
            description = f"printed {claim.text}: {against}"
            yield Verdict(claim, Conclusion.CONTRADICTED, description)


def _key(claim: Claim, network: Network, derived: DerivedCase) -> Key | None:
    """The moment of the network that a printed date is of."""
    try:
        event, when = derived.case.find(claim.of)
    except ValueError:
        return None
    key = number(derived, event), "start" if when is event.start else "end"
    return key if isinstance(claim.value, PartialDate) and key in _windows(network) else None


def _windows(network: Network) -> dict[Moment, Span]:
    return dict(network.windows)


def _days(claim: Claim) -> Span:
    return claim.value.span if isinstance(claim.value, PartialDate) else ANY


def _with_dates(network: Network, windows: Mapping[Key, Span]) -> Network:
    """The network with some of its dates replaced."""
    merged = _windows(network)
    for key, days in windows.items():
        merged[key] = days
    return attrs.evolve(network, windows=merged)


@attrs.frozen
class _DateTrials:
    """The printed dates, tried in place of those on record; each day of a moment once."""

    network: Network
    printed: dict[Claim, Key]
    _said: dict[tuple[Key, Span], str] = attrs.field(factory=dict, eq=False, repr=False)

    def against(self, key: Key, days: Span) -> str:
        """What the order has against a date of a moment, and what restores it; empty if nothing."""
        if (key, days) not in self._said:
            self._said[key, days] = self._against(key, days)
        return self._said[key, days]

    def _against(self, key: Key, days: Span) -> str:
        if _windows(self.network)[key].within(days) or self.network.is_consistent_with({key: days}):
            return ""
        clash = _with_dates(self.network, {key: days}).conflict()
        if clash is None:
            return ""
        several = len(self._exchanges) > MOST_EXCHANGED
        cut = f"; with the first {MOST_EXCHANGED} dates an exchange was tried" * several
        return f"{_conflict_text(clash)}{_repairs_text(self._repairs(key, days))}{cut}"

    def _repairs(self, key: Key, days: Span) -> Iterator[str]:
        """The single edits of a printed date that restore the order, the smallest first."""
        for edit in edits_of(days):
            if self.network.is_consistent_with({key: edit.days}):
                yield str(edit)
        exchanged = frozenset(self._exchanges[:MOST_EXCHANGED])
        stands: dict[tuple[Key, Span], bool] = {}
        for other, place in self.printed.items():
            pair = place, _days(other)
            if place == key or pair not in exchanged:
                continue
            if pair not in stands:
                stands[pair] = self.network.is_consistent_with({key: pair[1], place: days})
            if stands[pair]:
                yield f"{other.text} ({EXCHANGED}, with {other.of})"

    @functools.cached_property
    def _exchanges(self) -> tuple[tuple[Key, Span], ...]:
        """The dates that another may be exchanged with, each once, in the order of the report."""
        return tuple(dict.fromkeys((key, _days(claim)) for claim, key in self.printed.items()))


def _repairs_text(repairs: Iterator[str]) -> str:
    named = list(itertools.islice(repairs, SHOWN))
    return f"; one edit restores the order: {', or '.join(named)}" if named else ""


def _conflict_of_record(
    clash: Conflict,
    network: Network,
    derived: DerivedCase,
    dates: list[Claim],
    printed: dict[Claim, Key],
) -> Verdict:
    """A clash of the record: on a printed date of an event whose date alone can be at fault."""
    repairs = _repairs_of_record(clash, network, derived)
    at_fault = {key: rank for rank, (key, _) in enumerate(repairs)}
    concerned = sorted(
        (claim for claim in printed if printed[claim] in at_fault),
        key=lambda claim: at_fault[printed[claim]],
    )
    description = f"the dates on record contradict the order of events: {_conflict_text(clash)}"
    description += _repairs_text(iter(dict.fromkeys(text for _, text in repairs)))
    if not concerned:
        description += "; no printed date belongs to an event whose date alone explains it"
        return Verdict(dates[0], Conclusion.POSSIBLE, description)
    claim, others = concerned[0], tuple(concerned[1:])
    if _with_dates(network, {printed[claim]: _days(claim)}).is_consistent:
        description += f"; printed {claim.text} is consistent with the order"
        return Verdict(claim, Conclusion.POSSIBLE, description, others=others)
    return Verdict(claim, Conclusion.CONTRADICTED, description, others=others)


def _repairs_of_record(
    clash: Conflict, network: Network, derived: DerivedCase
) -> list[tuple[Key, str]]:
    """The moments whose date alone, edited once, restores everything; the smallest edit first.

    Only moments of the clash are tried: an edit of any other leaves the clash as it is.
    """
    ends = {end for each in clash.statements for end in (each.early, each.late)}
    windows = {key: days for key, days in _dated_moments(network, derived) if key in ends}
    keys = list(windows)
    ranked: list[tuple[int, Key, str]] = []
    for key in keys:
        if not _with_dates(network, {key: ANY}).is_consistent:
            continue
        edits = edits_of(windows[key])
        found = next(
            (each for each in edits if _with_dates(network, {key: each.days}).is_consistent), None
        )
        if found is not None:
            ranked.append((RANKS[found.kind], key, f"{_name(key, derived)}: {found}"))
    for one, two in itertools.combinations(keys, 2):
        if _with_dates(network, {one: windows[two], two: windows[one]}).is_consistent:
            text = f"{_name(one, derived)} and {_name(two, derived)} ({EXCHANGED})"
            ranked += [(len(RANKS), one, text), (len(RANKS), two, text)]
    return [(key, text) for _, key, text in sorted(ranked, key=lambda each: each[0])]


def _dated_moments(network: Network, derived: DerivedCase) -> Iterator[tuple[Key, Span]]:
    """The moments of the record that have a first and a last day."""
    windows = _windows(network)
    for at in range(len(derived.case.events)):
        for key in ((at, "start"), (at, "end")):
            if key in windows and windows[key].is_bounded:
                yield key, windows[key]


def _name(key: Key, derived: DerivedCase) -> str:
    at, end = key
    return derived.case.events[at].label + (" end" if end == "end" else "")


def _conflict_text(clash: Conflict) -> str:
    said = [
        each.description
        for each in clash.statements
        if not each.description.startswith("window of")
    ]
    return f"no day is left, for {'; '.join(said)}" if said else "no day is left"


def check_gap(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """The start of a line against the end of the line before, on record."""
    try:
        event, when = derived.case.find(claim.of)
    except ValueError:
        return None
    if not isinstance(event, Treatment) or event.line is None or when is not event.start:
        return None
    before = _line_before(derived, event)
    ends = [each.at.end.span for each in before.treatments if each.at.end] if before else []
    if before is None or not ends:
        return None
    last = max(ends, key=lambda span: span.low)
    description = (
        f"line {event.line} began {format_days(event.start.span)}; "
        f"line {before.number} ended {format_days(last)}"
    )
    if last.low <= event.start.span.high:
        return Verdict(claim, Conclusion.AGREES, description)
    description += ": the two lines overlap, which the report should state"
    return Verdict(claim, Conclusion.POSSIBLE, description)


def _line_before(derived: DerivedCase, event: Treatment) -> Line | None:
    earlier = [line for line in derived.case.lines if event.line and line.number < event.line]
    return earlier[-1] if earlier else None


def _check_dates(evidence: Evidence) -> Iterator[Verdict]:
    """Dates of events against their order, then the dates of the report itself."""
    yield from check_order(evidence)
    yield from check_publication(evidence)


RULES = (
    Rule(
        id="C03",
        checks="a printed date against the order of events; the dates of the report itself",
        formula="with the printed date in place of the one on record the network has no negative "
        "circle: diagnosis, lines in turn, their scans, death, acceptance of the report; "
        "received, revised, accepted, published in this order; the smallest single edit of a date "
        "that restores the order is offered first",
        severity=Severity.ERROR,
        source=NETWORK_SOURCE,
        example_fail="a scan of line 2 dated before line 1",
        example_ok="a scan dated a month later than on record, in the same place of the order",
        check=_check_dates,
        yields=True,
    ),
    Rule(
        id="C37",
        checks="no line begins before the line before it has ended",
        formula="start of a line minus end of the line before is 0 or more",
        severity=Severity.WARNING,
        source="common usage; overlap is possible where the report states it",
        example_fail="line 2 from May, line 1 until June",
        example_ok="line 2 from June, line 1 until June",
        check=check_each(("date",), check_gap),
        yields=True,
    ),
)
