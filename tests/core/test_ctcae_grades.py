"""Grades of adverse events as reports print them."""

from __future__ import annotations

import pytest

from timeline.core.ctcae_grades import grades


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("level III", (3,), id="roman"),
        pytest.param("grade 3", (3,), id="arabic"),
        pytest.param("3–4", (3, 4), id="two"),
        pytest.param("grades III and IV", (3, 4), id="in words"),
        pytest.param(">= 3", (3, 4, 5), id="at least"),
        pytest.param("any grade", (1, 2, 3, 4, 5), id="all"),
    ],
)
def test_grades(text, values):
    assert grades(text).values == values


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("VI", "not a grade", id="no sixth grade"),
        pytest.param("4-3", "higher grade comes first", id="grades turned round"),
    ],
)
def test_what_is_no_grade_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        grades(text)
