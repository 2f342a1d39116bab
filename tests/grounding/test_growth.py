"""Four times the values of a file and words of a report take about four times the look-ups.

Calls are counted, not seconds. Each shape is one in which all pairs were looked at.
"""

from __future__ import annotations

import sys

import pytest

from timeline.grounding import ground
from timeline.report_text.plain import report_of_text
from timeline.views.case_report import checked

MOST = 6  # 4 is linear growth, 16 quadratic; searches by halves move it a little
FEW = 40
HEAD = "case: x\nreport: {title: A}\npatient: {sex: male, age: 61}\nevents:\n"


def day(number):
    """A day of its own for each number: 2001-01-01, and so on to 28 days of each month."""
    return f"{2001 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"


def paragraphs(number):
    """The paragraphs of one section, and each date in one of them."""
    text = "".join(f"Pain was noticed on {day(n)}.\n\n" for n in range(number))
    events = "".join(f"  - {{symptom: {day(n)}, what: x{n}}}\n" for n in range(number))
    return events, f"Case report\n\n{text}"


def headings(number):
    """The headings that a file names, the lines of the text that are one, and its sections."""
    text = "".join(f"Part{n} of it\n\nPain.\n\n{n}. Results\n\nPain.\n\n" for n in range(number))
    events = "".join(
        f"  - {{symptom: 2001-01, id: s{n}, what: x, place: Part{n} of it}}\n"
        for n in range(number)
    )
    return events, text


def responses(number):
    """The response of each scan, the dates of the text and the responses that it prints."""
    text = "".join(f"CT on {day(n)} showed PR. " for n in range(number))
    events = "".join(
        f"  - {{scan: {day(n)}, called: {{PR: 'Case report, paragraph 1'}}}}\n"
        for n in range(number)
    )
    return events, f"Case report\n\n{text}"


def treatments(number):
    """The drugs of each treatment and the names of drugs in the sentences with its dose."""
    text = "".join(f"Imatinib {n} mg was given on {day(n)}. " for n in range(1, number + 1))
    events = "".join(
        f"  - {{treatment: {day(n)}, id: t{n}, setting: adjuvant, drugs: imatinib {n} mg}}\n"
        for n in range(1, number + 1)
    )
    return events, f"Case report\n\n{text}"


SHAPES = (paragraphs, headings, responses, treatments)


def calls(shape, number, folder):
    """How many functions are called to look up the values of a made-up file in its text."""
    events, text = shape(number)
    path = folder / "x.yaml"
    path.write_text(HEAD + events, "utf-8")
    pair = checked([path])[0].case_report
    assert pair.case is not None
    report = report_of_text(f"A title\n\n{text}")
    counted = 0

    def count(_frame, event, _arg):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        ground(pair.case, pair.report, report)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("shape", SHAPES, ids=[shape.__name__ for shape in SHAPES])
def test_the_work_grows_with_the_values(shape, tmp_path):
    calls(shape, 4, tmp_path)  # the tables of the package are read once
    bare, few, many = (calls(shape, number, tmp_path) for number in (1, FEW, 4 * FEW))
    assert many - bare < MOST * (few - bare), shape.__doc__
