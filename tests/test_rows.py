"""`every_row` fails where a test for each row would."""

from __future__ import annotations

import inspect

import pytest

from tests.rows import every_row


def test_every_row_that_fails_is_named_with_its_reason():
    seen = []

    @every_row(("one", "two"), [(1, 1), pytest.param(1, 2, id="differ"), (3, 4)])
    def check(one, two, tmp_path):
        seen.append((one, two, tmp_path))
        assert one == two, "not the same"

    assert list(inspect.signature(check).parameters) == ["tmp_path"]
    named = r"(?s)^2 of 3 rows:\ndiffer: .*not the same.*\n3, 4: "
    with pytest.raises(AssertionError, match=named):
        check(tmp_path="here")
    assert seen == [(1, 1, "here"), (1, 2, "here"), (3, 4, "here")]


def test_rows_are_made_when_the_test_runs_and_an_exception_is_a_failure():
    made = []

    @every_row("row", lambda: made.append("now") or [2, 0])
    def check(row):
        assert 2 / row == 1

    assert not made
    with pytest.raises(AssertionError, match="1 of 2 rows:\n0: ZeroDivisionError"):
        check()
    assert made == ["now"]


def test_no_row_is_a_failure():
    @every_row("row", list)
    def check(row):
        assert row

    with pytest.raises(AssertionError, match="no row"):
        check()


@pytest.mark.parametrize("ids", [["first"], lambda row: f"fir{row['st']}"], ids=["list", "called"])
def test_a_row_has_its_id(ids):
    @every_row("row", [{"st": "st"}], ids=ids)
    def check(row):
        assert not row

    with pytest.raises(AssertionError, match="\nfirst: "):
        check()
