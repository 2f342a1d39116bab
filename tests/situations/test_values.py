"""Numbers with units, drugs with doses: one door for all of them, and nothing of a text is lost."""

from __future__ import annotations

from fractions import Fraction

import pytest

from timeline.core.quantities import length, quantity
from timeline.files.loader import load
from timeline.record.event_parts.drug_doses import drug_dose


@pytest.mark.parametrize(
    ("text", "base"),
    [
        pytest.param("14.5 g/dL", 145_000_000, id="1 g/dL is 10^7 ng/mL"),
        pytest.param("14.5g/dL", 145_000_000, id="without a blank"),
        pytest.param("14.5 g/dl", 145_000_000, id="without capitals"),
        pytest.param("145 g/l", 145_000_000, id="145 g/L is the same"),
        pytest.param("4.5 × 10^9/L", Fraction(9, 2), id="times 10^9"),
        pytest.param("4.5x10⁹/L", Fraction(9, 2), id="times 10⁹"),
        pytest.param("4.5 10*9/L", Fraction(9, 2), id="as UCUM writes it"),
        pytest.param("7.4 GBq", 7400, id="activity"),
    ],
)
def test_a_number_with_its_unit(text, base):
    assert quantity(text).exact == base


@pytest.mark.parametrize("text", ["13-17 g/dL", "13.0 – 17.0 g/dL", "13 to 17 g/dl"])
def test_a_range_with_its_unit(text):
    span = quantity(text).number.span
    assert (round(span.low), round(span.high)) in ((12, 18), (13, 17))  # 12.5 to 17.5, or 12.95 ..


@pytest.mark.parametrize("text", ["3 cm x 2 cm", "3 cm by CT", "12 to 14 mm"])
def test_what_a_length_would_lose_is_refused(text):
    with pytest.raises(ValueError, match="not one length"):
        length(text)


@pytest.mark.parametrize(
    ("text", "agent", "dose", "route", "days"),
    [
        pytest.param("5-FU 400 mg/m² IV day 1", "5-FU", "400 mg/m²", "IV", "day 1", id="5-FU"),
        pytest.param("T-DM1 3.6 mg/kg IV", "T-DM1", "3.6 mg/kg", "IV", None, id="T-DM1"),
        pytest.param("interferon alfa 2b 3 MIU SC", "interferon alfa 2b", "3 MIU", "SC", None,
                     id="a number in a name"),
        pytest.param("doxorubicin 75 mg/m² IV, day 1", "doxorubicin", "75 mg/m²", "IV", "day 1",
                     id="a comma before the day"),
        pytest.param("5-FU day 1", "5-FU", None, None, "day 1", id="no dose"),
        pytest.param("carboplatin AUC 5-6 day 1", "carboplatin", "5-6 AUC", None, "day 1", id="A"),
        pytest.param("ifosfamide 1.8 g/m² per day for 5 days", "ifosfamide", "1.8 g/m²", None,
                     "per day for 5 days", id="days are no second dose"),
        pytest.param("177Lu-DOTATATE 7.4 GBq", "177Lu-DOTATATE", "7.4 GBq", None, None, id="Lu"),
        pytest.param("cisplatin IV days 1 and 8", "cisplatin", None, "IV", "days 1 and 8",
                     id="no dose, with a route"),
    ],
)  # fmt: skip
def test_a_drug_has_its_dose_whatever_its_name(text, agent, dose, route, days):
    read = drug_dose(text)
    drug_text = f"{read.dose.number} {read.dose.unit.name}" if read.dose else None
    assert (read.agent, drug_text, read.route, read.days) == (agent, dose, route, days)


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("ipilimumab 1 mg/kg + nivolumab 3 mg/kg", "two doses in one drug"),
        ("doxorubicin 75 rad", "unknown unit: 'rad'"),
        ("5-FU 400 mm", "not a dose"),
        ("--", "no drug"),
        ("cisplatin \u201375 mg/m²", "a dose below 0"),
    ],
)
def test_a_drug_that_would_lose_something_is_refused(text, description):
    with pytest.raises(ValueError, match=description):
        drug_dose(text)


def claims(tmp_path, claim):
    path = tmp_path / "s.yaml"
    path.write_text(f"source: s\nclaims:\n  - {claim}\n")
    found, problems = load(path)
    return found, [str(each).removeprefix(f"{path}:") for each in problems]


@pytest.mark.parametrize(
    ("claim", "text", "unit"),
    [
        ("{lab: 14.5 g/dL, about: haemoglobin}", "14.5", "g/dL"),
        ("{lab: 14.5, unit: g/dL, about: haemoglobin}", "14.5", "g/dL"),
        ("{lab: up to 182 iu/l, about: amylase}", "up to 182", "IU/L"),
        ("{PFS: 8.4 months}", "8.4", "months"),
        ("{OS: over 20 months, unit: months}", "over 20", "months"),
        ("{interval: 8 weeks, from: a, to: b}", "8", "weeks"),
        ("{age: 58 years, about: the patient}", "58", "years"),
        ("{size: 47 mm, about: mass}", "47", "mm"),
        ("{size: 9.7*5.0, unit: cm, about: mass}", "9.7*5.0", "cm"),
        ("{size: 10 ×, about: magnification}", "10 ×", ""),
        ("{dose: 75 mg/m², about: doxorubicin}", "75", "mg/m²"),
    ],
)
def test_a_claim_may_have_its_unit_in_the_print(tmp_path, claim, text, unit):
    found, problems = claims(tmp_path, claim)
    assert problems == []
    assert [(each.text, each.unit) for each in found.claims] == [(text, unit)]


def test_two_units_of_one_print_are_named(tmp_path):
    _, problems = claims(tmp_path, "{PFS: 8.4 weeks, unit: months}")
    assert problems == ["3:11: two units, 'weeks' and 'months' (keep the one printed)"]


def test_a_number_that_yaml_would_drop_is_named(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text("case: c\nevents:\n  - biopsy: 2021-03\n    what: nodule #2\n")
    _, problems = load(path)
    assert [str(each) for each in problems] == [
        f"{path}:4:18: '#2' is a comment and not read (put the text in quotes)"
    ]
    path.write_text("case: c # 2 of 3\nevents:\n  - {biopsy: 2021-03, what: 'nodule #2'}  # 1\n")
    assert load(path)[1] == ()
