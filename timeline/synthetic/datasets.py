"""The made-up study as SDTM datasets: DM, EX, DS, CM, AE, TU, TR and RS."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np

from timeline.cdisc.dataset import Dataset, Value
from timeline.cdisc.metadata import DATASETS
from timeline.cdisc.timing import epoch, study_day
from timeline.synthetic import course as c
from timeline.synthetic.course import NEVER, Course, course
from timeline.terminology.criteria import PRIMARY
from timeline.terminology.ctcae_terms import grades_of

STUDY = "SYNTHETIC"
ARMS = (("A", "Drug A", 400), ("B", "Drug B", 200))  # code, drug, mg a day
_REDUCED = 0.75  # of the dose
_INVESTIGATOR = "INVESTIGATOR"
_TARGET = {c.NE: "NE", c.CR: "CR", c.PR: "PR", c.SD: "SD", c.PD: "PD"}
_NON_TARGET = {c.PRESENT: "NON-CR/NON-PD", c.GONE: "CR", c.PROGRESSED: "PD"}
_STATE = {c.PRESENT: "PRESENT", c.GONE: "ABSENT", c.PROGRESSED: "UNEQUIVOCAL PROGRESSION"}
_STOP = {
    c.PROGRESSION: "PROGRESSIVE DISEASE",
    c.TOXICITY: "ADVERSE EVENT",
    c.CHOICE: "PHYSICIAN DECISION",
    c.DEATH: "DEATH",
}
_NON_TARGET_SITES = ("PERITONEUM", "LUNG", "LIVER")
_NEW_SITES = ("LIVER", "LUNG", "PERITONEUM", "SPINE", "PELVIS")
_NEXT_DRUGS = ("Drug C", "Drug D", "Drug E")
# CTCAE 5.0: terms that treatment of sarcoma is known for, with their system organ class
EVENTS = (
    ("Fatigue", "General disorders and administration site conditions"),
    ("Nausea", "Gastrointestinal disorders"),
    ("Diarrhea", "Gastrointestinal disorders"),
    ("Anemia", "Blood and lymphatic system disorders"),
    ("Neutrophil count decreased", "Investigations"),
    ("Hypertension", "Vascular disorders"),
    ("Proteinuria", "Renal and urinary disorders"),
    ("Palmar-plantar erythrodysesthesia syndrome", "Skin and subcutaneous tissue disorders"),
    ("Hypothyroidism", "Endocrine disorders"),
    ("Mucositis oral", "Gastrointestinal disorders"),
)
_GRADES = (0.45, 0.8, 0.97)  # shares of grades 1, up to 2, up to 3; the rest are of grade 4
Record = dict[str, Value]


def subject(number: int) -> str:
    """The unique identifier of a patient, which says that there is none.

    >>> subject(7)
    'SYNTHETIC-0000007'
    """
    return f"{STUDY}-{number:07d}"


def study_datasets(subjects: int, seed: int = 1) -> dict[str, Dataset]:
    """The SDTM datasets of a made-up study.

    Args:
        subjects: the number of patients, at least 1.
        seed: the same seed gives the same patients; more patients are added to the first ones.

    Returns:
        DM, EX, DS, CM, AE, TU, TR and RS by name, sorted by their keys.

    Raises:
        ValueError: there is no patient.
    """
    if subjects < 1:
        raise ValueError(f"a study of {subjects} patients (write 1 or more)")
    found: dict[str, list[Record]] = {name: [] for name in DATASETS if name[:2] != "AD"}
    made = course(seed, 1, subjects)
    other = _others(made)
    for at in range(subjects):
        patient = _Patient(made=made, at=at, other=other)
        for name, records in (
            ("DM", patient.demographics()),
            ("EX", patient.exposure()),
            ("DS", patient.disposition()),
            ("CM", patient.medications()),
            ("AE", patient.adverse_events()),
            ("TU", patient.lesions()),
            ("TR", patient.measurements()),
            ("RS", patient.responses()),
        ):
            found[name] += patient.numbered(name, records)
    return {name: Dataset.of(name, records) for name, records in found.items()}


def _others(made: Course) -> dict[str, Any]:
    """What the datasets need beside the course, for all patients at once."""
    draw = made.draws
    count = c.AT_MOST_AES
    return {
        "age": np.clip(np.rint(60 + 11 * draw.normal("age")), 24, 88).astype(int),
        "female": draw.chance("female", 0.42),
        "site": 1 + draw.below("site", 5),
        "consent": made.baseline - 1 - draw.below("consent", 7),
        "partial death": draw.chance("partial death", 0.08),
        "partial scan": draw.chance("partial scan", 0.01, len(c.WEEKS)),
        "partial therapy": draw.chance("partial therapy", 0.2),
        "non-target site": draw.below("non-target site", len(_NON_TARGET_SITES)),
        "new site": draw.below("new site", len(_NEW_SITES)),
        "next drug": draw.below("next drug", len(_NEXT_DRUGS)),
        "events": np.floor(draw.uniform("events") * (count + 1)).astype(int),
        "event": np.argsort(draw.uniform("event", len(EVENTS)), axis=1)[:, :count],
        "event grade": draw.uniform("event grade", count),
        "event day": draw.uniform("event day", count),
        "event length": 3 + draw.exponential("event length", 25.0, count),
        "partial event": draw.uniform("partial event", count),
    }


def iso(day: int, precision: str = "day") -> str:
    """The text of a day, or of its month."""
    text = datetime.date.fromordinal(int(day)).isoformat()
    return text if precision == "day" else text[:7]


@attrs.frozen(kw_only=True, eq=False)
class _Patient:
    """One patient of the course."""

    made: Course
    at: int
    other: dict[str, Any]

    def _day(self, name: str) -> int | None:
        """A day of the course; None where it did not come."""
        day = int(getattr(self.made, name)[self.at])
        return None if day >= NEVER else day

    def _own(self, name: str) -> Any:
        return self.other[name][self.at]

    @property
    def _ends(self) -> int:
        """The last day of the patient in the study."""
        days = [self._day(name) for name in ("death", "lost", "last_seen")]
        return min(day for day in days if day is not None)

    @property
    def _last_dose(self) -> int | None:
        """None where treatment goes on, or was never given."""
        return None if self.made.stop[self.at] == c.ONGOING else self._day("last_dose")

    def numbered(self, name: str, records: Iterator[Record]) -> list[Record]:
        """Records with study, domain, subject and number in front, and study days behind."""
        reference = self._day("first_dose")
        found = []
        for number, record in enumerate(records, start=1):
            ids: Record = {
                "STUDYID": STUDY,
                "DOMAIN": name,
                "USUBJID": subject(int(self.made.number[self.at])),
            }
            if name != "DM":
                ids[f"{name}SEQ"] = number
            days: Record = {}
            for start in ("STDTC", "ENDTC", "DTC"):
                text = record.get(name + start)
                if isinstance(text, str) and len(text) == 10:
                    day = datetime.date.fromisoformat(text).toordinal()
                    days[f"{name}{start[:-3]}DY"] = study_day(day, reference)
                    if "EPOCH" not in days and start != "ENDTC" and name != "DM":
                        days["EPOCH"] = epoch(day, reference, self._last_dose)
            found.append({**ids, **record, **days})
        return found

    def demographics(self) -> Iterator[Record]:
        made, at = self.made, self.at
        first, last, death = (self._day(name) for name in ("first_dose", "last_dose", "death"))
        code, drug, dose = ARMS[int(made.arm[at])]
        arm = f"{drug} {dose} mg"
        treated = first is not None
        yield {
            "SUBJID": f"{int(made.number[at]):07d}",
            "RFSTDTC": iso(first) if first else None,
            "RFENDTC": iso(last) if last else None,
            "RFXSTDTC": iso(first) if first else None,
            "RFXENDTC": iso(last) if last else None,
            "RFICDTC": iso(self._own("consent")),
            "RFPENDTC": iso(self._ends),
            "DTHDTC": self._death(),
            "DTHFL": "Y" if death else None,
            "SITEID": f"{self._own('site'):02d}",
            "AGE": int(self._own("age")),
            "AGEU": "YEARS",
            "SEX": "F" if self._own("female") else "M",
            "RACE": "NOT REPORTED",
            "ARMCD": code,
            "ARM": arm,
            "ACTARMCD": code if treated else None,
            "ACTARM": arm if treated else None,
            "ARMNRS": None if treated else "ASSIGNED, NOT TREATED",
            "COUNTRY": "XXX",  # ISO 3166-1: a code for use within a study
        }

    def _death(self) -> str | None:
        death = self._day("death")
        if death is None:
            return None
        return iso(death, "month" if self._own("partial death") else "day")

    def exposure(self) -> Iterator[Record]:
        first, last, reduced = (self._day(name) for name in ("first_dose", "last_dose", "reduced"))
        if first is None:
            return
        _, drug, dose = ARMS[int(self.made.arm[self.at])]
        going_on = self.made.stop[self.at] == c.ONGOING
        end = None if going_on or last is None else iso(last)
        about: Record = {"EXTRT": drug, "EXCAT": "LINE 1", "EXDOSU": "mg", "EXDOSFRM": "TABLET",
                         "EXDOSFRQ": "QD", "EXROUTE": "ORAL"}  # fmt: skip
        if reduced is None:
            yield {**about, "EXDOSE": dose, "EXSTDTC": iso(first), "EXENDTC": end}
            return
        yield {**about, "EXDOSE": dose, "EXSTDTC": iso(first), "EXENDTC": iso(reduced - 1)}
        yield {**about, "EXDOSE": round(dose * _REDUCED), "EXADJ": "ADVERSE EVENT",
               "EXSTDTC": iso(reduced), "EXENDTC": end}  # fmt: skip

    def disposition(self) -> Iterator[Record]:
        made, at = self.made, self.at
        yield _milestone("INFORMED CONSENT OBTAINED", iso(self._own("consent")))
        yield _milestone("RANDOMIZED", iso(made.randomised[at]))
        if (reason := _STOP.get(int(made.stop[at]))) is not None:
            last = self._day("last_dose")
            yield {"DSTERM": reason, "DSDECOD": reason, "DSCAT": "DISPOSITION EVENT",
                   "DSSCAT": "STUDY TREATMENT", "DSSTDTC": iso(last or 0)}  # fmt: skip
        ends: Record = {"DSCAT": "DISPOSITION EVENT", "DSSCAT": "STUDY PARTICIPATION"}
        if (death := self._death()) is not None:
            yield {**ends, "DSTERM": "DEATH", "DSDECOD": "DEATH", "DSSTDTC": death}
        elif self._day("lost") is not None:
            withdrew = bool(made.withdrew[at])
            term = "WITHDRAWAL BY SUBJECT" if withdrew else "LOST TO FOLLOW-UP"
            yield {**ends, "DSTERM": term, "DSDECOD": term, "DSSTDTC": iso(self._ends)}
        else:
            yield {"DSTERM": "LAST CONTACT", "DSDECOD": "LAST CONTACT", "DSCAT": "OTHER EVENT",
                   "DSSTDTC": iso(self._ends)}  # fmt: skip

    def medications(self) -> Iterator[Record]:
        day = self._day("new_therapy")
        if day is not None:
            precision = "month" if self._own("partial therapy") else "day"
            yield {"CMTRT": _NEXT_DRUGS[self._own("next drug")],
                   "CMCAT": "SUBSEQUENT ANTI-CANCER THERAPY", "CMSCAT": "LINE 2",
                   "CMSTDTC": iso(day, precision)}  # fmt: skip

    def adverse_events(self) -> Iterator[Record]:
        first, last = self._day("first_dose"), self._day("last_dose")
        if first is None or last is None:
            return
        ends = min(last + 30, self._ends)
        number = int(self._own("events"))
        days = first + np.floor(self._own("event day")[:number] * (ends - first + 1))
        for place in np.argsort(days, kind="stable"):
            start = int(days[place])
            term, organ_class = EVENTS[int(self._own("event")[place])]
            grade = 1 + int(np.searchsorted(_GRADES, self._own("event grade")[place], "right"))
            known = grades_of(term)
            grade = min(grade, known.grades[-1]) if known is not None else grade
            end = start + int(self._own("event length")[place])
            resolved = end <= self._ends
            partial = self._own("partial event")[place]
            yield {
                "AETERM": term,
                "AEDECOD": term,
                "AEBODSYS": organ_class,
                "AESER": "Y" if grade >= 4 else "N",
                "AEACN": "NOT APPLICABLE" if start > last else "DOSE NOT CHANGED",
                "AEREL": "RELATED",
                "AEOUT": "RECOVERED/RESOLVED" if resolved else "NOT RECOVERED/NOT RESOLVED",
                "AETOXGR": str(grade),
                "AESTDTC": iso(start, "month" if partial < 0.1 else "day"),
                "AEENDTC": iso(end) if resolved else None,
            }

    def _scans(self) -> list[int]:
        return [int(visit) for visit in np.flatnonzero(self.made.done[self.at])]

    def _when(self, domain: str, visit: int) -> Record:
        """Number, name and date of a visit; -1 is the baseline."""
        if visit < 0:
            treated = self._day("first_dose") is not None
            return {"VISITNUM": 1, "VISIT": "BASELINE", f"{domain}EVAL": _INVESTIGATOR,
                    f"{domain}LOBXFL": "Y" if treated else None, f"{domain}BLFL": "Y",
                    f"{domain}DTC": iso(self.made.baseline[self.at])}  # fmt: skip
        partial = self._own("partial scan")[visit]
        day = self.made.visit_day[self.at, visit]
        return {"VISITNUM": visit + 2, "VISIT": f"WEEK {c.WEEKS[visit]}",
                f"{domain}EVAL": _INVESTIGATOR,
                f"{domain}DTC": iso(day, "month" if partial else "day")}  # fmt: skip

    def lesions(self) -> Iterator[Record]:
        made, at = self.made, self.at
        method: Record = {"TUTESTCD": "TUMIDENT", "TUTEST": "Tumor Identification",
                          "TUMETHOD": "CT SCAN"}  # fmt: skip
        baseline = self._when("TU", -1)
        for place in range(int(made.lesions[at])):
            organ = c.ORGANS[int(made.organ[at, place])]
            yield {"TULNKID": f"T{place + 1:02d}", **method, "TUORRES": "TARGET",
                   "TUSTRESC": "TARGET", "TULOC": organ, **baseline}  # fmt: skip
        if made.non_target[at, 0] != c.NO_DISEASE:
            organ = _NON_TARGET_SITES[self._own("non-target site")]
            yield {"TULNKID": "NT01", **method, "TUORRES": "NON-TARGET", "TUSTRESC": "NON-TARGET",
                   "TULOC": organ, **baseline}  # fmt: skip
        for visit in self._scans():
            if made.new_lesion[at, visit]:
                organ = _NEW_SITES[self._own("new site")]
                yield {"TULNKID": "NEW01", **method, "TUORRES": "NEW", "TUSTRESC": "NEW",
                       "TULOC": organ, **self._when("TU", visit)}  # fmt: skip

    def measurements(self) -> Iterator[Record]:
        for visit in (-1, *self._scans()):
            yield from self._measured(visit)

    def _measured(self, visit: int) -> Iterator[Record]:
        made, at = self.made, self.at
        row = made.baseline_size[at] if visit < 0 else made.size[at, visit]
        sizes = [int(size) for size in row[: int(made.lesions[at])]]
        when = {"TRLNKGRP": f"V{visit + 2}", "TRMETHOD": "CT SCAN", **self._when("TR", visit)}
        for place, size in enumerate(sizes):
            node = bool(made.is_node[at, place])
            yield {
                "TRGRPID": "TARGET",
                "TRLNKID": f"T{place + 1:02d}",
                "TRTESTCD": "LPERP" if node else "LDIAM",
                "TRTEST": "Longest Perpendicular" if node else "Longest Diameter",
                **(_millimetres(size) if size >= 0 else {"TRSTAT": "NOT DONE"}),
                **when,
            }
        if min(sizes) >= 0:
            yield {"TRGRPID": "TARGET", "TRTESTCD": "SUMDIAM", "TRTEST": "Sum of Diameter",
                   **_millimetres(sum(sizes)), **when}  # fmt: skip
        state = c.PRESENT if visit < 0 else int(made.non_target[at, visit])
        if made.non_target[at, 0] != c.NO_DISEASE:
            found = _STATE[state]
            about: Record = {"TRGRPID": "NON-TARGET", "TRLNKID": "NT01", "TRTESTCD": "TUMSTATE",
                             "TRTEST": "Tumor State"}  # fmt: skip
            yield {**about, "TRORRES": found, "TRSTRESC": found, **when}

    def responses(self) -> Iterator[Record]:
        made, at = self.made, self.at
        for visit in self._scans():
            when = {"RSLNKGRP": f"V{visit + 2}", **self._when("RS", visit)}
            state = int(made.non_target[at, visit])
            found = [("TRGRESP", "Target Response", _TARGET[int(made.target[at, visit])])]
            if state != c.NO_DISEASE:
                found.append(("NTRGRESP", "Non-target Response", _NON_TARGET[state]))
            new = "Y" if made.new_lesion[at, visit] else "N"
            found.append(("NEWLIND", "New Lesion Indicator", new))
            overall = _TARGET[int(made.overall[at, visit])]
            found.append(("OVRLRESP", "Overall Response", overall))
            for code, test, result in found:
                yield {"RSTESTCD": code, "RSTEST": test, "RSCAT": PRIMARY.title,
                       "RSORRES": result, "RSSTRESC": result, **when}  # fmt: skip


def _milestone(term: str, day: str) -> Record:
    return {"DSTERM": term, "DSDECOD": term, "DSCAT": "PROTOCOL MILESTONE", "DSSTDTC": day}


def _millimetres(size: int) -> Record:
    return {"TRORRES": str(size), "TRORRESU": "mm", "TRSTRESC": str(size), "TRSTRESN": size,
            "TRSTRESU": "mm"}  # fmt: skip
