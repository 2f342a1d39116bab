"""ADSL: one record a subject, from DM, EX, DS, CM and the dates of the others.

The rules are the rows of ``data/adam_derivations.csv``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

import attrs

from timeline.cdisc.cases.words import ANTI_CANCER, DISPOSITION, TREATMENT
from timeline.cdisc.dataset import Dataset, Value
from timeline.cdisc.timing import DatePart, date_part, day_of

Record = dict[str, Value]
_COPIED = ("STUDYID", "USUBJID", "SUBJID", "SITEID", "AGE", "AGEU", "SEX", "RACE", "ETHNIC",
           "COUNTRY", "ARM", "ACTARM", "DTHFL", "DTHDTC")  # fmt: skip
_ALIVE = {"EX": ("EXSTDTC", "EXENDTC"), "DS": ("DSSTDTC",), "CM": ("CMSTDTC",),
          "AE": ("AESTDTC", "AEENDTC"), "TU": ("TUDTC",), "TR": ("TRDTC",),
          "RS": ("RSDTC",)}  # fmt: skip
_COMPLETED, _DISCONTINUED, _ONGOING = "COMPLETED", "DISCONTINUED", "ONGOING"


def subject_records(datasets: Mapping[str, Dataset]) -> list[Record]:
    """The records of ADSL, in the order of DM; without DTHDT, which the settings decide."""
    rows = {name: _by_subject(dataset) for name, dataset in datasets.items()}
    found = []
    for dm in datasets["DM"].rows():
        own = {name: each.get(dm["USUBJID"], []) for name, each in rows.items()}
        found.append(_Subject(dm=dm, rows=own).record())
    return found


def _by_subject(dataset: Dataset) -> dict[Value, list[Record]]:
    found: dict[Value, list[Record]] = {}
    for row in dataset.rows():
        found.setdefault(row.get("USUBJID"), []).append(row)
    return found


@attrs.frozen(kw_only=True)
class _Subject:
    """One subject: the record of DM, and those of the other datasets."""

    dm: Record
    rows: dict[str, list[Record]]

    def record(self) -> Record:
        randomised = self._milestone("RANDOMIZED")
        first = self._first(
            [row.get("EXSTDTC") for row in self._of("EX")] or [self.dm.get("RFXSTDTC")], randomised
        )
        last = self._last()
        therapy = self._first(
            [row.get("CMSTDTC") for row in self._of("CM") if _is_new_therapy(row)],
            first[0] if first[0] is not None else randomised,
        )
        duration = last[0] - first[0] + 1 if first[0] is not None and last[0] is not None else None
        return {
            **{name: self.dm.get(name) for name in _COPIED},
            "TRT01P": self.dm.get("ARM"),
            "TRT01A": self.dm.get("ACTARM"),
            "RANDFL": _flag(randomised),
            "ITTFL": _flag(randomised),
            "SAFFL": _flag(first[0]),
            "RANDDT": to_date(randomised),
            "ENRLDT": to_date(self._milestone("ENTERED INTO TRIAL", "ENROLLED")),
            "TRTSDT": to_date(first[0]),
            "TRTSDTF": first[1],
            "TRTEDT": to_date(last[0]),
            "TRTEDTF": last[1],
            "TRTDURD": duration,
            **self._treatment(treated=first[0] is not None),
            **self._study(),
            "NACTDT": to_date(therapy[0]),
            "NACTDTF": therapy[1],
            "LSTALVDT": to_date(self._last_alive()),
        }

    def _of(self, name: str) -> list[Record]:
        return self.rows.get(name, [])

    def _milestone(self, *terms: str) -> int | None:
        days = [day_of(row.get("DSSTDTC")) for row in self._of("DS") if row.get("DSDECOD") in terms]
        return min((day for day in days if day is not None), default=None)

    def _first(self, texts: Iterable[Value], floor: int | None) -> tuple[int | None, str | None]:
        """The first possible day of the earliest date, no earlier than another if it may be."""
        parts = [part for text in texts if (part := _part(text)) is not None]
        if not parts:
            return None, None
        part = min(parts, key=lambda each: (each.earliest, each.latest))
        day = part.earliest
        if floor is not None and part.earliest < floor <= part.latest:
            day = floor
        return day, _imputed(part)

    def _last(self) -> tuple[int | None, str | None]:
        """The last possible day of the latest end of exposure; none while one has no end."""
        ends = [row.get("EXENDTC") for row in self._of("EX")]
        parts = [_part(text) for text in ends]
        known = [part for part in parts if part is not None]
        if not known or len(known) < len(parts):
            return None, None
        part = max(known, key=lambda each: (each.latest, each.earliest))
        death = _part(self.dm.get("DTHDTC"))
        day = part.latest
        if death is not None and part.earliest <= death.latest < part.latest:
            day = death.latest
        return day, _imputed(part)

    def _treatment(self, *, treated: bool) -> Record:
        """How treatment ended."""
        if not treated:
            return {}
        ends = [row for row in self._of("DS") if row.get("DSSCAT") == TREATMENT]
        return _ended(ends, "EOTSTT", "DCTREAS")

    def _study(self) -> Record:
        """How the study ended for the subject, and when."""
        ends = [
            row
            for row in self._of("DS")
            if row.get("DSCAT") == DISPOSITION and row.get("DSSCAT") != TREATMENT
        ]
        date = to_date(day_of(ends[-1].get("DSSTDTC"))) if ends else None
        return {**_ended(ends, "EOSSTT", "DCSREAS"), "EOSDT": date}

    def _last_alive(self) -> int | None:
        days = [day for text in self._dates() if (day := day_of(text)) is not None]
        death = _part(self.dm.get("DTHDTC"))
        if death is not None:
            days = [day for day in days if day <= death.latest]
        return max(days, default=None)

    def _dates(self) -> Iterator[Value]:
        for name, variables in _ALIVE.items():
            for row in self._of(name):
                if row.get("DSDECOD") != "DEATH":
                    yield from (row.get(variable) for variable in variables)


def _is_new_therapy(row: Record) -> bool:
    category = str(row.get("CMCAT") or "").upper()
    return ANTI_CANCER in category and not category.startswith("PRIOR")


def _ended(rows: list[Record], status: str, reason: str) -> Record:
    if not rows:
        return {status: _ONGOING}
    term = rows[-1].get("DSDECOD")
    if term == _COMPLETED:
        return {status: _COMPLETED}
    return {status: _DISCONTINUED, reason: term}


def _part(text: Value) -> DatePart | None:
    try:
        return date_part(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _imputed(part: DatePart) -> str | None:
    """The flag of an imputed date: what was missing of it."""
    if part.is_complete:
        return None
    return "D" if part.latest - part.earliest < 31 else "M"


def _flag(day: int | None) -> str:
    return "N" if day is None else "Y"


def to_date(day: int | None) -> datetime.date | None:
    """An ordinal as a date."""
    return None if day is None else datetime.date.fromordinal(day)
