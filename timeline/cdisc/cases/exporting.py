"""Case files as SDTM datasets: each event to its records, and what has no place beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from timeline.cdisc.cases import words
from timeline.cdisc.cases.dates import period_texts, sdtm_date
from timeline.cdisc.cases.scans import scan_records
from timeline.cdisc.dataset import Dataset, Value
from timeline.cdisc.metadata import SDTM_DATASETS
from timeline.cdisc.timing import day_of, epoch, study_day
from timeline.core.calendar.dates import format_day
from timeline.core.text.spelling import folded
from timeline.exchange.entries.case_entries import CaseEntries, entries_of_files
from timeline.exchange.entries.left_over import LeftOver, differences
from timeline.record.case import Case
from timeline.record.event_parts.drug_doses import DrugDose
from timeline.record.event_parts.treatment_changes import DoseIncreased, DoseReduced
from timeline.record.events import KINDS, Event, Supportive, Toxicity, Treatment
from timeline.terminology.criteria import PRIMARY, TERMS

Record = dict[str, Value]
STUDY = "CASES"  # STUDYID where none is given
_RECIST = PRIMARY.title


@attrs.frozen(kw_only=True)
class Exported:
    """SDTM datasets of case files, and what they do not hold.

    Attributes:
        datasets: DM, EX, DS, CM, AE, TU, TR and RS by name.
        left_over: every value of a case file that the datasets do not give back as written.
    """

    datasets: dict[str, Dataset]
    left_over: tuple[LeftOver, ...]


def export_cases(files: Iterable[Path], study: str = STUDY, line: int | None = None) -> Exported:
    """The SDTM datasets of case files, one subject a case.

    Args:
        files: case files; the name of a case is the identifier of its subject.
        study: the identifier of the study.
        line: the line of therapy that is study treatment (EX), of which there is one in SDTM; the
            others are anti-cancer therapy (CM). Left out, the first line that begins no earlier
            than the randomisation or the registration; of a case with neither, line 1.

    Returns:
        The datasets, and a row for each value of a case file that they cannot hold.

    Raises:
        InvalidFile: a file has faults, is no case, or two cases have one name.
    """
    from timeline.cdisc.cases.importing import entries_of

    cases = entries_of_files(files)
    datasets = datasets_of(cases, study, line)
    held = entries_of(datasets).subjects
    left = [
        row for each in cases
        for row in differences(each.case.name, each.entries, held.get(each.case.name, {}),
                               words.LEFT_OVER_REASONS)
    ]  # fmt: skip
    return Exported(datasets=datasets, left_over=tuple(left))


def datasets_of(
    cases: Iterable[CaseEntries], study: str = STUDY, line: int | None = None
) -> dict[str, Dataset]:
    """The SDTM datasets of cases by name, as `export_cases` gives them."""
    records: dict[str, list[Record]] = {name: [] for name in SDTM_DATASETS}
    for each in cases:
        for name, rows in case_records(each, study, line).items():
            records[name] += rows
    return {name: Dataset.of(name, rows) for name, rows in records.items()}


def study_line(case: Case) -> int | None:
    """The line that is study treatment: the first from randomisation or registration on.

    A later line of a patient who never began the one before it is none.
    """
    kinds = ("randomisation", "registration")
    origins = [each.start.span.low for each in case.done if each.kind in kinds]
    for line in case.lines:
        if not origins or line.start.start.span.high >= min(origins):
            begins = line.number == 1 or case.line(line.number - 1) is not None
            return line.number if begins else None
    return None


def case_records(found: CaseEntries, study: str, line: int | None) -> dict[str, list[Record]]:
    """The records of one case by dataset, with keys, numbers, study days and epochs."""
    chosen = line if line is not None else study_line(found.case)
    subject = _Subject(found=found, line=chosen)
    records = {
        "DM": [subject.demographics()],
        "EX": [*subject.exposure()],
        "DS": [*subject.disposition()],
        "CM": [*subject.medications()],
        "AE": [*subject.adverse_events()],
        **scan_records(found, subject.is_studied, subject.criterion),
    }
    first, last = records["DM"][0]["RFXSTDTC"], records["DM"][0]["RFXENDTC"]
    return {
        name: [
            _completed(name, number, record, study, found.case.name, first, last)
            for number, record in enumerate(rows, start=1)
        ]
        for name, rows in records.items()
    }


def _completed(
    name: str, number: int, record: Record, study: str, subject: str, first: Value, last: Value
) -> Record:
    """A record with its keys, study days and epoch."""
    ids: Record = {"STUDYID": study, "DOMAIN": name, "USUBJID": subject}
    if name != "DM":
        ids[f"{name}SEQ"] = number
    days: Record = {}
    begun = day_of(first)
    for part, suffix in (("STDTC", "STDY"), ("ENDTC", "ENDY"), ("DTC", "DY")):
        day = day_of(record.get(f"{name}{part}"))
        if day is not None and name != "DM":
            days[f"{name}{suffix}"] = study_day(day, begun)
            if part != "ENDTC":
                days["EPOCH"] = epoch(day, begun, day_of(last))
    return {**ids, **record, **days}


@attrs.frozen(kw_only=True)
class _Subject:
    """One case, and the line that is study treatment."""

    found: CaseEntries
    line: int | None

    @property
    def criterion(self) -> str:
        """The criterion of the study line, as RSCAT names it."""
        line = self.found.case.line(self.line)
        named = line.stated_criterion if line else ""
        return TERMS[named].title if named in TERMS else named or _RECIST

    def is_studied(self, number: int | None) -> bool:
        """Whether a line is the study treatment."""
        return number is not None and number == self.line

    def _events(self, *kinds: type[Event]) -> Iterator[tuple[int, Any]]:
        for number, event in self.found.events.items():
            if isinstance(event, kinds) and not event.planned:
                yield number, event

    def demographics(self) -> Record:
        case = self.found.case
        patient = self.found.entries[0].get("patient", {})
        origins = [each for _, each in self._events(KINDS["randomisation"], KINDS["registration"])]
        doses = [event for _, event in self._events(Treatment) if self.is_studied(event.line)]
        starts = [text for each in doses if (text := sdtm_date(each.start))]
        ends = [period_texts(each)[1] for each in doses]
        age = str(patient.get("age", ""))
        death = next((each for _, each in self._events(KINDS["death"])), None)
        last = max(ends, default=None) if all(ends) else None  # type: ignore[type-var]
        died = sdtm_date(death.start) if death else None
        return {
            "SUBJID": case.name,
            "RFSTDTC": min(starts, default=None),
            "RFENDTC": last,
            "RFXSTDTC": min(starts, default=None),
            "RFXENDTC": last,
            "DTHDTC": died,
            "DTHFL": "Y" if death else None,
            "AGE": int(age) if age.isdecimal() else None,
            "AGEU": "YEARS" if age.isdecimal() else None,
            "SEX": words.SEXES.get(str(patient.get("sex", "")), "U"),
            "ARMNRS": None if origins else "NOT ASSIGNED",
        }

    def exposure(self) -> Iterator[Record]:
        for number, event in self._events(Treatment):
            if self.is_studied(event.line):
                about: Record = {"EXCAT": f"LINE {event.line}"}
                for record in _drug_records("EX", number, event, about):
                    yield from self._intervals(record, event)

    def _intervals(self, record: Record, treatment: Treatment) -> Iterator[Record]:
        """A record for each dose of a drug: a change of it begins a new interval.

        A change is held where its day, its dose and the day of the first dose are known.
        """
        for number, change in self._events(DoseReduced, DoseIncreased):
            day = day_of(sdtm_date(change.start))
            drugs = [
                each for each in change.drugs if folded(each.agent) == folded(str(record["EXTRT"]))
            ]
            begun = day_of(record["EXSTDTC"])
            known = day is not None and begun is not None and begun < day
            if change.line == treatment.line and known and len(change.drugs) == len(drugs) == 1:
                yield {**record, "EXENDTC": format_day((day or 0) - 1)}
                adjusted = "ADVERSE EVENT" if change.reason == "toxicity" else None
                record = {**record, **_dose("EX", drugs[0]), "EXSPID": str(number),
                          "EXADJ": adjusted, "EXSTDTC": format_day(day or 0)}  # fmt: skip
        yield record

    def medications(self) -> Iterator[Record]:
        start = self.found.case.line(self.line)
        begun = start.start.start.span.low if start else None
        for number, event in self._events(Treatment, Supportive):
            if isinstance(event, Supportive):
                yield from _drug_records("CM", number, event, {"CMCAT": words.CONCOMITANT})
            elif not self.is_studied(event.line):
                is_prior = begun is not None and event.start.span.low < begun
                about = {
                    "CMCAT": words.PRIOR if is_prior else words.SUBSEQUENT,
                    "CMSCAT": f"LINE {event.line}" if event.line else event.setting.upper(),
                    "CMRSDISC": words.STOPS.get(event.stop),
                }
                yield from _drug_records("CM", number, event, about)

    def disposition(self) -> Iterator[Record]:
        for number, event in self.found.events.items():
            entry = self.found.entries[number]
            term, category = words.DISPOSITIONS.get(event.kind, ("", ""))
            if event.planned or (event.kind == "visit" and event.what != words.CONSENT):
                continue
            if term:
                told = str(entry.get("cause" if event.kind == "death" else "what", "")) or term
                part = words.PARTICIPATION if category == words.DISPOSITION else None
                yield {"DSSPID": str(number), "DSTERM": told[:200], "DSDECOD": term,
                       "DSCAT": category, "DSSCAT": part,
                       "DSSTDTC": sdtm_date(event.start)}  # fmt: skip
            elif isinstance(event, Treatment) and self.is_studied(event.line) and event.stop:
                reason = words.STOPS[event.stop]
                yield {"DSSPID": str(number), "DSTERM": reason, "DSDECOD": reason,
                       "DSCAT": words.DISPOSITION, "DSSCAT": words.TREATMENT,
                       "DSGRPID": str(number), "DSSTDTC": period_texts(event)[1]}  # fmt: skip

    def adverse_events(self) -> Iterator[Record]:
        for number, event in self._events(Toxicity):
            term = event.term or event.what
            if not term:
                continue
            resolved = event.resolved
            known = resolved is not None and resolved.when is not None and not resolved.is_undated
            grade = event.grade
            outcome = None
            if resolved is not None:
                outcome = "RECOVERED/RESOLVED" if resolved.when else "NOT RECOVERED/NOT RESOLVED"
            yield {
                "AESPID": str(number),
                "AETERM": event.what or term,
                "AEDECOD": term,
                "AEREL": "RELATED" if self.is_studied(event.line) else None,
                "AEOUT": outcome,
                "AETOXGR": str(grade.worst) if grade and len(grade.values) == 1 else None,
                "AESTDTC": sdtm_date(event.start),
                "AEENDTC": sdtm_date(resolved.when) if known and resolved else None,
            }


def _drug_records(domain: str, number: int, event: Any, about: Record) -> Iterator[Record]:
    """A record for each drug of a treatment."""
    start, end, ongoing = period_texts(event)
    drugs: Sequence[DrugDose] = event.drugs
    for drug in drugs:
        record: Record = {
            f"{domain}GRPID": str(number),
            f"{domain}SPID": str(number),
            f"{domain}TRT": drug.agent,
            **about,
            **_dose(domain, drug),
            f"{domain}STDTC": start,
            f"{domain}ENDTC": end,
        }
        if domain == "CM" and ongoing:
            record |= {"CMENRTPT": "ONGOING", "CMENTPT": "END OF RECORD"}
        yield record


def _dose(domain: str, drug: DrugDose) -> Record:
    """Dose, unit, frequency and route of a drug."""
    days = drug.days or ""
    dose = drug.dose.number if drug.dose else None
    plain = dose is not None and dose.value is not None and not dose.hedge
    return {
        f"{domain}DOSE": float(dose.value) if dose and plain and dose.value else None,
        f"{domain}DOSTXT": str(dose) if dose is not None and not plain else None,
        f"{domain}DOSU": words.cdisc_unit(drug.dose.unit.name) if drug.dose else None,
        f"{domain}DOSFRQ": days if days in words.FREQUENCIES else None,
        f"{domain}DOSRGM": days if days not in words.FREQUENCIES else None,
        f"{domain}ROUTE": words.ROUTES.get(drug.route or ""),
    }
