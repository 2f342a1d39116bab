"""The laboratory tests that a heading of a spreadsheet may name, with their usual units.

They are the rows of ``timeline/data/laboratory_tests.csv``, each with its source. The units are
those that a page offers where a table states none; no unit is ever assumed.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from timeline.core.data_tables import data_rows
from timeline.exchange.spreadsheets.case_headings import plain_heading


@attrs.frozen
class LaboratoryTest:
    """A test: its name in a case file, and the units that laboratories report it in."""

    name: str
    units: tuple[str, ...]


@functools.cache
def _tests() -> Mapping[str, LaboratoryTest]:
    return MappingProxyType({
        plain_heading(heading): LaboratoryTest(row.text("test"), row.texts("units"))
        for row in data_rows("laboratory_tests")
        for heading in (row.text("test"), *row.texts("headings"))
    })  # fmt: skip


def laboratory_test(heading: str) -> LaboratoryTest | None:
    """The test that a heading names, without its unit; None where it names none.

    >>> laboratory_test("CA 125")
    LaboratoryTest(name='CA-125', units=('U/mL', 'kU/L'))
    >>> laboratory_test("Ward") is None
    True
    """
    return _tests().get(plain_heading(heading))
