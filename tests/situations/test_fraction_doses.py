"""Printed doses of one fraction; the expected calls follow from total / fractions by hand."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of

CASE = """
  - {radiotherapy: 2020-01, id: bone-RT, dose: 30 Gy, fractions: 10}
  - {radiotherapy: 2020-03, id: chest-RT, dose: 50.4 Gy, fractions: 28}
  - {radiotherapy: 2020-05, id: brain-RT}
"""
PRINTED = """
{dose: 20, unit: Gy, about: total dose, of: brain-RT}
{count: 5, about: fractions, of: brain-RT}"""
AGREES, WRONG, NOT = "agrees", "contradicted", "not checkable"


@pytest.mark.parametrize(
    ("claims", "conclusion", "why"),
    [
        ("{dose: 3, unit: Gy, about: dose per fraction, of: bone-RT}", AGREES, "30 / 10"),
        ("{dose: 3, unit: Gy/fraction, about: radiotherapy, of: bone-RT}", AGREES, "by its unit"),
        ("{dose: 2, unit: Gy, about: dose per fraction, of: bone-RT}", WRONG, "not 2"),
        ("{dose: 1.8, unit: Gy, about: dose of each fraction, of: chest-RT}", AGREES, "50.4 / 28"),
        ("{dose: 2, unit: Gy, about: fraction size, of: chest-RT}", AGREES, "rounded to 2"),
        ("{dose: 2.0, unit: Gy, about: fraction size, of: chest-RT}", WRONG, "1.80 is not 2.0"),
        ("{dose: 4, unit: Gy, about: dose per fraction, of: brain-RT}", NOT, "nothing known"),
        ("{dose: 4, unit: Gy, about: dose per fraction}", NOT, "of which radiotherapy"),
        ("{dose: some, unit: Gy, about: dose per fraction, of: bone-RT}", NOT, "no number"),
        ("{dose: 4, unit: Gy, about: dose per fraction, of: brain-RT}" + PRINTED, AGREES, "20 / 5"),
        ("{dose: 3, unit: Gy, about: dose per fraction, of: brain-RT}" + PRINTED, WRONG, "it is 4"),
    ],
)  # fmt: skip
def test_doses_of_one_fraction(claims, conclusion, why):
    lines = "\n".join(f"- {line}" for line in claims.splitlines())
    found = of("C40", audited(CASE, lines))
    assert found[0].conclusion == conclusion, (why, found[0].description)


def test_what_would_fit():
    claim = "- {dose: 2, unit: Gy, about: dose per fraction, of: bone-RT}"
    (found,) = of("C40", audited(CASE, claim))
    assert any("15 fractions in place of 10" in note for note in found.notes)
    assert any("3 Gy" in note for note in found.notes)


def test_a_dose_of_one_fraction_is_not_taken_for_the_total():
    claim = "- {dose: 3, unit: Gy, about: dose per fraction, of: bone-RT}"
    assert not of("C14", audited(CASE, claim))
    assert not of("C38", audited(CASE, claim))
