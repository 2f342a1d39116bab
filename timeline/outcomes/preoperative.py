"""Progression before planned surgery: the event of EFS that no line of treatment holds.

Neoadjuvant treatment makes no line, so its scans are read here: a new lesion, a target or
non-target response of PD, a call of progression, or growth of an exact sum by the thresholds of
RECIST 1.1 from the smallest one before (Eisenhauer 2009 4.3.1). Vague words decide nothing.
"""

from __future__ import annotations

import numpy as np

from timeline.case import Case
from timeline.criteria.recist11 import THRESHOLDS
from timeline.criterion_terms import CONFIRMED
from timeline.events import Scan, Surgery, Treatment
from timeline.quantity import nanometres
from timeline.settings import Settings

CALLS = CONFIRMED
_PD = ("PD",)


def neoadjuvant(case: Case) -> Treatment | None:
    """The first treatment before planned surgery; None where there is none."""
    return next((t for t in case.all_of(Treatment) if t.setting == "neoadjuvant"), None)


def scans_before_surgery(case: Case) -> tuple[Scan, ...]:
    """The scans from the start of the neoadjuvant treatment to the operation after it, in order."""
    start = neoadjuvant(case)
    if start is None:
        return ()
    place, until = case.place(start), _operation(case, start)
    return tuple(
        scan
        for scan in case.all_of(Scan)
        if case.place(scan) > place and (until is None or case.place(scan) < case.place(until))
    )


def progression_before_surgery(case: Case, settings: Settings) -> Scan | None:
    """The first scan that shows progression before surgery, where it is an event of EFS.

    By default only where no operation follows it (setting efs_progression).
    """
    start = neoadjuvant(case)
    shown = next((scan for scan in scans_before_surgery(case) if _progresses(case, scan)), None)
    if shown is None or start is None:
        return None
    precluded = _operation(case, start) is None
    return shown if precluded or settings.efs_progression == "any" else None


def _operation(case: Case, start: Treatment) -> Surgery | None:
    later = (each for each in case.all_of(Surgery) if case.place(each) > case.place(start))
    return next(later, None)


def _progresses(case: Case, scan: Scan) -> bool:
    called = any(call in CALLS for _, call in scan.called)
    levels = [each.allows for each in (scan.target, scan.non_target) if each is not None]
    return bool(scan.new_lesions) or called or _PD in levels or _grown(case, scan)


def _grown(case: Case, scan: Scan) -> bool:
    now = _total(scan)
    earlier = case.all_of(Scan)[: case.all_of(Scan).index(scan)]
    before = [total for each in earlier if (total := _total(each)) is not None]
    if now is None or not before:
        return False
    return bool(THRESHOLDS.grown(np.array([now]), np.array([min(before)])).all())


def _total(scan: Scan) -> int | None:
    """The exact sum of the targets in nanometres; None where it is not known."""
    if scan.lesions:
        lengths = [each.length for _, each in scan.lesions]
        return sum(each for each in lengths if each is not None) if None not in lengths else None
    exact = scan.sum.exact if scan.sum else None
    return None if exact is None else nanometres(exact)
