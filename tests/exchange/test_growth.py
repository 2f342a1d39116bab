"""Four times the words of a report take about four times the work: calls are counted, not seconds.

Within one sentence each event looks for its date, and each number for its endpoint; a text without
stops has sentences of 1,500 characters, in which a look at all pairs was most of the time.
"""

from __future__ import annotations

import sys

import pytest

from timeline.exchange.draft import draft_of
from timeline.report_text.plain import report_of_text

SENTENCE = 1400  # characters that the pieces fill
MOST = 6  # 4 is linear growth, 16 quadratic; searches by halves move it a little
PIECES = (  # what is repeated, calls a piece at most, and what was held against each other
    ("CT May 2019 ", 600, "each scan and each date"),
    ("surgery who in May 2020 ", 550, "each operation, each date and each clause"),
    ("PFS 5 months ", 500, "each time and each endpoint"),
    ("12-month OS 10% ", 730, "each percentage, and the times of each rate"),
    ("gemcitabine 5 mg, ", 490, "each drug and each dose"),
    ("5 mg IV, ", 340, "each dose and all details before a drug"),
    ("docetaxel in May 2019 and ", 1100, "each drug and each date"),
    ("declined chemotherapy ", 440, "each refusal and each treatment"),
    ("2 months later MRI PR ", 1700, "each response and each endpoint"),
)


def calls(piece, times):
    """How many functions are called to draft a sentence that repeats a piece before a drug."""
    text = f"Case report\n\n{piece * times}gemcitabine was started.\n"
    report = report_of_text(text)
    counted = 0

    def count(_frame, event, _arg):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        draft_of(report, "long")
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(("piece", "each", "pairs"), PIECES, ids=[piece for piece, *_ in PIECES])
def test_the_work_grows_with_the_words(piece, each, pairs):
    times = SENTENCE // len(piece) // 4
    calls(piece, 4 * times)  # words that are written once are kept
    bare = calls("", 1)
    few, many = (calls(piece, number) - bare for number in (times, 4 * times))
    assert many < MOST * few, pairs
    assert many < 4 * times * each, pairs
