"""The records of a derivation as record batches, with the same words in every batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from timeline.response.criteria.criterion import Criterion
from timeline.trial.parameters.response_rows import RESPONSE_PARAMETERS, ResponseParameter
from timeline.trial.parameters.time_rows import TimeParameter
from timeline.trial.reading.arrow import array_of, numpy_of, strings_of
from timeline.trial.results import TrialResult

# Rows of the table of responses have no number in a registry that lies on several machines.
LEFT_OUT = ("SRCROW", "CONFROW", "ANL01FL")
ORDER = (
    *("USUBJID", "PARAMCD", "PARAM", "AVALC", "AVAL", "STARTDT", "ADT", "ADTF", "CNSR"),
    *("EVNTDESC", "CNSDTDSC", "RULE", "SRCDOM", "SRCVAR", "SRCSEQ", "ASEQ", "VISITNUM", "RSSEQ"),
    *("CONFDT", "CONFSEQ"),
)


def applies(row: ResponseParameter | TimeParameter, criterion: Criterion) -> bool:
    """Whether a parameter is one of a criterion."""
    return not row.criteria or criterion.title in row.criteria


def vocabulary_of(result: TrialResult) -> dict[str, Any]:
    """The words of each column of words, from the derivation of no subject."""
    import pyarrow

    rules = list(dict.fromkeys(row.rule for row in RESPONSE_PARAMETERS))
    words: dict[str, list[str]] = {"RULE": rules}
    for table in (result.parameters.to_arrow(), result.times.to_arrow()):
        for name in table.column_names:
            if name in ORDER and pyarrow.types.is_dictionary(table.schema.field(name).type):
                each = one_array(table[name]).dictionary.to_pylist()
                words[name] = list(dict.fromkeys([*words.get(name, ()), *each]))
    return {name: strings_of(each) for name, each in words.items()}


def one_array(column: Any) -> Any:
    """A column as one array."""
    import pyarrow

    if isinstance(column, pyarrow.ChunkedArray) and column.num_chunks == 1:
        return column.chunk(0)
    array = column.combine_chunks() if isinstance(column, pyarrow.ChunkedArray) else column
    if isinstance(array, pyarrow.ChunkedArray):  # of no chunk
        array = pyarrow.nulls(0, array.type)
    return array


def decoded(array: Any) -> Any:
    """An array of values, where it was one of places in a dictionary."""
    import pyarrow

    return array.dictionary_decode() if pyarrow.types.is_dictionary(array.type) else array


def record_schema(kept: Any) -> Any:
    """The schema of the records.

    ``kept``: the schema of the columns of subjects that are repeated on each record; they come
    last, without dictionaries.
    """
    import pyarrow

    numbers = {
        **dict.fromkeys(("STARTDT", "ADT", "CONFDT"), pyarrow.date32()),
        **dict.fromkeys(("AVAL", "CNSR", "SRCSEQ", "ASEQ"), pyarrow.int32()),
        **dict.fromkeys(("VISITNUM", "RSSEQ", "CONFSEQ"), pyarrow.float64()),
        "USUBJID": pyarrow.string(),
    }
    words = pyarrow.dictionary(pyarrow.int16(), pyarrow.string())
    own = [pyarrow.field(name, numbers.get(name, words)) for name in ORDER]
    return pyarrow.schema([*own, *(each.with_type(_plain(each.type)) for each in kept)])


def _plain(kind: Any) -> Any:
    """A type without a dictionary; text is of one type, which Spark takes."""
    import pyarrow

    kind = kind.value_type if pyarrow.types.is_dictionary(kind) else kind
    text = pyarrow.types.is_large_string(kind) or pyarrow.types.is_string_view(kind)
    return pyarrow.string() if text else kind


def plain_schema(schema: Any) -> Any:
    """A schema with text in place of dictionaries, which Spark and pandas lack."""
    import pyarrow

    return pyarrow.schema([(each.name, _plain(each.type)) for each in schema])


def records_of(result: TrialResult, vocabulary: Mapping[str, Any], kept: Any) -> Any:
    """The parameters and the times of a result as one record batch.

    ``kept``: the columns of subjects that are repeated on each record, a table of a row a subject
    in the order of the result.
    """
    import pyarrow

    schema = record_schema(kept.schema)
    codes = vocabulary["PARAMCD"].to_pylist()
    rank = np.argsort(np.argsort(codes))
    rules = {row.code: row.rule for row in RESPONSE_PARAMETERS if applies(row, result.criterion)}
    parts, keys = [], []
    for table in (result.parameters.to_arrow(), result.times.to_arrow()):
        part = {name: one_array(table[name]) for name in table.column_names}
        if "RULE" not in part:
            part["RULE"] = _rules(part["PARAMCD"], rules)
        place = numpy_of(part["USUBJID"].indices, 0).astype(np.int64)
        columns = {name: _column(part.get(name), schema.field(name), vocabulary, len(table))
                   for name in ORDER[1:]}  # fmt: skip
        columns = {"USUBJID": part["USUBJID"], **columns}
        keys.append(place * len(codes) + rank[numpy_of(columns["PARAMCD"].indices, 0)])
        parts.append(pyarrow.Table.from_arrays(list(columns.values()), names=list(columns)))
    order = array_of(np.argsort(np.concatenate(keys), kind="stable"))
    both = pyarrow.concat_tables(parts).combine_chunks().take(order)
    made = {name: one_array(both[name]) for name in both.column_names}
    place = made["USUBJID"].indices
    # after the rows are in order: text is slow to move
    made["USUBJID"] = decoded(made["USUBJID"]).cast(schema.field("USUBJID").type)
    for name in kept.column_names:
        column = decoded(one_array(kept[name])).cast(schema.field(name).type)
        made[name] = column.take(place)
    return pyarrow.RecordBatch.from_arrays(list(made.values()), schema=schema)


def _rules(parameters: Any, rules: Mapping[str, str]) -> Any:
    """The rule of each parameter of response, as its row states it."""
    import pyarrow

    each = [rules[code] for code in parameters.dictionary.to_pylist()]
    return pyarrow.DictionaryArray.from_arrays(parameters.indices, strings_of(each))


def _column(column: Any, field: Any, vocabulary: Mapping[str, Any], rows: int) -> Any:
    """One column in the type of the records; all null where the result does not have it."""
    import pyarrow
    import pyarrow.compute as compute

    if column is None:
        if not pyarrow.types.is_dictionary(field.type):
            return pyarrow.nulls(rows, field.type)
        places = pyarrow.nulls(rows, pyarrow.int16())
        return pyarrow.DictionaryArray.from_arrays(places, vocabulary[field.name])
    if not pyarrow.types.is_dictionary(field.type):
        return decoded(column).cast(field.type)
    words = vocabulary[field.name]
    moved = compute.index_in(column.dictionary, value_set=words)
    used = moved.take(column.indices).cast(pyarrow.int16())
    if used.null_count != column.indices.null_count:
        raise RuntimeError(f"{field.name}: a word that no empty registry has")
    return pyarrow.DictionaryArray.from_arrays(used, words)
