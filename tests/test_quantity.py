from __future__ import annotations

import pytest

from timeline.drug import drug
from timeline.quantity import UNITS, quantity, unit


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("50 Gy", "Gy", ""),
        ("up to 182 IU/L", "IU/L", ""),
        ("75 mg/m2 IV day 1", "mg/m²", "IV day 1"),
        ("3 weeks", "weeks", ""),
        ("41 mm", "mm", ""),
    ],
)
def test_a_number_and_its_unit(text, name, rest):
    read = quantity(text)
    assert (read.unit.name, read.rest) == (name, rest)


@pytest.mark.parametrize(
    ("text", "measures", "fault"),
    [
        ("50", "absorbed dose", "no unit"),
        ("12 parsec", None, "unknown unit"),
        ("50 mg", "absorbed dose", "mg measures dose"),
        ("12,5 mm", "length", "use a point"),
    ],
)
def test_a_unit_that_is_missing_unknown_or_of_another_kind_is_refused(text, measures, fault):
    with pytest.raises(ValueError, match=fault):
        quantity(text, measures)


def test_every_spelling_finds_its_unit():
    for row in UNITS:
        for spelling in (row.name, *row.also):
            assert unit(spelling) is row


@pytest.mark.parametrize(
    ("text", "agent", "dose", "route", "days"),
    [
        ("docetaxel 75 mg/m² IV days 1 and 8", "docetaxel", "75 mg/m²", "IV", "days 1 and 8"),
        ("anlotinib 12 mg days 1-14", "anlotinib", "12 mg", None, "days 1-14"),
        ("lenvatinib 8 mg/day", "lenvatinib", "8 mg/day", None, None),
        ("broad-spectrum antibiotics", "broad-spectrum antibiotics", None, None, None),
        ("prednisone oral", "prednisone", None, "oral", None),
        ("carboplatin AUC 5 IV day 1", "carboplatin", "5 AUC", "IV", "day 1"),
        ("carboplatin 5 AUC IV day 1", "carboplatin", "5 AUC", "IV", "day 1"),
        ("carboplatin AUC5 q3w", "carboplatin", "5 AUC", None, "q3w"),
        ("cisplatin day 1", "cisplatin", None, None, "day 1"),
        ("cisplatin IV d1-3", "cisplatin", None, "IV", "d1-3"),
        ("pembrolizumab IV every 3 weeks", "pembrolizumab", None, "IV", "every 3 weeks"),
        ("vitamin D 1000 mg", "vitamin D", "1000 mg", None, None),
    ],
)  # fmt: skip
def test_drugs(text, agent, dose, route, days):
    read = drug(text)
    assert (read.agent, read.dose and str(read.dose), read.route, read.days) == (
        agent,
        dose,
        route,
        days,
    )


def test_a_dose_in_millimetres_is_refused():
    with pytest.raises(ValueError, match="not a dose"):
        drug("anlotinib 12 mm")
