"""What in a record may identify the patient: rows of patterns for its free texts.

The list follows the identifiers of 45 CFR 164.514(b)(2)(i) that a text of a case could hold. It
finds usual spellings only; a text without a finding is not proved to be free of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.core.frozen_class import frozen
from timeline.core.problem import Where
from timeline.core.schema import free_text, schema_of
from timeline.record.case import Case, Patient

SOURCE = "45 CFR 164.514(b)(2)(i)"
_DAY = (
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}"
    r"|[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}|[A-Z][a-z]+ [0-9]{1,2},? [0-9]{4})"
)


@frozen
class Identifier:
    """A row: what a text may hold, the pattern that finds it, and an example."""

    name: str
    pattern: str
    example: str


IDENTIFIERS = (
    Identifier("a name", r"\b(?:Mr|Mrs|Ms|Miss|Mme|Herr|Frau|Sra?)\.? [A-Z][a-z]+", "Mrs Miller"),
    Identifier("the name of a physician", r"\b(?:Dr|Prof)\.? [A-Z][a-z]+", "Dr. Miller"),
    Identifier(
        "a record number",
        r"(?i:\b(?:MRN|medical record|record|hospital|patient|NHS|chart|file)"
        r"\s*(?:no|number|nr|id|#)\b\.?)\W*[A-Z]*[0-9-]{4,}|\bMRN\W*[0-9]{4,}",
        "MRN 0012345",
    ),
    Identifier(
        "a date of birth",
        rf"(?i:\b(?:born(?: on)?|DOB|date of birth|birth ?date))\W*{_DAY}",
        "born 2 March 1958",
    ),
    Identifier("an e-mail address", r"[\w.+-]+@[\w-]+\.[\w.]+", "name@example.org"),
    Identifier(
        "a telephone number",
        r"(?i:\b(?:phone|tel|mobile))\W*\+?[0-9][0-9 ()/-]{6,}",
        "tel. 030 1234567",
    ),
)
_FOUND = tuple((each, re.compile(each.pattern)) for each in IDENTIFIERS)


def identifiers(case: Case) -> Iterator[tuple[Where, str, str]]:
    """The place of each text that may identify the patient, the field, and what it may hold."""
    records = [(case.where, case.patient), *((event.where, event) for event in case.events)]
    for where, record in records:
        for key, (name, spec) in schema_of(type(record)).items():
            if spec.read is not free_text:
                continue
            text = getattr(record, name)
            for row, pattern in _FOUND:
                if pattern.search(text):
                    field = f"patient: {key}" if isinstance(record, Patient) else key
                    yield where, field, row.name
