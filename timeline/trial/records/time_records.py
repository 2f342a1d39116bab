"""Records of times to events in the shape of ADTTE, each with the record that dates it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.endpoints.censoring.policies import POLICIES, CensoringSituation
from timeline.trial import long_tables as column
from timeline.trial.long_tables import LongTable
from timeline.trial.parameters.follow_up import SITUATIONS
from timeline.trial.parameters.time_rows import (
    CLAIM,
    DEATH,
    LAST_ADEQUATE,
    LAST_ALIVE,
    LAST_EVALUABLE,
    NEW_THERAPY,
    ORIGIN,
    ORIGIN_WORDS,
    STOPPED,
    TimeParameter,
    TimeSource,
)
from timeline.trial.records.derivation import Derivation
from timeline.trial.records.response_records import ResponseRecords, taken
from timeline.trial.subjects import FLAGS

Array = npt.NDArray[Any]
ADRS, ADSL, RS, TR = "ADRS", "ADSL", "RS", "TR"
_DOMAINS = (ADRS, ADSL, RS, TR)
_SITUATION_WORDS = {  # EVNTDESC of a time that a policy censored
    CensoringSituation.NO_BASELINE: "No or Incomplete Baseline",
    CensoringSituation.NEW_THERAPY: "New Anti-Cancer Therapy",
    CensoringSituation.MISSED_VISITS: "Missed Assessments",
}


class TimeRecords:
    """The times to events of one derivation, and the records of response that date them."""

    def __init__(self, of: Derivation, records: ResponseRecords) -> None:
        self.of, self.records = of, records

    def table(self) -> LongTable:
        """Every time to an event, by subject and PARAMCD."""
        codes = sorted(self.of.time_rows)
        parts = [self._time_part(code) for code in codes]
        if not parts:
            return LongTable("times", column.table(self._time_columns([], codes)))
        return LongTable("times", column.table(self._time_columns(parts, codes)))

    def _time_part(self, code: str) -> dict[str, Array]:
        row, found = self.of.time_rows[code], self.of.times[code]
        who = np.flatnonzero(found.exists)
        source, place = found.origin_of_date[who].astype(np.int64), found.source[who]
        event = np.array([self._description(each) for each in row.sources])
        part = {
            "subject": who,
            "start": found.start[who],
            "end": found.end[who],
            "censored": found.censored[who],
            "event": self._places(event, source),
            "censoring": self._censoring_places(row, source),
            "source": place,
            "situation": found.situation[who].astype(np.int64),
            "dead": np.array([each.date == DEATH for each in row.sources])[source],
        }
        situation = part["situation"]
        named = self._situation_place(situation)
        moved = (situation >= 0) & (part["censored"] == 1) & (named > 0)
        part["event"] = np.where(moved, named, part["event"])
        part.update(self._record_of_date(row, who, source, place))
        return part

    # words of EVNTDESC and CNSDTDSC share one list
    @cached_property
    def _descriptions(self) -> list[str]:
        found = [""]
        for row in self.of.time_rows.values():
            for source in row.sources:
                found += [self._description(source), self._censoring_description(source)]
        return list(dict.fromkeys([*found, *_SITUATION_WORDS.values()]))

    def _description(self, source: TimeSource) -> str:
        return source.event or ORIGIN_WORDS[self.of.settings.origin]

    def _censoring_description(self, source: TimeSource) -> str:
        return ORIGIN_WORDS[self.of.settings.origin] if source.date == ORIGIN else source.censoring

    def _places(self, each: Array, source: Array) -> Array:
        table = np.array([self._descriptions.index(word) for word in each], dtype=np.int64)
        return table[source]

    def _censoring_places(self, row: TimeParameter, source: Array) -> Array:
        each = [self._censoring_description(one) for one in row.sources]
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
        for at, each in enumerate(row.sources):
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
        if source.date == DEATH and "DEATH" in self.of.rows:
            return _DOMAINS.index(ADRS), names.index("ADT"), self.records.number("DEATH")[who]
        of_subject = {
            DEATH: self.of.subjects.death_column,
            ORIGIN: self.of.subjects.origin_column,
            LAST_ALIVE: self.of.names.get("last_alive", ""),
            NEW_THERAPY: self.of.names.get("new_therapy", ""),
            STOPPED: self.of.names.get("treatment_end", ""),
            CLAIM: self.of.names.get("clinical_progression", ""),
        }
        if source.date in of_subject:
            return _DOMAINS.index(ADSL), names.index(of_subject[source.date]), none
        code = "LSTA" if source.date in (LAST_ADEQUATE, LAST_EVALUABLE) else source.date
        adt = names.index("ADT")
        if code in self.of.rows:
            same = self.of.columns[code].source[who] == place
            number = np.where(same, self.records.number(code)[who], -1)
            if self.of.with_overall:
                number = np.where(same, number, self.records.overall_number[np.maximum(place, 0)])
            elif not same.all():
                return self._collected(place, same, number)
            return _DOMAINS.index(ADRS), adt, number
        if self.of.with_overall:
            return _DOMAINS.index(ADRS), adt, self.records.overall_number[place]
        return self._collected(place, np.zeros(len(place), dtype=bool), none)

    def _collected(self, place: Array, same: Array, number: Array) -> tuple[Array, Array, Array]:
        """The row of the table of responses, where no derived record holds the date."""
        found, names = self.of.assessments, self._variables
        of_lesions = found.lesion_row[place] >= 0
        sequence = np.where(of_lesions, found.lesion_sequence[place], found.sequence[place])
        date = np.where(of_lesions, names.index(self.of.names.get("lesion_date", "")),
                        names.index(self.of.names.get("date", "")))  # fmt: skip
        domain = np.where(of_lesions, _DOMAINS.index(TR), _DOMAINS.index(RS))
        return (
            np.where(same, _DOMAINS.index(ADRS), domain),
            np.where(same, names.index("ADT"), date),
            np.where(same, number, np.nan_to_num(sequence, nan=-1).astype(np.int64)),
        )

    @cached_property
    def _variables(self) -> list[str]:
        """The words of SRCVAR."""
        roles = ("date", "lesion_date", "last_alive", "new_therapy", "clinical_progression",
                 "treatment_end")  # fmt: skip
        names = (self.of.names.get(role, "") for role in roles)
        own = (self.of.subjects.death_column, self.of.subjects.origin_column)
        return list(dict.fromkeys(["", "ADT", *names, *own]))

    def _time_columns(self, parts: list[dict[str, Array]], codes: list[str]) -> dict[str, Any]:
        """The columns of all times, by subject and PARAMCD."""
        names = ("subject", "start", "end", "censored", "event", "censoring", "source",
                 "situation", "dead", "domain", "variable", "number")  # fmt: skip
        none = np.zeros(0, dtype=np.int64)
        all_of = {name: np.concatenate([part[name] for part in parts] or [none]) for name in names}
        which = np.repeat(np.arange(len(parts)), [len(part["subject"]) for part in parts])
        order = np.argsort(all_of["subject"], kind="stable")
        made = {name: array[order] for name, array in all_of.items()}
        which = which[order]
        labels = [self.of.time_rows[code].label for code in codes]
        every = np.ones(len(order), dtype=bool)
        plus = int(self.of.settings.duration_plus_one)
        source_row = np.where(
            made["source"] >= 0, taken(self.of.assessments.row, made["source"]), -1
        )
        flag = taken(self.of.assessments.flag, made["source"])
        flag = np.where(made["dead"], self.of.subjects.death_flag[made["subject"]], flag)
        return {
            "USUBJID": column.subjects(made["subject"], self.of.subjects.ids),
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
            "SRCROW": column.whole(source_row + 1, source_row >= 0),
            "RULE": self._rules(which, made["situation"], codes),
        }

    def _rules(self, which: Array, situation: Array, codes: list[str]) -> Any:
        policy = POLICIES[self.of.settings.pfs_policy]
        by_policy = [f"{policy.rule(each).source}: {policy.rule(each).text}" for each in SITUATIONS]
        own = [self.of.time_rows[code].rule for code in codes]
        return column.words(
            np.where(situation >= 0, situation, which + len(by_policy)), [*by_policy, *own]
        )
