"""All printed durations of one patient at once: can they stand together, and how tightly?"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.derived import Anchor
from timeline.events import Event
from timeline.months import days_per, rounded
from timeline.network import Network, Share, Statement, TooVague, whole_days
from timeline.printed import Printed
from timeline.reading import Reading
from timeline.source import Claim
from timeline.span import Number, Span
from timeline.when import Period

TIGHT = Fraction(1, 10)  # below this share the prints ask for a rare choice of days
PULL = Fraction(1, 2)  # and below this part of what they would have if none bore on another
_Key = tuple[int, str]


@attrs.frozen(kw_only=True)
class Joint:
    """The days of a case as a network, and the printed durations that could be tied to it."""

    network: Network
    printed: tuple[tuple[Claim, Statement], ...]


def joint(reading: Reading, weighed: tuple[Verdict, ...]) -> Joint:
    """A network of every event that took place; each duration that stands alone is a statement.

    ``weighed`` are verdicts on durations; contradicted ones are left out, and a figure that is
    printed in several places is stated once.
    """
    statements: dict[tuple[object, ...], tuple[Claim, Statement]] = {}
    for verdict in weighed:
        found = _statement(reading, verdict)
        if found is not None:
            key = (found.early, found.late, found.low, found.high)
            statements.setdefault(key, (verdict.claim, found))
    return Joint(network=_network(reading), printed=tuple(statements.values()))


def _network(reading: Reading) -> Network:
    windows = {}
    order: list[Statement] = []
    for number, event in enumerate(reading.case.events):
        if event.planned:
            continue
        windows[number, "start"] = event.start.span
        if isinstance(event.at, Period) and event.at.end is not None:
            windows[number, "end"] = event.at.end.span
            says = f"{event.label} ends after it starts"
            order.append(Statement(says, (number, "start"), (number, "end"), 0, None))
    for key in list(windows):
        order += _order(reading, key, windows)
    return Network(windows, order)


def _order(reading: Reading, key: _Key, known: Mapping[_Key, Span]) -> Iterator[Statement]:
    """What the case says of the order of one moment among others."""
    event = reading.case.events[key[0]]
    when = event.start if key[1] == "start" else event.end
    for word, reference in (("after", when and when.after), ("before", when and when.before)):
        if not reference:
            continue
        other = _key(reading, *reading.case.find(reference)[:1], end=reference.endswith(" end"))
        if other in known:
            first, last = (other, key) if word == "after" else (key, other)
            yield Statement(f"{event.label} {word} {reference}", first, last, 0, None, event.place)


def _key(reading: Reading, event: Event, *, end: bool) -> _Key:
    number = next(i for i, each in enumerate(reading.case.events) if each is event)
    return number, "end" if end else "start"


def _statement(reading: Reading, verdict: Verdict) -> Statement | None:
    claim, outcome = verdict.claim, verdict.outcome
    if verdict.call not in (Call.AGREES, Call.POSSIBLE) or outcome is None:
        return None
    if outcome.elapsed is None or not isinstance(claim.value, Printed):
        return None
    days = whole_days(claim.value.span, days_per(claim.unit))
    if days is None:
        return None
    origin, end, _ = outcome.elapsed
    early, late = _moment(reading, origin), _moment(reading, end)
    return Statement(str(claim), early, late, days.low, days.high, claim.place)


def _moment(reading: Reading, anchor: Anchor) -> _Key:
    event = anchor.event
    at_end = event.end is not None and anchor.span == event.end.span != event.start.span
    return _key(reading, event, end=at_end)


def look_jointly(evidence: Evidence, weighed: tuple[Verdict, ...]) -> Iterator[Verdict]:
    """One verdict, on the first of the claims concerned, where the durations clash or are tight."""
    if evidence.reading is None:
        return
    found = joint(evidence.reading, weighed)
    if len(found.printed) < 2:
        return
    statements = [statement for _, statement in found.printed]
    clash = attrs.evolve(found.network, statements=(*found.network.statements, *statements)).clash()
    if clash is not None:
        claims = [claim for claim, each in found.printed if each in clash.statements]
        said = "; ".join(each.says for each in clash.statements)
        says = f"each is possible alone, together they leave no day: {said}"
        yield Verdict(claim=claims[0], call=Call.CONTRADICTED, says=says, others=tuple(claims[1:]))
        return
    yield from _tightness(found)


def _tightness(found: Joint) -> Iterator[Verdict]:
    """Prints that are rare together, and rarer than each being rare by itself explains."""
    claims = [claim for claim, _ in found.printed]
    statements = [statement for _, statement in found.printed]
    try:
        share = _among(found.network, statements).share(statements)
        alone = [_among(found.network, [each]).share([each]).part for each in statements]
    except (ValueError, TooVague):
        return  # a moment without a first or a last day: no share can be counted
    apart = math.prod((Fraction(each) for each in alone), start=Fraction(1))
    if share.part < TIGHT and share.part < apart * PULL:
        yield Verdict(
            claim=claims[0],
            call=Call.POSSIBLE,
            says=_told(share, apart, len(claims)),
            others=tuple(claims[1:]),
            share=Fraction(share.part),
            notes=tuple(str(claim) for claim in claims),
        )


def _among(network: Network, statements: list[Statement]) -> Network:
    """The network seen from the moments that some statements speak of, the others projected out.

    The windows and distances that a network allows are its exact projection (Dechter 1991), so
    a moment that no print concerns does not weigh in the share.
    """
    moments = dict.fromkeys(end for each in statements for end in (each.early, each.late))
    windows = network.tighten()
    ties = [
        Statement("order and windows", early, late, *_ends(network.distance(early, late)))
        for early, late in itertools.combinations(moments, 2)
    ]
    return Network({moment: windows[moment] for moment in moments}, ties)


def _ends(span: Span) -> tuple[Number, Number]:
    return span.low, span.high


def _told(share: Share, apart: Fraction, count: int) -> str:
    how = "" if share.exact else " (an estimate)"
    return (
        f"the {count} printed durations of this patient hold together in "
        f"{_part(Fraction(share.part))} of the day assignments that the record allows{how}; were "
        f"none to bear on another it would be {_part(apart)}: possible, but they pull apart"
    )


def _part(share: Fraction) -> str:
    percent = share * 100
    return f"{rounded(percent, 1)} %" if percent >= 1 else f"1 in {round(1 / share):,}"
