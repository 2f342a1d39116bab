"""Response categories of one scan: text against figure, and the window in which iCPD is sought."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.events import Event, Scan
from timeline.outcomes.derived import Status
from timeline.reading import Reading
from timeline.source import Claim
from timeline.span import Span

# A category of iRECIST and the one of RECIST 1.1 that says the same of a scan.
SAME = {
    **{name: name for name in ("CR", "PR", "SD", "PD", "NON-CR/NON-PD")},
    "iCR": "CR",
    "iPR": "PR",
    "iSD": "SD",
    "iUPD": "PD",
    "iCPD": "PD",
}
CONFIRMED_WITHIN = Span(28, 56)  # days after an iUPD; Seymour 2017: at 4 to 8 weeks


def look_at_categories(evidence: Evidence) -> Iterator[Verdict]:
    """One verdict for each scan that is called two categories, on the first that departs."""
    scans: dict[int, list[Claim]] = {}
    for claim in evidence.patients:
        event = scan_of(claim, evidence.reading)
        if event is not None and str(claim.value) in SAME:
            scans.setdefault(id(event), []).append(claim)
    for claims in scans.values():
        first, *_ = claims
        said = dict.fromkeys(SAME[str(claim.value)] for claim in claims)
        departing = [each for each in claims if SAME[str(each.value)] != SAME[str(first.value)]]
        if departing:
            where = "; ".join(f"{each.text} [{each.place}]" for each in claims)
            says = f"{len(said)} categories of one scan ({first.of}): {where}"
            others = tuple(each for each in claims if each is not departing[0])
            yield Verdict(claim=departing[0], call=Call.CONTRADICTED, says=says, others=others)
        elif len(claims) > 1:
            for claim in claims:
                yield Verdict(claim=claim, call=Call.AGREES, says=f"called so {len(claims)} times")


def scan_of(claim: Claim, reading: Reading | None) -> Scan | None:
    """The scan that a response is said of, or None where it is said of something else."""
    if claim.kind != "response" or reading is None:
        return None
    try:
        event: Event = reading.case.find(claim.of)[0]
    except ValueError:
        return None
    return event if isinstance(event, Scan) else None


def look_at_confirmation(evidence: Evidence) -> Iterator[Verdict]:
    """The days from the last iUPD to each scan that is called iCPD, once for each scan."""
    seen: set[int] = set()
    for claim in evidence.patients:
        scan = scan_of(claim, evidence.reading)
        if scan is None or str(claim.value) != "iCPD" or id(scan) in seen:
            continue
        seen.add(id(scan))
        before = _unconfirmed(scan, evidence.reading)
        if before is not None:
            yield _waited(claim, before, scan)


def _unconfirmed(scan: Scan, reading: Reading | None) -> Status | None:
    """The status that the iCPD of a scan confirms: the last iUPD before it in its line."""
    line = reading.status("iRECIST", scan.line) if reading and scan.line else ()
    at = next((number for number, each in enumerate(line) if each.scan is scan), 0)
    return next((each for each in reversed(line[:at]) if "iUPD" in each.labels), None)


def _waited(claim: Claim, before: Status, scan: Scan) -> Verdict:
    days = scan.start.span - before.scan.start.span
    says = (
        f"iCPD {days.low} to {days.high} days after iUPD ({before.scan.label}); "
        "iRECIST asks for the next assessment after 28 to 56 days"
    )
    call = Call.AGREES if days.overlaps(CONFIRMED_WITHIN) else Call.POSSIBLE
    return Verdict(claim=claim, call=call, says=says)
