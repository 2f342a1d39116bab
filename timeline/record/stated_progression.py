"""Relapse and metastasis in a line that no scan shows, where the endpoints do not count them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from timeline.core.problem import Where
from timeline.record.case import Case
from timeline.record.events import Event, Metastasis, Relapse, Scan
from timeline.record.lines import Line
from timeline.settings.endpoints import policy_words
from timeline.settings.response import Settings
from timeline.terminology.criteria import CONFIRMED

E = TypeVar("E", bound=Event)
_COUNTS_CLAIMS = "fda_c"  # the policy of the table in endpoints/censoring/policies.py that does


def uncounted_progression(
    case: Case, line: Line, settings: Settings
) -> Iterator[tuple[Where, str]]:
    """A relapse or metastasis after a line began that is no event of PFS, and what to write."""
    if settings.pfs_policy == _COUNTS_CLAIMS:
        return
    policy = policy_words(settings.pfs_policy)
    for event in progressions_of(case, line, Relapse, Metastasis):
        if not _may_be_shown(case, line, event):
            text = f"{event.label} is not counted as progression of line {line.number} under"
            rest = "write the scan that shows it, with new: or called: PD; or set pfs_policy: fda_c"
            yield event.where, f"{text} {policy}: no scan on record shows it ({rest})"


def progressions_of(case: Case, line: Line, *kinds: type[E]) -> Iterator[E]:
    """The progressions of a line that are stated without a scan, in order.

    One that names its line is of that line; any other of the last line begun before it.
    """
    begins = case.place(line.start)
    later = [case.place(each.start) for each in case.lines if each.number > line.number]
    until = min(later, default=len(case.events))
    for event in case.all_of(*kinds):
        named = getattr(event, "line", None)
        if begins < case.place(event) < until if named is None else named == line.number:
            yield event


def _may_be_shown(case: Case, line: Line, event: Event) -> bool:
    """Whether a scan of the line, no later than the event, may show progression."""
    return any(
        scan.line == line.number
        and case.days_between((event, "start"), (scan, "start")).low <= 0
        and _may_show_progression(scan)
        for scan in case.all_of(Scan)
        if scan.baseline != line.number
    )


def _may_show_progression(scan: Scan) -> bool:
    findings = (each for each in (scan.target, scan.non_target) if each is not None)
    measured = scan.lesions or scan.sum is not None or scan.change is not None
    called = any(category in CONFIRMED for _, category in scan.called)
    return bool(measured or scan.new_lesions or called) or any("PD" in f.allows for f in findings)
