"""A figure printed at several places."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.auditing import RULES, Conclusion, verdicts_by_rule
from timeline.report.claims import CLAIMS, Claim, Report
from timeline.views.case_report import load_all

ROOT = Path(__file__).parents[3]


def test_the_rule_is_in_the_list():
    assert "C26" in {rule.id for rule in RULES}


def calls(kind, *prints, about="x", places=None, **keys):
    """The verdict on each print; each stands at a place of its own unless stated otherwise."""
    claims = tuple(
        Claim(kind=kind, text=text, value=CLAIMS[kind].read(text), about=about, place=place, **keys)
        for text, place in zip(prints, places or map(str, range(len(prints))), strict=True)
    )
    return [
        verdict.conclusion for verdict in verdicts_by_rule(None, Report(name="s", claims=claims))
    ]


A, P, C, N = (
    Conclusion.AGREES,
    Conclusion.POSSIBLE,
    Conclusion.CONTRADICTED,
    Conclusion.NOT_CHECKABLE,
)


@pytest.mark.parametrize(
    ("kind", "prints", "expected"),
    [
        pytest.param("name", ("right", "right"), [A, A], id="alike"),
        pytest.param("name", ("right", "left", "right"), [A, C, A], id="one departs from two"),
        pytest.param("name", ("well-differentiated", "well differentiated"), [A, A], id="hyphen"),
        pytest.param("name", ("liposarcoma", "myxoid liposarcoma"), [A, A], id="one is wider"),
        pytest.param("name", ("left", "right", "right"), [C, A, A], id="the first departs"),
        pytest.param("name", ("right", "left"), [N, C], id="one against one: the first counts"),
        pytest.param("name", ("anlotinib", "arotinib"), [N, C], id="another name"),
        pytest.param("name", ("arotinib", "anlotinib"), [C, N], id="which of them is a drug"),
        pytest.param("ordinal", ("third", "second"), [N, C], id="another ordinal"),
        pytest.param("count", ("seven", "7"), [A, A], id="a word and a digit"),
        pytest.param("percent", ("20.0", "20"), [A, A], id="fewer digits of one number"),
        pytest.param("percent", ("20.0", "21"), [N, C], id="another number"),
        pytest.param("count", ("over 100", "more than 50"), [N, P], id="two bounds: one is wider"),
        pytest.param("count", ("over 100", "more than 100"), [A, A], id="one bound in two words"),
        pytest.param("count", ("over 100", "120"), [A, A], id="a bound and a number above it"),
        pytest.param("name", ("right",), [N], id="printed once"),
    ],
)
def test_prints_against_the_first(kind, prints, expected):
    assert calls(kind, *prints) == expected


@pytest.mark.parametrize(
    ("prints", "expected"),
    [
        pytest.param(("not reached", "20.9+"), [N, P], id="nobody followed longer than 20.9"),
        pytest.param(("over 20", "not reached"), [N, P], id="a bound is wider"),
        pytest.param(("not reached", "NR"), [A, A], id="one word and its short form"),
        pytest.param(("not reached", "20.9"), [N, C], id="reached, or not"),
    ],
)
def test_a_time_that_was_not_reached(prints, expected):
    found = calls("PFS", *prints, about="", unit="months", statistic="median")
    assert found == expected


@pytest.mark.parametrize(
    ("prints", "places", "expected"),
    [
        pytest.param(["rash", "fatigue"], ["a", "a"], [N, N], id="a list at one place"),
        pytest.param(["rash", "fatigue"] * 2, ["a", "a", "b", "b"], [N] * 4, id="a list at two"),
        pytest.param(["right", "left", "right"], ["a", "a", "b"], [A, C, A],
                     id="one place that contradicts itself and another"),
    ],
)  # fmt: skip
def test_a_list_is_no_repetition(prints, places, expected):
    assert calls("name", *prints, places=places) == expected


def test_another_line_or_group_is_another_figure():
    claims = tuple(
        Claim(kind="count", text=text, value=CLAIMS["count"].read(text), about="cycles", line=line)
        for text, line in (("7", 1), ("6", 2))
    )
    verdicts = verdicts_by_rule(None, Report(name="s", claims=claims))
    assert [verdict.conclusion for verdict in verdicts] == [N, N]


@pytest.mark.parametrize(
    ("name", "departing"),
    [
        pytest.param("wang2023", {"C11": {"second"}, "C16": {"left"}, "C36": {"lymphoma"},
                                  "C20": {"D–E", "A–F"}, "C21": {"received"}},
                     id="line, side, tumour, panels, planned or given"),
        pytest.param("jin2025", {"C17": {"arotinib", "Amplizumab", "antiproprazole",
                                         "clopidogrel", "Panapril", "paclitaxel"}},
                     id="drug names"),
        pytest.param("liu2025", {"C17": {"envafolelimab"}}, id="the antibody"),
    ],
)  # fmt: skip
def test_what_departs_in_the_three_reports(name, departing):
    """Read in the papers: each of these words stands against another for the same item."""
    case_reports, problems = load_all([ROOT / "seeds" / f"{name}.yaml"])
    assert not problems
    found = {(v.rule, v.claim.text) for v in case_reports[0].audit_by_rule() if v.conclusion is C}
    for rule, texts in departing.items():
        assert {(rule, text) for text in texts} <= found
