"""The derivation of one batch of whole subjects: a table of pyarrow in, a record batch out."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import attrs

from timeline.core.problem import near
from timeline.registry.records import ORDER, applies, record_schema, records_of, vocabulary_of
from timeline.registry.splitting import SUBJECTS, BatchTables, paired, split
from timeline.registry.survey import ROLES as SURVEYED
from timeline.registry.survey import Survey, different, survey
from timeline.settings.trial import TrialSettings
from timeline.trial.derive import derive_tables
from timeline.trial.parameters.response_rows import OVERALL, RESPONSE_PARAMETERS
from timeline.trial.parameters.time_rows import TIME_PARAMETERS
from timeline.trial.presets import choices
from timeline.trial.problems import InvalidTables, TableProblem, TrialWarning
from timeline.trial.reading.arrow import empty_table
from timeline.trial.reading.columns import ROLES, check_names, roles_of
from timeline.trial.results import TrialResult


@attrs.frozen(kw_only=True)
class RegistryOptions:
    """What `derive_batch` is asked for; it can be sent to another process."""

    settings: TrialSettings | Mapping[str, Any] | str | None = None
    columns: Mapping[str, str] | None = None
    criterion: str | None = None
    evaluator: str | None = None
    parameters: Sequence[str] | None = None
    severity: Mapping[str, str] | None = None
    keep: Sequence[str] = ()

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
        found = {
            row.code
            for row in RESPONSE_PARAMETERS
            if applies(row, chosen.criterion) and not row.of_lesions
        }
        found |= {row.code for row in TIME_PARAMETERS if applies(row, chosen.criterion)}
        return tuple(sorted(found - set(chosen.leaves_out)))


def derive_batch(
    batch: Any,
    *,
    settings: TrialSettings | Mapping[str, Any] | str | None = None,
    columns: Mapping[str, str] | None = None,
    criterion: str | None = None,
    evaluator: str | None = None,
    parameters: Sequence[str] | None = None,
    severity: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
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
        keep: columns of subjects that each record repeats, such as ``ARM``.

    Returns:
        A ``pyarrow.RecordBatch``, one row a subject and PARAMCD, sorted by both. Parameters of
        response have the columns of ADRS (AVALC, ADT, ASEQ, RSSEQ, CONFDT ..), times those of ADTTE
        (AVAL in days, STARTDT, ADT, CNSR, EVNTDESC, SRCDOM ..); the others are null. Columns of
        words are dictionary-encoded with the same words in every batch. Columns of ``keep`` come
        last.

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
        keep=tuple(keep),
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

    Args:
        schema: of the registry, or of its assessments where the subjects have a table of their own.
        options: what is asked for.
        of_subjects: the schema of the table of subjects; None where there is none.
        threads: how many share the work on a batch; None: by the number of processors.

    Attributes:
        codes: the PARAMCD that are derived, sorted.
        names: the columns of the registry.
        subject: the column of identifiers.
        columns: the columns of ``responses`` and of ``subjects``.
        schema: the schema of the records.
        vocabulary: the words of each column of words, the same in every batch.

    Raises:
        ValueError: an argument is wrong, or a column is missing or in both tables.
    """

    def __init__(
        self,
        schema: Any,
        options: RegistryOptions,
        of_subjects: Any = None,
        threads: int | None = None,
    ) -> None:
        self.options, self.codes, self.names = options, options.codes(), tuple(schema.names)
        self._choices = choices(options.settings, options.criterion, options.severity)
        self.threads = threads
        self.subject = subject_column(schema.names, options)
        self.survey_columns = {
            role: name for role in SURVEYED if (name := self.column(role)) is not None
        }
        stated = (self.column(role) for role in ("date", "day", "response"))
        self.stated = [name for name in stated if name is not None]
        whose = schema if of_subjects is None else of_subjects
        _check_kept(options.keep, whose.names)
        self.columns = {
            "responses": _columns_of("responses", schema.names, options),
            SUBJECTS: _columns_of(SUBJECTS, whose.names, options),
        }
        if of_subjects is not None:
            _check_apart(schema.names, options)
        left = set(self.survey_columns.values())
        self.columns["responses"] = [each for each in self.columns["responses"] if each not in left]
        self.kept = empty_table(whose).select(options.keep).schema
        self.schema = record_schema(self.kept)
        self._survey: Survey | None = None
        empty = empty_table(schema), empty_table(whose)
        responses, subjects = (
            table.select(each) for table, each in zip(empty, self.columns.values(), strict=True)
        )
        self.vocabulary = vocabulary_of(self.derived(responses, subjects, self.codes))

    def surveyed(self, tables: Iterable[Any]) -> Self:
        """The derivation with what is to be known of the whole registry before its first batch.

        ``tables``: the whole registry, of which the columns of ``survey_columns`` are read.
        """
        return self.told(different(tables, self.survey_columns))

    def told(self, rows: Sequence[tuple[str, ...]]) -> Self:
        """As `surveyed`, from the different rows of the columns of ``survey_columns``."""
        severity = self._choices.severity
        self._survey = survey(rows, self.survey_columns, self.options.evaluator, severity)
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
    def read_columns(self) -> list[str]:
        """The columns of the registry that are read, in its order."""
        wanted = {
            *self.columns["responses"],
            *self.columns["subjects"],
            *self.survey_columns.values(),
        }
        return [name for name in self.names if name in wanted]

    def column(self, role: str) -> str | None:
        """The name of the column of a role; None where the registry has none."""
        return _chosen(role, self.names, self.options)

    def part(self, batch: Any, subjects: Any = None) -> DerivedPart:
        """Derive one batch of whole subjects.

        ``rows`` of its faults count in it, from 1; those of ``subjects`` in that table. It is the
        table of the subjects of the batch, where they have one of their own.
        """
        found = self._result(batch, subjects, self.codes)
        if found.result is None:
            return DerivedPart(batch=None, problems=found.problems, subjects=found.subjects)
        kept = found.tables.subjects.select(self.options.keep)
        made = records_of(found.result, self.vocabulary, kept)
        return DerivedPart(batch=made, problems=found.problems, subjects=found.subjects)

    def faults(self, batch: Any) -> tuple[TableProblem, ...]:
        """The faults of one batch of whole subjects, of which nothing is derived."""
        return self._result(batch, None, ()).problems

    def _result(self, batch: Any, subjects: Any, codes: Sequence[str]) -> _PartResult:
        import pyarrow

        table = batch if isinstance(batch, pyarrow.Table) else pyarrow.Table.from_batches([batch])
        about = self.columns, self.stated, self.survey
        if subjects is None:
            tables = split(table, self.subject, *about)
        else:
            tables = paired(table, subjects, *about)
        faults = (*self.problems, *tables.problems)
        rejected = any(each.severity == "reject" for each in faults)
        try:
            result = self.derived(tables.responses, tables.subjects, () if rejected else codes)
            more = result.problems
        except InvalidTables as fault:
            result, more = None, fault.problems
        return _PartResult(
            tables=tables,
            result=None if rejected else result,
            problems=(*faults, *(tables.in_the_batch(each) for each in more)),
        )

    def derived(self, responses: Any, subjects: Any, codes: Sequence[str]) -> TrialResult:
        """The result of two tables; its faults are in it."""
        return derive_tables(
            self._choices,
            responses=responses,
            subjects=subjects,
            columns=self._other_columns,
            parameters=codes,
            threads=self.threads,
        )


@attrs.frozen(kw_only=True, eq=False)
class _PartResult:
    """The tables of a batch, what is derived of them (None where they are rejected), and faults."""

    tables: BatchTables
    result: TrialResult | None
    problems: tuple[TableProblem, ...]

    @property
    def subjects(self) -> int:
        return len(self.tables.subjects)


def _columns_of(table: str, names: Sequence[str], options: RegistryOptions) -> list[str]:
    """The columns of a table that are read."""
    named = options.named()
    wanted = {named.get(role.name, "") for role in roles_of(table)}
    wanted |= {name for role in roles_of(table) for name in role.standard}
    wanted |= set(options.keep) if table == SUBJECTS else set()
    return [name for name in names if name in wanted]


def _check_kept(keep: Sequence[str], names: Sequence[str]) -> None:
    """ValueError for a column that cannot be repeated on each record."""
    for name in keep:
        if name in ORDER:
            raise ValueError(f"keep: {name} is a column of the records (rename it)")
        if name not in names:
            raise ValueError(f"keep: no column {name!r} ({near(name, names)})")


def _check_apart(names: Sequence[str], options: RegistryOptions) -> None:
    """ValueError for a column of subjects that the table of assessments has as well."""
    subject = subject_column(names, options)
    both = [each for each in _columns_of(SUBJECTS, names, options) if each != subject]
    if both:
        raise ValueError(
            f"column {', '.join(both)} of subjects is in the table of assessments as well "
            "(leave it out of one of the two)"
        )


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
