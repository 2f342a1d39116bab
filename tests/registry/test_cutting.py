"""No batch cuts a subject in two, and a stream that is not sorted is refused by name."""

import itertools

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.registry import UnsortedSubjects, whole_subjects
from timeline.registry.cutting import identifiers

COUNTS = st.lists(st.integers(1, 20), min_size=1, max_size=12)


def scans(counts):
    ids = [f"S{place:02}" for place, count in enumerate(counts) for _ in range(count)]
    return pa.table({"USUBJID": ids, "RSSEQ": list(range(len(ids)))})


@given(COUNTS, st.integers(1, 30), st.integers(1, 40))
def test_every_batch_holds_whole_subjects(counts, cut, rows):
    table = scans(counts)
    found = list(whole_subjects(table.to_batches(max_chunksize=cut), rows=rows))
    assert pa.concat_tables(found).equals(table)
    subjects = [set(each["USUBJID"].to_pylist()) for each in found]
    assert sum(map(len, subjects)) == len(counts)
    assert all(len(each) >= rows for each in found[:-1])


def test_seven_rows_cut_a_subject_of_nine():
    """Nine scans in batches of seven rows: without the cut anew they would be two subjects."""
    found = list(whole_subjects(scans([9, 3]).to_batches(max_chunksize=7)))
    assert [len(each) for each in found] == [9, 3]


@pytest.mark.parametrize("cut", [1, 2, 5], ids="batches of {}".format)
def test_an_unsorted_stream_is_refused_with_its_row(cut):
    table = pa.table({"USUBJID": ["A", "B", "B", "A", "C"]})
    with pytest.raises(
        UnsortedSubjects, match=r"subject 'A' comes after 'B'.*sort the table"
    ) as why:
        list(whole_subjects(table.to_batches(max_chunksize=cut)))
    assert why.value.row == 3


def test_whole_numbers_are_sorted_as_numbers_and_text_as_text():
    numbers = pa.table({"USUBJID": [9, 9, 10]})
    assert [len(each) for each in whole_subjects([numbers])] == [2, 1]
    with pytest.raises(UnsortedSubjects, match="10 before 9"):
        list(whole_subjects([pa.table({"USUBJID": ["9", "10"]})]))


@pytest.mark.parametrize("kind", [pa.int32(), pa.int64(), pa.uint8()], ids=str)
@pytest.mark.parametrize("cut", [1, 2, 3, 9], ids="batches of {}".format)
def test_an_empty_cell_among_whole_numbers_comes_first(cut, kind):
    """As the empty text among text; a batch with one and a batch without are one stream."""
    table = pa.table({"USUBJID": pa.array([None, None, 0, 9, 9, 10], kind)})
    found = list(whole_subjects(table.to_batches(max_chunksize=cut)))
    assert pa.concat_tables(found).equals(table)
    subjects = [each["USUBJID"].to_pylist() for each in found]
    assert not any(set(above) & set(below) for above, below in itertools.pairwise(subjects))
    last = pa.table({"USUBJID": pa.array([9, 10, None], kind)})
    with pytest.raises(UnsortedSubjects, match="subject '' comes after '10'") as why:
        list(whole_subjects(last.to_batches(max_chunksize=cut)))
    assert why.value.row == 2


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\u3000"], ids=ascii)
@pytest.mark.parametrize("text", ["{}A", "A{}", "{}"], ids=ascii)
def test_blanks_of_every_kind_are_no_part_of_an_identifier(text, blank):
    """pyarrow trims what Unicode calls a blank; plain text is not searched for them."""
    ids = identifiers(pa.chunked_array([["", "A", text.format(blank), "Bé", "Ω"]]))
    assert ids.to_pylist() == ["", "A", text.format(""), "Bé", "Ω"]


def test_spaces_at_the_end_make_no_other_subject():
    table = pa.table({"USUBJID": ["A", "A ", "B"]})
    assert [len(each) for each in whole_subjects(table.to_batches(max_chunksize=1))] == [2, 1]


def test_no_rows():
    assert list(whole_subjects([])) == []
    assert list(whole_subjects([scans([1]).slice(0, 0)])) == []
