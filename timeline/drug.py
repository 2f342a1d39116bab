"""A drug as a case file names it: agent, dose, route, days."""

from __future__ import annotations

import re

import attrs

from timeline.quantity import Quantity, quantity

ROUTES = ("IV", "oral", "SC", "IM", "intrathecal", "topical")
_DOSED = re.compile(r"(?P<agent>[^0-9]+?)\s+(?P<dose>[0-9].*)")
_AUC = re.compile(r"\bAUC\s*(?:of|=)?\s*(?P<number>[0-9.]+)")
_ROUTE = re.compile(rf"^(?P<route>{'|'.join(ROUTES)})\b\s*(?P<days>.*)$", re.IGNORECASE)
_BELOW_0 = re.compile(r"(?:^|\s)[-\N{MINUS SIGN}\N{EN DASH}]\s*[0-9.]+\s*(?:[mµu]?c?g|AUC)\b")
_DAYS = re.compile(
    rf"(?P<agent>[^0-9]+?)\s+(?P<given>(?:(?:{'|'.join(ROUTES)})\s+)?"
    r"(?:(?:days?|every)\s*|(?-i:[dq]))[0-9].*)",
    re.IGNORECASE,
)


@attrs.frozen
class Drug:
    """One agent of a regimen. Dose as printed; ``days`` are the days of a cycle it is given on."""

    agent: str
    dose: Quantity | None = None
    route: str | None = None
    days: str | None = None

    def __str__(self) -> str:
        dose = f"{self.dose.number} {self.dose.unit.name}" if self.dose else None
        return " ".join(part for part in (self.agent, dose, self.route, self.days) if part)


def drug(text: str) -> Drug:
    """``gemcitabine 1000 mg/m² IV days 1 and 8``; everything after the name may be left out.

    >>> drug("carboplatin AUC 5 IV day 1").dose.unit.name, drug("cisplatin day 1").days
    ('AUC', 'day 1')
    """
    text = _AUC.sub(r"\g<number> AUC", " ".join(text.split()))
    if not any(letter.isalpha() for letter in text):
        raise ValueError(
            f"no drug: {text!r} (write its name, such as doxorubicin 75 mg/m² IV day 1)"
        )
    if _BELOW_0.search(text):
        raise ValueError(f"a dose below 0: {text!r} (correct the sign)")
    undosed = _DAYS.fullmatch(text)
    if undosed:
        return Drug(undosed["agent"], None, *_route(undosed["given"]))
    found = _DOSED.fullmatch(text)
    if not found:
        agent, _, rest = (
            text.partition(" ") if _ROUTE.search(text.partition(" ")[2]) else (text, "", "")
        )
        route, days = _route(rest)
        return Drug(agent, None, route, days)
    dose = quantity(found["dose"])
    if not dose.unit.measures.startswith("dose"):
        wanted = "write mg, g, mg/m², mg/kg, mg/day or AUC 5"
        raise ValueError(f"not a dose: {found['dose']!r} ({wanted})")
    if dose.exact == 0:
        raise ValueError(f"a dose of 0: {text!r} (write the dose given, or leave it out)")
    route, days = _route(dose.rest)
    return Drug(found["agent"].strip(), attrs.evolve(dose, rest=""), route, days)


def _route(rest: str) -> tuple[str | None, str | None]:
    found = _ROUTE.match(rest)
    if not found:
        return None, rest or None
    known = {route.lower(): route for route in ROUTES}
    return known[found["route"].lower()], found["days"] or None
