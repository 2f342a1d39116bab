from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law
from timeline.core.span import Span
from timeline.statistics.adverse_events import (
    AdverseRow,
    empty_rows,
    identical_rows,
    most_common,
    patients_with,
    row_sums,
)
from timeline.statistics.rounding import Consistency

AGREES, POSSIBLE, CONTRADICTED = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED

# Liu 2025, Table 2: levels I to IV, total
TABLE = """
liver           2 1 1 1  5
hypertension    2 2 1 0  5
fatigue         1 0 1 2  4
gut             1 0 2 0  3
pneumonia       1 1 0 0  2
mucositis       1 1 0 0  2
albuminuria     1 1 0 0  2
anaemia         0 0 1 0  1
platelets       0 0 1 0  1
hypothyroidism  0 0 0 0  0
hyperthyroidism 0 0 0 0  0
"""


def rows(table):
    found = []
    for line in table.strip().splitlines():
        term, *grades, total = line.split()
        found.append(AdverseRow(term=term, grades=tuple(map(int, grades)), total=int(total)))
    return found


LIU = rows(TABLE)


@pytest.mark.parametrize(
    ("table", "fit", "broken"),
    [
        pytest.param(TABLE, AGREES, (), id="all rows (Liu 2025)"),
        pytest.param("rash 2 1 0 0 4", CONTRADICTED, (("rash", 3, 4),), id="one too many"),
    ],
)
def test_grades_make_up_the_total(table, fit, broken):
    found = row_sums(rows(table))
    assert (found.fit, found.broken) == (fit, broken)


def test_a_row_without_a_total_is_passed_over():
    row = AdverseRow(term="rash", grades=(1, 2))
    assert row_sums([row]).fit is AGREES
    assert row.patients == 3


@pytest.mark.parametrize(
    ("patients", "n", "grades", "complete", "fit", "bounds"),
    [
        # rows of 2 1 3 2 0 0 0 1 1: at least 3, at most 10
        pytest.param(3, 15, (3, 4), True, POSSIBLE, Span(3, 10), id="as few as can be (Liu 2025)"),
        pytest.param(5, 15, (3, 4), True, AGREES, Span(3, 10), id="between"),
        pytest.param(10, 15, (3, 4), True, POSSIBLE, Span(3, 10), id="as many as can be"),
        pytest.param(2, 15, (3, 4), True, CONTRADICTED, Span(3, 10), id="fewer than in one row"),
        pytest.param(11, 15, (3, 4), True, CONTRADICTED, Span(3, 10), id="more than all rows"),
        pytest.param(11, 15, (3, 4), False, AGREES, Span(3, 15), id="but some rows are not shown"),
        pytest.param(7, 15, (1, 2, 3, 4), True, AGREES, Span(5, 15), id="any grade (Liu 2025)"),
        pytest.param(8, 7, (1, 2, 3, 4), True, CONTRADICTED, Span(5, 7), id="more than n"),
        pytest.param(0, 15, (5,), True, AGREES, Span(0, 0), id="no other way"),
    ],
)
def test_patients_with_events_of_some_grades(patients, n, grades, complete, fit, bounds):
    found = patients_with(LIU, patients, n, grades, complete=complete)
    assert (found.fit, found.bounds) == (fit, bounds)
    assert found.at_bound == (fit is POSSIBLE)


@law
@given(st.data(), st.integers(1, 20), st.integers(1, 6))
def test_a_true_table_is_never_called_wrong(data, n, terms):
    worst = data.draw(st.lists(st.lists(st.integers(0, 4), min_size=terms, max_size=terms),
                               min_size=n, max_size=n))  # fmt: skip
    table = [
        AdverseRow(
            term=str(i),
            grades=tuple(sum(one[i] == grade for one in worst) for grade in (1, 2, 3, 4)),
            total=sum(one[i] > 0 for one in worst),
        )
        for i in range(terms)
    ]
    assert row_sums(table).fit is AGREES
    for grades in ((3, 4), (1, 2, 3, 4), (4,)):
        patients = sum(any(grade in grades for grade in one) for one in worst)
        assert patients_with(table, patients, n, grades).fit is not CONTRADICTED
    first = max(table, key=lambda row: row.patients)
    assert most_common(table, [first.term]).fit is not CONTRADICTED


@pytest.mark.parametrize(
    ("named", "fit", "above", "level", "falling"),
    [
        pytest.param("liver hypertension fatigue", AGREES, (), (), True, id="three (Liu 2025)"),
        pytest.param("liver fatigue hypertension", AGREES, (), (), False, id="out of order"),
        pytest.param("liver", POSSIBLE, (), ("hypertension",), True, id="one of two as common"),
        pytest.param("liver gut", CONTRADICTED, ("hypertension", "fatigue"), (), True,
                     id="two left out"),
    ],
)  # fmt: skip
def test_the_most_common_events(named, fit, above, level, falling):
    found = most_common(LIU, named.split())
    assert (found.fit, found.above, found.level, found.falling) == (fit, above, level, falling)


def test_empty_and_identical_rows():
    assert empty_rows(LIU) == ("hypothyroidism", "hyperthyroidism")
    assert empty_rows(LIU[:3]) == ()
    assert identical_rows(LIU) == (
        ("pneumonia", "mucositis", "albuminuria"),
        ("anaemia", "platelets"),
    )
    assert identical_rows(LIU[:5]) == ()


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: AdverseRow(term="rash", grades=()), "not counts of grades"),
        (lambda: AdverseRow(term="rash", grades=(1, -1)), "not counts of grades"),
        (lambda: AdverseRow(term="rash", grades=(1,) * 6), "not counts of grades"),
        (lambda: patients_with(LIU, 3, 4, (1, 2, 3, 4)), "5 patients in one row, of 4"),
        (lambda: most_common(LIU, ["rash"]), r"no such rows: \['rash'\]"),
        (lambda: most_common(LIU, []), "no such rows"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
