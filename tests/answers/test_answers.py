"""Answers without a file, against arithmetic by hand, published examples and the plain oracle."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import timeline as tl
from timeline.answers.responses import BY_SUMS
from timeline.cli.app import app
from timeline.core.quantities import NM_PER_MM


def _iso(span):
    return tuple(date.fromordinal(int(day)).isoformat() for day in (span.low, span.high))


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        # December 2021 has 31 days, January to April 2022 have 31 + 28 + 31 + 30 = 120
        pytest.param("2021-12", "2022-05", (121, 181), id="31 December to 1 May; 1 December to 31"),
        pytest.param("2021-12-05", "2022-05-05", (151, 151), id="26 + 31 + 28 + 31 + 30 + 5"),
        pytest.param("December 2021", "5 May 2022", (125, 155), id="as printed"),
        pytest.param("2020-02-28", "2020-03-01", (2, 2), id="a leap year"),
        pytest.param(
            "2022-05", "2022-05", (0, 30), id="one month: the end is not before the start"
        ),
    ],
)
def test_the_days_between_two_dates(start, end, days):
    found = tl.interval(start, end).days
    assert (found.low, found.high) == days


@pytest.mark.parametrize(
    ("start", "end", "printed", "conclusion"),
    [
        # 181 / 30.4375 = 5.947; 181 / 30 = 6.033; 182 / 30 = 6.067; 181 / 7 = 25.86
        ("2021-12-01", "2022-05-31", "5.9 months", "agrees"),
        ("2021-12-01", "2022-05-31", "6.0 months", "possible"),
        ("2021-12-01", "2022-05-31", "6.1 months", "possible"),
        ("2021-12-01", "2022-05-31", "6.2 months", "contradicted"),
        ("2021-12-01", "2022-05-31", "26 weeks", "agrees"),
        ("2021-12-01", "2022-05-31", "over 180 days", "agrees"),
        ("2021-12-01", "2022-05-31", "over 182 days", "contradicted"),
        ("2021-12", "2022-05", "8.4 months", "contradicted"),
        ("2021-12", "2022-05", "5.0 months", "possible"),
        ("2021-12", "2022-05", "within 6 months", "agrees"),
    ],
)
def test_a_printed_time_against_two_dates(start, end, printed, conclusion):
    assert tl.interval(start, end, printed).conclusion.value == conclusion


def test_the_start_and_the_end_that_a_print_would_need():
    # 8.4 months is 8.35 to 8.45 of 30.4375 days: 254.2 to 257.2, so 255 to 257 whole days.
    # 2022-05-01 less 257 and 2022-05-31 less 255; 2021-12-01 and 257 more at the latest from 31
    answer = tl.interval("2021-12", "2022-05", "8.4 months")
    assert _iso(answer.needed_start) == ("2021-08-17", "2021-09-18")
    assert _iso(answer.needed_end) == ("2022-08-13", "2022-09-14")
    assert "It would need a start from 2021-08-17 to 2021-09-18 (with the end 2022-05)." in str(
        answer
    )


def test_a_convention_that_alone_reproduces_a_print_is_named():
    answer = tl.interval("2021-12-01", "2022-05-31", "6.1 months")  # 182 / 30 = 6.07
    assert "a month of 30 days, both end days counted (one day more)" in answer.fitting
    assert not any("30.4375" in each for each in answer.fitting)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("2022-05", "2021-12"), "the end, '2021-12', is before the start"),
        (("05/12/2021", "2021-12"), "not a date: '05/12/2021'"),
        (("2021-12", "2022-05", "8.4"), "unit"),
        (("2021-12", "2022-05", "8.4 mg"), "mg measures"),
        (("2021-12", "2022-05", "8.4 months per line"), "what follows the unit is not read"),
    ],
)
def test_an_interval_that_cannot_be_read_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        tl.interval(*arguments)


@given(
    st.dates(date(2000, 1, 1), date(2020, 1, 1)),
    st.integers(0, 3000),
    st.sampled_from(["days", "weeks", "months", "years"]),
    st.integers(0, 2),
)
def test_a_truthful_print_between_exact_days_agrees(start, days, unit, places):
    size = {"days": 1, "weeks": 7, "months": Fraction(487, 16), "years": Fraction(1461, 4)}[unit]
    printed = f"{float(round(Fraction(days) / size, places)):.{places}f} {unit}"
    end = date.fromordinal(start.toordinal() + days)
    answer = tl.interval(start.isoformat(), end.isoformat(), printed)
    assert answer.conclusion.value == "agrees", printed


@pytest.mark.parametrize(
    ("printed", "of", "count", "conclusion", "nearest"),
    [
        # thirds and sevenths by hand: 2/7 = 28.57, 3/7 = 42.86, 4/7 = 57.14; 7/15 = 46.67
        ("42.2", 7, None, "contradicted", ((2, "28.6"), (3, "42.9"))),
        ("42.9", 7, 3, "agrees", ((2, "28.6"), (4, "57.1"))),
        ("42.9 %", 7, 2, "contradicted", ((2, "28.6"), (4, "57.1"))),
        ("46.6", 15, 7, "possible", ((6, "40.0"), (8, "53.3"))),
        ("100", 7, 7, "agrees", ((6, "86"),)),
        ("101", 7, None, "contradicted", ((7, "100"),)),
    ],
)
def test_which_counts_print_so(printed, of, count, conclusion, nearest):
    answer = tl.percent(printed, of, count)
    assert (answer.conclusion.value, answer.nearest) == (conclusion, nearest)


def test_the_denominators_are_those_of_a_plain_search():
    found = tl.percent("42.2", most=200).denominators
    low, high = Fraction(4215, 100), Fraction(4225, 100)
    plain = [
        n for n in range(1, 201) if any(low <= Fraction(100 * k, n) <= high for k in range(n + 1))
    ]
    assert list(found) == plain


def test_what_is_no_percentage_of_patients_is_refused():
    for arguments in (("abc",), ("42", 0), ("42", 7, 8), ("42", 7, -1), ("42", None, None, 0)):
        with pytest.raises(ValueError, match=r"\(write"):
            tl.percent(*arguments)


@pytest.mark.parametrize(
    ("sums", "more", "label", "rows"),
    [
        # Eisenhauer 2009, 4.3.1: +20 % and +5 mm from the nadir; -30 % from baseline
        pytest.param(("25.5", "30.6", "24"), {}, "PD", ["T4", "1.2", "P2"], id="+27.5 %, 6.6 mm"),
        pytest.param(("24", "28.9"), {}, "SD", ["T8", "1.8", "P3"], id="+20.4 %, but 4.9 mm"),
        pytest.param(("100", "119.9"), {}, "SD", ["T8", "1.8", "P3"], id="+19.9 mm, but 19.9 %"),
        pytest.param(("40", "28"), {}, "PR", ["T6", "1.7", "P3"], id="exactly -30 %"),
        pytest.param(("4 cm", "28.1 mm"), {}, "SD", ["T8", "1.8", "P3"], id="-29.75 %"),
        pytest.param(("40", "31", "27"), {}, "PR", ["T7", "1.7", "P3"], id="a PR stays"),
        pytest.param(("40", "0"), {}, "CR", ["T3", "1.5", "P3"], id="all gone"),
        pytest.param(("40", "0"), {"non_target": "NON-CR/NON-PD"}, "PR", ["T3", "1.6", "P3"],
                     id="a non-target is left"),
        pytest.param(("40", "3", "0"), {}, "PD", ["T5", "1.2", "P2"], id="back after CR"),
        pytest.param(("40", "20", "18"), {"new": True}, "PD", ["T6", "1.1", "P2"], id="new lesion"),
        pytest.param(("25.5", "30.6", "24"), {"criterion": "iRECIST"}, "iUPD", ["T4", "1.2", "R3"],
                     id="unconfirmed by iRECIST"),
    ],
)  # fmt: skip
def test_the_response_of_one_scan(sums, more, label, rows):
    answer = tl.recist(*sums, **more)
    assert (answer.label, [row.id for row in answer.rows]) == (label, rows)


_SUMS = st.integers(10, 2000).map(lambda tenths: tenths * NM_PER_MM // 10)


@given(
    _SUMS, st.integers(0, 2000), st.integers(0, 20), st.booleans(), st.sampled_from(list(BY_SUMS))
)
def test_the_rows_named_are_those_that_give_the_label(baseline, tenths, part, new, criterion):
    nadir, now = baseline * part // 20 // 100_000 * 100_000, tenths * NM_PER_MM // 10
    texts = (f"{each / NM_PER_MM:.1f} mm" for each in (baseline, now, nadir))
    answer = tl.recist(*texts, new=new, criterion=criterion)
    plain = {"iUPD": "PD", "iCPD": "PD"}.get(answer.label, answer.label.removeprefix("i"))
    plain = plain.removeprefix("m").removeprefix("r")
    assert answer.rows[1].result == plain, answer.to_dict()


def test_a_response_that_sums_do_not_decide_is_refused():
    for arguments, more, message in (
        (("0", "5"), {}, "no target disease"),
        (("0.9", "5"), {}, "baseline is below 1 mm.*: '0.9' .check the unit"),
        (("0.09 cm", "0"), {"criterion": "iRECIST"}, "baseline is below 1 mm"),
        (("25", "30", "26"), {}, "above the baseline"),
        (("25", "x"), {}, "not a printed number"),
        (("25", "about 20 mm"), {}, "write"),
        (("25", "30"), {"criterion": "Choi"}, "not a criterion that sums of diameters decide"),
        (("25", "30"), {"non_target": "grown"}, "allows"),
    ):
        with pytest.raises(ValueError, match=message):
            tl.recist(*arguments, **more)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["interval", "2021-12", "2022-05", "--printed", "8.4 months"], 1),
        (["interval", "2021-12", "2022-05", "--printed", "5 months"], 0),
        (["interval", "2022-05", "2021-12"], 2),
        (["percent", "42.2", "--of", "7"], 1),
        (["percent", "42.9", "--of", "7", "--count", "3"], 0),
        (["percent", "x"], 2),
        (["recist", "25.5", "30.6", "--nadir", "24"], 0),
        (["recist", "25.5", "30.6", "--nadir", "24", "--criterion", "irecist"], 0),
        (["recist", "25.5", "30.6", "--nadir", "26"], 2),
    ],
)
def test_the_commands_fit_one_screen_and_print_the_same_as_data(words, code):
    text = CliRunner().invoke(app, words)
    assert text.exit_code == code
    assert text.output.count("\n") <= 24
    assert max(map(len, text.output.splitlines())) <= 110
    data = CliRunner().invoke(app, [*words, "--json"])
    assert data.exit_code == code
    assert code == 2 or json.loads(data.stdout)
