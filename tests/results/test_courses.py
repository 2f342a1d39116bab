"""When a drug was given: the period of its treatment without the holds on record."""

import pytest

from tests.renderers.patients import case_of
from timeline.core.calendar.dates import format_days
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.events import DoseHeld, DoseResumed, LastContact, Treatment
from timeline.results.courses import courses

CONTACT = LastContact(at="2020-12-31")
WHOLE = ["2020-01-01 to 2020-10-01"]


def held(at, drugs="", line=1):
    return DoseHeld(at=at, line=line, drugs=tuple(map(drug_dose, drugs.split())))


def resumed(at, drugs="", line=1):
    return DoseResumed(at=at, line=line, drugs=tuple(map(drug_dose, drugs.split())))


def given(*changes, at="2020-01-01/2020-10-01", agent="nivolumab"):
    drugs = (drug_dose("ipilimumab"), drug_dose("nivolumab"))
    case = case_of("one", Treatment(at=at, line=1, drugs=drugs), *changes, CONTACT)
    return [
        f"{format_days(each.start.span)} to "
        f"{'ongoing' if each.goes_on else format_days(each.end.span)}"
        f"{' perhaps' if each.is_possible else ''}"
        for each in courses(case.all_of(Treatment)[0], (agent,), case)
    ]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(given(), WHOLE, id="no hold: the period of the treatment"),
        pytest.param(given(held("2020-03-01"), resumed("2020-05-01")),
                     ["2020-01-01 to 2020-03-01", "2020-05-01 to 2020-10-01"],
                     id="a hold of the line is a gap"),
        pytest.param(given(held("2020-03-01", "nivolumab"), resumed("2020-05-01")),
                     ["2020-01-01 to 2020-03-01", "2020-05-01 to 2020-10-01"],
                     id="of the drug that is named"),
        pytest.param(given(held("2020-03-01", "ipilimumab"), resumed("2020-05-01")), WHOLE,
                     id="and of no other"),
        pytest.param(given(held("2020-03-01"), resumed("2020-05-01"),
                           held("2020-06-01"), resumed("2020-07-01")),
                     ["2020-01-01 to 2020-03-01", "2020-05-01 to 2020-06-01",
                      "2020-07-01 to 2020-10-01"], id="each of two holds"),
        pytest.param(given(held("2020-03-01")),
                     ["2020-01-01 to 2020-03-01", "2020-03-01 to 2020-10-01 perhaps"],
                     id="no resumption on record: it may have been given again"),
        pytest.param(given(held("2020-03-01"), at="2020-01-01/.."),
                     ["2020-01-01 to 2020-03-01", "2020-03-01 to ongoing perhaps"],
                     id="the same of one that goes on"),
        pytest.param(given(held("2020-10-01")), WHOLE, id="held on the day of its end: no gap"),
        pytest.param(given(held("2020-10"), resumed("2020-11-01")), WHOLE,
                     id="a hold that may be after the end leaves no gap"),
        pytest.param(given(held("2020-03"), resumed("2020-05")),
                     ["2020-01-01 to 2020-03", "2020-05 to 2020-10-01"], id="vague dates"),
    ],
)  # fmt: skip
def test_the_courses_of_a_drug(found, expected):
    assert found == expected


def test_a_hold_of_another_line_is_none_of_this_one():
    second = Treatment(at="2020-11-01/2020-12-01", line=2, drugs=(drug_dose("dacarbazine"),))
    assert given(second, held("2020-03-01", line=2), resumed("2020-05-01", line=2)) == WHOLE
