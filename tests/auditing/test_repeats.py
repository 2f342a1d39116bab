"""A figure printed at several places."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.auditing import RULES, Call, audit
from timeline.ledger import load
from timeline.source import CLAIMS, Claim, Source

ROOT = Path(__file__).parent.parent.parent


def test_the_rule_is_in_the_list():
    assert "C26" in {rule.id for rule in RULES}


def calls(kind, *prints, about="x", places=None, **keys):
    """The verdict on each print; each stands at a place of its own unless said otherwise."""
    claims = tuple(
        Claim(kind=kind, text=text, value=CLAIMS[kind].read(text), about=about, place=place, **keys)
        for text, place in zip(prints, places or map(str, range(len(prints))), strict=True)
    )
    return [verdict.call for verdict in audit(None, Source(name="s", claims=claims))]


A, C, N = Call.AGREES, Call.CONTRADICTED, Call.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("kind", "prints", "wanted"),
    [
        pytest.param("name", ("right", "right"), [A, A], id="alike"),
        pytest.param(
            "name", ("right", "left", "right"), [N, C, N], id="one departs from the first"
        ),
        pytest.param("name", ("well-differentiated", "well differentiated"), [A, A], id="hyphen"),
        pytest.param("name", ("liposarcoma", "myxoid liposarcoma"), [A, A], id="one says less"),
        pytest.param("name", ("anlotinib", "arotinib"), [N, C], id="another name"),
        pytest.param("ordinal", ("third", "second"), [N, C], id="another ordinal"),
        pytest.param("count", ("seven", "7"), [A, A], id="a word and a digit"),
        pytest.param("percent", ("20.0", "20"), [A, A], id="fewer digits of one number"),
        pytest.param("percent", ("20.0", "21"), [N, C], id="another number"),
        pytest.param("name", ("right",), [N], id="printed once"),
    ],
)
def test_prints_against_the_first(kind, prints, wanted):
    assert calls(kind, *prints) == wanted


@pytest.mark.parametrize(
    ("prints", "places", "wanted"),
    [
        pytest.param(["rash", "fatigue"], ["a", "a"], [N, N], id="a list at one place"),
        pytest.param(["rash", "fatigue"] * 2, ["a", "a", "b", "b"], [N] * 4, id="a list at two"),
        pytest.param(["right", "left", "right"], ["a", "a", "b"], [N, C, N],
                     id="one place that contradicts itself and another"),
    ],
)  # fmt: skip
def test_a_list_is_no_repetition(prints, places, wanted):
    assert calls("name", *prints, places=places) == wanted


def test_another_line_or_group_is_another_figure():
    claims = tuple(
        Claim(kind="count", text=text, value=CLAIMS["count"].read(text), about="cycles", line=line)
        for text, line in (("7", 1), ("6", 2))
    )
    verdicts = audit(None, Source(name="s", claims=claims))
    assert [verdict.call for verdict in verdicts] == [N, N]


@pytest.mark.parametrize(
    ("name", "departing"),
    [
        pytest.param("wang2023", {"left", "lymphoma", "second", "received", "D–E", "A–F"},
                     id="side, tumour, line, planned or given, panels"),
        pytest.param("jin2025", {"arotinib", "Amplizumab", "antiproprazole", "clopidogrel",
                                 "Panapril", "paclitaxel",
                                 "well differentiated retroperitoneal sarcoma"},
                     id="drug names and the tumour"),
        pytest.param("liu2025", {"envafolimab"}, id="the antibody"),
    ],
)  # fmt: skip
def test_what_departs_in_the_three_reports(name, departing):
    """Read in the papers: each of these words stands against another for the same thing."""
    source, _ = load(ROOT / "seeds" / f"{name}.yaml")
    found = {v.claim.text for v in audit(None, source) if v.rule == "C26" and v.call is C}
    assert found == departing
