"""A registry as a data frame of Spark: `derive_batch` on each partition of whole subjects."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from timeline.files.extras import import_extra
from timeline.registry.batches import BatchDerivation, RegistryOptions
from timeline.registry.cutting import whole_subjects
from timeline.registry.distributed import (
    FAULT_COLUMNS,
    check_faults,
    derivation_of,
    faults,
    records,
)
from timeline.registry.records import plain_schema
from timeline.registry.registry_file import BATCH_ROWS
from timeline.registry.survey import different
from timeline.settings.trial import TrialSettings


def derive_spark(
    frame: Any,
    *,
    settings: TrialSettings | Mapping[str, Any] | str | None = None,
    columns: Mapping[str, str] | None = None,
    criterion: str | None = None,
    evaluator: str | None = None,
    parameters: Sequence[str] | None = None,
    severity: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
) -> Any:
    """Derive a registry in a data frame of Spark.

    The rows of a subject are brought into one partition, so that no cut of Spark parts them. The
    executors need this package and pyarrow. The frame is read twice, for its faults and, when the
    result is used, for its records: ``frame.cache()`` saves the second time.

    Args:
        frame: a ``pyspark.sql.DataFrame`` of the columns that `derive_batch` reads, in any order of
            rows. RSSEQ, or the column named ``sequence``, must be there: rows have no order here.
        settings: as for `derive_batch`, and so are all other arguments.
        columns: names of columns by role.
        criterion: ``recist11`` or ``irecist``.
        evaluator: the evaluator whose rows count.
        parameters: the PARAMCD to derive, without OVR; None: all of the criterion.
        severity: severities of single kinds of faults.
        keep: columns of subjects that each record repeats, such as ``ARM``.

    Returns:
        A ``pyspark.sql.DataFrame`` of the records of `derive_batch`, in no order. It is derived
        when it is used.

    Raises:
        InvalidRegistry: there are faults that are to be rejected; all of them are named, with
            subjects in place of rows.
        ValueError: an argument is wrong.
        ImportError: pyspark is not installed.

    Source:
        As `timeline.trial.derive`.
    """
    import_extra("pyspark", "spark")
    import pyarrow
    from pyspark.sql import functions
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
    from pyspark.sql.types import StringType, StructField, StructType

    options = RegistryOptions(
        settings=settings, columns=columns, criterion=criterion, evaluator=evaluator,
        parameters=parameters, severity=severity, keep=tuple(keep),
    )  # fmt: skip
    schema = to_arrow_schema(frame.schema)
    derivation = derivation_of(schema, options)
    subject, surveyed = derivation.subject, derivation.survey_columns
    told = []
    if surveyed:
        names = list(surveyed.values())
        rows = [row.asDict() for row in frame.select(*names).distinct().collect()]
        kinds = pyarrow.schema([schema.field(name) for name in names])
        told = different([pyarrow.Table.from_pylist(rows, schema=kinds)], surveyed)
    derivation.told(told)
    read = frame.select(*derivation.read_columns)
    if isinstance(frame.schema[subject].dataType, StringType):  # a blank makes no other subject
        bare = functions.regexp_replace(subject, _BLANKS, "")
        read = read.withColumn(subject, bare)
    whole = read.repartition(subject).sortWithinPartitions(subject)
    texts = [StructField(name, StringType()) for name in FAULT_COLUMNS]
    found = whole.mapInArrow(functools.partial(_mapped, faults, derivation), StructType(texts))
    check_faults(row.asDict() for row in found.collect())
    made = plain_schema(derivation.schema)
    return whole.mapInArrow(
        functools.partial(_mapped, records, derivation), from_arrow_schema(made)
    )


_BLANKS = r"(?U)^\s+|\s+$"  # any that Unicode knows, as pyarrow trims them


def _mapped(
    function: Callable[[BatchDerivation, Iterable[Any]], Iterator[Any]],
    derivation: BatchDerivation,
    batches: Iterator[Any],
) -> Iterator[Any]:
    """What a function of tables gives for the batches of a partition, as batches."""
    tables = whole_subjects(batches, derivation.subject, rows=BATCH_ROWS)
    for table in function(derivation, tables):
        yield from table.to_batches()
