"""Confirmation of a response by a later assessment: one rule for best response and for PR kept."""

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


def are_among(codes: tuple[Code, ...]) -> Array:
    """Which codes belong to some, as a table to look labels up in."""
    table = np.zeros(len(Code), dtype=bool)
    table[list(codes)] = True
    return table


def first_confirmed(code: Array, day: Array, rule: Confirmation, settings: Settings) -> Array:
    """The first scan whose response a later one confirms, by patient; -1 where none does.

    ``code`` and ``day`` are scans x patients. The judge of a response is the first later
    assessment that could confirm it, `confirm_days` or more on.
    """
    found = np.full(code.shape[1], UNCONFIRMED, dtype=np.int16)
    for scan in reversed(range(len(code) - 1)):
        asked = np.flatnonzero(code[scan] == rule.response)
        if len(asked):
            confirmed = _confirmed(code[scan + 1 :, asked], day[scan:, asked], rule, settings)
            found[asked[confirmed]] = scan
    return found


def _confirmed(later: Array, day: Array, rule: Confirmation, settings: Settings) -> Array:
    """Whether the labels after a response confirm it, by patient.

    ``later`` holds the labels from the next scan on, ``day`` the days from the response on.
    """
    open_ = np.ones(later.shape[1], dtype=bool)
    confirmed = np.zeros_like(open_)
    seen_cr, missed, stable = np.zeros((3, later.shape[1]), dtype=np.int16)
    by, between = are_among(rule.by), are_among(does_not_count(rule, settings))
    for place, label in enumerate(later):
        # PR after CR inside the window: the CR was called too early, or disease is back
        open_ &= ~((seen_cr > 0) & (label == Code.PR))
        judged = open_ & by[label] & (day[place + 1] - day[0] >= settings.confirm_days)
        confirmed |= judged
        missed += label == Code.NE
        stable += label == Code.SD
        seen_cr += label == Code.CR
        open_ &= ~judged & between[label]
        open_ &= (missed <= settings.max_ne_between) & (stable <= 1)
    return confirmed


def does_not_count(rule: Confirmation, settings: Settings) -> tuple[Code, ...]:
    """The labels that may stand between; an assessment that was left out says nothing."""
    one_sd = (Code.SD,) if rule.counts_sd and settings.accept_sd_between else ()
    pending = (Code.UPD,) if settings.iupd_between_responses == "allowed" else ()
    return (*rule.between, Code.NONE, *one_sd, *pending)
