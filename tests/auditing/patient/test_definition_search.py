"""Which other definitions reproduce a print: conventions, typing errors, chance, and other dates.

The case: line 1 from 2020-01-10 to progression on 2020-06-10, 152 days, 4.99 months.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.auditing.patient.records import audited, of
from timeline.auditing.comparison.typos import edits
from timeline.auditing.patient.durations.conventions import BY_NAME, Convention, imputed
from timeline.core.calendar.dates import parse_edtf
from timeline.core.printed_numbers import parse_printed

SUBTRACTED, COUNTED = (Convention(by_name=name) for name in BY_NAME)
CASE = """
  - {diagnosis: 2019-12-01}
  - {scan: 2020-01-05, baseline: 1}
  - {treatment: %s/2020-06-10, line: 1, drugs: x}
  - {scan: %s, id: worse, line: 1, target: stable, new: liver}
"""


def verdict(text, unit="months", start="2020-01-10", end="2020-06-10"):
    (found,) = of("C01", audited(CASE % (start, end), f"- {{PFS: {text}, unit: {unit}, line: 1}}"))
    return found


@pytest.mark.parametrize(
    ("convention", "start", "end", "text", "part"),
    [
        pytest.param(SUBTRACTED, "2021-12", "2022-05", "5", 1, id="May less December is 5"),
        pytest.param(COUNTED, "2021-12", "2022-05", "6", 1, id="and 6 with both counted"),
        pytest.param(SUBTRACTED, "2021-12-31", "2022-01-01", "1", 1, id="a day apart, a month"),
        pytest.param(SUBTRACTED, "2021-12", "2022-05", "5.4", 0, id="never a part of a month"),
        pytest.param(SUBTRACTED, "2022-01/2022-02", "2022-05", "4", Fraction(31, 59),
                     id="31 days of January in 59"),
        pytest.param(SUBTRACTED, "2022-05", "2022-05", "0", 1, id="the same month"),
        pytest.param(SUBTRACTED, "2021-12", "2022-05", "over 4", 1, id="a hedge"),
    ],
)  # fmt: skip
def test_months_by_their_names(convention, start, end, text, part):
    spans = parse_edtf(start).span, parse_edtf(end).span
    assert convention.fits(*spans, parse_printed(text), "months")[1] == part


@given(st.integers(737000, 738000), st.integers(0, 70), st.integers(0, 40), st.integers(0, 40),
       st.integers(0, 6))  # fmt: skip
def test_the_share_by_name_is_that_of_counting_every_pair(low, gap, width, long, months):
    from datetime import date

    from timeline.core.span import Span

    start, end = Span(low, low + width), Span(low + gap, low + gap + long)
    pairs = [
        (date.fromordinal(first), date.fromordinal(last))
        for first in range(low, low + width + 1)
        for last in range(low + gap, low + gap + long + 1)
        if last >= first
    ]
    hits = sum(12 * (b.year - a.year) + b.month - a.month == months for a, b in pairs)
    part = SUBTRACTED.fits(start, end, parse_printed(str(months)), "months")[1]
    assert part == (Fraction(hits, len(pairs)) if pairs else 0)


def test_only_months_are_subtracted_by_name():
    day = parse_edtf("2022-05-01").span
    assert SUBTRACTED.fits(day, day, parse_printed("0"), "weeks")[1] == 0


def test_a_print_by_names_of_months_is_possible():
    """31 January to 1 June 2020 are 122 days, 4.01 months; June less January is 5, with both 6."""
    found = verdict("6", start="2020-01-31", end="2020-06-01")
    assert found.conclusion == "possible"
    assert any("the first and the last included" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "kind", "made"),
    [
        pytest.param("84", "one digit", "94", id="a digit"),
        pytest.param("84", "two digits that changed places", "48", id="a transposition"),
        pytest.param("84", "a decimal point left out", "8.4", id="a point dropped"),
        pytest.param("8.4", "a decimal point added", "84", id="a point too many"),
        pytest.param("over 60", "one digit", "over 50", id="a hedge stays"),
    ],
)
def test_typing_errors(text, kind, made):
    assert (kind, made) in list(edits(text))


@pytest.mark.parametrize(
    ("text", "unmade"),
    [pytest.param("60", "00", id="no leading 0"), pytest.param("84", "84", id="not itself")],
)
def test_no_typing_error(text, unmade):
    assert unmade not in [made for _, made in edits(text)]


@pytest.mark.parametrize(
    ("text", "unit", "description"),
    [
        pytest.param("9.99", "months", "one digit (4.99)", id="4.99 for 9.99"),
        pytest.param("499", "months", "a decimal point left out (4.99)", id="499 for 4.99"),
        pytest.param("125", "days", "two digits that changed places (152)", id="125 for 152"),
        pytest.param("21.7", "months", "another unit (21.7 weeks)", id="weeks for months"),
        pytest.param("17.02", "months", "another year of the end (2021-06-10)",
                     id="517 days, 16.99 months, and one day more is 17.02"),
    ],
)  # fmt: skip
def test_a_typing_error_reproduces_a_print(text, unit, description):
    found = [each for each in verdict(text, unit).explanations if each.tier == 4]
    if text == "17.02":
        assert not any("year" in each.description for each in found), "517 / 30.4375 = 16.99"
        found = [each for each in verdict("16.99", unit).explanations if each.tier == 4]
    assert any(description in each.description for each in found), [
        each.description for each in found
    ]


def test_typing_errors_follow_definitions():
    """6.31 months are the 192 days from diagnosis; 6.31 is two digits from 4.99."""
    tiers = [each.tier for each in verdict("6.3").explanations]
    assert tiers == sorted(tiers)
    assert tiers[0] < 4


def test_the_number_of_definitions_tried_and_the_matches_expected_by_chance():
    found = verdict("6.3")
    assert found.tried > 50
    assert 0 < found.by_chance < 3
    assert any("an arbitrary time would fit about" in note for note in found.notes)


def test_the_dates_that_it_would_need_name_the_events_on_record():
    """77.7 months are 2364 to 2366 days: an end in June or July 2026, a start in December 2013.

    5.2 months are 157 to 159 days: a start on 3 to 5 January 2020, the baseline scan.
    """
    (window,) = [note for note in verdict("77.7").notes if note.startswith("it would need")]
    assert window.count("no event on record lies there") == 2
    (window,) = [note for note in verdict("5.2").notes if note.startswith("it would need")]
    assert "on record there" in window


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("2021-12", ("2021-12-01", "2021-12-15", "2021-12-31"), id="a month"),
        pytest.param("2021-12-05", ("2021-12-05",) * 3, id="a day"),
        pytest.param("2021", ("2021-01-01", "2021-07-02", "2021-12-31"), id="a year"),
    ],
)
def test_imputed_dates(text, days):
    assert imputed(parse_edtf(text).span) == tuple(int(parse_edtf(day).span.low) for day in days)


def test_imputation_would_hide_what_the_range_allows():
    """December 2021 to August 2022: 243 days, 7.98 months first, mid or last; the range 8.97."""
    case = """
  - {scan: 2021-11-20, baseline: 1}
  - {treatment: 2021-12/.., line: 1, drugs: x, criterion: iRECIST}
  - {scan: 2022-05, target: stable, new: liver}
  - {scan: 2022-08, target: stable, earlier-new: grown}
"""
    claim = "- {PFS: 8.4, unit: months, line: 1, criterion: iRECIST}"
    (found,) = of("C01", audited(case, claim))
    assert "7.98 months" in found.explanations[0].hidden
    assert "the iCPD date" in found.explanations[0].description
