"""The lines of a plot of changes are the thresholds of the criteria that its patients have."""

from __future__ import annotations

import itertools

import pytest

from renderers.response.spider import spider
from renderers.response.waterfall import waterfall
from renderers.scene.scene import Label, RangeMark
from tests.renderers.measured import patient

FIGURES = {"spider": spider, "waterfall": waterfall}


def judged(*criteria):
    """One patient each; the sums lie 12 % below and then 12 % above baseline."""
    return [
        patient(f"P{n}", "88 mm", "112 mm", criterion=criterion)
        for n, criterion in enumerate(criteria)
    ]


def numbers(scene):
    """The numbers of the lines from the top, and the places of their labels."""
    lines = sorted(m.y for m in scene.marks if isinstance(m, RangeMark) and m.style == "threshold")
    labels = [m for m in scene.marks if isinstance(m, Label) and m.shift > scene.frame.right]
    labels = [m for m in labels if m.text.endswith(" %")]
    assert len(lines) == len(labels)
    return tuple(m.text for m in sorted(labels, key=lambda m: m.y)), labels


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    ("criteria", "lines", "count"),
    [
        # Eisenhauer 2009, 4.3.1; Lencioni and Llovet 2010, Table 1; Choi 2007, Table 2
        pytest.param(("RECIST 1.1",), ("+20 %", "−30 %"), "30 % below and 20 % above baseline;",
                     id="RECIST 1.1"),
        pytest.param(("mRECIST", "iRECIST"), ("+20 %", "−30 %"),
                     "30 % below and 20 % above baseline;", id="others with its numbers"),
        pytest.param(("Choi",), ("+10 %", "−10 %"), "10 % below and 10 % above baseline;",
                     id="Choi"),
        pytest.param(("RECIST 1.1", "Choi"), ("+20 %", "+10 %", "−10 %", "−30 %"),
                     "30 % below and 20 % above baseline, by RECIST 1.1; 10 % below and 10 % "
                     "above baseline, by Choi;", id="both"),
    ],
)  # fmt: skip
def test_the_lines_are_those_of_the_criteria(figure, criteria, lines, count):
    scene = FIGURES[figure](judged(*criteria))
    assert numbers(scene)[0] == lines
    assert (
        f"Horizontal lines: {count} progression is assessed relative to the nadir." in scene.caption
    )


@pytest.mark.parametrize(
    ("criteria", "count"),
    [
        pytest.param(("RECIST 1.1",), "Decrease of 30 % or more{}: 0; increase of 20 % or more: 0",
                     id="12 % is below both"),
        pytest.param(("Choi",), "Decrease of 10 % or more{}: 1; increase of 10 % or more: {grown}",
                     id="12 % is above both"),
        pytest.param(("RECIST 1.1", "Choi", "Choi"),
                     "Decrease of 10 or 30 % or more{}: 2; increase of 10 or 20 % or more: {grown}",
                     id="each by its own"),
    ],
)  # fmt: skip
def test_patients_who_reached_a_threshold_are_counted_by_their_criterion(criteria, count):
    """Of a spider one scan is 12 % up; the best change, of a waterfall, is 12 % down."""
    choi = criteria.count("Choi")
    assert count.format(" at any scan", grown=choi) in spider(judged(*criteria)).alt
    assert count.format("", grown=0) in waterfall(judged(*criteria)).alt


def test_numbers_of_close_lines_are_one_below_the_other():
    """Growth to ten times the baseline presses 10 % into a millimetre."""
    mixed = [patient("A", "1000 mm"), patient("B", "88 mm", criterion="Choi")]
    texts, labels = numbers(spider(mixed))
    assert texts == ("+20 %", "+10 %", "−10 %", "−30 %")
    ys = sorted(each.y for each in labels)
    assert min(b - a for a, b in itertools.pairwise(ys)) >= 2.2


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    ("criteria", "what", "summed"),
    [
        # Therasse 2000: WHO sums products of two diameters, RECIST diameters
        pytest.param(("RECIST 1.0",), "target lesion diameters", "", id="diameters"),
        pytest.param(("RECIST 1.1", "WHO 1979"), "target lesions", "WHO 1979", id="one of each"),
        pytest.param(("irRC", "WHO 1979"), "target lesions", "irRC and WHO 1979", id="products"),
    ],
)
def test_the_caption_says_what_is_summed(figure, criteria, what, summed):
    made = [
        patient(f"P{n}", f"88 {unit}", "112 mm", criterion=each, base=f"100 {unit}")
        for n, each in enumerate(criteria)
        for unit in ("mm²" if each in summed else "mm",)
    ]
    caption = FIGURES[figure](made).caption
    assert f"hange from baseline in the sum of {what} on the first line" in caption
    sentence = f"Sums: products of two diameters by {summed}, diameters by other criteria."
    assert (sentence in caption) is bool(summed)
