"""What hypothesis draws from, shared by all tests."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from timeline.core.span import Span

numbers = st.one_of(
    st.integers(-2000, 2000),
    st.fractions(Fraction(-2000), Fraction(2000), max_denominator=16),
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Bounded spans with open and closed ends."""
    low, high = sorted((draw(numbers), draw(numbers)))
    if low == high:
        return Span.point(low)
    return Span(low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def edtf_texts(draw: st.DrawFn) -> str:
    """Dates of levels 0 and 1 as our door accepts them."""
    year = draw(st.integers(1860, 2140))
    month, day = draw(st.integers(1, 12)), draw(st.integers(1, 28))
    shapes = [
        f"{year}",
        f"{year}-{month:02}",
        f"{year}-{month:02}-{day:02}",
        f"{year // 10}X",
        f"{year}-XX",
        f"{year}-{month:02}-XX",
        f"{year}-XX-XX",
    ]
    return draw(st.sampled_from(shapes)) + draw(st.sampled_from(["", "~", "?", "%"]))
