from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import spans
from timeline.auditing import Conclusion, share_of_days
from timeline.auditing.comparison.compare import compare
from timeline.core.printed_numbers import parse_printed
from timeline.core.span import ANY, Span

F = Fraction


@pytest.mark.parametrize(
    ("low", "high", "text", "conclusion"),
    [
        pytest.param("5.16", "5.18", "5.2", Conclusion.AGREES, id="every date prints so"),
        pytest.param("4.9", "5.9", "5.2", Conclusion.POSSIBLE, id="too vague to decide"),
        pytest.param(
            "5.16", "5.18", "5.20", Conclusion.CONTRADICTED, id="one more digit claims more"
        ),
        pytest.param("5.25", "5.25", "5.2", Conclusion.AGREES, id="a half may round down"),
        pytest.param("60", "60", "over 60", Conclusion.CONTRADICTED, id="over is not at least"),
        pytest.param("60.1", "90", "over 60", Conclusion.AGREES, id="over has no upper end"),
    ],
)
def test_the_conclusion_of_a_comparison(low, high, text, conclusion):
    assert compare(Span(F(low), F(high)), parse_printed(text).span) is conclusion


@given(spans(), spans())
def test_just_one_call_fits(derived, claimed):
    conclusion = compare(derived, claimed)
    assert (conclusion is Conclusion.CONTRADICTED) == (not derived.overlaps(claimed))
    assert (conclusion is Conclusion.AGREES) == derived.within(claimed)


days = st.integers(0, 40)


@given(days, days, days, days, st.integers(-5, 60), st.integers(0, 20), st.booleans())
def test_share_agrees_with_counting_every_pair(a, b, c, d, low, width, low_in):
    start, end = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    if width == 0:
        low_in = True
    claimed = Span(F(low) + F(1, 3), F(low + width) + F(1, 3), low_in)
    pairs = [(s, e) for s in range(start.low, start.high + 1)
             for e in range(end.low, end.high + 1) if e >= s]  # fmt: skip
    hits = [pair for pair in pairs if pair[1] - pair[0] in claimed]
    assert share_of_days(start, end, claimed) == (F(len(hits), len(pairs)) if pairs else None)


def test_an_open_range_has_no_share():
    assert share_of_days(ANY, Span(1, 2), Span(0, 1)) is None


def test_wang_2023_line_4_by_hand():
    """31 days of December 2021 against 31 of August 2022; 8.4 is 254.15 to 257.20 days."""
    start, end = Span(1, 31), Span(244, 274)  # 1 December is day 1, 1 August day 244
    claimed = Span(F("8.35") * F(487, 16), F("8.45") * F(487, 16))
    # distances 255, 256, 257; of 961 pairs, a distance of 243 + k has 31 - |k| pairs
    assert share_of_days(start, end, claimed) == F((31 - 12) + (31 - 13) + (31 - 14), 961)
