"""The derivation of one batch of whole subjects: a table of pyarrow in, a record batch out."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import attrs
import numpy as np
import numpy.typing as npt

from timeline.registry.cutting import first_unsorted, identifiers, starts_of
from timeline.registry.survey import ROLES as SURVEYED
from timeline.registry.survey import Survey, different, survey
from timeline.response.criteria.criterion import Criterion
from timeline.settings.trial import TrialSettings
from timeline.trial.derive import derive
from timeline.trial.parameters.response_rows import OVERALL, RESPONSE_PARAMETERS, ResponseParameter
from timeline.trial.parameters.time_rows import TIME_PARAMETERS, TimeParameter
from timeline.trial.presets import choices
from timeline.trial.problems import InvalidTables, TableProblem, TrialWarning, shown_values
from timeline.trial.reading.arrow import booleans_of
from timeline.trial.reading.columns import ROLES, check_names, roles_of

Array = npt.NDArray[Any]
# Rows of the table of responses have no number in a registry that lies on several machines.
LEFT_OUT = ("SRCROW", "CONFROW", "ANL01FL")
ORDER = (
    *("USUBJID", "PARAMCD", "PARAM", "AVALC", "AVAL", "STARTDT", "ADT", "ADTF", "CNSR"),
    *("EVNTDESC", "CNSDTDSC", "RULE", "SRCDOM", "SRCVAR", "SRCSEQ", "ASEQ", "VISITNUM", "RSSEQ"),
    *("CONFDT", "CONFSEQ"),
)


@attrs.frozen(kw_only=True)
class RegistryOptions:
    """What `derive_batch` is asked for; it can be sent to another process."""

    settings: TrialSettings | Mapping[str, Any] | str | None = None
    columns: Mapping[str, str] | None = None
    criterion: str | None = None
    evaluator: str | None = None
    parameters: Sequence[str] | None = None
    severity: Mapping[str, str] | None = None

    def named(self) -> dict[str, str]:
        """The user's names of columns by role. ValueError for an unknown role."""
        return check_names(self.columns or {})

    def codes(self) -> tuple[str, ...]:
        """The PARAMCD that are derived, sorted; `OVERALL` is none, it is the table itself.

        ValueError: a preset, a criterion or a setting is unknown, or OVR is asked for.
        """
        chosen = choices(self.settings, self.criterion, self.severity)
        if isinstance(self.parameters, str):
            raise ValueError(f"parameters: a list of PARAMCD, not {self.parameters!r}")
        if self.parameters is not None:
            if OVERALL in self.parameters:
                raise ValueError(
                    f"{OVERALL}: the overall responses are the table itself "
                    "(leave it out; timeline.trial.derive gives it)"
                )
            return tuple(sorted(set(self.parameters)))
        found = {row.code for row in RESPONSE_PARAMETERS if applies(row, chosen.criterion)}
        found |= {row.code for row in TIME_PARAMETERS if applies(row, chosen.criterion)}
        return tuple(sorted(found - set(chosen.leaves_out)))


def applies(row: ResponseParameter | TimeParameter, criterion: Criterion) -> bool:
    """Whether a parameter is one of a criterion."""
    return not row.criteria or criterion.title in row.criteria


def derive_batch(
    batch: Any,
    *,
    settings: TrialSettings | Mapping[str, Any] | str | None = None,
    columns: Mapping[str, str] | None = None,
    criterion: str | None = None,
    evaluator: str | None = None,
    parameters: Sequence[str] | None = None,
    severity: Mapping[str, str] | None = None,
) -> Any:
    """Derive the parameters and the times of the subjects of one batch.

    The result depends on the rows of each subject only, not on the batch it is in.

    Args:
        batch: a ``pyarrow.RecordBatch`` or ``Table`` of whole subjects, one row an assessment, with
            the columns of responses and of subjects of `timeline.trial.COLUMNS`. The columns of
            subjects are the same on all rows of a subject. A row without date and response only
            states its subject. Rows may be in any order.
        settings: as for `timeline.trial.derive`, and so are all other arguments.
        columns: names of columns by role.
        criterion: ``recist11`` or ``irecist``.
        evaluator: the evaluator whose rows count.
        parameters: the PARAMCD to derive, without OVR; None: all of the criterion.
        severity: severities of single kinds of faults.

    Returns:
        A ``pyarrow.RecordBatch``, one row a subject and PARAMCD, sorted by both. Parameters of
        response have the columns of ADRS (AVALC, ADT, ASEQ, RSSEQ, CONFDT ..), times those of ADTTE
        (AVAL in days, STARTDT, ADT, CNSR, EVNTDESC, SRCDOM ..); the others are null. Columns of
        words are dictionary-encoded with the same words in every batch.

    Raises:
        InvalidTables: as `timeline.trial.derive`, and where a column of subjects differs within a
            subject.
        ValueError: an argument is wrong.

    Source:
        As `timeline.trial.derive`.

    >>> import pyarrow
    >>> scans = pyarrow.record_batch({
    ...     "USUBJID": ["1", "1"],
    ...     "RANDDT": ["2024-01-05", "2024-01-05"],
    ...     "RSDTC": ["2024-03-01", "2024-05-01"],
    ...     "RSSTRESC": ["PR", "PD"],
    ... })
    >>> found = derive_batch(scans, parameters=["PFS"])
    >>> found.select(["PARAMCD", "AVAL", "EVNTDESC"]).to_pylist()
    [{'PARAMCD': 'PFS', 'AVAL': 117, 'EVNTDESC': 'Disease Progression'}]
    """
    options = RegistryOptions(
        settings=settings,
        columns=columns,
        criterion=criterion,
        evaluator=evaluator,
        parameters=parameters,
        severity=severity,
    )
    found = BatchDerivation(batch.schema, options).surveyed([batch]).part(batch)
    rejected = [each for each in found.problems if each.severity == "reject"]
    if rejected:
        raise InvalidTables(rejected)
    warned = [each for each in found.problems if each.severity == "warn"]
    if warned:
        warnings.warn("\n".join(map(str, warned)), TrialWarning, stacklevel=2)
    return found.batch


@attrs.frozen(kw_only=True, eq=False)
class DerivedPart:
    """What one batch gives: ``batch`` (None where faults are rejected), faults, and subjects."""

    batch: Any
    problems: tuple[TableProblem, ...]
    subjects: int


class BatchDerivation:
    """The derivation of any batch of one registry: its columns and options are read once.

    Attributes:
        codes: the PARAMCD that are derived, sorted.
        subject: the column of identifiers.
        vocabulary: the words of each column of words, the same in every batch.
    """

    def __init__(self, schema: Any, options: RegistryOptions) -> None:
        self.options, self.codes = options, options.codes()
        self.subject = subject_column(schema.names, options)
        self.columns = columns_of(schema.names, options)
        self.survey_columns = {
            role: name
            for role in SURVEYED
            if (name := _chosen(role, schema.names, options)) is not None
        }
        left = set(self.survey_columns.values())
        self.columns["responses"] = [each for each in self.columns["responses"] if each not in left]
        self._survey: Survey | None = None
        self.vocabulary = _vocabulary(schema.empty_table(), self)

    def surveyed(self, tables: Iterable[Any]) -> Self:
        """The derivation with what is to be known of the whole registry before its first batch.

        ``tables``: the whole registry, of which the columns of ``survey_columns`` are read.
        """
        return self.told(different(tables, self.survey_columns))

    def told(self, rows: Sequence[tuple[str, ...]]) -> Self:
        """As `surveyed`, from the different rows of the columns of ``survey_columns``."""
        severity = choices(self.options.settings, self.options.criterion, self.options.severity)
        self._survey = survey(rows, self.survey_columns, self.options.evaluator, severity.severity)
        return self

    @property
    def survey(self) -> Survey:
        """What the whole registry says. RuntimeError before `surveyed` or `told`."""
        if self._survey is None:
            raise RuntimeError("the registry was not surveyed")
        return self._survey

    @property
    def problems(self) -> tuple[TableProblem, ...]:
        """The faults of the whole registry, which each batch repeats."""
        return self.survey.problems

    @property
    def _other_columns(self) -> dict[str, str]:
        """The user's names of the columns that are handed on."""
        return {role: name for role, name in self.options.named().items() if role not in SURVEYED}

    @property
    def schema(self) -> Any:
        """The schema of the records."""
        return record_schema()

    def part(self, batch: Any) -> DerivedPart:
        """Derive one batch of whole subjects; ``rows`` of its faults count in it, from 1."""
        import pyarrow

        table = batch if isinstance(batch, pyarrow.Table) else pyarrow.Table.from_batches([batch])
        split = _split(table, self, self.survey)
        faults = (*self.problems, *split.problems)
        if any(each.severity == "reject" for each in faults):
            return DerivedPart(batch=None, problems=faults, subjects=len(split.starts))
        try:
            result = self.derived(split.responses, split.subjects)
        except InvalidTables as fault:
            problems = tuple(split.in_the_batch(each) for each in fault.problems)
            return DerivedPart(batch=None, problems=problems, subjects=len(split.starts))
        return DerivedPart(
            batch=records_of(result, self.vocabulary),
            problems=(*faults, *(split.in_the_batch(each) for each in result.problems)),
            subjects=len(split.starts),
        )

    def derived(self, responses: Any, subjects: Any) -> Any:
        """The `TrialResult` of two tables; its faults are in it, and no warning is given."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", TrialWarning)
            return derive(
                responses,
                subjects=subjects,
                settings=self.options.settings,
                columns=self._other_columns,
                criterion=self.options.criterion,
                parameters=self.codes,
                severity=self.options.severity,
            )


@attrs.frozen(kw_only=True, eq=False)
class _Split:
    """A batch as a table of responses and one of subjects, with their rows in the batch."""

    responses: Any
    subjects: Any
    rows: Array  # of the responses
    starts: Array  # of the subjects
    problems: tuple[TableProblem, ...]

    def in_the_batch(self, problem: TableProblem) -> TableProblem:
        """A fault of either table as one of the batch."""
        of = self.starts if problem.table.startswith("subjects") else self.rows
        rows = np.sort(of[problem.rows - 1] + 1) if len(problem.rows) else problem.rows
        return attrs.evolve(problem, table="", rows=rows)


def columns_of(names: Sequence[str], options: RegistryOptions) -> dict[str, list[str]]:
    """The columns of a registry that are read, for responses and for subjects."""
    named = options.named()
    found = {}
    for table in ("responses", "subjects"):
        wanted = {named.get(role.name, "") for role in roles_of(table)}
        wanted |= {name for role in roles_of(table) for name in role.standard}
        found[table] = [name for name in names if name in wanted]
    return found


def subject_column(names: Sequence[str], options: RegistryOptions) -> str:
    """The column of identifiers. ValueError where the table has none."""
    chosen = _chosen("subject", names, options)
    if chosen is None:
        standard = " or ".join(ROLES["subject"].standard)
        raise ValueError(
            f"no column of subjects ({standard}, or name it: columns={{'subject': NAME}}); it has "
            f"{', '.join(names[:20])}"
        )
    return chosen


def _chosen(role: str, names: Sequence[str], options: RegistryOptions) -> str | None:
    own = options.named().get(role)
    each = (own,) if own else ROLES[role].standard
    return next((name for name in each if name in names), None)


def _split(table: Any, derivation: BatchDerivation, surveyed: Survey) -> _Split:
    import pyarrow
    import pyarrow.compute as compute

    subject, wanted = derivation.subject, derivation.columns
    ids = identifiers(table[subject])
    starts = starts_of(ids)
    at = None  # the rows in the batch, where they were sorted
    if first_unsorted(ids, starts) is not None:
        order = compute.array_sort_indices(ids)
        at = np.asarray(order, dtype=np.int64)
        table, ids = table.take(order), ids.take(order)
        starts = starts_of(ids)
    stated = np.zeros(len(ids), dtype=bool)
    for role in ("date", "day", "response"):
        name = _chosen(role, table.column_names, derivation.options)
        if name is not None and len(ids):
            stated |= booleans_of(_one(table[name].is_valid()))
    rows = np.flatnonzero(stated & surveyed.counts(table))
    every = len(rows) == len(ids)
    responses = table.select(wanted["responses"])
    subjects = table.select(wanted["subjects"]).take(pyarrow.array(starts))
    problems = _different(table, wanted["subjects"], subject, ids, starts, at)
    return _Split(
        responses=responses if every else responses.take(pyarrow.array(rows)),
        subjects=subjects,
        rows=rows if at is None else at[rows],
        starts=starts if at is None else at[starts],
        problems=problems,
    )


def _different(
    table: Any, columns: Sequence[str], subject: str, ids: Any, starts: Array, at: Array | None
) -> tuple[TableProblem, ...]:
    """The faults of columns of subjects that are not the same on all rows of a subject."""
    import pyarrow.compute as compute

    found = []
    first = np.zeros(len(ids), dtype=bool)
    first[starts] = True
    for name in columns if len(ids) > 1 else ():
        if name == subject:
            continue
        column = _decoded(_one(table[name]))
        above, below = column.slice(0, len(column) - 1), column.slice(1)
        unequal = compute.fill_null(compute.not_equal(above, below), False)
        one_empty = compute.not_equal(compute.is_null(above), compute.is_null(below))
        wrong = (booleans_of(unequal) | booleans_of(one_empty)) & ~first[1:]
        rows = np.flatnonzero(wrong) + 1
        if len(rows):
            who = shown_values(each.as_py() for each in ids.take(rows[:100]))
            found.append(
                TableProblem(
                    kind="duplicate_subject",
                    table="",
                    column=name,
                    rows=np.sort((rows if at is None else at[rows]) + 1),
                    what=f"differs between the rows of a subject: {who} "
                    "(write the same on every row of a subject)",
                    severity="reject",
                )
            )
    return tuple(found)


# ---- the records of a result, with the same words in every batch


def _vocabulary(empty: Any, derivation: BatchDerivation) -> dict[str, Any]:
    """The words of each column of words, as the derivation of no subject knows them."""
    import pyarrow

    wanted = derivation.columns
    rules = list(dict.fromkeys(row.rule for row in RESPONSE_PARAMETERS))
    result = derivation.derived(empty.select(wanted["responses"]), empty.select(wanted["subjects"]))
    words: dict[str, list[str]] = {"RULE": rules}
    for table in (result.parameters.to_arrow(), result.times.to_arrow()):
        for name in table.column_names:
            if name in ORDER and pyarrow.types.is_dictionary(table.schema.field(name).type):
                each = _one(table[name]).dictionary.to_pylist()
                words[name] = list(dict.fromkeys([*words.get(name, ()), *each]))
    return {name: pyarrow.array(each, pyarrow.string()) for name, each in words.items()}


def _one(column: Any) -> Any:
    """A column as one array."""
    import pyarrow

    array = column.combine_chunks() if isinstance(column, pyarrow.ChunkedArray) else column
    if isinstance(array, pyarrow.ChunkedArray):  # of no chunk
        array = pyarrow.array([], array.type)
    return array


def _decoded(array: Any) -> Any:
    """An array of values, where it was one of places in a dictionary."""
    import pyarrow

    return array.dictionary_decode() if pyarrow.types.is_dictionary(array.type) else array


def record_schema() -> Any:
    """The schema of the records of every registry."""
    import pyarrow

    numbers = {
        **dict.fromkeys(("STARTDT", "ADT", "CONFDT"), pyarrow.date32()),
        **dict.fromkeys(("AVAL", "CNSR", "SRCSEQ", "ASEQ"), pyarrow.int32()),
        **dict.fromkeys(("VISITNUM", "RSSEQ", "CONFSEQ"), pyarrow.float64()),
        "USUBJID": pyarrow.string(),
    }
    words = pyarrow.dictionary(pyarrow.int16(), pyarrow.string())
    return pyarrow.schema([(name, numbers.get(name, words)) for name in ORDER])


def records_of(result: Any, vocabulary: Mapping[str, Any]) -> Any:
    """The parameters and the times of a `TrialResult` as one record batch."""
    import pyarrow

    schema = record_schema()
    codes = vocabulary["PARAMCD"].to_pylist()
    rank = np.argsort(np.argsort(codes))
    rules = {row.code: row.rule for row in RESPONSE_PARAMETERS if applies(row, result.criterion)}
    parts, keys = [], []
    for table in (result.parameters.to_arrow(), result.times.to_arrow()):
        part = {name: _one(table[name]) for name in table.column_names}
        if "RULE" not in part:
            part["RULE"] = _rules(part["PARAMCD"], rules)
        place = np.asarray(part["USUBJID"].indices, dtype=np.int64)
        columns = {name: _column(part.get(name), schema.field(name), vocabulary, len(table))
                   for name in ORDER}  # fmt: skip
        keys.append(place * len(codes) + rank[np.asarray(columns["PARAMCD"].indices)])
        parts.append(pyarrow.RecordBatch.from_arrays(list(columns.values()), schema=schema))
    order = np.argsort(np.concatenate(keys), kind="stable")
    both = pyarrow.Table.from_batches(parts, schema).combine_chunks()
    made = both.to_batches() or [pyarrow.RecordBatch.from_pylist([], schema)]
    return made[0].take(pyarrow.array(order))


def _rules(parameters: Any, rules: Mapping[str, str]) -> Any:
    """The rule of each parameter of response, as its row states it."""
    import pyarrow

    each = [rules[code] for code in parameters.dictionary.to_pylist()]
    words = pyarrow.array(each, pyarrow.string())
    return pyarrow.DictionaryArray.from_arrays(parameters.indices, words)


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
        return _decoded(column).cast(field.type)
    words = vocabulary[field.name]
    moved = compute.index_in(column.dictionary, value_set=words)
    used = moved.take(column.indices).cast(pyarrow.int16())
    if used.null_count != column.indices.null_count:
        raise RuntimeError(f"{field.name}: a word that no empty registry has")
    return pyarrow.DictionaryArray.from_arrays(used, words)
