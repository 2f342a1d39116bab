"""The headings of tables of one patient: which field of a case a heading of a spreadsheet names.

They are the rows of ``timeline/data/case_headings.csv``, each with its source. A heading that may
mean several things, or that a case has no field for, has what to write instead.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from timeline.core.data_tables import data_rows
from timeline.core.text.spelling import folded

_NEAR = 0.75  # of two headings: the share of letters in the same order (difflib)
_SAFE_HARBOR = "45 CFR 164.514"  # the identifiers that de-identification removes


def plain_heading(text: str) -> str:
    """A heading as it is compared: without case, and with hyphens for blanks and underscores.

    >>> plain_heading("START_DATE"), plain_heading("Start  date")
    ('start-date', 'start-date')
    """
    return folded(text).replace(" ", "-")


@functools.cache
def other_headings() -> Mapping[str, str]:
    """The field that each other heading names, where the table has no column of the field itself.

    >>> other_headings()["overall-response"], other_headings()["lot"]
    ('called', 'line')
    """
    return MappingProxyType({
        plain_heading(heading): row.text("field")
        for row in data_rows("case_headings")
        if row.text("field")
        for heading in row.texts("headings")
    })  # fmt: skip


def near_headings(
    heading: str, fields: Iterable[str], also: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """The known headings of which one may be a misspelling, the nearest first.

    Args:
        heading: one that names no field.
        fields: the names of the fields.
        also: other words for them.

    Returns:
        Each with the field that it names; of a field only the nearest, and three at most.

    >>> near_headings("Overal respons", ("drugs",), other_headings())
    (('overall-response', 'called'),)
    """
    named = {**also, **{each: each for each in fields}}
    close = difflib.get_close_matches(plain_heading(heading), list(named), n=6, cutoff=_NEAR)
    found: dict[str, str] = {}
    for each in close:
        found.setdefault(named[each], each)
    return tuple((spelling, field) for field, spelling in found.items())[:3]


@functools.cache
def _advice() -> Mapping[str, str]:
    return {
        plain_heading(heading): row.text("write")
        for row in data_rows("case_headings")
        if not row.text("field")
        for heading in row.texts("headings")
    }


@functools.cache
def _identifying() -> frozenset[str]:
    return frozenset(
        plain_heading(heading)
        for row in data_rows("case_headings")
        if row.text("source").startswith(_SAFE_HARBOR)
        for heading in row.texts("headings")
    )


def identifies_patient(heading: str) -> bool:
    """Whether a column holds what identifies a patient, so that no case file may have it.

    >>> identifies_patient("Date of birth"), identifies_patient("CEA")
    (True, False)
    """
    return plain_heading(heading) in _identifying()


def heading_advice(heading: str) -> str:
    """What to do with a column that no field has; empty for a heading without a row.

    >>> heading_advice("Date of birth")
    'nothing that identifies the patient is kept: delete the column'
    """
    return _advice().get(plain_heading(heading), "")
