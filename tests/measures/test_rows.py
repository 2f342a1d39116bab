"""The rows of measures: each broken in turn, what it states of its source, and ranges of days."""

import json
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from tests.rows import every_row
from timeline.conformance import measure_vectors
from timeline.conformance.run import disagreements
from timeline.core.span import NEVER_ENDS, Span
from timeline.core.state_machine import BASES
from timeline.measures import hyperprogression, pathology
from timeline.measures.hyperprogression import DEFINITIONS
from timeline.measures.pathology import CLASSES, ROWS, Tissue, pathologic_response
from timeline.measures.rows import MEASURES
from timeline.measures.series import Evaluation, Found, Series
from timeline.settings.response import Settings

FILE = Path(__file__).parents[1] / "vectors" / "measure_vectors.json"
VECTORS = json.loads(FILE.read_text("utf-8"))["vectors"]
DEFAULT = Settings()
WRONG = {None: True, True: False, False: True}


def red():
    return [each["id"] for each in VECTORS if list(disagreements(each))]


def broken(found):
    """Another value than a row gives."""
    if found.span is None:
        return Found(value=WRONG[found.value])
    return Found(value=found.span + 1)


@every_row("key", MEASURES)
def test_each_measure_broken_turns_a_vector_red(key):
    row = MEASURES[key]
    with pytest.MonkeyPatch.context() as patch:
        wrong = attrs.evolve(row, compute=lambda *given: broken(row.compute(*given)))
        patch.setitem(measure_vectors.MEASURES, key, wrong)
        assert red()


@every_row("key", DEFINITIONS)
def test_each_definition_broken_turns_a_vector_red(key):
    row = DEFINITIONS[key]
    with pytest.MonkeyPatch.context() as patch:
        wrong = attrs.evolve(row, holds=lambda *given: WRONG[row.holds(*given)])
        patch.setitem(measure_vectors.DEFINITIONS, key, wrong)
        assert red()


@every_row("place", range(len(ROWS)))
def test_each_pathologic_response_broken_turns_a_vector_red(place):
    row = ROWS[place]
    with pytest.MonkeyPatch.context() as patch:
        wrong = attrs.evolve(row, holds=lambda *given: WRONG[row.holds(*given)])
        patch.setattr(pathology, "ROWS", (*ROWS[:place], wrong, *ROWS[place + 1 :]))
        assert red()


@every_row("place", range(len(CLASSES) - 1))
def test_each_bound_of_a_class_moved_turns_a_vector_red(place):
    name, most = CLASSES[place]
    with pytest.MonkeyPatch.context() as patch:
        moved = (*CLASSES[:place], (name, most + 1), *CLASSES[place + 1 :])
        patch.setattr(pathology, "CLASSES", moved)
        assert red()


@pytest.mark.parametrize(("one", "other"), [("at_least", "above"), ("above", "at_least")])
def test_a_bound_that_is_included_or_not_turns_a_vector_red(monkeypatch, one, other):
    monkeypatch.setattr(hyperprogression, one, getattr(hyperprogression, other))
    assert red()


@every_row("row", [*MEASURES.values(), *DEFINITIONS.values(), *ROWS])
def test_each_row_states_its_source_and_how_far_it_was_read(row):
    assert row.source
    assert row.basis in BASES
    assert row.provisional == (row.basis == "must-check")


def scan(day, change, **more):
    """A scan of a day or a range of days since the start, the baseline on day 0."""
    days = Span(*day) if isinstance(day, tuple) else Span.point(day)
    percent = Span(*change) if isinstance(change, tuple) else Span.point(change)
    return Evaluation(day=days, since_baseline=days, change=percent, **more)


def series(*scans, **more):
    return Series(base=Fraction(100), evaluations=scans, **more)


RANGES = [
    # key, series, the range, words of the reason
    pytest.param("depth_percent", series(scan(50, -30), scan(90, -60, counted=None)),
                 (30, 60), "whether", id="a scan that may lie after progression"),
    pytest.param("depth_percent", series(scan(50, (-60, -40)), scan(90, -50)),
                 (50, 60), "a change is a range", id="a change printed as a range"),
    pytest.param("depth_percent", series(scan(50, -30), scan(90, -20, counted=None)),
                 (30, 30), "", id="one in question that is no smaller changes nothing"),
    pytest.param("time_to_nadir", series(scan((50, 60), -30)),
                 (50, 60), "days of the scans are a range", id="a month"),
    pytest.param("time_to_nadir", series(scan(50, (-60, -40)), scan(90, -50)),
                 (50, 90), "may be the first with the nadir", id="two scans that may be the nadir"),
    pytest.param("ets_percent", series(scan((40, 71), -30)),
                 None, "within days 42 to 70, or not", id="in the window or not"),
    pytest.param("ets_percent", series(scan((40, 71), -30), scan(70, -40)),
                 (30, 40), "more than one scan may be the first", id="the first or the next"),
    # 1.2 in 54.7875 days (1.8 months of 30.4375): 1.2 ** (3 / 1.8) = 1.3551; in 91.3125 (3): 1.2
    pytest.param("tgr_exp", series(scan((Fraction("54.7875"), Fraction("91.3125")), 20)),
                 (20, 35.51), "range", id="growth in a range of days"),
    # 0.8: 0.8 ** (3 / 1.8) = 0.6894
    pytest.param("tgr_exp", series(scan((Fraction("54.7875"), Fraction("91.3125")), -20)),
                 (-31.06, -20), "range", id="shrinkage in a range of days"),
    pytest.param("tgk_exp", series(scan((20, 50), 10)), (0.2, 0.5), "range", id="10 mm"),
    pytest.param("tgr_exp", series(scan((0, 30), 20)), None, "of one day", id="no days between"),
    pytest.param("tgr_exp", series(scan((20, NEVER_ENDS), 20)), None, "no bound", id="no end"),
]  # fmt: skip


@every_row(("key", "of", "expected", "words"), RANGES)
def test_vague_days_and_sizes_give_a_range_or_nothing_with_the_reason(key, of, expected, words):
    found = MEASURES[key].compute(of, DEFAULT)
    ends = found.span and (float(found.span.low), float(found.span.high))
    assert ends == (expected and pytest.approx(expected, abs=0.005))
    assert words in found.reason
    assert bool(words) == bool(found.reason)


def test_a_range_on_both_sides_of_a_bound_is_open():
    """-15 to -25 % at week 8: 20 % is reached, or not."""
    assert MEASURES["ets"].compute(series(scan(56, (-25, -15))), DEFAULT).value is None
    assert MEASURES["ets"].compute(series(scan(56, (-25, -20))), DEFAULT).value is True


def test_a_hedged_share_of_viable_tumour():
    """Below 10 %: MPR for certain, and pCR or not."""
    tissue = Tissue(tumour="lung", primary=Span(0, 10, True, False), nodes=Span.point(0))
    assert pathologic_response(tissue, "mpr", DEFAULT).value is True
    assert pathologic_response(tissue, "pcr", DEFAULT).value is None
    over = attrs.evolve(tissue, primary=Span(10, 100, False, True))
    assert pathologic_response(over, "mpr", DEFAULT).value is False


def test_a_tumour_without_a_definition_has_none():
    found = pathologic_response(Tissue(tumour=""), "pcr", DEFAULT)
    assert (found.value, found.reason) == (
        None,
        "no definition of pCR of this tumour is known here",
    )
