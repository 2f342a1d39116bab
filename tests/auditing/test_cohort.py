"""Figures of a cohort: each rule firing and silent, and Liu 2025 by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.auditing import Call, audit
from timeline.ledger import load
from timeline.source import CLAIMS, Claim, Source

ROOT = Path(__file__).parent.parent.parent
A, P, C, N = Call.AGREES, Call.POSSIBLE, Call.CONTRADICTED, Call.NOT_CHECKABLE


def claim(kind, text, **keys):
    return Claim(kind=kind, text=text, value=CLAIMS[kind].read(text), **keys)


def first(rule, *claims):
    """The verdicts of one rule."""
    found = audit(None, Source(name="s", claims=claims))
    return [verdict for verdict in found if verdict.rule == rule]


@pytest.mark.parametrize(
    ("percent", "n", "count", "call"),
    [
        pytest.param("46.7", "15", "7", A, id="7 / 15 = 46.67"),
        pytest.param("42.2", "7", "3", C, id="3 / 7 = 42.86"),
        pytest.param("66.6", "15", "10", P, id="10 / 15 = 66.67: cut, not rounded"),
        pytest.param("66.7", "15", "9", C, id="another count: 9 / 15 = 60.0"),
        pytest.param("33.3", "15", None, A, id="some count prints so: 5"),
        pytest.param("34.0", "15", None, C, id="none does"),
    ],
)
def test_k01_percent_of_n(percent, n, count, call):
    claims = [claim("percent", percent, about="x", n=n)]
    claims += [claim("count", count, about="x")] if count else []
    (verdict,) = first("K01", *claims)
    assert verdict.call is call


def test_k01_is_silent_without_a_denominator_or_with_one_that_is_no_number():
    assert not first("K01", claim("percent", "42.2", about="x"))
    assert not first("K01", claim("percent", "42.2", about="x", n="some"))


@pytest.mark.parametrize(
    ("rate", "percent", "call"),
    [
        pytest.param("ORR", "6.7", A, id="1 of 15"),
        pytest.param("ORR", "13.3", C, id="2 of 15 is not CR + PR"),
        pytest.param("DCR", "73.3", A, id="11 of 15"),
        pytest.param("DCR", "80.0", C, id="12 of 15 is not CR + PR + SD"),
    ],
)
def test_k07_rates_from_counts(rate, percent, call):
    counts = (claim("count", k, about=name) for name, k in
              (("CR", "0"), ("PR", "1"), ("SD", "10"), ("PD", "4")))  # fmt: skip
    (verdict,) = first("K07", claim("percent", percent, about=rate, n="15"), *counts)
    assert verdict.call is call


FOLLOW_UP = {"unit": "months", "statistic": "median", "group": "all"}


@pytest.mark.parametrize(
    ("median", "limits", "call"),
    [
        pytest.param("14.2", "11.1 to 17.4", A, id="within 22.3"),
        pytest.param("26", "22.2 to 29.7", P, id="a median that nobody was followed for"),
        pytest.param("20", "16.0 to 24.0", P, id="a normal limit may lie beyond"),
        pytest.param("26", "", P, id="without limits"),
    ],
)
def test_k09_longest_follow_up(median, limits, call):
    (verdict,) = first(
        "K09",
        claim("follow-up", "16.9", range="4.1 to 22.3", **FOLLOW_UP),
        claim("OS", median, ci=limits, **FOLLOW_UP),
    )
    assert verdict.call is call


def test_k09_needs_a_range_and_the_same_group():
    assert not first("K09", claim("follow-up", "16.9", **FOLLOW_UP), claim("OS", "26", **FOLLOW_UP))
    other = FOLLOW_UP | {"group": "DDLPS"}
    assert not first(
        "K09",
        claim("follow-up", "16.9", range="4.1 to 22.3", **FOLLOW_UP),
        claim("OS", "26", **other),
    )


STUDY = (
    claim("date", "April 2022", of="start of the study period"),
    claim("date", "April 2024", of="cut-off"),
)
NAMED = claim("name", "start of treatment", about="origin of OS")


@pytest.mark.parametrize(
    ("text", "extra", "call"),
    [
        pytest.param("20", (NAMED,), A, id="30 April 2022 to 1 April 2024 are 702 days, 23.06"),
        pytest.param("24.9", (NAMED,), P, id="1 April 2022 to 30 April 2024 are 760, 24.97"),
        pytest.param("26", (NAMED,), C, id="25.5 months are 776 days at the least"),
        pytest.param("26", (), P, id="no origin is printed: it may be an earlier one"),
    ],
)
def test_k10_calendar(text, extra, call):
    (verdict,) = first("K10", claim("OS", text, **FOLLOW_UP), *STUDY, *extra)
    assert verdict.call is call


def test_k10_is_silent_without_the_dates_of_the_study():
    assert not first("K10", claim("OS", "26", **FOLLOW_UP), NAMED)


def table(*rows):
    """A table of adverse events: term, counts from level I on, total."""
    names = ("level I", "level II", "level III", "level IV", "total")
    return [
        claim("count", str(k), about=term, group=name)
        for term, *counts in rows
        for name, k in zip(names, counts, strict=True)
    ]


@pytest.mark.parametrize(
    ("total", "call"),
    [pytest.param(5, A, id="2 + 1 + 1 + 1 = 5"), pytest.param(6, C, id="and not 6")],
)
def test_k30_totals(total, call):
    (verdict,) = first("K30", *table(("rash", 2, 1, 1, 1, total)))
    assert verdict.call is call


@pytest.mark.parametrize(
    ("patients", "call"),
    [
        pytest.param("4", A, id="between the largest row, 3, and the sum, 5"),
        pytest.param("3", P, id="only if all fall on the same patients"),
        pytest.param("2", C, id="fewer than the largest row"),
        pytest.param("6", C, id="more than all rows together"),
    ],
)
def test_k31_patients_with_grade_3_to_4(patients, call):
    rows = table(("rash", 0, 0, 2, 1, 3), ("nausea", 0, 0, 2, 0, 2))
    severe = claim("count", patients, about="TRAEs of grade 3–4", n="7")
    verdict = first("K30", severe, *rows)[0]
    assert verdict.call is call


@pytest.mark.parametrize(
    ("named", "call"),
    [
        pytest.param(("rash", "nausea"), A, id="the two largest"),
        pytest.param(("rash", "fatigue"), C, id="nausea is more frequent than fatigue"),
    ],
)
def test_k33_most_common(named, call):
    rows = table(("rash", 3, 0, 0, 0, 3), ("nausea", 2, 0, 0, 0, 2), ("fatigue", 1, 0, 0, 0, 1))
    told = [claim("name", each, about="most common TRAEs", place="text") for each in named]
    assert {verdict.call for verdict in first("K33", *told, *rows)} == {call}


def test_liu_2025_by_hand():
    """3 of 7 is 42.86; 10 of 15 is 66.67, printed 66.6; OS 26 of at most 22.3 months.

    Every other percentage of the report is k / 15 or k / 11 to the digit and must stay silent.
    """
    source, _ = load(ROOT / "seeds" / "liu2025.yaml")
    verdicts = audit(None, source)
    odd = {(v.rule, v.claim.kind, v.claim.text): v.call for v in verdicts
           if v.call in (C, P) and v.rule != "C26"}  # fmt: skip
    assert odd == {
        ("K01", "percent", "42.2"): C,
        ("K01", "percent", "66.6"): P,
        ("K09", "OS", "26"): P,
        ("K10", "OS", "26"): C,  # 760 days from April 2022 to April 2024; 26 months are 776 or more
        ("K30", "count", "three"): P,  # 3 of 7, while one row alone has 3: all on the same three
    }
    percents = [v for v in verdicts if v.rule == "K01" and v.call is A]
    assert len(percents) > 30
