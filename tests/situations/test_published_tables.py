"""The published tables of iRECIST, run through the engine on findings, row by row.

Seymour et al., Lancet Oncol 2017;18:e143: Table 2 (response at a time point with and without an
iUPD before) and Table 3 (best response). The rows are those that the iRECIST file prints. The
tables of the FDA are run in test_policy, those of RECIST 1.1 in the tests of its criterion.
"""

from __future__ import annotations

import itertools

import pytest

from timeline.conformance.vectors import read_labels, read_scans
from timeline.response.best_response import best_overall_response
from timeline.response.criteria import CRITERIA
from timeline.response.criteria.irecist import CONFIRMED_BY, TABLE_2, TABLE_3
from timeline.response.evaluate import evaluate_responses

IRECIST = CRITERIA["irecist"]
SUMS = {"iCR": 0, "iPR": 60, "iSD": 90, "iUPD": 125}  # of 100 mm at baseline
LEVELS = {"iCR": "CR", "NON-iCR/NON-iUPD": "NON-CR/NON-PD", "iUPD": "PD"}
ROWS = [
    pytest.param(row, target, level, id=f"{number}: {target}, {level}, new {row.new}")
    for number, row in enumerate(TABLE_2, start=1)
    for target, level in itertools.product(row.target, row.non_target)
]


def found(*points):
    patient = {"baseline": {"target_sum": 100, "nontarget": True}, "timepoints": list(points)}
    return list(evaluate_responses(read_scans([patient]), IRECIST).words(0))


def point(day, target, level, *, new=False, nlt=None, **more):
    seen = {"day": day, "target_sum": SUMS[target], "nontarget": LEVELS[level], **more}
    lesions = {"new_lesions": int(new)} | ({} if nlt is None else {"nlt_sum": nlt})
    return seen | lesions


FIRST = [each for each in ROWS if each.values[0].first is not None]  # one row has no such case


@pytest.mark.parametrize(("row", "target", "level"), FIRST)
def test_table_2_without_an_iupd_before(row, target, level):
    assert found(point(56, target, level, new=row.new)) == [row.first]


def before(row, target, level):
    """An iUPD six weeks before, in the categories that the row shows; targets alone if none."""
    shows = "iUPD" in (target, level) or row.new
    return point(56, target if shows else "iUPD", level, new=row.new, nlt=12 if row.new else None)


@pytest.mark.parametrize(("row", "target", "level"), ROWS)
def test_table_2_with_an_iupd_before_and_no_further_increase(row, target, level):
    nlt = 12 if row.new else None
    assert found(before(row, target, level), point(98, target, level, nlt=nlt)) == [
        "iUPD",
        row.then,
    ]


GROWTH = {
    "T": ({"target_sum": SUMS["iUPD"] + 5}, {"target_sum": SUMS["iUPD"] + 4.99}),
    "N": ({"nontarget_increase": True}, {}),
    "L": ({"nlt_sum": 17}, {"nlt_sum": 16.99}),
}


@pytest.mark.parametrize(("row", "target", "level"), ROWS)
def test_table_2_confirms_by_the_growth_of_each_category_it_names(row, target, level):
    nlt = 12 if row.new else None
    for category in row.grown:
        enough, short = GROWTH[category]
        opened, last = before(row, target, level), point(98, target, level, nlt=nlt)
        assert found(opened, last | enough) == ["iUPD", "iCPD"], CONFIRMED_BY[category]
        assert found(opened, last | short) == ["iUPD", "iUPD"], CONFIRMED_BY[category]


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"new_lesions": 1}, id="a further new lesion"),
        pytest.param({"nlnt_increase": True}, id="any increase of new-lesion non-targets"),
    ],
)
def test_the_other_ways_in_which_new_lesions_confirm(more):
    for row, target, level in (each.values for each in ROWS):
        if "L" in row.grown:
            last = point(98, target, level, nlt=12) | more
            assert found(before(row, target, level), last) == ["iUPD", "iCPD"]


DAYS = (56, 112, 168, 224, 280)


@pytest.mark.parametrize("row", TABLE_3, ids=lambda row: f"{row.best} from {row.time_points[0]}")
def test_every_combination_of_table_3_gives_its_best_response(row):
    combinations = list(itertools.product(*row.time_points))
    patients = [
        {
            "timepoints": [
                {"day": day, "response": word} for day, word in zip(DAYS, words, strict=True)
            ]
        }
        for words in combinations
    ]
    best = best_overall_response(read_labels(patients, IRECIST))
    wrong = {words: best.word(place) for place, words in enumerate(combinations)
             if best.word(place) != row.best}  # fmt: skip
    assert wrong == {}
    assert len(combinations) > 10
