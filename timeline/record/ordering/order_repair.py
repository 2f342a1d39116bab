"""Dates that break the order: whose date is at fault, and the single edits that restore it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from timeline.core.calendar.date_edits import KINDS, DateEdit, edits_of
from timeline.core.calendar.dates import PartialDate, format_days, parse_edtf
from timeline.core.calendar.partial_dates import written
from timeline.core.frozen_class import frozen
from timeline.core.precedence import MomentKey, Order, Precedence, Windows, reachable
from timeline.core.problem import DateFault, Problem, Where
from timeline.core.span import ANY, Span
from timeline.record.events import Event
from timeline.record.ordering.event_order import moments, stated_order
from timeline.record.ordering.kind_order import LISTED, MUST, USUAL, edges

OFFERED = 3  # edits that a message names
CLASHES = 3  # contradictions that it names
PARTS = 5  # parts of the faults, apart from one another, that edits are looked for
RANKS = {kind: rank for rank, (kind, _) in enumerate(KINDS)}
FAR = 5 * 365  # days from every other date at which a corrected one is no likely one


@frozen(kw_only=True)
class Offer:
    """A single edit that restores the order, and how usual the order then is.

    ``strange`` counts the kinds of order that it leaves broken, of those that are usual.
    """

    strange: int
    rank: int
    moved: int
    text: str
    keys: tuple[MomentKey, ...]


def order_problems(
    events: tuple[Event, ...],
    order: Sequence[Precedence],
    faults: Sequence[DateFault],
    *,
    complete: bool,
) -> tuple[Problem, ...]:
    """The faults among the dates of events, each a problem; one if one edit corrects all."""
    if not faults:  # which spares the edges of a sound record
        return ()
    return _repaired(events, [*order, *edges(events, MUST, complete=complete)], faults)


def unusual(events: tuple[Event, ...]) -> tuple[tuple[Problem, str], ...]:
    """Dates against an order that is usual, each with its source; events as the file lists them.

    The record may be true, so that it is remarked on and not refused.
    """
    found: list[tuple[Problem, str]] = []
    for row in (row for row in USUAL if row.source):
        faults = [_against(events, row.description, edge) for edge in edges(events, (row,))]
        found_faults = [fault for fault in faults if fault]
        order = [*stated_order(events)[0], *edges(events, (*MUST, row))] if found_faults else []
        found += [(problem, row.source) for problem in _repaired(events, order, found_faults)]
    return tuple(found)


def _against(events: tuple[Event, ...], description: str, edge: Precedence) -> DateFault | None:
    early, late = events[edge.early[0]], events[edge.late[0]]
    if early.start.span.low <= late.start.span.high:
        return None
    text = f"{late.label} ({format_days(late.start.span)}) lies before {early.label}"
    text += f" ({format_days(early.start.span)}): {description}"
    return DateFault(late.where, text, "check both dates", early.where)


def _repaired(
    events: tuple[Event, ...], order: Sequence[Precedence], faults: Sequence[DateFault]
) -> tuple[Problem, ...]:
    """One problem where one edit corrects all faults; else one for each part that it corrects.

    Parts are faults that share no event. Each is looked at without the events of the others.
    """
    if not faults:
        return ()
    if whole := _as_one(events, order, faults, frozenset()):
        return (whole,)
    parts = _parts(faults)
    searched = parts[:PARTS] if len(parts) > 1 else []
    found: list[Problem] = []
    for part in searched:
        others = frozenset(where for each in parts if each is not part for where in _places(each))
        one = _as_one(events, order, part, others)
        found += [one] if one else [fault.problem for fault in part]
    left = (fault for part in parts[len(searched) :] for fault in part)
    return (*found, *(fault.problem for fault in left))


def _places(faults: Sequence[DateFault]) -> set[Where]:
    return {where for fault in faults for where in (fault.where, fault.other)}


def _parts(faults: Sequence[DateFault]) -> list[list[DateFault]]:
    """The faults in parts that share no event."""
    sharing: dict[Where, list[Where]] = {}
    for fault in faults:
        sharing.setdefault(fault.where, []).append(fault.other)
        sharing.setdefault(fault.other, []).append(fault.where)
    part_of: dict[Where, int] = {}
    for number, fault in enumerate(faults):
        if fault.where not in part_of:
            part_of |= dict.fromkeys(reachable(fault.where, sharing), number)
    parts: dict[int, list[DateFault]] = {}
    for fault in faults:
        parts.setdefault(part_of[fault.where], []).append(fault)
    return list(parts.values())


def _as_one(
    events: tuple[Event, ...],
    order: Sequence[Precedence],
    faults: Sequence[DateFault],
    apart: frozenset[Where],
) -> Problem | None:
    """The faults as one problem, with the edits that correct them; None where none does."""
    offers, free = _offers(events, order, apart)
    best = [each for each in offers if each.strange == offers[0].strange]
    blamed = {key for each in best for key in each.keys if len(each.keys) == 1}
    blamed = blamed if best else set(free)
    own = [each for each in offers if set(each.keys) <= blamed]
    if len({number for number, _ in blamed}) == 1:
        return _problem(events, faults, own, events[min(blamed)[0]])
    return _problem(events, faults, best, None) if best else None


def _offers(
    events: tuple[Event, ...], order: Sequence[Precedence], apart: frozenset[Where]
) -> tuple[list[Offer], list[MomentKey]]:
    """The single edits that restore the order, those that leave it most usual first.

    With them the moments without whose date the order would be consistent. The
    dates of events that are kept ``apart`` do not count.
    """
    whens = dict(moments(events))
    windows = {
        key: ANY if events[key[0]].where in apart else _own_days(key, when)
        for key, when in whens.items()
    }
    usual = edges(events, USUAL)
    orders = [
        Order.of(pairs)
        for pairs in (order, [*order, *usual], [*order, *usual, *edges(events, LISTED)])
    ]
    clash = orders[0].broken(windows)
    if clash is None or orders[0].binds(*clash):
        return [], []
    left = {key: [order.days_left(key, windows) for order in orders] for key in clash}
    free = [key for key in clash if left[key][0] is not None]
    found = [each for key in free for each in _edits(key, whens[key], windows, left[key])]
    found += _exchanged(clash, windows, orders, events)
    return sorted(found, key=lambda each: (each.strange, each.rank, each.moved)), free


def _own_days(key: MomentKey, when: PartialDate) -> Span:
    """The days of a moment by its own date, which the order may since have narrowed.

    The end of what goes on has no date of its own.
    """
    return ANY if key[1] == "end" and when.text == ".." else written(when)


def _edits(
    key: MomentKey, when: PartialDate, windows: Windows, left: Sequence[Span | None]
) -> Iterator[Offer]:
    """The edits of one date that fall into the days that the orders leave for it."""
    others = [days for each, days in windows.items() if each != key and days.is_bounded]
    for edit in edits_of(when.strict):
        restores = [days is not None and days.overlaps(_days(edit, when)) for days in left]
        if restores[0] and not _is_far(edit.days, others):
            yield Offer(
                strange=len(left) - _run(restores),
                rank=RANKS[edit.kind],
                moved=abs(int(edit.days.low) - int(when.strict.low)),
                text=str(edit),
                keys=(key,),
            )


def _days(edit: DateEdit, when: PartialDate) -> Span:
    return parse_edtf(f"{edit.text}~").span if when.approximate else edit.days


def _is_far(days: Span, others: Sequence[Span]) -> bool:
    """Whether some days are years from all others."""
    return not any(days.low - FAR <= each.high and each.low <= days.high + FAR for each in others)


def _run(values: Sequence[bool]) -> int:
    """How many are true before the first that is not."""
    return len(list(itertools.takewhile(bool, values)))


def _exchanged(
    clash: tuple[MomentKey, MomentKey],
    windows: Windows,
    orders: Sequence[Order],
    events: tuple[Event, ...],
) -> Iterator[Offer]:
    one, other = clash
    turned = {**windows, one: windows[other], other: windows[one]}
    restores = [order.broken(turned) is None for order in orders]
    if restores[0] and turned[one].is_bounded and turned[other].is_bounded:
        names = f"{_name(one, events)} and {_name(other, events)}"
        yield Offer(
            strange=len(orders) - _run(restores),
            rank=len(RANKS),
            moved=0,
            text=f"the dates of {names} exchanged",
            keys=clash,
        )


def _name(key: MomentKey, events: tuple[Event, ...]) -> str:
    return events[key[0]].label + (" end" if key[1] == "end" else "")


def _problem(
    events: tuple[Event, ...],
    faults: Sequence[DateFault],
    offers: Sequence[Offer],
    blamed: Event | None,
) -> Problem:
    """One problem for all faults: what clashes first, then the edits that correct it."""
    clashes = list(dict.fromkeys(fault.description for fault in faults))
    more = len(clashes) - CLASHES
    listed = "; ".join(clashes[:CLASHES]) + (f"; and {more} more" if more > 0 else "")
    where = blamed.where if blamed else faults[0].where
    if blamed and not offers:
        listed = f"the date of {blamed.label} is at odds with the others: {listed}"
    edits = f"; {_edits_text(events, offers, blamed)}" if offers else ""
    return Problem(where, f"{listed} ({faults[0].remedy}){edits}")


def _edits_text(events: tuple[Event, ...], offers: Sequence[Offer], blamed: Event | None) -> str:
    """``2021-03 (the year) would restore the order of scan 2012-03``."""
    keys = {each.keys for each in offers}
    one = len(keys) == 1 and blamed is not None
    few = _few(offers, alike=one)
    texts = [each.text if one else _named(each, events) for each in few]
    others = sum(each.strange == offers[0].strange for each in offers) - len(few)
    texts += [f"{others} other edit{'s' * (others > 1)}"] if others > 0 else []
    of = f" of {_name(few[0].keys[0], events)}" if one else ""
    return f"{', or '.join(texts)} would restore the order{of}"


def _named(offer: Offer, events: tuple[Event, ...]) -> str:
    alone = len(offer.keys) == 1
    return f"{_name(offer.keys[0], events)}: {offer.text}" if alone else offer.text


def _few(offers: Sequence[Offer], *, alike: bool) -> list[Offer]:
    """The first edit of each date, or of ``alike`` ones of each kind, then more; in their order."""
    ranks: Counter[object] = Counter()
    turns: list[tuple[int, int, int]] = []
    for at, each in enumerate(offers):
        kind = each.rank if alike else each.keys
        turns.append((each.strange, ranks[kind], at))
        ranks[kind] += 1
    return [offers[at] for at in sorted(at for _, _, at in sorted(turns)[:OFFERED])]
