"""Adverse events of tables (ADAE): the worst grade of each term, of each treated subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from timeline.core.text.spelling import folded
from timeline.study.member import Allowed

Record = Mapping[str, Any]
# of each, the first that a record states: ADaMIG for OCCDS 1.1; SDTMIG 3.4, AE
TERMS = ("AEDECOD", "AETERM")
GRADES = ("ATOXGRN", "ATOXGR", "AETOXGRN", "AETOXGR")
EMERGENT = "TRTEMFL"
ANY_GRADE = frozenset({"1", "2", "3", "4", "5"})  # CTCAE
NO_EVENT: Allowed = frozenset({"0"})
SOURCE = "ADaM Structure for Occurrence Data (OCCDS) 1.1; CTCAE: the highest grade counts"


@attrs.frozen(kw_only=True)
class AdverseEvents:
    """The adverse events of a study.

    Attributes:
        of: the worst grades that the records of a subject allow, by term, and of any term by the
            empty text; ``0`` is none. A subject without a record is not in it.
        faults: what keeps the records from being counted.
        notes: records that do not count, and what the table does not state.
        rule: how a subject is counted, as the methods state it.
    """

    of: Mapping[str, Mapping[str, Allowed]]
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    rule: str

    def worst(self, subject: str) -> dict[str, Allowed]:
        """The worst grades of a treated subject by term."""
        return {"": NO_EVENT, **self.of.get(subject, {})}


def adverse_events_of(
    name: str, rows: Sequence[Record], treated: Mapping[str, bool]
) -> AdverseEvents:
    """The adverse events of the records of ADAE.

    Args:
        name: what messages call the table.
        rows: its records.
        treated: each subject, and whether it is in the safety population.

    Returns:
        The worst grades. Records that are not treatment-emergent (TRTEMFL), and those of subjects
        who were not treated, do not count and are in the notes. A record without a grade allows
        every grade.
    """
    faults: list[str] = []
    found: dict[str, dict[str, Allowed]] = {}
    called: dict[str, str] = {}
    columns = {each for row in rows for each in row}
    left = {"not treatment-emergent (TRTEMFL)": 0, "of subjects who were not treated": 0}
    without_grade = 0
    for number, row in enumerate(rows, start=1):
        place = f"{name}, record {number}"
        read = list(_faults(place, row, treated))
        faults += read
        if read:
            continue
        subject = str(row["USUBJID"])
        if EMERGENT in columns and _text(row, EMERGENT) != "Y":
            left["not treatment-emergent (TRTEMFL)"] += 1
        elif not treated[subject]:
            left["of subjects who were not treated"] += 1
        else:
            grades = _grades(row)
            without_grade += grades is None
            term = called.setdefault(folded(_first(row, TERMS)), _first(row, TERMS))
            own = found.setdefault(subject, {})
            for each in ("", term):
                own[each] = _worse(own.get(each, NO_EVENT), grades or ANY_GRADE)
    notes = [f"{name}: {count:,} records {what}" for what, count in left.items() if count]
    if without_grade:
        notes.append(f"{name}: a grade of {without_grade:,} records, which may be of any grade")
    if EMERGENT not in columns:
        notes.append(f"{name}: {EMERGENT}, so that every record counts as treatment-emergent")
    term_name = next((each for each in TERMS if each in columns), TERMS[0])
    grade_name = next((each for each in GRADES if each in columns), "no grade")
    rule = (
        f"Adverse events: each treated subject once a term ({term_name}), by the worst grade "
        f"({grade_name}) of the treatment-emergent records. A subject without such a record "
        f"counts as without an adverse event. {SOURCE}."
    )
    return AdverseEvents(of=found, faults=tuple(faults), notes=tuple(notes), rule=rule)


def _faults(place: str, row: Record, treated: Mapping[str, bool]) -> Iterator[str]:
    subject = _text(row, "USUBJID")
    if subject not in treated:
        yield f"{place}: {subject!r} is no subject of ADSL (add it there)"
    if not _first(row, TERMS):
        yield f"{place}: no term (write {' or '.join(TERMS)})"
    if _text(row, EMERGENT) not in ("", "Y", "N"):
        yield f"{place}: {EMERGENT} is {row[EMERGENT]!r} (write Y, N, or leave it empty)"
    if _grades(row) == frozenset():
        name = next(each for each in GRADES if _text(row, each))
        yield f"{place}: {name} is {row[name]!r}, no grade of CTCAE (write 1 to 5)"


def _grades(row: Record) -> Allowed | None:
    """The grade of a record; None where it has none, nothing where the value is no grade."""
    text = _first(row, GRADES).upper().removeprefix("GRADE").strip()
    if not text:
        return None
    whole = text.removesuffix(".0")
    return frozenset({whole}) & ANY_GRADE


def _first(row: Record, names: Sequence[str]) -> str:
    return next((text for each in names if (text := _text(row, each))), "")


def _text(row: Record, name: str) -> str:
    value = row.get(name)
    return "" if value is None or value != value else str(value).strip()


def _worse(one: Allowed, other: Allowed) -> Allowed:
    return frozenset(max(a, b) for a in one for b in other)
