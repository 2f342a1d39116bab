"""Many rows held against one check in one test.

A test for each row is listed, run and reported by itself, which takes longer than a check of some
microseconds. ``every_row`` is written in the place of ``pytest.mark.parametrize``: the test fails
if any row does, and names each that does.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Rows = Iterable[Any] | Callable[[], Iterable[Any]]
Ids = Callable[[Any], object] | Iterable[str] | None


def every_row(
    names: str | Sequence[str], rows: Rows, ids: Ids = None
) -> Callable[..., Callable[..., None]]:
    """One test of all rows; its other arguments are fixtures, made once for all of them.

    Args:
        names: The argument that takes a row, or the arguments that take its parts.
        rows: The rows, also as ``pytest.param``; or a function that gives them, which is called
            when the test runs: what has to be read for them is not read to list the tests.
        ids: What a row is called in a failure, or a function that gives it for a value.

    Raises:
        AssertionError: rows that fail, each with its reason; or there is no row.
    """
    taken = (names,) if isinstance(names, str) else tuple(names)

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(check)
        def test(**fixtures: Any) -> None:
            every = _named(rows() if callable(rows) else rows, ids, several=taken != (names,))
            wrong, first = [], None
            for name, values in every:
                try:
                    check(**dict(zip(taken, values, strict=True)), **fixtures)
                except Exception as fault:
                    first = first or fault
                    wrong.append(f"{name}: {type(fault).__name__}: {fault}")
            told = "\n".join([f"{len(wrong)} of {len(every)} rows:", *wrong])
            if first is not None:
                raise AssertionError(told) from first
            assert every, "no row to check"

        signature = inspect.signature(check)
        others = [each for name, each in signature.parameters.items() if name not in taken]
        del test.__wrapped__
        vars(test)["__signature__"] = signature.replace(parameters=others)
        return test

    return decorate


def _named(rows: Iterable[Any], ids: Ids, *, several: bool) -> list[tuple[str, tuple[Any, ...]]]:
    """The values of each row, with what it is called in a failure."""
    names = None if ids is None or callable(ids) else list(ids)
    found = []
    for place, row in enumerate(rows):
        is_param = hasattr(row, "marks")  # pytest.param
        assert not (is_param and row.marks), "a row has no marks"
        values = row.values if is_param else tuple(row) if several else (row,)
        if is_param and row.id:
            name = row.id
        elif names is not None:
            name = names[place]
        else:
            name = ", ".join(str(ids(each) if callable(ids) else each) for each in values)
        found.append((name, values))
    return found
