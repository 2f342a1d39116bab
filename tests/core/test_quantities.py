from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.core.quantities import (
    UNITS,
    age,
    age_in_years,
    length,
    length_in_nanometres,
    quantity,
    unit,
)
from timeline.record.event_parts.drug_doses import drug_dose


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("50 Gy", "Gy", ""),
        ("up to 182 IU/L", "IU/L", ""),
        ("75 mg/m2 IV day 1", "mg/m²", "IV day 1"),
        ("3 weeks", "weeks", ""),
        ("41 mm", "mm", ""),
        ("3.2 × 10³/µL", "10³/µL", ""),  # as laboratories of the United States print them
        ("3000 10*3/uL", "10³/µL", ""),  # UCUM
        ("4.5 x10^12/L", "10¹²/L", ""),
        ("7 m[IU]/mL", "mIU/mL", ""),
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


def test_cell_counts_in_each_unit_are_one():
    """1 µL is 10⁻⁶ L: 3.2 × 10³ in a µL are 3.2 × 10⁹ in a litre."""
    assert quantity("3.2 10³/µL").exact == quantity("3.2 × 10⁹/L").exact
    assert quantity("4.5 10⁶/µL").exact == quantity("4.5 10¹²/L").exact


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
    read = drug_dose(text)
    assert (read.agent, read.dose and str(read.dose), read.route, read.days) == (
        agent,
        dose,
        route,
        days,
    )


@pytest.mark.parametrize(
    "text",
    ["58", "~60", "about 60", "60s", "late 60s", "8 months", "61-year-old", "120", "over 80",
     "80+", "60-65", "under 1"],
)  # fmt: skip
def test_ages_as_people_print_them(text):
    assert age(text) == text


@pytest.mark.parametrize(
    "text", ["62 y", "62 years", "62-year-old", "62 yo", "62 y/o", "62 y.o.", "62 yrs", "62 yr old"]
)
def test_an_age_in_years_with_its_unit(text):
    assert age_in_years(text) == age_in_years("62")


def test_an_age_in_short_months_is_in_months():
    assert age_in_years("18 mo") == age_in_years("18 months") != age_in_years("18")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("banana", "write 58, about 60, 60s or 8 months", id="no age"),
        pytest.param("-5", "not an age: '-5'", id="below zero"),
        pytest.param("580", "write an age of 120 years at most", id="older than any patient"),
        pytest.param("1500 months", "older than any patient", id="125 years"),
        pytest.param("over 900", "older than any patient", id="a bound"),
        pytest.param("NaN", "not an age", id="not a number"),
    ],
)
def test_what_is_no_age_is_refused(text, fault):
    with pytest.raises(ValueError, match=fault):
        age(text)


def test_a_dose_in_millimetres_is_refused():
    with pytest.raises(ValueError, match="not a dose"):
        drug_dose("anlotinib 12 mm")


@given(st.from_regex(r"\s?[0-9]{1,4}([.·][0-9]{1,8})?\s?(mm|cm)\s?", fullmatch=True))
def test_a_plain_length_is_what_the_general_reader_makes_of_it(text):
    """10^6 nanometres a millimetre; both refuse the same texts."""
    try:
        exact = length(text).exact
    except ValueError:
        with pytest.raises(ValueError, match=r"write|most"):
            length_in_nanometres(text)
    else:
        assert length_in_nanometres(text) == exact * 10**6


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1 week", "1 week"), ("1 weeks", "1 week"), ("1 day", "1 day"), ("1 month", "1 month"),
        ("2 weeks", "2 weeks"), ("1.0 weeks", "1.0 weeks"), ("1 mg", "1 mg"),
    ],
)  # fmt: skip
def test_one_unit_of_time_is_singular(text, shown):
    assert str(quantity(text)) == shown
