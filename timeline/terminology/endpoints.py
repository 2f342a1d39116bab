"""The endpoints: one row each, with origin, events and censoring. The engine knows none by name."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import attrs

from timeline.core.frozen_class import frozen
from timeline.terminology.criteria import TERMS

_FDA = "FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics"
_EMA = "EMA 2012, Guideline on anticancer medicinal products, Appendix 1"
_FOCR = "Friends of Cancer Research 2018, real-world endpoints"
_FIELD = "common usage, no single source"


@frozen
class Censor:
    """A moment that censors an endpoint: the name of its anchor, and the sentence for it."""

    anchor: str
    description: str = "no {event} on record: censored at the {at}"


@frozen(kw_only=True)
class Endpoint:
    """A row: the earliest of ``events`` after ``origin``, else censored at the first of ``censors``
    that is found.

    Origin and events are names of anchors. ``event``: what the absence of its event is called.
    Where it is ``by_policy`` a censoring policy decides what ends it, and ``censors`` is empty.
    ``by_criterion``: it rests on response or progression, and is derived under each criterion of
    a line. ``also_from`` are further origins in use: an outcome from each is derived as
    well, as the choice can move a figure by months. ``both_days``: the first and the last day
    both count. ``with_death``: the endpoint from the same origin that counts death as well, so
    that death competes with this one. ``criterion`` is empty in the registry; see `under`.
    """

    name: str
    description: str
    origin: str
    events: tuple[str, ...]
    event: str
    censors: tuple[Censor, ...]
    source: str
    per_line: bool = True
    by_criterion: bool = False
    also_from: tuple[str, ...] = ()
    by_policy: bool = False
    both_days: bool = False
    with_death: str = ""
    criterion: str = ""

    def __attrs_post_init__(self) -> None:
        required = {"description": self.description, "origin": self.origin, "events": self.events,
                "event": self.event, "source": self.source}  # fmt: skip
        if empty := [name for name, value in required.items() if not value]:
            raise ValueError(f"endpoint {self.name}: {', '.join(empty)} must be stated")
        if not (self.by_policy or self.censors):
            raise ValueError(f"endpoint {self.name}: neither a policy nor an anchor censors it")

    def under(self, criterion: str) -> Endpoint:
        """The same row bound to the criterion, by its title, that it is derived under."""
        if criterion not in self._bound:
            self._bound[criterion] = attrs.evolve(self, criterion=criterion)
        return self._bound[criterion]

    @cached_property
    def _bound(self) -> dict[str, Endpoint]:
        """Cached results: every derivation of a case asks for each row."""
        return {}

    @property
    def counting_death(self) -> Endpoint:
        """The endpoint that counts death as well, under the same criterion.

        ValueError where there is none.
        """
        rows = [row for row in ENDPOINTS if row.name == self.with_death]
        if not rows:
            raise ValueError(f"{self.name}: death does not compete with it")
        return rows[0].under(self.criterion)

    @property
    def anchors(self) -> tuple[str, ...]:
        """The names of all anchors that it rests on."""
        censors = (each.anchor for each in self.censors)
        return (self.origin, *self.also_from, *self.events, *censors)

    @property
    def names(self) -> dict[str, str]:
        """The names that it goes by, each with the criterion: ``iPFS`` by iRECIST."""
        if not self.by_criterion:
            return {self.name: ""}
        return {row.endpoint(self.name): title for title, row in TERMS.items()}

    @property
    def printed(self) -> str:
        """Its name under its criterion: ``iPFS``."""
        return printed_name(self.name, self.criterion)


def printed_name(name: str, criterion: str) -> str:
    """The name of an endpoint under a criterion: ``iPFS``, ``PFS by Choi``."""
    return TERMS[criterion].endpoint(name) if criterion in TERMS else name


_AT_CONTACT = (Censor("last contact"),)
# FDA, TTP: deaths are censored at the time of death
_AT_DEATH = (
    Censor("death", "death before any {event}, which it competes with: censored at {at}"),
    *_AT_CONTACT,
)
_IN_LINE = (  # what is seen after new therapy began is no result of the line
    Censor("next line", "no {event} on record before the {at}: censored there"),
    *_AT_CONTACT,
)
_AT_ASSESSMENT = (
    Censor("last assessment"),
    Censor("line start", "no assessment after the start: censored on the day of the {at}"),
)
_AT_STOP = (
    Censor("treatment stop", "no lasting {event} on record: censored at the {at}"),
    Censor("last dose before refusal", "no lasting {event} on record: censored at the {at}"),
    *_AT_CONTACT,
)
_AT_NEXT_LINE = (
    Censor(
        "last assessment of the next line",
        "the next line ended without progression on record (pfs2_next_line_ends): censored at "
        "the {at}",
    ),
    *_AT_CONTACT,
)
_DISEASE_FREE = (Censor("last disease-free assessment"),)
_SINCE_SURGERY = (
    *_DISEASE_FREE,
    Censor("curative surgery", "no assessment after it: censored on the day of the {at}"),
)
_BEFORE_SURGERY = (
    *_DISEASE_FREE,
    Censor("last assessment before surgery"),
    Censor("neoadjuvant start", "no assessment after the start: censored on the day of the {at}"),
)
_PROGRESSION = ("progression", "death")
_STOPS = ("treatment stop", "refusal")
_POLICY = ()
_LINE = "line start"
_TRIAL = ("randomisation", "registration")  # EMA: randomisation (or registration)
_REGIMEN = ("regimen start", *_TRIAL)


def _row(
    name: str,
    description: str,
    origin: str,
    events: tuple[str, ...],
    event: str,
    censors: tuple[Censor, ...],
    source: str,
    **more: Any,
) -> Endpoint:
    """A row as it reads in the table below: from, to, what its absence is called, censored at."""
    return Endpoint(
        name=name,
        description=description,
        origin=origin,
        events=events,
        event=event,
        censors=censors,
        source=source,
        **more,
    )


# fmt: off
# name, description, from, to the earliest of, what their absence is called, censored at, source
ENDPOINTS = (
    _row("PFS", "progression-free survival",
         _LINE, _PROGRESSION, "progression", _POLICY, _FDA + ", PFS",
         by_criterion=True, also_from=_REGIMEN, by_policy=True),
    _row("TTP", "time to progression: death without progression is censored",
         _LINE, ("progression",), "progression", _POLICY, _FDA + ", TTP",
         by_criterion=True, also_from=_REGIMEN, by_policy=True, with_death="PFS"),
    _row("rwPFS", "real-world PFS: progression as the authors reported it, or death",
         _LINE, ("called progression", "stated progression", "death in line"), "progression",
         _IN_LINE, "Griffith 2019, Adv Ther 36:2122; " + _FDA + ", PFS: new therapy"),
    _row("DoR", "duration of response: first CR or PR to progression or death",
         "first response", _PROGRESSION, "progression", _POLICY,
         _FDA + ", DoR; Eisenhauer 2009 4.6.2",
         by_criterion=True, by_policy=True),
    _row("TTR", "time to response",
         _LINE, ("first response",), "response", _AT_ASSESSMENT, _FIELD,
         by_criterion=True),
    _row("TTF", "time to treatment failure: progression, death, or the end of treatment",
         _LINE, ("progression", "death in line", *_STOPS, "next line"), "progression",
         _AT_CONTACT, _FDA + ", TTF", by_criterion=True),
    _row("ToT", "time on treatment: to its stop, the next line, or death",
         _LINE, (*_STOPS, "next line", "death"), "end of treatment", _AT_CONTACT,
         _FOCR + ", rwTTD"),
    _row("rwTTD", "time to discontinuation: the last dose, if the drug was not resumed",
         _LINE, ("discontinuation", "next line", "death"), "discontinuation", _AT_STOP,
         _FOCR + ", rwTTD"),
    _row("Exposure", "exposure to the treatment: from the first dose to the last",
         _LINE, ("treatment stop", "last dose before refusal", "last dose before what followed"),
         "end of treatment", _AT_CONTACT, _FIELD, both_days=True),
    _row("TTNT", "time to next treatment, or death",
         _LINE, ("next line", "death"), "next treatment", _AT_CONTACT, _FOCR + ", rwTTNT"),
    _row("TFI", "treatment-free interval: from the stop to the next line",
         "treatment stop", ("next line",), "next treatment", _AT_DEATH,
         _FIELD + "; death is censored as in TTP: " + _FDA + ", TTP"),
    _row("PFS2", "progression-free survival 2 (EMA): to progression on the next line, or death",
         _LINE, ("next progression", "death before a third line"), "second progression",
         _AT_NEXT_LINE, _EMA + "; setting pfs2_next_line_ends",
         by_criterion=True),
    _row("OS", "overall survival from the start of a line",
         _LINE, ("death",), "death", _AT_CONTACT, _FDA + ", Overall survival",
         also_from=_TRIAL),
    _row("OS", "overall survival from diagnosis",
         "diagnosis", ("death",), "death", _AT_CONTACT,
         _FDA + ", Overall survival; the origin is a choice and is printed",
         per_line=False, also_from=("first symptom",)),
    _row("DFS", "disease-free survival: from surgery to recurrence or death",
         "curative surgery", ("recurrence", "death"), "recurrence", _SINCE_SURGERY, _EMA,
         per_line=False),
    _row("DFI", "disease-free interval: from surgery to recurrence",
         "curative surgery", ("recurrence",), "recurrence", _SINCE_SURGERY, _FIELD,
         per_line=False, with_death="DFS"),
    _row("EFS", "event-free survival: from neoadjuvant treatment to progression that precludes "
         "surgery, recurrence or death",
         "neoadjuvant start", ("progression before surgery", "recurrence", "death"), "event",
         _BEFORE_SURGERY, _FDA + ", EFS", per_line=False),
)
# fmt: on

SHOWN_FIRST = ("PFS", "OS")  # under each criterion of a line; the others are shown on request
BY_NAME = {name: (row.name, title) for row in ENDPOINTS for name, title in row.names.items()}


def endpoint_named(name: str) -> tuple[str, str]:
    """The endpoint and the criterion that a name means: ``iPFS`` is PFS by iRECIST.

    A plain name means RECIST 1.1; of an endpoint that rests on no criterion it is empty. KeyError
    for a name of no endpoint.
    """
    return BY_NAME[name]


def family(*endpoints: str) -> tuple[str, ...]:
    """Every name of some endpoints, under whatever criterion: PFS, iPFS .."""
    return tuple(name for name, (endpoint, _) in BY_NAME.items() if endpoint in endpoints)


def rows_of(name: str) -> tuple[Endpoint, ...]:
    """The rows of an endpoint by its name without a criterion; OS has two."""
    return tuple(row for row in ENDPOINTS if row.name == name)


def checked(anchors: Any) -> None:
    """ValueError names every anchor that a row rests on and that is not among ``anchors``."""
    missing = [f"{row.name}: {name}" for row in ENDPOINTS for name in row.anchors
               if name not in anchors]  # fmt: skip
    if missing:
        raise ValueError(f"endpoints rest on anchors that are not found: {'; '.join(missing)}")
