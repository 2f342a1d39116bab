"""Parameters of response: one row each, in the shape of ADRS.

Each is derived for every subject, also for those without any assessment: their best response is
``MISSING``, they have no last assessment, and every question is answered ``N``, without a date.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.frozen_class import frozen
from timeline.response.responses import NEVER
from timeline.terminology.criteria import TERMS, CriterionTerms
from timeline.terminology.response_codes import Code
from timeline.trial.parameters.cohort_part import NO_SCAN, CohortPart, earliest_scan
from timeline.trial.presets import DERIVABLE

Array = npt.NDArray[Any]
RESPONSE, YES_NO = "response", "Y/N"
_OF_TABLES = tuple(row for row in TERMS.values() if row.key in DERIVABLE)
# the criteria whose PD needs no later scan that confirms it: RECIST 1.1, mRECIST, Choi
SINGLE_SCAN = tuple(row.title for row in _OF_TABLES if not row.confirms)
# those whose PD does, each with parameters of its own: iRECIST, imRECIST, irRECIST
CONFIRMED_LATER = tuple(row for row in _OF_TABLES if row.confirms)
_EISENHAUER = "Eisenhauer 2009, Eur J Cancer 45:228"


@attrs.frozen(kw_only=True, eq=False)
class ParameterAnswer:
    """A parameter of n subjects.

    Attributes:
        value: the response as `Code`; of a question 1 for Y and 0 for N.
        scan: the assessment that gives it, its place from 0; -1 where there is none.
        confirming: the assessment that confirms it; -1 where there is none.
        day: days since 1970-01-01, where no assessment gives it; None: the day of ``scan``.
    """

    value: Array
    scan: Array
    confirming: Array | None = None
    day: Array | None = None


@frozen(kw_only=True)
class ResponseParameter:
    """One derived parameter of response.

    Attributes:
        code: PARAMCD, at most 8 characters.
        label: PARAM.
        criteria: the criteria that it is derived under, by title; empty: under every one.
        values: ``response``, in words of the criterion, or ``Y/N``.
        rule: how it is derived, in words, with the settings that act on it.
        source: where the rule is from.
        derive: the rule on arrays.
        of_lesions: whether it follows from a table of lesions, and is derived where it is named.
    """

    code: str
    label: str
    criteria: tuple[str, ...]
    values: str
    rule: str
    source: str
    derive: Callable[[CohortPart], ParameterAnswer]
    of_lesions: bool = False


def _best(part: CohortPart) -> ParameterAnswer:
    day = part.dated(part.best.scan)
    return ParameterAnswer(value=part.best.code, scan=part.best.scan, day=day)


def _confirmed_best(part: CohortPart) -> ParameterAnswer:
    found = part.best_confirmed
    scan, by = part.confirmed
    responds = (found.code == Code.CR) | (found.code == Code.PR)
    same = responds & (found.scan == scan)
    confirming = np.where(same, by, NO_SCAN)
    other = responds & ~same
    if other.any():
        confirming[other] = _confirming(part, found.code, found.scan, other)
    day = part.dated(found.scan)
    return ParameterAnswer(value=found.code, scan=found.scan, confirming=confirming, day=day)


def _confirming(part: CohortPart, code: Array, scan: Array, rows: Array) -> Array:
    """The assessment that confirms the best response, where it is not the first response."""
    from timeline.response.confirmation import CONFIRMATIONS, confirmed_scans
    from timeline.response.progression import labels_by_scan

    some = part.responses.select(np.flatnonzero(rows))
    labels, day = labels_by_scan(some), np.ascontiguousarray(some.day.T)
    found = np.full(int(rows.sum()), NO_SCAN)
    for kind, rule in CONFIRMATIONS.items():
        first, by = confirmed_scans(labels, day, rule, part.settings)
        found = np.where((code[rows] == kind) & (first == scan[rows]), by, found)
    return found


def _yes_no(scan: Array, confirming: Array | None = None) -> ParameterAnswer:
    return ParameterAnswer(value=(scan >= 0).astype(np.int8), scan=scan, confirming=confirming)


def _benefit(part: CohortPart) -> ParameterAnswer:
    return _yes_no(earliest_scan(part.progression.response, part.control))


def _confirmed_benefit(part: CohortPart) -> ParameterAnswer:
    scan, by = part.confirmed
    found = earliest_scan(scan, part.control)
    return _yes_no(found, np.where((found >= 0) & (found == scan), by, NO_SCAN))


def _last(part: CohortPart) -> ParameterAnswer:
    code = part.responses.code
    if not code.shape[1]:
        none = np.full(len(code), NO_SCAN)
        return ParameterAnswer(value=np.full(len(code), Code.NONE, dtype=np.int8), scan=none)
    value = code[np.arange(len(code)), np.maximum(part.last, 0)]
    value = np.where(part.last >= 0, value, np.int8(Code.NONE))
    return ParameterAnswer(value=value, scan=part.last)


def _death(part: CohortPart) -> ParameterAnswer:
    died = part.death != NEVER
    none = np.full(len(died), NO_SCAN)
    return ParameterAnswer(value=died.astype(np.int8), scan=none, day=part.death)


def _measurable(part: CohortPart) -> ParameterAnswer:
    none = np.full(len(part.measurable), NO_SCAN)
    return ParameterAnswer(value=part.measurable.astype(np.int8), scan=none)


def _progression(part: CohortPart) -> ParameterAnswer:
    return _dated(part, part.progression.final)


def _unconfirmed(part: CohortPart) -> ParameterAnswer:
    return _dated(part, part.unconfirmed)


def _dated(part: CohortPart, scan: Array) -> ParameterAnswer:
    """Whether there is a progression, by the day that it counts from."""
    return ParameterAnswer(value=(scan >= 0).astype(np.int8), scan=scan, day=part.dated(scan))


def _first_response(part: CohortPart) -> ParameterAnswer:
    return _yes_no(part.progression.response)


def _confirmed_response(part: CohortPart) -> ParameterAnswer:
    return _yes_no(*part.confirmed)


_BEST = (
    "the best response up to the first PD: CR, PR, SD from day min_sd_days on, NON-CR/NON-PD from "
    "that day on, PD, NE; dated by the first assessment that gives it"
)
_CONFIRMED = (
    "; CR and PR count where one confirm_days or more days later confirms them, with at most "
    "max_ne_between NE between"
)
_CONTROL = "CR, PR, SD or NON-CR/NON-PD from day min_sd_days on, before the first PD"
_ALL = ()
_Rule = Callable[[CohortPart], ParameterAnswer]
_Row = tuple[str, str, tuple[str, ...], str, str, str, _Rule]


def _confirmed_later(terms: CriterionTerms) -> tuple[_Row, ...]:
    """The rows of a criterion whose progression a later scan confirms: of iRECIST IBOR to IUPD.

    Their PARAMCD begin with the letters that the words of the criterion begin with.
    """
    cr, pr, sd, pd = (terms.words[code] for code in (Code.CR, Code.PR, Code.SD, Code.PD))
    neither, unconfirmed = terms.words[Code.NON_CR_NON_PD], terms.words[Code.UPD]
    source = terms.source
    template = f"; {terms.peer}" if terms.peer else ""
    letters = terms.prefix.upper()
    best = (
        f"the best response up to the first {pd}: {cr}, {pr}, {sd} from day min_sd_days on, "
        f"{neither} from that day on, {pd} at the {unconfirmed} that it confirms, {unconfirmed}, "
        "NE" + (f"; {terms.best}" if terms.best else "")
    )
    confirmed = _CONFIRMED.replace("CR and PR", f"{cr} and {pr}")
    control = f"{cr}, {pr}, {sd} or {neither} from day min_sd_days on, before the first {pd}"
    late = f"before the first {pd}"
    confirmed_pd = (
        f"the first {pd}, at the first {unconfirmed} that it confirms; without one by setting "
        "icpd_without_iupd"
    )
    pending = (
        f"an {unconfirmed} that neither {pd} nor anything better followed, dated by "
        "trailing_iupd_date"
    )
    # fmt: off
    rows: tuple[tuple[str, str, str, str, str, _Rule], ...] = (
        ("BOR", "Best Overall Response", RESPONSE,
         best, source, _best),
        ("CBOR", "Confirmed Best Overall Response", RESPONSE,
         best + confirmed, source + template.format("cbor_*"), _confirmed_best),
        ("RSP", "Response", YES_NO,
         f"the first {cr} or {pr} {late}", source + template.format("rsp_y"), _first_response),
        ("CRSP", "Confirmed Response", YES_NO,
         f"the first {cr} or {pr} {late} that is confirmed as for {letters}CBOR",
         source + template.format("crsp_y_*"), _confirmed_response),
        ("CB", "Clinical Benefit", YES_NO,
         f"the earlier of the first {cr} or {pr} and the first {control}",
         source + template.format("cb_y"), _benefit),
        ("CCB", "Confirmed Clinical Benefit", YES_NO,
         f"the earlier of the first confirmed {cr} or {pr} and the first {control}",
         source + template.format("ccb_y"), _confirmed_benefit),
        ("CPD", "Confirmed Disease Progression", YES_NO,
         confirmed_pd, source, _progression),
        ("UPD", "Unconfirmed Disease Progression", YES_NO,
         pending, source + template.format("upd_y"), _unconfirmed),
    )
    # fmt: on
    return tuple(
        (letters + code, f"{terms.title} {label}", (terms.title,), values, rule, origin, derive)
        for code, label, values, rule, origin, derive in rows
    )


# fmt: off
# PARAMCD, PARAM, criteria, values, rule, source, derived by
_ROWS = (
    ("BOR", "Best Overall Response", SINGLE_SCAN, RESPONSE,
     _BEST, _EISENHAUER + ", 4.4.3; admiralonco, bor_*", _best),
    ("CBOR", "Confirmed Best Overall Response", SINGLE_SCAN, RESPONSE,
     _BEST + _CONFIRMED, _EISENHAUER + ", Table 3 and 4.6.1; admiralonco, cbor_*", _confirmed_best),
    ("RSP", "Response", SINGLE_SCAN, YES_NO,
     "the first CR or PR before the first PD", "admiralonco, rsp_y", _first_response),
    ("CRSP", "Confirmed Response", SINGLE_SCAN, YES_NO,
     "the first CR or PR before the first PD that is confirmed as for CBOR",
     _EISENHAUER + ", 4.6.1; admiralonco, crsp_y_*", _confirmed_response),
    ("CB", "Clinical Benefit", SINGLE_SCAN, YES_NO,
     "the earlier of the first CR or PR and the first " + _CONTROL, "admiralonco, cb_y", _benefit),
    ("CCB", "Confirmed Clinical Benefit", SINGLE_SCAN, YES_NO,
     "the earlier of the first confirmed CR or PR and the first " + _CONTROL,
     "admiralonco, ccb_y", _confirmed_benefit),
    ("PD", "Disease Progression", SINGLE_SCAN, YES_NO,
     "the first PD", _EISENHAUER + ", 4.3.1", _progression),
    *(row for terms in CONFIRMED_LATER for row in _confirmed_later(terms)),
    ("LSTA", "Last Disease Assessment", _ALL, RESPONSE,
     "the last assessment that counts, whatever it gave, also after progression",
     "admiralonco, lasta", _last),
    ("DEATH", "Death", _ALL, YES_NO,
     "death by the table of subjects", "admiralonco, death", _death),
    ("MDIS", "Measurable Disease at Baseline", _ALL, YES_NO,
     "Y: the table of lesions has a target at baseline; where MDIS is named and lesions are given",
     _EISENHAUER + ", 3.1 and 4.2; admiralonco, template ad_adrs", _measurable),
)
# fmt: on
RESPONSE_PARAMETERS = tuple(
    ResponseParameter(
        code=code,
        label=label,
        criteria=criteria,
        values=values,
        rule=rule,
        source=source,
        derive=derive,
        of_lesions=derive is _measurable,
    )
    for code, label, criteria, values, rule, source, derive in _ROWS
)  # fmt: skip
OVERALL = "OVR"
OVERALL_LABEL = "Overall Response by Visit"
