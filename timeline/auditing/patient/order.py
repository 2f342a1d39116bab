"""Printed dates against the order of events, and lines against one another."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.auditing.patient.moments import number, reported
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.edtf import When, tell
from timeline.events import Treatment
from timeline.lines import Line
from timeline.network import Clash, Network
from timeline.reading import Reading
from timeline.source import Claim


def look_at_order(evidence: Evidence) -> Iterator[Verdict]:
    """Every printed date of an event in place of the one on record."""
    reading = evidence.reading
    dates = [each for each in evidence.patients if each.kind == "date"]
    network = evidence.once(reported) if dates else None
    if reading is None or network is None:
        return
    recorded = network.clash()
    if recorded is not None:
        yield Verdict(claim=dates[0], call=Call.CONTRADICTED, says=_told(recorded))
        return
    for claim in dates:
        clash = _with(claim, network, reading)
        if clash is not None:
            says = f"printed {claim.text}: {_told(clash)}"
            yield Verdict(claim=claim, call=Call.CONTRADICTED, says=says)


def _with(claim: Claim, network: Network, reading: Reading) -> Clash | None:
    """What the order has against one printed date."""
    try:
        event, when = reading.case.find(claim.of)
    except ValueError:
        return None
    key = number(reading, event), "start" if when is event.start else "end"
    windows = dict(network.windows)
    if not isinstance(claim.value, When) or key not in windows:
        return None
    if windows[key].within(claim.value.span):
        return None
    return attrs.evolve(network, windows=windows | {key: claim.value.span}).clash()


def _told(clash: Clash) -> str:
    said = [each.says for each in clash.statements if not each.says.startswith("window of")]
    return f"no day is left, for {'; '.join(said)}" if said else "no day is left"


def judge_gap(claim: Claim, reading: Reading) -> Verdict | None:
    """The start of a line against the end of the line before, on record."""
    try:
        event, when = reading.case.find(claim.of)
    except ValueError:
        return None
    if not isinstance(event, Treatment) or event.line is None or when is not event.start:
        return None
    before = _before(reading, event)
    ends = [each.at.end.span for each in before.treatments if each.at.end] if before else []
    if before is None or not ends:
        return None
    last = max(ends, key=lambda span: span.low)
    says = (
        f"line {event.line} began {tell(event.start.span)}; line {before.number} ended {tell(last)}"
    )
    if last.low <= event.start.span.high:
        return Verdict(claim=claim, call=Call.AGREES, says=says)
    says += ": the two overlap, which the report would have to say"
    return Verdict(claim=claim, call=Call.POSSIBLE, says=says)


def _before(reading: Reading, event: Treatment) -> Line | None:
    earlier = [line for line in reading.case.lines if event.line and line.number < event.line]
    return earlier[-1] if earlier else None
