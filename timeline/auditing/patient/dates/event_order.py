"""Printed dates against the order of events, and lines against one another."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.patient.case_network import (
    NETWORK_SOURCE,
    Key,
    moment_label,
    number,
    reported,
    usual_order,
)
from timeline.auditing.patient.dates.publication import check_publication
from timeline.auditing.patient.named_events import event_named
from timeline.auditing.rule import Evidence, Rule, Severity, check_each
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.date_edits import KINDS, DateEdit, edits_of
from timeline.core.calendar.dates import PartialDate, format_days
from timeline.core.span import ANY, Span, latest
from timeline.core.temporal_network import Conflict, Moment, Network
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Treatment
from timeline.record.lines import Line
from timeline.report.claims import Claim

RANKS = {kind: rank for rank, (kind, _) in enumerate(KINDS)}
SHOWN = 4  # edits that a sentence names
MOST_EXCHANGED = 100  # dates that one is tried to be exchanged with
YEAR = KINDS[0][0]
SAME_YEAR = 3  # dates at most that one slip of the year may be in
EXCHANGED = "two dates exchanged"


def check_order(evidence: Evidence) -> Iterator[Verdict]:
    """Every printed date of an event, tried in place of the one on record."""
    derived = evidence.derived
    dates = [each for each in evidence.patients if _is_date_of_patient(each)]
    network = evidence.once(reported) if dates else None
    if derived is None or network is None:
        return
    recorded = network.conflict()
    if recorded is not None:
        every = [each for each in evidence.report.claims if _is_date_of_patient(each)]
        yield _conflict_of_record(recorded, network, derived, every)
        return
    readable = [each for each in dates if isinstance(each.value, PartialDate)]
    printed = {claim: key for claim in readable if (key := _key(claim, network, derived))}
    trials = _DateTrials(network, printed, usual_order(derived))
    for claim, key in printed.items():
        objection = trials.objection(key, _days(claim))
        if objection:
            yield Verdict(claim, Conclusion.CONTRADICTED, f"printed {claim.text}: {objection}")


def _is_date_of_patient(claim: Claim) -> bool:
    """Whether a claim, readable or not, is a date of the one patient."""
    return claim.kind == "date" and not (claim.study or claim.group or claim.n)


def _key(claim: Claim, network: Network, derived: DerivedCase) -> Key | None:
    """The moment of the network that a printed date is of."""
    found = event_named(claim, derived)
    if found is None:
        return None
    event, when = found
    key = number(derived, event), "start" if when is event.start else "end"
    return key if key in _windows(network) else None


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
    """The printed dates, tried in place of those on record; each date of a moment once."""

    network: Network
    printed: dict[Claim, Key]
    usual: tuple[tuple[Key, Key], ...] = ()
    _objections: dict[tuple[Key, Span], str] = attrs.field(factory=dict, eq=False, repr=False)

    def objection(self, key: Key, days: Span) -> str:
        """Why a date of a moment contradicts the order, and which edit restores the order.

        Empty where the date is consistent with the order.
        """
        if (key, days) not in self._objections:
            self._objections[key, days] = self._work_out(key, days)
        return self._objections[key, days]

    def _work_out(self, key: Key, days: Span) -> str:
        if _windows(self.network)[key].within(days) or self.network.is_consistent_with({key: days}):
            return ""
        conflict = _with_dates(self.network, {key: days}).conflict()
        if conflict is None:
            return ""
        several = len(self._exchanges) > MOST_EXCHANGED
        cut = f"; with the first {MOST_EXCHANGED} dates an exchange was tried" * several
        return f"{_conflict_text(conflict)}{_repairs_text(self._repairs(key, days))}{cut}"

    def _repairs(self, key: Key, days: Span) -> Iterator[str]:
        """The single edits of a printed date that restore the order, the smallest first.

        None that puts other events in an unusual order which the record does not have.
        """
        before = _broken(self.network, self.usual)
        for edit in edits_of(days):
            edited = _with_dates(self.network, {key: edit.days})
            if _broken(edited, self.usual) <= before and edited.is_consistent:
                yield str(edit)
        exchanged = frozenset(self._exchanges[:MOST_EXCHANGED])
        restores: dict[tuple[Key, Span], bool] = {}
        for other, other_key in self.printed.items():
            pair = other_key, _days(other)
            if other_key == key or pair not in exchanged:
                continue
            if pair not in restores:
                restores[pair] = self.network.is_consistent_with({key: pair[1], other_key: days})
            if restores[pair]:
                yield f"{other.text} ({EXCHANGED}, with {other.of})"

    @functools.cached_property
    def _exchanges(self) -> tuple[tuple[Key, Span], ...]:
        """The printed dates that another may be exchanged with, each once, as the report orders."""
        return tuple(dict.fromkeys((key, _days(claim)) for claim, key in self.printed.items()))


def _repairs_text(repairs: Iterator[str]) -> str:
    first = list(itertools.islice(repairs, SHOWN))
    return f"; one edit restores the order: {', or '.join(first)}" if first else ""


def _broken(network: Network, usual: Iterable[tuple[Key, Key]]) -> frozenset[tuple[Key, Key]]:
    """The pairs of moments that are certainly not in their usual order."""
    windows = _windows(network)
    return frozenset(
        (early, late)
        for early, late in usual
        if early in windows and late in windows and windows[early].low > windows[late].high
    )


def _conflict_of_record(
    conflict: Conflict, network: Network, derived: DerivedCase, dates: list[Claim]
) -> Verdict:
    """The verdict on a record that contradicts itself.

    Its claim is the printed date of an event whose date can be at fault, where there is one.
    """
    printed = {claim: key for claim in dates if (key := _key(claim, network, derived))}
    repairs = _repairs_of_record(conflict, network, derived)
    in_turn = dict.fromkeys(key for keys, _ in repairs for key in keys)
    at_fault = {key: rank for rank, key in enumerate(in_turn)}
    concerned = sorted(
        (claim for claim in printed if printed[claim] in at_fault),
        key=lambda claim: at_fault[printed[claim]],
    )
    description = f"the dates on record contradict the order of events: {_conflict_text(conflict)}"
    description += _repairs_text(iter(dict.fromkeys(text for _, text in repairs)))
    if not concerned:
        description += "; no printed date belongs to an event whose date explains it"
        return Verdict(dates[0], Conclusion.POSSIBLE, description)
    claim, others = concerned[0], tuple(concerned[1:])
    if not isinstance(claim.value, PartialDate):
        return Verdict(claim, Conclusion.POSSIBLE, description, others=others)
    if _with_dates(network, {printed[claim]: _days(claim)}).is_consistent:
        description += f"; printed {claim.text} is consistent with the order"
        return Verdict(claim, Conclusion.POSSIBLE, description, others=others)
    return Verdict(claim, Conclusion.CONTRADICTED, description, others=others)


@attrs.frozen
class _Repair:
    """Dates on record that one slip would explain, and how unusual the order is without it.

    ``unusual`` counts the pairs of events that are still in an unusual order.
    """

    unusual: int
    rank: int
    keys: tuple[Key, ...]
    text: str


def _repairs_of_record(
    conflict: Conflict, network: Network, derived: DerivedCase
) -> list[tuple[tuple[Key, ...], str]]:
    """The moments whose dates, with one slip corrected, restore the order, with it in words.

    First those that leave the fewest events in an unusual order, then the smallest edit; none that
    makes another order unusual. Only moments of the conflict are tried: an edit of any other
    leaves the conflict as it is.
    """
    usual = usual_order(derived)
    before = _broken(network, usual)
    found: list[_Repair] = []
    for rank, keys, dates, text in _slips_of_record(conflict, network, derived):
        edited = _with_dates(network, dates)
        broken = _broken(edited, usual)
        if broken <= before and edited.is_consistent:
            found.append(_Repair(len(broken), rank, keys, text))
    first: dict[tuple[Key, ...], _Repair] = {}
    for each in sorted(found, key=lambda one: (one.unusual, one.rank)):
        first.setdefault(each.keys, each)
    return [(each.keys, each.text) for each in first.values()]


_Slip = tuple[int, tuple[Key, ...], dict[Key, Span], str]


def _slips_of_record(conflict: Conflict, network: Network, derived: DerivedCase) -> Iterator[_Slip]:
    """The slips that may have made a conflict: rank, moments, their dates without it, in words."""
    dated = dict(_dated_moments(network, derived))
    windows = {key: days for key, days in dated.items() if key in _ends(conflict)}
    for key, days in windows.items():
        name = moment_label(key, derived)
        for edit in edits_of(days):
            if edit.kind == YEAR:
                yield from _same_year(key, edit, network, derived)
            yield RANKS[edit.kind], (key,), {key: edit.days}, f"{name}: {edit}"
    for one, two in itertools.combinations(windows, 2):
        text = f"{moment_label(one, derived)} and {moment_label(two, derived)} ({EXCHANGED})"
        yield len(RANKS), (one, two), {one: windows[two], two: windows[one]}, text


def _same_year(key: Key, edit: DateEdit, network: Network, derived: DerivedCase) -> Iterator[_Slip]:
    """The same slip of the year in several dates, where one date alone leaves a conflict.

    A report that begins with a wrong year goes on with it.
    """
    dated, dates, texts = dict(_dated_moments(network, derived)), {key: edit.days}, [edit.text]
    step = int(edit.text[:4]) - int(format_days(dated[key])[:4])
    while len(dates) <= SAME_YEAR:
        conflict = _with_dates(network, dates).conflict()
        if conflict is None:
            break
        others = [each for each in _ends(conflict) if each in dated and each not in dates]
        shifted = {
            each: other
            for each in others
            for other in edits_of(dated[each])
            if other.kind == YEAR and format_days(dated[each])[:4] == format_days(dated[key])[:4]
            if int(other.text[:4]) - int(format_days(dated[each])[:4]) == step
        }
        if not shifted:
            return
        another = next(iter(shifted))
        dates[another] = shifted[another].days
        texts.append(shifted[another].text)
    if len(dates) > 1:
        names = " and ".join(moment_label(each, derived) for each in dates)
        text = f"{names}: {' and '.join(texts)} ({YEAR} of each)"
        yield RANKS[YEAR], tuple(dates), dates, text


def _ends(conflict: Conflict) -> frozenset[Moment]:
    return frozenset(end for each in conflict.statements for end in (each.early, each.late))


def _dated_moments(network: Network, derived: DerivedCase) -> Iterator[tuple[Key, Span]]:
    """The moments of the record that have a first and a last day."""
    windows = _windows(network)
    for at in range(len(derived.case.events)):
        for key in ((at, "start"), (at, "end")):
            if key in windows and windows[key].is_bounded:
                yield key, windows[key]


def _conflict_text(conflict: Conflict) -> str:
    """The statements on order that leave no day, without the dates of the events."""
    order = [
        each.description
        for each in conflict.statements
        if not each.description.startswith("window of")
    ]
    return f"no day is left, for {'; '.join(order)}" if order else "no day is left"


def check_gap(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """The start of a line against the end of the line before it, on record.

    Returns:
        None where the claim dates no start of a line, or no line before it has an end on record.
    """
    event, when = event_named(claim, derived) or (None, None)
    if not isinstance(event, Treatment) or event.line is None or when is not event.start:
        return None
    before = _line_before(derived, event)
    ends = [each.at.end.span for each in before.treatments if each.at.end] if before else []
    if before is None or not ends:
        return None
    last = latest(ends)
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
