"""The result of a derivation: parameters in the shape of ADRS, times in the shape of ADTTE."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.endpoints.censoring.policies import POLICIES
from timeline.response.criteria.criterion import Criterion
from timeline.settings.trial import TrialSettings
from timeline.trial import long_tables as column
from timeline.trial.assessments import UNKNOWN, Assessments
from timeline.trial.cohort import NO_DAY, CohortColumn, CohortTime
from timeline.trial.explain import place_of, subject_text
from timeline.trial.lesions import LesionSums, depth_table, sums_table
from timeline.trial.long_tables import LongTable
from timeline.trial.parameters.follow_up import SITUATIONS
from timeline.trial.parameters.response_rows import (
    OVERALL,
    OVERALL_LABEL,
    YES_NO,
    ResponseParameter,
)
from timeline.trial.parameters.time_rows import (
    DEATH,
    LAST_ADEQUATE,
    LAST_ALIVE,
    NEW_THERAPY,
    ORIGIN,
    ORIGIN_WORDS,
    TimeParameter,
    TimeSource,
)
from timeline.trial.problems import TableProblem
from timeline.trial.subjects import FLAGS, Subjects

Array = npt.NDArray[Any]
ADRS, ADSL, RS = "ADRS", "ADSL", "RS"


class TrialResult:
    """What was derived from the tables of a trial.

    Attributes:
        criterion: the response criterion.
        settings: the settings that were used.
        problems: every fault that was let pass.
    """

    def __init__(
        self,
        *,
        subjects: Subjects,
        assessments: Assessments,
        criterion: Criterion,
        settings: TrialSettings,
        rows: tuple[ResponseParameter, ...],
        time_rows: tuple[TimeParameter, ...],
        columns: Mapping[str, CohortColumn],
        times: Mapping[str, CohortTime],
        with_overall: bool,
        measured: LesionSums | None,
        names: Mapping[str, str],
        problems: tuple[TableProblem, ...],
    ) -> None:
        self.criterion, self.settings, self.problems = criterion, settings, problems
        self._subjects, self._assessments = subjects, assessments
        self._rows = {row.code: row for row in rows}
        self._time_rows = {row.code: row for row in time_rows}
        self._columns, self._times = columns, times
        self._with_overall, self._names = with_overall, names
        self._measured = measured

    def __repr__(self) -> str:
        found = ", ".join((*self._rows, *self._time_rows))
        return f"<TrialResult: {len(self._subjects)} subjects by {self.criterion.title}: {found}>"

    def explain(self, subject: str) -> str:
        """Why a subject has its results: each assessment, parameter and time, as lines of text.

        Args:
            subject: the identifier of the subject.

        Raises:
            ValueError: there is no such subject.
        """
        place = place_of(self._subjects, subject)
        return subject_text(
            place, self._subjects, self._assessments, self.settings, self.parameters, self.times
        )

    # ---- the order of the records of a subject: PARAMCD, then date

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        """The parameters of response in the order of their names."""
        overall = (OVERALL,) * self._with_overall
        return tuple(sorted((*self._rows, *overall)))

    @cached_property
    def _overall_order(self) -> Array:
        """The places of the assessments by subject, date, visit and number, undated ones last."""
        found = self._assessments
        day = np.where(found.dated, found.day, NO_DAY)
        keys = (found.sequence, found.visit, day, found.subject)
        later = (found.subject[1:] > found.subject[:-1]) | (day[1:] > day[:-1]) & (
            found.subject[1:] == found.subject[:-1]
        )
        return np.arange(len(day)) if later.all() else np.lexsort(keys)

    @cached_property
    def _overall_count(self) -> Array:
        n = len(self._subjects)
        if not self._with_overall:
            return np.zeros(n, dtype=np.int64)
        return np.bincount(self._assessments.subject, minlength=n)

    @cached_property
    def _overall_number(self) -> Array:
        """The number of each assessment among the records of its subject, from 1 (ASEQ)."""
        subject = self._assessments.subject[self._overall_order]
        first = np.append(0, np.cumsum(self._overall_count))[:-1]
        number = np.empty(len(subject), dtype=np.int64)
        before = self._codes.index(OVERALL)
        number[self._overall_order] = np.arange(len(subject)) - first[subject] + before + 1
        return number

    def _number(self, code: str) -> Array:
        """The number of a parameter among the records of each subject, from 1 (ASEQ)."""
        place = self._codes.index(code)
        after = self._with_overall and code > OVERALL
        return place + 1 + (self._overall_count - 1) * after

    # ---- ADRS

    @cached_property
    def parameters(self) -> LongTable:
        """Every parameter of response, in the shape of ADRS.

        One row an assessment (PARAMCD ``OVR``) and one row a subject for each parameter, by
        subject, PARAMCD and date. ``RSSEQ`` and ``VISITNUM`` are those of the assessment that
        gives the value, ``CONFSEQ`` and ``CONFDT`` those of the one that confirms it, ``SRCROW``
        and ``CONFROW`` their rows in the table of responses, from 1. ``ANL01FL`` is Y where the
        record counts.
        """
        n, per = len(self._subjects), len(self._rows)
        total = n * per + int(self._overall_count.sum())
        first = np.append(0, np.cumsum(self._overall_count + per))[:-1]
        made = _Records(total)
        for code, row in self._rows.items():
            found = self._columns[code]
            at = first + self._number(code) - 1
            value = found.value + self._word_count if row.values == YES_NO else found.value
            made.put(at, np.arange(n), self._codes.index(code), value, found.day, found.source,
                     found.confirming, True)  # fmt: skip
            if code == "DEATH":
                made.flag[at] = self._subjects.death_flag
        if self._with_overall:
            self._put_overall(made, first)
        return LongTable("parameters", column.table(self._record_columns(made)))

    @property
    def _word_count(self) -> int:
        return len(self.criterion.words)

    def _put_overall(self, made: _Records, first: Array) -> None:
        found = self._assessments
        every = np.arange(len(found.row))
        at = first[found.subject] + self._overall_number - 1
        day = np.where(found.dated, found.day, NO_DAY)
        code = np.where(found.code >= 0, found.code.astype(np.int32), -1)
        unknown = found.code == UNKNOWN  # as collected
        code[unknown] = self._word_count + 2 + found.response.code[unknown]
        made.put(at, found.subject, self._codes.index(OVERALL), code, day, every,
                 np.full(len(every), -1), found.counts)  # fmt: skip

    def _record_columns(self, made: _Records) -> dict[str, Any]:
        found = self._assessments
        labels = {row.code: row.label for row in self._rows.values()} | {OVERALL: OVERALL_LABEL}
        # the code of no response is 0; words that are none of the criterion follow
        values = ("", *self.criterion.words[1:], "N", "Y", *found.response.words)
        place, by = made.source, made.confirming
        has, confirmed = place >= 0, by >= 0
        flag = np.where(has, _taken(found.flag, place), made.flag)
        return {
            "USUBJID": column.subjects(made.subject, self._subjects.ids),
            "PARAMCD": column.words(made.parameter, self._codes),
            "PARAM": column.words(made.parameter, [labels[code] for code in self._codes]),
            "AVALC": column.words(made.value, values),
            "ADT": column.dates(made.day, made.day != NO_DAY),
            "ADTF": column.words(flag, FLAGS),
            "ANL01FL": column.words(made.counts - 1, ("Y",)),
            "ASEQ": column.whole(made.number(), np.ones(len(made.day), dtype=bool)),
            "VISITNUM": column.numbers(_numbers(found.visit, place)),
            "RSSEQ": column.numbers(_numbers(found.sequence, place)),
            "SRCROW": column.whole(_taken(found.row, place) + 1, has),
            "CONFDT": column.dates(_taken(found.day, by), confirmed),
            "CONFSEQ": column.numbers(_numbers(found.sequence, by)),
            "CONFROW": column.whole(_taken(found.row, by) + 1, confirmed),
        }

    # ---- lesions

    @cached_property
    def sums(self) -> LongTable:
        """The sums of the target lesions, one row an assessment, in the shape of ADTR.

        ``AVAL``, ``BASE``, ``NADIR`` and changes are millimetres, ``PCHG`` and ``PCHGNAD`` percent.
        ``NADIR`` is the smallest sum before the assessment. A sum is given where all ``LSEXP``
        targets were measured. ``PDFL`` is Y where it has grown enough from the nadir for PD.

        Raises:
            ValueError: no table of lesions was given.
        """
        return sums_table(self._sums, self._subjects)

    @cached_property
    def depth(self) -> LongTable:
        """Depth of response, early shrinkage and growth rate, one row a subject with a baseline.

        Columns as `timeline.trial.lesions.depth_table` states them.

        Raises:
            ValueError: no table of lesions was given.
        """
        days = self.settings.early_shrinkage_from, self.settings.early_shrinkage_to
        return depth_table(self._sums, self._subjects, days)

    @property
    def _sums(self) -> LesionSums:
        if self._measured is None:
            raise ValueError("no table of lesions was given (write derive(..., lesions=...))")
        return self._measured

    # ---- ADTTE

    @cached_property
    def times(self) -> LongTable:
        """Every time to an event, in the shape of ADTTE, by subject and PARAMCD.

        ``AVAL`` is days from ``STARTDT`` to ``ADT``, with both days where setting
        ``duration_plus_one`` says so. ``CNSR`` is 0 for an event and 1 for a censored time.
        ``SRCDOM``, ``SRCVAR`` and ``SRCSEQ`` name the record that gives the date, ``SRCROW`` its
        row in the table of responses. ``RULE`` is the row of the policy that censored the time or
        moved its date, else the rule of the parameter.
        """
        codes = sorted(self._time_rows)
        parts = [self._time_part(code) for code in codes]
        if not parts:
            return LongTable("times", column.table(self._time_columns([], codes)))
        return LongTable("times", column.table(self._time_columns(parts, codes)))

    def _time_part(self, code: str) -> dict[str, Array]:
        row, found = self._time_rows[code], self._times[code]
        who = np.flatnonzero(found.exists)
        source, place = found.origin_of_date[who].astype(np.int64), found.source[who]
        event = np.array([self._description(each) for each in _sources(row)])
        part = {
            "subject": who,
            "start": found.start[who],
            "end": found.end[who],
            "censored": found.censored[who],
            "event": self._places(event, source),
            "censoring": self._censoring_places(row, source),
            "source": place,
            "situation": found.situation[who].astype(np.int64),
        }
        situation = part["situation"]
        moved = (situation >= 0) & (part["censored"] == 1)
        part["event"] = np.where(moved, self._situation_place(situation), part["event"])
        part.update(self._record_of_date(row, who, source, place))
        return part

    # words of EVNTDESC and CNSDTDSC share one list
    @cached_property
    def _descriptions(self) -> list[str]:
        found = [""]
        for row in self._time_rows.values():
            for source in _sources(row):
                found += [self._description(source), self._censoring_description(source)]
        return list(dict.fromkeys([*found, *_SITUATION_WORDS.values()]))

    def _description(self, source: TimeSource) -> str:
        return source.event or ORIGIN_WORDS[self.settings.origin]

    def _censoring_description(self, source: TimeSource) -> str:
        return ORIGIN_WORDS[self.settings.origin] if source.date == ORIGIN else source.censoring

    def _places(self, each: Array, source: Array) -> Array:
        table = np.array([self._descriptions.index(word) for word in each], dtype=np.int64)
        return table[source]

    def _censoring_places(self, row: TimeParameter, source: Array) -> Array:
        each = [self._censoring_description(one) for one in _sources(row)]
        return self._places(np.array(each), source)

    def _situation_place(self, situation: Array) -> Array:
        table = np.array(
            [self._descriptions.index(_SITUATION_WORDS.get(each, "")) for each in SITUATIONS]
        )
        return table[np.maximum(situation, 0)]

    def _record_of_date(
        self, row: TimeParameter, who: Array, source: Array, place: Array
    ) -> dict[str, Array]:
        """Domain, variable and number of the record that gives each date, as places and numbers."""
        domain = np.zeros(len(who), dtype=np.int64)
        variable, number = domain.copy(), np.full(len(who), -1)
        for at, each in enumerate(_sources(row)):
            mine = source == at
            if mine.any():
                one = self._record(each, who[mine], place[mine])
                domain[mine], variable[mine], number[mine] = one
        return {"domain": domain, "variable": variable, "number": number}

    def _record(
        self, source: TimeSource, who: Array, place: Array
    ) -> tuple[int | Array, int | Array, Array]:
        none = np.full(len(who), -1)
        names = self._variables
        if source.date == DEATH and "DEATH" in self._rows:
            return _DOMAINS.index(ADRS), names.index("ADT"), self._number("DEATH")[who]
        of_subject = {
            DEATH: self._subjects.death_column,
            ORIGIN: self._subjects.origin_column,
            LAST_ALIVE: self._names.get("last_alive", ""),
            NEW_THERAPY: self._names.get("new_therapy", ""),
        }
        if source.date in of_subject:
            return _DOMAINS.index(ADSL), names.index(of_subject[source.date]), none
        code = "LSTA" if source.date == LAST_ADEQUATE else source.date
        adt = names.index("ADT")
        if code in self._rows:
            same = self._columns[code].source[who] == place
            number = np.where(same, self._number(code)[who], -1)
            if self._with_overall:
                number = np.where(same, number, self._overall_number[np.maximum(place, 0)])
            elif not same.all():
                return self._collected(place, same, number)
            return _DOMAINS.index(ADRS), adt, number
        if self._with_overall:
            return _DOMAINS.index(ADRS), adt, self._overall_number[place]
        return self._collected(place, np.zeros(len(place), dtype=bool), none)

    def _collected(self, place: Array, same: Array, number: Array) -> tuple[Array, Array, Array]:
        """The row of the table of responses, where no derived record holds the date."""
        sequence = np.nan_to_num(self._assessments.sequence[place], nan=-1).astype(np.int64)
        names = self._variables
        date = names.index(self._names.get("date", ""))
        return (
            np.where(same, _DOMAINS.index(ADRS), _DOMAINS.index(RS)),
            np.where(same, names.index("ADT"), date),
            np.where(same, number, sequence),
        )

    @cached_property
    def _variables(self) -> list[str]:
        """The words of SRCVAR."""
        roles = ("date", "last_alive", "new_therapy")
        names = (self._names.get(role, "") for role in roles)
        own = (self._subjects.death_column, self._subjects.origin_column)
        return list(dict.fromkeys(["", "ADT", *names, *own]))

    def _time_columns(self, parts: list[dict[str, Array]], codes: list[str]) -> dict[str, Any]:
        """The columns of all times, by subject and PARAMCD."""
        names = ("subject", "start", "end", "censored", "event", "censoring", "source",
                 "situation", "domain", "variable", "number")  # fmt: skip
        none = np.zeros(0, dtype=np.int64)
        all_of = {name: np.concatenate([part[name] for part in parts] or [none]) for name in names}
        which = np.repeat(np.arange(len(parts)), [len(part["subject"]) for part in parts])
        order = np.argsort(all_of["subject"], kind="stable")
        made = {name: array[order] for name, array in all_of.items()}
        which = which[order]
        labels = [self._time_rows[code].label for code in codes]
        every = np.ones(len(order), dtype=bool)
        plus = int(self.settings.duration_plus_one)
        has = made["source"] >= 0
        flag = _taken(self._assessments.flag, made["source"])
        died = made["event"] == (
            self._descriptions.index("Death") if "Death" in self._descriptions else -1
        )
        flag = np.where(
            has, flag, np.where(died, self._subjects.death_flag[made["subject"]], 0)
        ) if len(order) else none  # fmt: skip
        return {
            "USUBJID": column.subjects(made["subject"], self._subjects.ids),
            "PARAMCD": column.words(which, codes),
            "PARAM": column.words(which, labels),
            "AVAL": column.whole(made["end"] - made["start"] + plus, every),
            "STARTDT": column.dates(made["start"], every),
            "ADT": column.dates(made["end"], every),
            "ADTF": column.words(flag, FLAGS),
            "CNSR": column.whole(made["censored"], every),
            "EVNTDESC": column.words(made["event"], self._descriptions),
            "CNSDTDSC": column.words(made["censoring"], self._descriptions),
            "SRCDOM": column.words(made["domain"], _DOMAINS),
            "SRCVAR": column.words(made["variable"], self._variables),
            "SRCSEQ": column.whole(made["number"], made["number"] >= 0),
            "SRCROW": column.whole(_taken(self._assessments.row, made["source"]) + 1, has),
            "RULE": self._rules(which, made["situation"], codes),
        }

    def _rules(self, which: Array, situation: Array, codes: list[str]) -> Any:
        policy = POLICIES[self.settings.pfs_policy]
        by_policy = [f"{policy.rule(each).source}: {policy.rule(each).text}" for each in SITUATIONS]
        own = [self._time_rows[code].rule for code in codes]
        return column.words(
            np.where(situation >= 0, situation, which + len(by_policy)), [*by_policy, *own]
        )


_DOMAINS = (ADRS, ADSL, RS)
_SITUATION_WORDS = {
    each: word
    for each in SITUATIONS
    for name, word in (
        ("NEW_THERAPY", "New Anti-Cancer Therapy"),
        ("MISSED_VISITS", "Missed Assessments"),
    )
    if each.name == name
}


class _Records:
    """The columns of ADRS as they are filled, by the place of each record."""

    def __init__(self, total: int) -> None:
        self.subject = np.zeros(total, dtype=np.int32)
        self.parameter = np.zeros(total, dtype=np.int8)
        self.value = np.full(total, -1, dtype=np.int32)
        self.day = np.full(total, NO_DAY, dtype=np.int32)
        self.source = np.full(total, -1, dtype=np.int32)
        self.confirming = np.full(total, -1, dtype=np.int32)
        self.flag = np.zeros(total, dtype=np.int8)
        self.counts = np.zeros(total, dtype=np.int8)

    def put(
        self, at: Array, subject: Array, parameter: int, value: Array, day: Array, source: Array,
        confirming: Array, counts: Array | bool,
    ) -> None:  # fmt: skip
        """Write one record of each of some subjects."""
        self.subject[at], self.parameter[at], self.value[at] = subject, parameter, value
        self.day[at], self.source[at], self.confirming[at] = day, source, confirming
        self.counts[at] = counts

    def number(self) -> Array:
        """The number of each record in its subject, from 1."""
        if not len(self.subject):
            return self.subject
        starts = np.flatnonzero(np.append(True, np.diff(self.subject) != 0))
        lengths = np.diff(np.append(starts, len(self.subject)))
        return np.arange(len(self.subject)) - np.repeat(starts, lengths) + 1


def _sources(row: TimeParameter) -> tuple[TimeSource, ...]:
    return (*row.events, *row.censoring)


def _taken(array: Array, places: Array) -> Array:
    """Values by place; 0 where the place is -1."""
    if not len(array):
        return np.zeros(len(places), dtype=array.dtype)
    return np.where(places >= 0, array[places], 0)


def _numbers(array: Array, places: Array) -> Array:
    """Numbers by place; NaN where the place is -1."""
    if not len(array):
        return np.full(len(places), np.nan)
    return np.where(places >= 0, array[places], np.nan)
