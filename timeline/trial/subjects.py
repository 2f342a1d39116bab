"""The subjects of a trial as arrays: origin of times, death, last contact, new therapy."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.endpoints.censoring.policies import POLICIES, CensoringSituation, Effect
from timeline.response.responses import NEVER
from timeline.settings.trial import TrialSettings
from timeline.trial.problems import shown_values
from timeline.trial.reading.arrow import array_of, numpy_of, strings_of
from timeline.trial.reading.columns import ROLES
from timeline.trial.reading.dates import MONTH, DateColumn, iso
from timeline.trial.reading.values import TableReader, TextColumn, column_advice

Array = npt.NDArray[Any]
# DCTREAS: CDISC controlled terminology, NCOMPLT (C66727)
FOR_PROGRESSION = ("PROGRESSIVE DISEASE", "DISEASE RELAPSE", "RECURRENT DISEASE")
FLAGS = ("", "D", "M")  # of an imputed date: the day, or the month and the day


@attrs.frozen(kw_only=True, eq=False)
class Subjects:
    """n subjects, in the order of their table. Days count from 1970-01-01, `NEVER` is none.

    Attributes:
        ids: the identifiers, an array of pyarrow.
        origin: the day that times count from.
        origin_column: the name of its column.
        reference: the day that the least duration of SD counts from.
        death: the day of death, imputed by the settings.
        death_flag: place in `FLAGS`.
        death_column: the variable of ADSL that holds it: ``DTHDT`` where the table has DTHDTC.
        last_alive: the day last known alive.
        new_therapy: the day on which new anticancer therapy began.
        claim: the first day on which progression was called that no findings document.
        stopped: the day on which treatment was stopped for progression.
        stopped_for_progression: whether it was stopped for progression, dated or not.
        no_baseline: whether the baseline of the disease is missing or incomplete.
        measurable: whether a target lesion was measured at baseline.
    """

    ids: Any
    origin: Array
    origin_column: str
    reference: Array
    death: Array
    death_flag: Array
    death_column: str
    last_alive: Array
    new_therapy: Array
    claim: Array
    stopped: Array
    stopped_for_progression: Array
    no_baseline: Array
    measurable: Array

    def __len__(self) -> int:
        return len(self.origin)

    @property
    def has_origin(self) -> Array:
        """Which subjects have the day that times count from."""
        found: Array = self.origin != NEVER
        return found


def read_subjects(reader: TableReader, settings: TrialSettings) -> tuple[Subjects, TextColumn]:
    """The subjects of a table, and its column of identifiers.

    Every fault is kept by the reader; what is faulty counts as missing.
    """
    problems, label = reader.problems, reader.source.label
    subject = reader.identifiers("subject")
    if "subject" in reader.chosen:
        problems.add_where("no_subject", label, subject.missing, lambda _: "no subject (write its "
                           "identifier)", column=reader.chosen["subject"])  # fmt: skip
    _check_once(subject, reader)
    for role in dict.fromkeys((settings.origin, settings.min_sd_days_from)):
        if role != "origin" and role not in reader.chosen:
            _no_origin_column(reader, role)
    origin = _whole_days(reader, settings.origin, settings)
    reference = _reference(reader, subject, origin, settings)
    death, dead, flag = _death(reader, settings)
    alive = _whole_days(reader, "last_alive", settings)
    therapy = _whole_days(reader, "new_therapy", settings)
    stopped, for_progression = _stopped(reader, settings)
    _check_origin(subject, origin, reader, settings)
    death = np.where(dead, death, NEVER)
    for role, day in (("death", death), ("last_alive", alive)):
        _check_after(role, day, origin, subject, reader)
    _check_contact(death, flag, alive, subject, reader)
    found = Subjects(
        ids=_no_ids()
        if subject.dictionary is None or not len(subject.code)
        else subject.dictionary.take(_arrow(subject.code)),
        origin=origin,
        origin_column=reader.chosen.get(settings.origin, ""),
        reference=reference,
        death=death,
        death_flag=flag,
        death_column=_adsl_variable(reader.chosen.get("death", "")),
        last_alive=alive,
        new_therapy=therapy,
        claim=_whole_days(reader, "clinical_progression", settings),
        stopped=stopped,
        stopped_for_progression=for_progression,
        no_baseline=np.zeros(len(origin), dtype=bool),
        measurable=np.zeros(len(origin), dtype=bool),
    )
    return found, subject


def _adsl_variable(column: str) -> str:
    """The date of ADSL that a date of SDTM, written as text, becomes."""
    return column.removesuffix("C") if column.endswith("DTC") else column


def _no_ids() -> Any:
    return strings_of([])


def _arrow(codes: Array) -> Any:
    return array_of(np.maximum(codes, 0), codes < 0)


def _check_once(subject: TextColumn, reader: TableReader) -> None:
    """Each subject has one row."""
    import pyarrow.compute as compute

    if subject.dictionary is None:
        return
    first = compute.index_in(subject.dictionary, value_set=subject.dictionary)
    code = subject.map(numpy_of(first, -1))
    counts = np.bincount(code[code >= 0], minlength=len(subject.dictionary))
    again = np.append(counts > 1, False)[code]
    reader.problems.add_where(
        "duplicate_subject",
        reader.source.label,
        again,
        lambda at: f"several rows of one subject: {shown_values(subject.texts(at))} (keep one)",
        column=reader.chosen["subject"],
    )


def _no_origin_column(reader: TableReader, role: str) -> None:
    row = ROLES[role]
    have = [each for each in ("randomisation", "first_dose", "registration") if reader.has(each)]
    other = f", or set origin {' or '.join(have)}" if have else ""
    reader.problems.add(
        "missing_column",
        reader.source.label,
        f"no column {row.standard[0]}, {row.description}, which times count from "
        f"({column_advice(row, reader.source)}{other}; it has "
        f"{', '.join(reader.source.names[:20])})",
    )


def _whole_days(reader: TableReader, role: str, settings: TrialSettings) -> Array:
    """The days of a column; `NEVER` where there is none and setting imputes none."""
    dates = reader.dates(role)
    day, known = dates.imputed(settings.subject_date_imputation, "month")
    advice = "write the day, or setting subject_date_imputation"
    partial_problem(reader, role, dates, dates.partial & ~known, advice)
    return np.where(known, day, NEVER)


def _stopped(reader: TableReader, settings: TrialSettings) -> tuple[Array, Array]:
    """The day on which treatment was stopped for progression, and whether it was.

    The day is read where the policy makes an event of it.
    """
    reason = reader.text("stop_reason")
    stopped = reason.map([word.upper() in FOR_PROGRESSION for word in reason.words], 0) > 0
    rule = POLICIES[settings.pfs_policy].rule(CensoringSituation.STOPPED_FOR_PROGRESSION)
    if rule.effect is not Effect.EVENT or not stopped.any():
        return np.full(len(stopped), NEVER), stopped
    day = _whole_days(reader, "treatment_end", settings)
    reader.problems.add_where(
        "no_date", reader.source.label, stopped & (day == NEVER),
        lambda _: "treatment stopped for progression, and no day of its end (write TRTEDT)",
        column=reader.chosen.get("treatment_end", ""),
    )  # fmt: skip
    return np.where(stopped, day, NEVER), stopped


def _death(reader: TableReader, settings: TrialSettings) -> tuple[Array, Array, Array]:
    """Days of death, who has died, and the flag of an imputed one."""
    dates = reader.dates("death")
    rule, least = settings.death_date_imputation, settings.death_date_precision
    day, known = dates.imputed(rule, least)
    advice = "write the day, or settings death_date_imputation and death_date_precision"
    partial_problem(reader, "death", dates, dates.partial & ~known, advice)
    return day, known, imputation_flag(dates, known)


def imputation_flag(dates: DateColumn, known: Array) -> Array:
    """The place in `FLAGS` of each date that was imputed."""
    flag = np.where(dates.precision == MONTH, 1, 2)
    found: Array = np.where(dates.partial & known, flag, 0).astype(np.int8)
    return found


def partial_problem(
    reader: TableReader, role: str, dates: DateColumn, wrong: Array, advice: str
) -> None:
    """Keep the fault of dates without their day."""
    reader.problems.add_where(
        "partial_date",
        reader.source.label,
        wrong,
        lambda at: (
            f"date without its day: {shown_values(_given(dates, place) for place in at)} ({advice})"
        ),
        column=reader.chosen.get(role, ""),
    )


def _given(dates: DateColumn, place: int) -> str:
    length = 7 if dates.precision[place] == MONTH else 4
    return iso(int(dates.day[place]))[:length]


def _reference(
    reader: TableReader, subject: TextColumn, origin: Array, settings: TrialSettings
) -> Array:
    """The day that the least duration of SD counts from."""
    role = settings.min_sd_days_from
    if role in ("origin", settings.origin):
        return origin
    found = _whole_days(reader, role, settings)
    reader.problems.add_where(
        "no_origin",
        reader.source.label,
        (found == NEVER) & (origin != NEVER) & reader.has(role),
        lambda at: (
            f"no day that min_sd_days counts from: {shown_values(subject.texts(at))} "
            "(write it); no SD of the subject is of the least duration"
        ),
        column=reader.chosen.get(role, ""),
    )
    return found


def _check_origin(
    subject: TextColumn, origin: Array, reader: TableReader, settings: TrialSettings
) -> None:
    if settings.origin not in reader.chosen:
        return
    reader.problems.add_where(
        "no_origin",
        reader.source.label,
        origin == NEVER,
        lambda at: (
            f"no day to count times from: {shown_values(subject.texts(at))} "
            "(write it, or leave out the subject)"
        ),
        column=reader.chosen[settings.origin],
    )


def _check_after(
    role: str, day: Array, origin: Array, subject: TextColumn, reader: TableReader
) -> None:
    """A date may not come before the day that times count from."""
    early = (day != NEVER) & (origin != NEVER) & (day < origin)

    def what(at: Array) -> str:
        first = at[0]
        return (
            f"{subject.texts(at[:1])[0]}: {iso(int(day[first]))} is before "
            f"{iso(int(origin[first]))}, the day that times count from (correct one of them)"
        )

    reader.problems.add_where(
        "event_before_origin", reader.source.label, early, what, column=reader.chosen.get(role, "")
    )


def _check_contact(
    death: Array, flag: Array, alive: Array, subject: TextColumn, reader: TableReader
) -> None:
    """Nobody is known alive after death; an imputed death is not compared."""
    late = (alive != NEVER) & (death != NEVER) & (flag == 0) & (alive > death)

    def what(at: Array) -> str:
        first = at[0]
        return (
            f"{subject.texts(at[:1])[0]}: known alive on {iso(int(alive[first]))}, after death on "
            f"{iso(int(death[first]))} (correct one of them)"
        )

    reader.problems.add_where(
        "contradiction",
        reader.source.label,
        late,
        what,
        column=reader.chosen.get("last_alive", ""),
    )
