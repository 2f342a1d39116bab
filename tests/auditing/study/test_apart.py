"""Two different figures are never compared; one figure in two units is."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import A, C, P, verdicts_of
from timeline.files.loader import load


def strongest(rule, claims, tmp_path):
    """The strongest conclusion of a rule on claims written under the headings of their places."""
    path = tmp_path / "s.yaml"
    path.write_text(f"source: s\nclaims:\n{claims}")
    found, problems = load(path)
    assert not problems, [str(each) for each in problems]
    conclusions = [verdict.conclusion for verdict in verdicts_of(rule, found)]
    return next((conclusion for conclusion in (C, P, A) if conclusion in conclusions), None)


def under(place, *claims):
    return f"  {place}:\n" + "".join(f"    - {each}\n" for each in claims)


def orr(print_, note="", kind="percent", about="ORR"):
    extra = f", note: {note}" if note else ""
    return f"{{{kind}: {print_}, about: {about}, group: arm A, n: 61{extra}}}"


def responses(note):
    """CR 2 + PR 25 = 27 of 61, which is 44 %; 31 of 61 is 51 %."""
    parts = {"CR": 2, "PR": 25, "SD": 20, "PD": 11, "NE": 3}
    return [orr(k, note, "count", name) for name, k in parts.items()]


ASSESSED = [
    ("K01", [orr(51, "unconfirmed"), orr(27, "confirmed", "count")], A, "two confirmations"),
    ("K01", [orr(51, "unconfirmed"), orr(27, "", "count")], A, "one of them not stated"),
    ("K01", [orr(51, "confirmed"), orr(27, "confirmed", "count")], C, "of one confirmation"),
    ("K01", [orr(51, "investigator"), orr(27, "central review", "count")], A, "two readers"),
    ("K01", [orr(51, "BICR"), orr(27, "by BICR", "count")], C, "one reader in other words"),
    ("K01", [orr(51, "reader 1"), orr(27, "reader 2", "count")], A, "two of several readers"),
    ("K07", [orr(51, "unconfirmed"), *responses("confirmed")], None, "responses confirmed"),
    ("K07", [orr(51, "investigator"), *responses("central review")], None, "responses of others"),
    ("K07", [orr(51, "central review"), *responses("central review")], C, "of one reader"),
    ("K07", [orr(51, "confirmed"), *responses("")], C, "more confirmed than there are"),
    ("K07", [orr(38, "confirmed"), *responses("")], P, "fewer confirmed than there are"),
    (
        "K04",
        [
            "{count: 31, about: male, among: sex, n: 61, note: karyotype confirmed}",
            "{count: 30, about: female, among: sex, n: 61}",
        ],
        A,
        "parts that differ in a note",
    ),
    (
        "K04",
        [
            "{count: 6, about: local recurrence, among: disease, n: 11}",
            "{count: 5, about: confirmed metastases, among: disease, n: 11}",
        ],
        A,
        "names of parts are no way of assessing",
    ),
    (
        "K04",
        [
            "{count: 2, about: PR, n: 5, note: local review}",
            "{count: 3, about: SD, n: 5, note: local review}",
            "{count: 1, about: PR, n: 5, note: BICR}",
            "{count: 5, about: SD, n: 5, note: BICR}",
        ],
        C,
        "the second of two readers has one too many",
    ),
    (
        "K18",
        [
            "{rate: 60, of: PFS, at: 6 months, note: central}",
            "{PFS: 5, unit: months, statistic: median, note: investigator}",
        ],
        None,
        "a rate and a median of two readers",
    ),
]


@pytest.mark.parametrize(
    ("rule", "claims", "expected"),
    [pytest.param(*case[:3], id=f"{case[0]}: {case[3]}") for case in ASSESSED],
)
def test_how_responses_were_assessed(rule, claims, expected, tmp_path):
    assert strongest(rule, under("Text", *claims), tmp_path) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("unconfirmed", "confirmed", None, id="two confirmations"),
        pytest.param("investigator", "blinded review", None, id="two readers"),
        pytest.param("confirmed", "confirmed", C, id="one confirmation"),
        pytest.param("", "", C, id="not stated"),
        pytest.param("", "histologically confirmed", C, id="another kind of confirming"),
    ],
)
def test_two_places(one, other, expected, tmp_path):
    report = under("Abstract", orr(51, one)) + under("Results", orr(44, other))
    assert strongest("C26", report, tmp_path) is expected


@pytest.mark.parametrize(
    ("print_", "k", "n", "expected"),
    [
        pytest.param("about 40", 21, 50, A, id="42 %"),
        pytest.param("about 50", 24, 50, A, id="48 %"),
        pytest.param("approximately 50", 27, 58, A, id="46.6 %"),
        pytest.param("nearly half", 24, 50, A, id="48 %, in words"),
        pytest.param("more than half", 26, 50, A, id="52 %"),
        pytest.param("about 40", 24, 50, C, id="48 % is about 50"),
        pytest.param("more than half", 24, 50, C, id="48 % is less"),
        pytest.param("nearly 50", 26, 50, C, id="52 % is more"),
    ],
)
def test_hedged_percentages(print_, k, n, expected, tmp_path):
    report = under(
        "Text", f"{{percent: {print_}, about: x, n: {n}}}", f"{{count: {k}, about: x, n: {n}}}"
    )
    assert strongest("K01", report, tmp_path) is expected


def test_a_hedged_percentage_and_its_number_at_another_place(tmp_path):
    report = [under(place, f"{{percent: {x}, about: x}}") for place, x in
            (("Abstract", "about 40"), ("Results", "42.0"))]  # fmt: skip
    assert strongest("C26", "".join(report), tmp_path) is A


def time(kind, print_, unit):
    return f"{{{kind}: {print_}, unit: {unit}, statistic: median, group: all}}"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(("9.8", "months"), ("35", "weeks"), C, id="9.8 x 28 = 274 days; 245"),
        pytest.param(("9.8", "months"), ("42.6", "weeks"), A, id="298.3 days and 298.2"),
        pytest.param(("9.8", "months"), ("39", "weeks"), A, id="months of 28 days: 274 and 273"),
        pytest.param(
            ("1", "years"), ("14", "months"), A, id="a year rounded is a range of six months"
        ),
        pytest.param(("16.0", "months"), ("1.0", "years"), C, id="445 days and 402 at most"),
    ],
)
def test_one_time_at_two_places_in_two_units(one, other, expected, tmp_path):
    report = under("Abstract", time("PFS", *one)) + under("Results", time("PFS", *other))
    assert strongest("C26", report, tmp_path) is expected


ORIGINS = ["{name: treatment, about: origin of PFS}", "{name: treatment, about: origin of OS}"]


@pytest.mark.parametrize(
    ("pfs", "os", "expected"),
    [
        pytest.param(("9.8", "months"), ("200", "days"), C, id="9.7 x 28 = 272 days at least"),
        pytest.param(("12", "months"), ("40", "weeks"), C, id="308 days at least; 287 at most"),
        pytest.param(("9.8", "months"), ("290", "days"), A, id="274 days with months of 28"),
        pytest.param(("14", "months"), ("1", "years"), A, id="a year rounded to a year and a half"),
        pytest.param(("9.8", "months"), ("not reached", "weeks"), A, id="OS not reached"),
    ],
)
def test_medians_of_pfs_and_os_in_two_units(pfs, os, expected, tmp_path):
    report = under("Text", time("PFS", *pfs), time("OS", *os), *ORIGINS)
    assert strongest("K21", report, tmp_path) is expected


@pytest.mark.parametrize(
    ("first", "later", "expected"),
    [
        pytest.param((60, "6 months"), (65, "52 weeks"), C, id="183 days and 364"),
        pytest.param((60, "1 year"), (65, "24 months"), C, id="365 days and 672 at the least"),
        pytest.param((65, "6 months"), (60, "52 weeks"), A, id="falling"),
        pytest.param((60, "6 months"), (65, "26 weeks"), A, id="168 to 183 days and 182: either"),
        pytest.param((60, "12 months"), (65, "1 year"), C, id="one time, two rates"),
    ],
)
def test_rates_at_times_in_two_units(first, later, expected, tmp_path):
    rates = [f"{{rate: {each[0]}, of: OS, at: {each[1]}}}" for each in (first, later)]
    assert strongest("K20", under("Text", *rates), tmp_path) is expected


def test_os_below_pfs_at_one_time_in_two_units(tmp_path):
    rates = ["{rate: 60, of: PFS, at: 12 months}", "{rate: 55, of: OS, at: 1 year}"]
    assert strongest("K20", under("Text", *rates), tmp_path) is C


def on(date, of="start of the study period"):
    return f"{{date: {date}, of: {of}}}"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(on("March 2021"), on("May 2021"), C, id="two starts"),
        pytest.param(on("March 2021"), on("12 March 2021"), None, id="a day of that month"),
        pytest.param(on("March 2021"), on("2020", "end of the study period"), C, id="ends before"),
        pytest.param(on("March 2021"), on("2021", "end of the study period"), None, id="may end"),
        pytest.param(on("2021", "cut-off"), on("2022", "cut-off"), None, id="two cut-offs"),
    ],
)
def test_dates_of_a_study(one, other, expected, tmp_path):
    assert strongest("K10", under("Abstract", one) + under("Methods", other), tmp_path) is expected


def test_two_dates_of_one_place_may_be_of_two_parts(tmp_path):
    assert strongest("K10", under("Text", on("2019"), on("2021")), tmp_path) is None
