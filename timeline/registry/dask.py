"""A registry as a data frame of Dask: `derive_batch` on each partition of whole subjects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from timeline.files.extras import import_extra
from timeline.registry.batches import BatchDerivation, RegistryOptions
from timeline.registry.distributed import (
    check_faults,
    derivation_of,
    fault_schema,
    faults,
    records,
)
from timeline.registry.records import plain_schema
from timeline.registry.survey import different
from timeline.settings.trial import TrialSettings


def derive_dask(
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
    """Derive a registry in a data frame of Dask.

    The rows of a subject are brought into one partition, so that no cut of Dask parts them. The
    frame is read twice, for its faults and, when the result is computed, for its records:
    ``frame.persist()`` saves the second time.

    Args:
        frame: a ``dask.dataframe.DataFrame`` of the columns that `derive_batch` reads, in any order
            of rows. RSSEQ, or the column named ``sequence``, must be there: rows have no order
            here.
        settings: as for `derive_batch`, and so are all other arguments.
        columns: names of columns by role.
        criterion: ``recist11`` or ``irecist``.
        evaluator: the evaluator whose rows count.
        parameters: the PARAMCD to derive, without OVR; None: all of the criterion.
        severity: severities of single kinds of faults.
        keep: columns of subjects that each record repeats, such as ``ARM``.

    Returns:
        A ``dask.dataframe.DataFrame`` of the records of `derive_batch`, in no order, with types of
        pyarrow. It is derived when it is computed.

    Raises:
        InvalidRegistry: there are faults that are to be rejected; all of them are named, with
            subjects in place of rows.
        ValueError: an argument is wrong.
        ImportError: dask is not installed.

    Source:
        As `timeline.trial.derive`.
    """
    import_extra("dask.dataframe", "dask")
    import pyarrow

    options = RegistryOptions(
        settings=settings, columns=columns, criterion=criterion, evaluator=evaluator,
        parameters=parameters, severity=severity, keep=tuple(keep),
    )  # fmt: skip
    schema = pyarrow.Schema.from_pandas(frame._meta, preserve_index=False)
    derivation = derivation_of(schema, options)
    subject, surveyed = derivation.subject, derivation.survey_columns
    told = []
    if surveyed:
        rows = frame[list(surveyed.values())].drop_duplicates().compute()
        told = different([_table(rows)], surveyed)
    derivation.told(told)
    read = frame[derivation.read_columns]
    if not pyarrow.types.is_integer(schema.field(subject).type):  # a blank makes no other subject
        read = read.assign(**{subject: read[subject].str.strip()})
    whole = read.shuffle(subject)
    made = fault_schema()
    found = whole.map_partitions(_applied, faults, derivation, made, meta=_frame(made))
    check_faults(found.compute().to_dict("records"))
    made = plain_schema(derivation.schema)
    return whole.map_partitions(_applied, records, derivation, made, meta=_frame(made))


def _applied(
    part: Any,
    function: Callable[[BatchDerivation, Iterable[Any]], Iterator[Any]],
    derivation: BatchDerivation,
    schema: Any,
) -> Any:
    """What a function of tables gives for a partition of pandas, as another."""
    import pyarrow

    tables = list(function(derivation, [_table(part)] if len(part) else []))
    return _pandas(pyarrow.concat_tables(tables) if tables else schema.empty_table())


def _table(part: Any) -> Any:
    import pyarrow

    return pyarrow.Table.from_pandas(part, preserve_index=False)


def _frame(schema: Any) -> Any:
    return _pandas(schema.empty_table())


def _pandas(table: Any) -> Any:
    import pandas

    return table.to_pandas(types_mapper=pandas.ArrowDtype)
