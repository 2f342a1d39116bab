"""`derive`: from long tables to parameters of response and times to events."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from timeline.core.problem import near
from timeline.response.criteria.criterion import Criterion
from timeline.response.responses import NEVER
from timeline.settings.trial import TrialSettings
from timeline.trial.assessments import Assessments, derived_assessments, read_assessments
from timeline.trial.cohort import derive_cohort
from timeline.trial.findings.findings import (
    Findings,
    Measured,
    claimed_days,
    read_findings,
    read_measured,
    stated_claims,
    with_targets,
    without_baseline,
)
from timeline.trial.findings.parts import Part, read_parts
from timeline.trial.parameters.response_rows import (
    OVERALL,
    RESPONSE_PARAMETERS,
    ResponseParameter,
)
from timeline.trial.parameters.time_rows import (
    LAST_ALIVE,
    ORIGIN,
    TIME_PARAMETERS,
    TimeParameter,
)
from timeline.trial.presets import DERIVABLE, Choices, choices
from timeline.trial.problems import InvalidTables, Problems, TableProblem, TrialWarning
from timeline.trial.reading.columns import ROLES, check_names, roles_of
from timeline.trial.reading.sources import UnreadableTable, open_table
from timeline.trial.reading.values import TableReader, TextColumn, choose_columns
from timeline.trial.records.derivation import Derivation
from timeline.trial.results import TrialResult
from timeline.trial.subjects import Subjects, read_subjects


def derive(
    responses: Any = None,
    *,
    subjects: Any,
    lesions: Any = None,
    settings: TrialSettings | Mapping[str, Any] | str | None = None,
    columns: Mapping[str, str] | None = None,
    criterion: str | None = None,
    evaluator: str | None = None,
    parameters: Sequence[str] | None = None,
    severity: Mapping[str, str] | None = None,
) -> TrialResult:
    """Derive the parameters of response and the times to events of a trial.

    A table is a data frame of pandas, polars or pyarrow, a dict of lists, or the path of a Parquet
    or CSV file. Its columns are found by their CDISC names (`COLUMNS`) or by ``columns``.

    Args:
        responses: overall responses, one row an assessment, as SDTM RS has them, or their parts
            (target, non-target, new lesions); None where responses follow from lesions alone.
        subjects: one row a subject, as ADSL has them: the day that times count from, death, the
            day last known alive, new anticancer therapy.
        lesions: measurements and states of lesions, one row each, as SDTM TR has them with TULOC
            of TU; None: no sums. Setting ``response_from`` decides what the response at an
            assessment follows from: ``overall``, ``parts`` or ``lesions``.
        settings: `TrialSettings`; or single settings by name; or the name of a preset
            (``admiral``); or ``{"preset": "admiral", "min_sd_days": 56}``.
        columns: names of columns by role, where they are not the standard ones:
            ``{"subject": "PATIENT"}``.
        criterion: ``recist11`` (the default), ``irecist``, ``imrecist``, ``irrecist``,
            ``mrecist`` or ``choi``; a preset has its own.
        evaluator: the evaluator whose rows count, where the table has several. Of several readers
            of one evaluator the accepted rows count (RSACPTFL).
        parameters: the PARAMCD to derive; None: all of the criterion.
        severity: ``reject``, ``warn`` or ``take`` for single kinds of faults (`KINDS`).

    Returns:
        The result: ``parameters`` in the shape of ADRS, ``times`` in the shape of ADTTE, ``sums``
        in the shape of ADTR and ``depth`` of the lesions, ``assessments`` and ``sources`` of
        derived responses, and the ``problems`` that were let pass.

    Raises:
        InvalidTables: the tables have faults that are to be rejected; all of them are named, each
            with table, row and column.
        ValueError: a setting, a preset, a column, a parameter or a severity is unknown, or the
            table that setting ``response_from`` needs is not given.

    Source:
        Each parameter names its own (`PARAMETERS`): RECIST 1.1 (Eisenhauer 2009), iRECIST (Seymour
        2017), FDA 2018, admiralonco.

    >>> rs = {
    ...     "USUBJID": ["1", "1"],
    ...     "RSDTC": ["2024-03-01", "2024-05-01"],
    ...     "RSSTRESC": ["PR", "PD"],
    ... }
    >>> adsl = {"USUBJID": ["1"], "RANDDT": ["2024-01-05"]}
    >>> times = derive(rs, subjects=adsl, parameters=["PFS"]).times
    >>> times.to_arrow().select(["AVAL", "CNSR", "EVNTDESC"]).to_pylist()
    [{'AVAL': 117, 'CNSR': 0, 'EVNTDESC': 'Disease Progression'}]
    """
    found = derive_tables(
        choices(settings, criterion, severity),
        responses=responses,
        subjects=subjects,
        lesions=lesions,
        columns=columns,
        evaluator=evaluator,
        parameters=parameters,
    )
    _warn(found.problems)
    return found


def derive_tables(
    chosen: Choices,
    *,
    responses: Any,
    subjects: Any,
    lesions: Any = None,
    columns: Mapping[str, str] | None = None,
    evaluator: str | None = None,
    parameters: Sequence[str] | None = None,
    threads: int | None = None,
) -> TrialResult:
    """As `derive`, without its warnings: filters of warnings belong to all threads of a process.

    ``threads``: how many share the work; None: by the number of processors.
    """
    _check_sources(responses, lesions, chosen)
    problems = Problems(chosen.severity)
    named = check_names(columns or {})
    rows, times, with_overall = _requested(parameters, chosen)
    if lesions is None and (unfit := [row.code for row in rows if row.of_lesions]):
        raise ValueError(f"parameter {unfit[0]}: no table of lesions (write lesions=...)")
    who = _reader("subjects", subjects, named, problems)
    collected = chosen.settings.response_from == "overall"
    unneeded = () if collected else ("response",)
    what = None
    if responses is not None:
        what = _reader("responses", responses, named, problems, unneeded)
    measuring = None if lesions is None else _reader("lesions", lesions, named, problems)
    if who is None or (responses is not None and what is None):
        problems.raise_rejected()
        raise InvalidTables(problems.found)
    cohort, ids = read_subjects(who, chosen.settings)
    read = _read(what, measuring, cohort, ids, chosen, evaluator)
    cohort = attrs.evolve(
        cohort,
        claim=np.minimum(cohort.claim, read.claim),
        no_baseline=read.no_baseline,
        measurable=read.measurable,
    )
    assessments = read.assessments
    problems.raise_rejected()
    _check_last_alive(who, cohort, times)
    needed, needed_times = _with_needed(rows, times, chosen.criterion)
    found, found_times = derive_cohort(
        cohort, assessments, chosen.criterion, chosen.settings, needed, needed_times, threads
    )
    return TrialResult(
        Derivation(
            subjects=cohort,
            assessments=assessments,
            criterion=chosen.criterion,
            settings=chosen.settings,
            rows={row.code: row for row in rows},
            time_rows={row.code: row for row in times},
            columns=found,
            times=found_times,
            with_overall=with_overall,
            measured=read.measured,
            found=read.found,
            names=_names(who, what, measuring),
            problems=tuple(problems.found),
        )
    )


def _check_last_alive(who: TableReader, cohort: Subjects, times: Sequence[TimeParameter]) -> None:
    """Whether times are censored on a day last known alive that no column holds."""
    codes = [row.code for row in times if any(one.date == LAST_ALIVE for one in row.censoring)]
    alive = int(np.count_nonzero(cohort.has_origin & (cohort.death == NEVER)))
    if "last_alive" in who.chosen or not codes or not alive:
        return
    role = ROLES["last_alive"]
    who.problems.add(
        "no_last_alive",
        who.source.label,
        f"no column {' or '.join(role.standard)}, {role.description}, and so no last day of "
        f"{' and '.join(codes)} of {alive:,} subject{'s' * (alive > 1)} not known dead "
        f"(write columns={{'{role.name}': NAME}}, or parameters without {' and '.join(codes)})",
    )


@attrs.frozen(kw_only=True, eq=False)
class _Read:
    """What the tables of responses and lesions gave."""

    assessments: Assessments
    measured: Measured | None
    found: Findings | None
    claim: Any  # of each subject
    no_baseline: Any  # of each subject
    measurable: Any  # of each subject


def _read(
    what: TableReader | None,
    measuring: TableReader | None,
    cohort: Subjects,
    ids: TextColumn,
    chosen: Choices,
    evaluator: str | None,
) -> _Read:
    """Read the tables of responses and lesions, as setting ``response_from`` wants them."""
    settings, criterion = chosen.settings, chosen.criterion
    found = measured = None
    claim = np.full(len(cohort), NEVER)
    if settings.response_from == "lesions":
        found, measured = read_findings(
            what, measuring, cohort, ids, criterion, settings, evaluator
        )
    elif measuring is not None:
        measured = read_measured(measuring, cohort, ids, settings, evaluator)
    if settings.response_from == "parts":
        found, _ = read_findings(what, None, cohort, ids, criterion, settings, evaluator)
    if found is not None:
        dating = measured if settings.response_from == "lesions" else None
        assessments = derived_assessments(found, dating, criterion, cohort, settings)
        claim = claimed_days(found, cohort)
        if found.parts is not None:
            stated = stated_claims(found.parts, found.place, found.visits, len(cohort))
            claim = np.minimum(claim, stated)
    else:
        if what is None:
            raise ValueError("no table of responses (write responses=...)")
        assessments = read_assessments(what, cohort, ids, criterion, settings, evaluator)
        if what.has("test") and "SYMPTDTR" in what.text("test").words:
            parts = read_parts(what, cohort, ids, criterion, settings, evaluator, (Part.CLAIM,))
            claim = stated_claims(parts, None, None, len(cohort))
    missing = measurable = np.zeros(len(cohort), dtype=bool)
    if measured is not None:
        missing = without_baseline(measured, cohort, settings)
        measurable = with_targets(measured)
    return _Read(
        assessments=assessments,
        measured=measured,
        found=found,
        claim=claim,
        no_baseline=missing,
        measurable=measurable,
    )


def _check_sources(responses: Any, lesions: Any, chosen: Choices) -> None:
    """ValueError where a table that setting ``response_from`` needs is not given."""
    source = chosen.settings.response_from
    if source == "lesions" and lesions is None:
        raise ValueError("response_from lesions, and no table of lesions (write lesions=...)")
    if source != "lesions" and responses is None:
        raise ValueError(f"response_from {source}, and no table of responses (write responses=...)")
    possible = DERIVABLE[chosen.criterion.key]
    if source not in possible:
        raise ValueError(
            f"response_from {source}: not by {chosen.criterion.title}, which needs more than these "
            f"tables hold (write {' or '.join(possible)})"
        )


def _names(*readers: TableReader | None) -> dict[str, str]:
    """The names of the columns by role; those of lesions as ``lesion_date``."""
    who, what, measuring = readers
    found = dict(who.chosen) if who is not None else {}
    if measuring is not None:
        for role in ("date", "length", "result"):
            found[f"lesion_{role}"] = measuring.chosen.get(role, "")
    return {**found, **(what.chosen if what is not None else {})}


def _reader(
    table: str,
    source: Any,
    named: dict[str, str],
    problems: Problems,
    unneeded: tuple[str, ...] = (),
) -> TableReader | None:
    """A reader of one table; None where the table cannot be read, which is kept as a fault.

    Args:
        table: its name.
        source: the table.
        named: the names of columns that the user gave.
        problems: where faults are kept.
        unneeded: roles that it may lack here.
    """
    roles = [
        attrs.evolve(role, required=()) if role.name in unneeded else role
        for role in roles_of(table)
    ]
    standard = {name for role in roles for name in role.standard} | set(named.values())
    try:
        identifiers = {*ROLES["subject"].standard, named.get("subject", "")}
        opened = open_table(
            table, source, lambda names: [n for n in names if n in standard], identifiers
        )
    except UnreadableTable as fault:
        problems.add("unreadable_table", table, str(fault))
        return None
    chosen = choose_columns(opened, roles, named, problems, table)
    return TableReader(source=opened, chosen=chosen, problems=problems)


def _requested(
    parameters: Sequence[str] | None, chosen: Choices
) -> tuple[tuple[ResponseParameter, ...], tuple[TimeParameter, ...], bool]:
    """The rows of the parameters that are wanted, and whether OVR is one of them."""
    criterion = chosen.criterion
    rows = tuple(row for row in RESPONSE_PARAMETERS if _applies(row, criterion))
    times = tuple(row for row in TIME_PARAMETERS if _applies(row, criterion))
    if parameters is None:
        left = {*chosen.leaves_out, *(row.code for row in rows if row.of_lesions)}
        return tuple(row for row in rows if row.code not in left), times, True
    if isinstance(parameters, str):
        raise ValueError(f"parameters: a list of PARAMCD, not {parameters!r} (write a list)")
    known = (OVERALL, *(row.code for row in rows), *(row.code for row in times))
    for code in parameters:
        if code not in known:
            raise ValueError(
                f"no parameter {code!r} by {criterion.title} ({near(str(code), known)})"
            )
    wanted = set(parameters)
    return (
        tuple(row for row in rows if row.code in wanted),
        tuple(row for row in times if row.code in wanted),
        OVERALL in wanted,
    )


def _applies(row: ResponseParameter | TimeParameter, criterion: Criterion) -> bool:
    return not row.criteria or criterion.title in row.criteria


def _with_needed(
    rows: tuple[ResponseParameter, ...], times: tuple[TimeParameter, ...], criterion: Criterion
) -> tuple[tuple[ResponseParameter, ...], tuple[TimeParameter, ...]]:
    """The rows with those that the times rest on."""
    dates = {source.date for row in times for source in row.events}
    dates |= {row.start for row in times if row.start != ORIGIN}
    have = {row.code for row in rows}
    more = tuple(
        row for row in RESPONSE_PARAMETERS if row.code in dates - have and _applies(row, criterion)
    )
    return (*rows, *more), times


def _warn(problems: Sequence[TableProblem]) -> None:
    found = [each for each in problems if each.severity == "warn"]
    if found:
        warnings.warn("\n".join(map(str, found)), TrialWarning, stacklevel=3)
