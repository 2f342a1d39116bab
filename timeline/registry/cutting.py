"""Streams of batches, cut anew so that every batch holds whole subjects.

Readers of Parquet, Spark and Dask cut a table after a number of rows. A derivation of such a batch
would see the first scans of a subject in one batch and the rest in another, and give two answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.trial.reading.arrow import array_of, booleans_of, numpy_of, scalar_of

Array = npt.NDArray[Any]
NO_NUMBER = np.iinfo(np.int64).min  # an empty cell among whole numbers


class UnsortedSubjects(ValueError):
    """The rows of a stream are not sorted by subject.

    Attributes:
        row: the row, counted from 0 in the stream, whose subject is out of order.
    """

    def __init__(self, row: int, subject: str, above: str) -> None:
        self.row = row
        super().__init__(
            f"subject {subject!r} comes after {above!r}: the rows of one subject may lie apart "
            "(sort the table by subject; text by its code points, 10 before 9)"
        )


def identifiers(column: Any) -> Any:
    """A column of identifiers as one array of text or of whole numbers, without spaces at the ends.

    Empty cells are the empty text, among whole numbers `NO_NUMBER`; both come before all others.
    """
    import pyarrow
    import pyarrow.compute as compute

    array = column.combine_chunks() if isinstance(column, pyarrow.ChunkedArray) else column
    if isinstance(array, pyarrow.ChunkedArray):  # of no chunk
        array = pyarrow.nulls(0, array.type)
    if pyarrow.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pyarrow.types.is_integer(array.type):
        if pyarrow.types.is_uint64(array.type) and not array.null_count:
            return array  # it may hold more than 64 bits with a sign
        whole = array.cast(pyarrow.int64())
        return array_of(numpy_of(whole, NO_NUMBER)) if array.null_count else whole
    text = compute.cast(array, pyarrow.large_string())
    bare = compute.utf8_trim_whitespace(text) if _may_have_blanks(text) else text
    return compute.fill_null(bare, scalar_of("", bare.type)) if bare.null_count else bare


def _may_have_blanks(text: Any) -> bool:
    """Whether a text of an array begins or ends with a byte that can be of a blank.

    It takes a tenth of the time of the search for blanks; ``text``: of type large_string.
    """
    _, places, letters = text.buffers()
    if not len(text) or letters is None:
        return False
    ends = np.frombuffer(places, dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    some = ends[1:] > ends[:-1]
    data = np.frombuffer(letters, dtype=np.uint8)
    outer = data[np.append(ends[:-1][some], ends[1:][some] - 1)]
    return bool(((outer <= ord(" ")) | (outer > ord("~"))).any())


def starts_of(ids: Any) -> Array:
    """The rows at which the subject is another than in the row above; the first row is one."""
    import pyarrow.compute as compute

    if not len(ids):
        return np.zeros(0, dtype=np.int64)
    changes = booleans_of(compute.not_equal(ids.slice(1), ids.slice(0, len(ids) - 1)))
    return np.append(0, np.flatnonzero(changes) + 1)


def first_unsorted(ids: Any, starts: Array) -> int | None:
    """The first row whose subject comes before that of the row above; None where there is none."""
    import pyarrow.compute as compute

    firsts = ids.take(array_of(starts))
    less = booleans_of(compute.less(firsts.slice(1), firsts.slice(0, max(len(firsts) - 1, 0))))
    places = np.flatnonzero(less)
    return int(starts[places[0] + 1]) if len(places) else None


def whole_subjects(
    batches: Iterable[Any], subject: str = "USUBJID", *, rows: int = 1
) -> Iterator[Any]:
    """Cut a stream of batches anew so that each holds every row of its subjects.

    The rows of the last subject of a batch are held back until another subject begins. At most one
    batch, ``rows`` rows and the rows of one subject are held at a time.

    Args:
        batches: record batches or tables of pyarrow, of one schema, sorted by subject.
        subject: the column of identifiers.
        rows: the least number of rows of a batch that is given; the last may have fewer.

    Yields:
        Tables of pyarrow, in the order of the stream.

    Raises:
        UnsortedSubjects: the rows are not sorted by subject. Rows that were given before were.

    >>> import pyarrow
    >>> scans = pyarrow.table({"USUBJID": ["1", "1", "1", "2"], "VISITNUM": [1, 2, 3, 1]})
    >>> [len(each) for each in whole_subjects(scans.to_batches(max_chunksize=2))]
    [3, 1]
    """
    import pyarrow

    held: list[Any] = []  # tables of whole subjects but for the last one
    given, waiting, last = 0, 0, None
    for batch in batches:
        table = _table(batch)
        if not len(table):
            continue
        ids = identifiers(table[subject])
        starts = starts_of(ids)
        check_sorted(ids, starts, last, given + waiting)
        new = last is None or ids[0].as_py() != last
        cut = int(starts[-1])
        if cut == 0 and not new:  # one subject only, that of the rows held back
            held.append(table)
        elif waiting + cut >= rows and waiting + cut:
            yield pyarrow.concat_tables([*held, table.slice(0, cut)])
            given += waiting + cut
            held, waiting, table = [table.slice(cut)], 0, table.slice(cut)
        else:
            held.append(table)
        waiting += len(table)
        last = ids[len(ids) - 1].as_py()
    if held:
        yield pyarrow.concat_tables(held)


def _table(batch: Any) -> Any:
    import pyarrow

    return batch if isinstance(batch, pyarrow.Table) else pyarrow.Table.from_batches([batch])


def check_sorted(ids: Any, starts: Array, last: Any, before: int) -> None:
    """UnsortedSubjects where a subject comes before the one above it.

    ``last``: the subject above the first; None where there is none. ``before``: the rows above.
    """
    first = ids[0].as_py()
    if last is not None and key_of(first) < key_of(last):
        raise UnsortedSubjects(before, shown(first), shown(last))
    row = first_unsorted(ids, starts)
    if row is not None:
        raise UnsortedSubjects(before + row, *(shown(ids[at].as_py()) for at in (row, row - 1)))


def shown(identifier: Any) -> str:
    """An identifier in a message: an empty cell is empty."""
    return "" if identifier == NO_NUMBER else str(identifier)


def key_of(identifier: Any) -> Any:
    """Text compares by its bytes in UTF-8, as pyarrow compares it; this is by code points."""
    return identifier.encode() if isinstance(identifier, str) else identifier
