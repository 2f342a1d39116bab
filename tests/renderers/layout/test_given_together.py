"""Bars of drugs given at the same time share the height of their lane for that time."""

import pytest

from renderers.layout.bars import TreatmentBar
from renderers.layout.date_ranges import DateRange
from renderers.layout.given_together import given_together


def days(low, high=None):
    return DateRange(low=low, high=low if high is None else high)


def bar(style, start, end, **fields):
    return TreatmentBar(style=style, start=days(*start), end=end and days(*end), **fields)


A, B = bar("a", (0,), (80,)), bar("b", (0,), (365,))
CASES = {
    "they start together: halves until the first one ends": (
        [[A], [B]],
        ["a 0-80 1/2", "b 0-80 2/2", "b 80-365 1/1"],
    ),
    "one is added": (
        [[bar("a", (0,), (365,))], [bar("b", (100,), (200,))]],
        ["a 0-100 1/1", "a 100-200 1/2", "a 200-365 1/1", "b 100-200 2/2"],
    ),
    "one after the other": ([[A], [bar("b", (80,), (365,))]], ["a 0-80 1/1", "b 80-365 1/1"]),
    "the drugs of one treatment": (
        [[A, bar("b", (0,), (80,))]], ["a 0-80 1/2", "b 0-80 2/2"],
    ),
    "one of them held from day 30 to 50": (
        [[A, bar("b", (0,), (30,)), bar("b", (50,), (80,))]],
        ["a 0-30 1/2", "a 30-50 1/1", "a 50-80 1/2", "b 0-30 2/2", "b 50-80 2/2"],
    ),
    "a change in a month known as such is no time together": (
        [[bar("a", (0,), (80, 110))], [bar("b", (80, 110), (365,))]],
        ["a 0-110 1/1", "b 80-365 1/1"],
    ),
    "the time that is possible is shared as well": (
        [[bar("a", (0,), (80, 110))], [B]],
        ["a 0-110 1/2", "b 0-110 2/2", "b 110-365 1/1"],
    ),
    "the first may be on any day of the second, so it would not be seen": (
        [[bar("a", (0, 30), (0, 30))], [bar("b", (0, 30), (365,))]],
        ["a 0-30 1/2", "b 0-30 2/2", "b 30-365 1/1"],
    ),
    "an end that is not stated": (
        [[bar("a", (0,), None), bar("b", (0,), None)]], ["a 0-? 1/2", "b 0-? 2/2"],
    ),
    "two courses of one drug need no halves": (
        [[A], [bar("a", (40,), (120,))]], ["a 0-80 1/1", "a 40-120 1/1"],
    ),
}  # fmt: skip


def words(piece):
    end = f"{piece.end.high:g}" if piece.end else "?"
    number, of = piece.slot
    return f"{piece.style} {piece.start.low:g}-{end} {number + 1}/{of}"


@pytest.mark.parametrize(("treatments", "expected"), CASES.values(), ids=CASES)
def test_the_pieces_of_a_lane(treatments, expected):
    assert [words(each) for each in given_together(treatments)] == expected


def test_a_piece_is_open_where_its_bar_goes_on():
    _, first, second = given_together([[A], [B]])
    assert (first.end.open_high, second.start.open_low) == (True, True)
    assert (first.start.open_low, second.end.open_high) == (False, False)


def test_one_arrow_at_the_end_of_what_goes_on():
    pieces = given_together([[A], [bar("b", (0,), (365,), goes_on=True)]])
    assert [(each.style, each.goes_on) for each in pieces] == [
        ("a", False), ("b", False), ("b", True),
    ]  # fmt: skip
