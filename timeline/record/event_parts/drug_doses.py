"""A drug as a case file names it: agent, dose, route, days."""

from __future__ import annotations

import re

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.printed_numbers import refuse_flat_exponent
from timeline.core.quantities import LARGE, UNIT_OF, Quantity, quantity, unit
from timeline.record.event_parts.drug_lists import has_brackets, refuse_several
from timeline.record.event_parts.routes import routes, without_route
from timeline.terminology.drugs import NOT_STATED, is_named_drug

_AUC = re.compile(r"\bAUC\s*(?:of|=)?\s*(?P<number>[0-9.]+(?:\s*[-–]\s*[0-9.]+)?)")
_BELOW_0 = re.compile(r"(?:^|\s)[-\N{MINUS SIGN}\N{EN DASH}]\s*[0-9.]+\s*(?:[mµu]?c?g|AUC)\b")
_NUMBER = re.compile(
    rf"(?<=\s)[0-9][0-9.,·]*(?:\s*[-–]\s*[0-9][0-9.,·]*)?(?:{LARGE}(?=\s))?(?P<gap>\s*)"
    r"(?P<unit>[^\s0-9,;]\S*)?",
    re.IGNORECASE,
)
_LEADS = re.compile(r"[-+]?[0-9][0-9.,·]*\s*(?P<unit>[^\s0-9,;]\S*)")
_NO_NAME = frozenset(
    ("none", "no", "yes", "null", "nil", "nan", ".nan", "na", "n/a", "true", "false")
)
_DAYS = re.compile(r"\b(?:days?|every)\s*$", re.IGNORECASE)
_ON_AND_OFF = r"[0-9]+[ -]?(?:days?|weeks?)[ -]on\b"  # 5 days on, 2 days off
_INTERMITTENT = re.compile(_ON_AND_OFF, re.IGNORECASE)
_GIVEN_ON = re.compile(
    rf"\s(?P<days>(?:days?|every)\s*[0-9].*|[dq][0-9].*|{_ON_AND_OFF}.*)", re.IGNORECASE
)


@frozen
class DrugDose:
    """One agent of a regimen. Dose as printed; ``days`` are the days of a cycle it is given on."""

    agent: str
    dose: Quantity | None = None
    route: str | None = None
    days: str | None = None

    def __str__(self) -> str:
        dose = f"{self.dose.number} {self.dose.unit.name}" if self.dose else None
        return " ".join(part for part in (self.agent, dose, self.route, self.days) if part)


def drug_dose(text: str) -> DrugDose:
    """``gemcitabine 1000 mg/m² IV days 1 and 8``; everything after the name may be left out.

    The route may stand anywhere, in any spelling of ``data/routes.csv``.

    >>> drug_dose("carboplatin AUC 5 IV day 1").dose.unit.name, drug_dose("cisplatin day 1").days
    ('AUC', 'day 1')
    >>> drug_dose("axitinib 5 days on, 2 days off").days
    '5 days on, 2 days off'
    >>> drug_dose("unknown").agent
    'not stated'
    >>> drug_dose("capecitabine p.o."), drug_dose("oral capecitabine").agent
    (DrugDose(agent='capecitabine', dose=None, route='oral', days=None), 'capecitabine')
    """
    text = _AUC.sub(r"\g<number> AUC", " ".join(text.split()))
    if is_named_drug(text) and not any(letter.isalpha() for letter in text):
        raise ValueError(
            f"no drug: {text!r} (write its name, such as doxorubicin 75 mg/m² IV day 1)"
        )
    if not is_named_drug(text):
        return DrugDose(NOT_STATED)
    if text.strip().lower() in _NO_NAME:
        raise ValueError(
            f"no drug: {text!r} (write its name, or not stated if the report gives none)"
        )
    if text.strip(" ,;").lower() in routes():
        raise ValueError(f"a route without a drug: {text!r} (write it after the name: NAME {text})")
    if _dose_first(text):
        raise ValueError(
            f"a dose before the name: {text!r} (write the name first: doxorubicin 75 mg/m²)"
        )
    if _BELOW_0.search(text):
        raise ValueError(f"a dose below 0: {text!r} (correct the sign)")
    refuse_flat_exponent(text)
    whole = text
    if has_brackets(text):
        refuse_several(text, whole)
    text, route = without_route(text)
    at = _dose_at(text)
    if at is None:
        found = _GIVEN_ON.search(text)
        agent, days = (text[: found.start()], found["days"]) if found else (text, None)
        return DrugDose(_one_name(agent, whole), None, route, days)
    dose = quantity(text[at:])
    if not dose.unit.measures.startswith("dose"):
        advice = "write mg, g, mg/m², mg/kg, mg/day or AUC 5"
        raise ValueError(f"not a dose: {text[at:]!r} ({advice})")
    if dose.exact == 0:
        raise ValueError(f"a dose of 0: {text!r} (write the dose given, or leave it out)")
    if _has_dose(dose.rest):
        raise ValueError(f"two doses in one drug: {text!r} (write a list of drugs: [.., ..])")
    days = dose.rest.strip(" ,;") or None
    return DrugDose(_one_name(text[:at], whole), attrs.evolve(dose, rest=""), route, days)


def _one_name(agent: str, text: str) -> str:
    """The name of one drug; ValueError where it is a list of several."""
    name = agent.strip(" ,;")
    refuse_several(name, text)
    return name


def _dose_first(text: str) -> bool:
    found = _LEADS.match(text)
    named = UNIT_OF.get(found["unit"]) if found else None
    return named is not None and named.measures.startswith(("dose", "length"))


def _has_dose(rest: str) -> bool:
    """Whether another dose follows a dose; days and cycles are none."""
    named = (UNIT_OF.get(found["unit"] or "") for found in _NUMBER.finditer(f" {rest}"))
    return any(each is not None and each.measures.startswith("dose") for each in named)


def _dose_at(text: str) -> int | None:
    """Where the dose begins: the first number that a unit follows; None where there is none.

    Numbers of days and cycles, and those that are part of a name (``interferon alfa 2b``), are
    no doses. ValueError where a unit follows that is unknown.
    """
    for found in _NUMBER.finditer(text):
        if _DAYS.search(text[: found.start()]) or _INTERMITTENT.match(text, found.start()):
            return None
        named = found["unit"]
        in_name = named is None or (not found["gap"] and len(named) == 1 and named not in UNIT_OF)
        if not in_name:
            unit(named.rstrip(",;"))
            return found.start()
    return None
