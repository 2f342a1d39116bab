"""Confirmation of a response by a later assessment.

The same rules serve the confirmed best response, the start of a duration of response, and the
question whether a PR persists once it was confirmed.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
UNCONFIRMED = -1


@attrs.frozen(kw_only=True)
class Confirmation:
    """What confirms a response, and which labels may come between the two."""

    response: Code
    by: tuple[Code, ...]  # labels that confirm it
    between: tuple[Code, ...]
    counts_sd: bool  # one SD may come between (setting accept_sd_between)
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


def membership_table(codes: tuple[Code, ...]) -> Array:
    """Which codes belong to ``codes``, as an array indexed by code."""
    table = np.zeros(len(Code), dtype=bool)
    table[list(codes)] = True
    return table


def first_confirmed(code: Array, day: Array, rule: Confirmation, settings: Settings) -> Array:
    """The first scan whose response a later one confirms, by patient; -1 where none does.

    The arguments are those of `confirmed_scans`.
    """
    return confirmed_scans(code, day, rule, settings)[0]


def confirmed_scans(
    code: Array, day: Array, rule: Confirmation, settings: Settings
) -> tuple[Array, Array]:
    """The first scan whose response a later one confirms, and that later scan; -1 where none does.

    The first later assessment that could confirm it, ``confirm_days`` or more days on, decides.

    Args:
        code: Labels as `Code`, scans x patients.
        day: Their days, scans x patients.
        rule: The response and what confirms it.
        settings: ``confirm_days``, ``max_ne_between``, ``accept_sd_between`` and
            ``iupd_between_responses``.

    Returns:
        Two arrays by patient: the place of the response and that of its confirmation, from 0.
    """
    found = np.full(code.shape[1], UNCONFIRMED, dtype=np.int16)
    by = found.copy()
    for scan in reversed(range(len(code) - 1)):
        patients = np.flatnonzero(code[scan] == rule.response)
        if len(patients):
            later, days = code[scan + 1 :, patients], day[scan:, patients]
            after = _confirming_scan(later, days, rule, settings)
            confirmed = after >= 0
            found[patients[confirmed]] = scan
            by[patients[confirmed]] = scan + 1 + after[confirmed]
    return found, by


def _confirming_scan(later: Array, day: Array, rule: Confirmation, settings: Settings) -> Array:
    """The place among the later labels of the one that confirms a response; -1 where none does.

    ``later`` holds the labels from the next scan on, ``day`` the days from the response on.
    """
    undecided = np.ones(later.shape[1], dtype=bool)
    confirming = np.full(later.shape[1], UNCONFIRMED, dtype=np.int16)
    complete, not_evaluable, stable = np.zeros((3, later.shape[1]), dtype=np.int16)
    by, between = membership_table(rule.by), membership_table(allowed_between(rule, settings))
    for place, label in enumerate(later):
        # PR after CR inside the window: the CR was called too early, or disease is back
        undecided &= ~((complete > 0) & (label == Code.PR))
        far_enough = day[place + 1] - day[0] >= settings.confirm_days
        confirms = undecided & by[label] & far_enough
        confirming[confirms] = place
        not_evaluable += label == Code.NE
        stable += label == Code.SD
        complete += label == Code.CR
        undecided &= ~confirms & between[label]
        undecided &= (not_evaluable <= settings.max_ne_between) & (stable <= 1)
        if not undecided.any():
            break
    return confirming


def allowed_between(rule: Confirmation, settings: Settings) -> tuple[Code, ...]:
    """The labels that may come between a response and its confirmation.

    A scan that was disregarded may always.
    """
    one_sd = (Code.SD,) if rule.counts_sd and settings.accept_sd_between else ()
    pending = (Code.UPD,) if settings.iupd_between_responses == "allowed" else ()
    return (*rule.between, Code.NONE, *one_sd, *pending)
