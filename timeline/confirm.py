"""Confirmation of a response by a later assessment: one rule for best response and for PR kept."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.settings import Settings
from timeline.terms import Code

Array = npt.NDArray[Any]
UNCONFIRMED = -1


@attrs.frozen(kw_only=True)
class Confirmation:
    """What confirms a response, and what may stand between the two."""

    response: Code
    by: tuple[Code, ...]
    between: tuple[Code, ...]
    counts_sd: bool  # whether the option of one SD between applies
    source: str


CONFIRMATIONS = {
    Code.CR: Confirmation(
        response=Code.CR,
        by=(Code.CR,),
        between=(Code.CR, Code.NE),
        counts_sd=False,
        source="Eisenhauer 2009 Table 3 and 4.6.1; admiralonco cbor_cr",
    ),
    Code.PR: Confirmation(
        response=Code.PR,
        by=(Code.CR, Code.PR),
        between=(Code.CR, Code.PR, Code.NE),
        counts_sd=True,
        source="Eisenhauer 2009 Table 3 and 4.6.1; admiralonco cbor_pr",
    ),
}


def first_confirmed(code: Array, day: Array, rule: Confirmation, settings: Settings) -> Array:
    """The first scan whose response a later one confirms, by patient; -1 where none does.

    ``code`` and ``day`` are scans x patients. The judge of a response is the first later
    assessment that could confirm it: `confirm_days` or more on, both days known exactly.
    """
    found = np.full(code.shape[1], UNCONFIRMED, dtype=np.int16)
    for scan in reversed(range(len(code) - 1)):
        found[_holds(code, day, scan, rule, settings)] = scan
    return found


def _holds(code: Array, day: Array, scan: int, rule: Confirmation, settings: Settings) -> Array:
    """Whether the response at one scan is the rule's and is confirmed later, by patient."""
    could = code[scan] == rule.response
    sound, seen_cr = could.copy(), np.zeros_like(could)
    confirmed = np.zeros_like(could)
    missed = np.zeros(code.shape[1], dtype=np.int8)
    stable = np.zeros(code.shape[1], dtype=np.int8)
    for later in range(scan + 1, len(code)):
        label = code[later]
        # PR after CR inside the window: the CR was called too early, or disease is back
        sound &= ~(seen_cr & (label == Code.PR))
        judge = could & np.isin(label, rule.by) & (day[later] - day[scan] >= settings.confirm_days)
        confirmed |= judge & sound
        could &= ~judge
        seen_cr |= label == Code.CR
        missed += label == Code.NE
        stable += label == Code.SD
        sound &= np.isin(label, _passed_over(rule, settings)) & (missed <= settings.max_ne_between)
        sound &= stable <= (rule.counts_sd and settings.accept_sd_between)
        could &= sound
        if not could.any():
            break
    held: Array = confirmed
    return held


def _passed_over(rule: Confirmation, settings: Settings) -> tuple[Code, ...]:
    """The labels that may stand between; an assessment that was left out says nothing."""
    one_sd = (Code.SD,) if rule.counts_sd and settings.accept_sd_between else ()
    pending = (Code.UPD,) if settings.iupd_between_responses == "allowed" else ()
    return (*rule.between, Code.NONE, *one_sd, *pending)
