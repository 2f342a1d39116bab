"""SDTM datasets as case files, one a subject; what a case file cannot hold is listed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from timeline.cdisc.cases import words
from timeline.cdisc.cases.dates import case_date, case_end, in_period
from timeline.cdisc.cases.scans import scan_entry
from timeline.cdisc.dataset import Dataset, Problems, Value
from timeline.cdisc.metadata import SDTM_DATASETS
from timeline.cdisc.timing import DatePart, date_part
from timeline.core.problem import Problem, in_order
from timeline.exchange.entries.case_entries import Entries, Entry, case_text
from timeline.exchange.entries.left_over import LeftOver, kind_of, restored
from timeline.files.loader import load_contents
from timeline.terminology.criteria import IMMUNE, PRIMARY, criterion_of_category, only_one

Record = dict[str, Value]
_NO_KEY = "a case file has no key for it"
MARK = "# Made by timeline import"
# variables that are made again when a case is written as SDTM, or that only tie records together
_DERIVED = re.compile(
    r"DOMAIN|EPOCH|AGEU|DTHFL|RF(?:X?ST|X?EN|PEN)DTC|..(?:SEQ|DY|STDY|ENDY|TEST|SPID|"
    r"GRPID|LNKGRP|ORRESU?|STRESU|STRESC|EVAL|BLFL|LOBXFL|ENTPT)"
)
_READ = {
    "DM": ("USUBJID", "SEX", "AGE", "DTHDTC"),
    "EX": ("USUBJID", "EXTRT", "EXCAT", "EXDOSE", "EXDOSTXT", "EXDOSU", "EXDOSFRQ", "EXDOSRGM",
           "EXROUTE", "EXADJ", "EXSTDTC", "EXENDTC"),
    "DS": ("USUBJID", "DSTERM", "DSDECOD", "DSCAT", "DSSCAT", "DSSTDTC"),
    "CM": ("USUBJID", "CMTRT", "CMCAT", "CMSCAT", "CMDOSE", "CMDOSTXT", "CMDOSU", "CMDOSFRQ",
           "CMDOSRGM", "CMROUTE", "CMRSDISC", "CMSTDTC", "CMENDTC", "CMENRTPT"),
    "AE": ("USUBJID", "AETERM", "AEDECOD", "AEREL", "AEOUT", "AETOXGR", "AESTDTC", "AEENDTC"),
    "TU": ("USUBJID", "TULNKID", "TUTESTCD", "TULOC", "TUMETHOD", "TUDTC", "VISIT"),
    "TR": ("USUBJID", "TRLNKID", "TRTESTCD", "TRSTRESN", "TRSTAT", "TRMETHOD", "TRDTC", "VISIT"),
    "RS": ("USUBJID", "RSTESTCD", "RSCAT", "RSDTC", "VISIT"),
}  # fmt: skip


@attrs.frozen(kw_only=True)
class NotRead:
    """Values of a dataset that a case file has no place for.

    Attributes:
        dataset, variable: where they are; of whole records the variable is empty.
        records: how many.
        example: one of them.
        reason: why.
    """

    dataset: str
    variable: str
    records: int
    example: str
    reason: str


@attrs.frozen(kw_only=True)
class Entered:
    """The entries of each subject by their numbers, and what they do not hold."""

    subjects: dict[str, Entries]
    not_read: tuple[NotRead, ...]
    problems: Problems


@attrs.frozen(kw_only=True)
class Imported:
    """Case files from SDTM datasets.

    Attributes:
        texts: the text of the case file of each subject.
        not_read: what the datasets have and the case files cannot hold.
    """

    texts: dict[str, str]
    not_read: tuple[NotRead, ...]


def import_cases(
    datasets: Mapping[str, Dataset], left_over: Iterable[LeftOver] = ()
) -> tuple[Imported | None, Problems]:
    """Case files from SDTM datasets, one a subject.

    Args:
        datasets: DM and any of EX, DS, CM, AE, TU, TR and RS by name.
        left_over: what was written beside the datasets when they were made from case files; with
            it the case files are restored as they were.

    Returns:
        The case files, each of which passes the check, or None; and every fault.
    """
    found = entries_of(datasets)
    if found.problems:
        return None, found.problems
    rows: dict[str, list[LeftOver]] = {}
    for row in left_over:
        rows.setdefault(row.subject, []).append(row)
    texts: dict[str, str] = {}
    without: list[str] = []
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory() as folder:
        for subject, entries in found.subjects.items():
            own = restored(entries, rows.get(subject, ())) if rows else entries
            if len(own) == 1:  # the keys of the case alone
                without.append(subject)
                continue
            made_up = " SYNTHETIC: an invented patient." * subject.startswith("SYNTHETIC")
            text = case_text(own, f"{MARK} from SDTM datasets.{made_up}")
            path = Path(folder) / "case.yaml"
            path.write_text(text, encoding="utf-8")
            _, faults = load_contents(path)
            at = attrs.evolve(datasets["DM"].where(0), line=0)
            problems += [Problem(at, f"{subject}: {each.what}") for each in faults]
            texts[subject] = text
    if problems:
        return None, in_order(problems)
    not_read = found.not_read
    if without:
        reason = "a subject without an event on record: no case file"
        not_read += (NotRead(dataset="DM", variable="", records=len(without),
                             example=", ".join(without)[:120], reason=reason),)  # fmt: skip
    return Imported(texts=texts, not_read=not_read), ()


def entries_of(datasets: Mapping[str, Dataset]) -> Entered:
    """The entries of the subjects of DM, and what they do not hold."""
    problems: list[Problem] = []
    by_subject: dict[str, dict[str, list[Record]]] = {}
    for name in SDTM_DATASETS:
        dataset = datasets.get(name)
        if dataset is None:
            continue
        if "USUBJID" not in dataset:
            problems.append(Problem(dataset.where(0), "without USUBJID (name the subjects)"))
            continue
        problems += _date_faults(dataset)
        for number, row in enumerate(dataset.rows()):
            subject = str(row["USUBJID"] or "")
            if name == "DM" and subject in by_subject:
                problems.append(Problem(dataset.where(number), f"the subject {subject!r} twice"))
            elif name != "DM" and subject not in by_subject:
                what = f"the subject {subject!r} is not in DM (add it there)"
                problems.append(Problem(dataset.where(number, "USUBJID"), what))
            by_subject.setdefault(subject, {}).setdefault(name, []).append(row)
    if "DM" not in datasets:
        first = next(iter(datasets.values()))
        problems.insert(0, Problem(attrs.evolve(first.where(0), line=0), "no DM beside it"))
    if problems:
        return Entered(subjects={}, not_read=(), problems=in_order(problems))
    left: list[tuple[str, Record, str]] = []
    subjects: dict[str, Entries] = {}
    for subject, rows in by_subject.items():
        made = _Subject(name=subject, rows=rows)
        subjects[subject] = made.entries()
        left += made.left
    return Entered(subjects=subjects, not_read=_not_read(datasets, left), problems=())


def _date_faults(dataset: Dataset) -> Iterator[Problem]:
    for variable in dataset.variables:
        if variable.is_iso_date:
            for number, text in enumerate(dataset.values[variable.name]):
                try:
                    date_part(str(text)) if text is not None else None
                except ValueError as fault:
                    where = dataset.where(number, variable.name)
                    yield Problem(where, f"{variable.name}: {fault}")


def _not_read(
    datasets: Mapping[str, Dataset], left: list[tuple[str, Record, str]]
) -> tuple[NotRead, ...]:
    found: list[NotRead] = []
    for name, dataset in datasets.items():
        for variable in dataset.variables:
            key = variable.name
            values = [value for value in dataset.values[key] if value is not None]
            own = key in _READ.get(name, ()) or _DERIVED.fullmatch(key)
            if values and not own and (key != "STUDYID" or name == "DM"):
                found.append(NotRead(dataset=name, variable=key, records=len(values),
                                     example=str(values[0])[:120], reason=_NO_KEY))  # fmt: skip
    groups: dict[tuple[str, str], list[Record]] = {}
    for name, row, reason in left:
        groups.setdefault((name, reason), []).append(row)
    for (name, reason), rows in groups.items():
        example = ", ".join(f"{key} {value}" for key, value in rows[0].items()
                            if value is not None and key not in ("STUDYID", "DOMAIN"))  # fmt: skip
        found.append(
            NotRead(
                dataset=name, variable="", records=len(rows), example=example[:120], reason=reason
            )
        )
    return tuple(found)


@attrs.define(kw_only=True)
class _Subject:
    """One subject: its records by dataset, and the records that no entry holds."""

    name: str
    rows: dict[str, list[Record]]
    left: list[tuple[str, Record, str]] = attrs.field(factory=list)
    numbered: list[tuple[str, str, Entry]] = attrs.field(factory=list)  # date, number, entry

    def entries(self) -> dict[int, Entry]:
        """The entries by their numbers: those of the case file they came from, else by date."""
        lesions: dict[str, Entry] = {}
        line = self._exposure()
        self._medications()
        self._disposition()
        self._adverse_events(line)
        self._scans(line, lesions)
        head: Entry = {"case": self.name}
        if patient := self._patient():
            head["patient"] = patient
        if lesions:
            head["lesions"] = {
                name: about or {"organ": "not stated"} for name, about in lesions.items()
            }
        ours = [number for _, number, _ in self.numbered]
        if all(each.isdecimal() for each in ours) and len(set(ours)) == len(ours):
            return {0: head, **{int(number): entry for _, number, entry in self.numbered}}
        ordered = sorted(self.numbered, key=lambda each: (each[0], _rank(each[2])))
        return {0: head, **{n: entry for n, (_, _, entry) in enumerate(ordered, start=1)}}

    def _add(self, entry: Entry, row: Record, domain: str, date: Value) -> None:
        self.numbered.append((str(date or "9999"), str(row.get(f"{domain}SPID") or ""), entry))

    def _patient(self) -> Entry:
        row = self.rows["DM"][0]
        sexes = words.reversed_words(words.SEXES)
        found = {"sex": sexes.get(str(row.get("SEX")), ""), "age": ""}
        if row.get("AGE") is not None:
            unit = str(row.get("AGEU") or "YEARS").lower()
            found["age"] = str(row["AGE"]) if unit == "years" else f"{row['AGE']} {unit}"
        return {key: value for key, value in found.items() if value}

    def _groups(self, domain: str) -> Iterator[list[Record]]:
        """The records of one treatment: those of a group, or with the same period."""
        rows = self.rows.get(domain, [])
        groups: dict[Any, list[Record]] = {}
        for row in rows:
            group = row.get(f"{domain}GRPID")
            key = [row.get(f"{domain}{part}") for part in ("CAT", "SCAT")]
            if domain == "CM":  # drugs that begin and end together are one regimen
                key += [row.get("CMSTDTC"), row.get("CMENDTC")]
                if words.ANTI_CANCER not in str(row.get("CMCAT")).upper():
                    key.append(row.get("CMTRT"))
            groups.setdefault((group,) if group else tuple(key), []).append(row)
        yield from groups.values()

    def _exposure(self) -> int | None:
        """Add study treatment; its line, None where the subject was not treated."""
        line = None
        reasons = [row for row in self.rows.get("DS", ()) if row.get("DSSCAT") == words.TREATMENT]
        for group in self._groups("EX"):
            line = line_of(group[0].get("EXCAT"))
            rows = sorted(group, key=lambda row: str(row.get("EXSTDTC") or "9999"))
            first = {row["EXTRT"]: row for row in reversed(rows)}
            start, end = rows[0].get("EXSTDTC"), max(rows, key=_end).get("EXENDTC")
            entry = _treatment(list(first.values())[::-1], "EX", start, end, ongoing=False)
            entry["line"] = str(line)
            if criterion := self._criterion():
                entry["criterion"] = criterion
            if len(reasons) == 1 and (stop := stop_of(reasons[0].get("DSDECOD"))):
                entry["stop"] = stop
            elif reasons:
                self.left += [("DS", row, "no one reason of one treatment") for row in reasons]
            self._add(entry, rows[0], "EX", start)
            self._reductions(rows, line)
        return line

    def _criterion(self) -> str:
        """The name of iRECIST where RSCAT states it, or states none and its terms are used."""
        rows = self.rows.get("RS", ())
        named = {_criterion_of(row) for row in rows}
        immune = any(only_one(str(row.get("RSSTRESC"))) is IMMUNE for row in rows)
        title = IMMUNE.title
        return title if named == {title} or (named <= {None} and immune) else ""

    def _of_one_criterion(self, rows: list[Record]) -> list[Record]:
        """The responses of one criterion: RECIST 1.1 where there are several (RSCAT)."""
        named = dict.fromkeys(_criterion_of(row) for row in rows)
        if len([title for title in named if title is not None]) < 2:
            return rows
        kept = PRIMARY.title if PRIMARY.title in named else next(filter(None, named))
        self.left += [("RS", row, f"not by {kept}: a case file holds the calls of one criterion")
                      for row in rows if _criterion_of(row) != kept]  # fmt: skip
        return [row for row in rows if _criterion_of(row) == kept]

    def _reductions(self, rows: list[Record], line: int) -> None:
        """Add a reduction for each later interval of a drug with a lower dose."""
        before: dict[Value, Record] = {}
        for row in rows:
            last = before.get(row["EXTRT"])
            before[row["EXTRT"]] = row
            if last is None:
                continue
            old, new = last.get("EXDOSE"), row.get("EXDOSE")
            if not isinstance(old, int | float) or not isinstance(new, int | float) or old == new:
                self.left.append(("EX", row, "a later interval with the same or no dose"))
                continue
            kind = "dose reduced" if new < old else "dose increased"
            entry: Entry = {kind: case_date(row.get("EXSTDTC")), "line": str(line),
                            "drugs": _drug(row, "EX")}  # fmt: skip
            if row.get("EXADJ") == "ADVERSE EVENT":
                entry["reason"] = "toxicity"
            self._add(entry, row, "EX", row.get("EXSTDTC"))

    def _medications(self) -> None:
        number = 1
        groups = sorted(self._groups("CM"), key=lambda rows: str(rows[0].get("CMSTDTC") or "9999"))
        for group in groups:
            row = group[0]
            category, part = (str(row.get(key) or "").upper() for key in ("CMCAT", "CMSCAT"))
            ongoing = row.get("CMENRTPT") == "ONGOING"
            start, end = row.get("CMSTDTC"), row.get("CMENDTC")
            entry = _treatment(group, "CM", start, end, ongoing=ongoing)
            if words.ANTI_CANCER not in category:
                entry["supportive"] = entry.pop("treatment")
                entry = {"supportive": entry.pop("supportive"), **entry}
                self._add(entry, row, "CM", start)
                continue
            line = words.line_number(part)
            if line is None and part.lower() in _SETTINGS:
                entry["setting"] = part.lower()
            elif line is None and category.startswith("PRIOR"):
                self.left += [("CM", each, "prior therapy without a line") for each in group]
                continue
            else:
                number = max(number + 1, line or 0)
                entry["line"] = str(line or number)
            if stop := stop_of(row.get("CMRSDISC")):
                entry["stop"] = stop
            self._add(entry, row, "CM", start)

    def _disposition(self) -> None:
        kinds = {term: kind for kind, (term, _) in words.DISPOSITIONS.items()}
        died = False
        for row in self.rows.get("DS", ()):
            term = str(row.get("DSDECOD") or row.get("DSTERM") or "")
            if row.get("DSSCAT") == words.TREATMENT:
                continue
            kind = kinds.get(term) or words.ALSO_DISPOSITIONS.get(term, "")
            if not kind:
                is_end = row.get("DSCAT") == words.DISPOSITION
                if not is_end:
                    self.left.append(("DS", row, f"{term}: a case file has no such event"))
                    continue
                kind = "last contact"
            date = row.get("DSSTDTC")
            entry: Entry = {kind: case_date(date)}
            told = str(row.get("DSTERM") or "")
            if kind == "death":
                died = True
                entry = {kind: case_date(self.rows["DM"][0].get("DTHDTC") or date)}
                if told and told != term:
                    entry["cause"] = told
            elif kind == "visit":
                entry["what"] = words.CONSENT
            elif told and (told != term or kinds.get(term) != kind):
                entry["what"] = told
            self._add(entry, row, "DS", date)
        death = self.rows["DM"][0].get("DTHDTC")
        if death and not died:
            self._add({"death": case_date(death)}, {}, "DS", death)

    def _adverse_events(self, line: int | None) -> None:
        for row in self.rows.get("AE", ()):
            term, told = str(row.get("AEDECOD") or ""), str(row.get("AETERM") or "")
            entry: Entry = {"toxicity": case_date(row.get("AESTDTC"))}
            entry["term"] = term or told
            if told and term and told != term:
                entry["what"] = told
            if row.get("AETOXGR") is not None:
                entry["grade"] = str(row["AETOXGR"])
            if str(row.get("AEREL") or "").upper() in words.RELATED and line is not None:
                entry["line"] = str(line)
            elif row.get("AEREL") and str(row["AEREL"]).upper() not in ("NOT RELATED", "N", "NONE"):
                self.left.append(("AE", row, "AEREL has no place"))
            outcome = str(row.get("AEOUT") or "")
            if row.get("AEENDTC"):
                entry["resolved"] = case_date(row["AEENDTC"])
            elif outcome.startswith("RECOVERED"):
                entry["resolved"] = "yes"
            elif outcome.startswith("NOT RECOVERED"):
                entry["resolved"] = "no"
            self._add(entry, row, "AE", row.get("AESTDTC"))

    def _scans(self, line: int | None, lesions: dict[str, Entry]) -> None:
        visits: dict[tuple[Value, Value], dict[str, list[Record]]] = {}
        for domain in ("TU", "TR", "RS"):
            rows = self._of_evaluator(domain)
            if domain == "RS":
                rows = self._of_one_criterion(rows)
            for row in rows:
                key = (row.get(f"{domain}DTC"), row.get("VISITNUM"))
                visits.setdefault(key, {}).setdefault(domain, []).append(row)
        for key in [key for key, rows in visits.items() if key[0] is None and list(rows) == ["TU"]]:
            same = [other for other in visits if other[1] == key[1] and other != key]
            if len(same) == 1:  # TU of others often has no date: the visit has one
                visits[same[0]].setdefault("TU", []).extend(visits.pop(key)["TU"])
        for row in (row for rows in visits.values() for row in rows.get("TU", ())):
            about = lesions.setdefault(str(row.get("TULNKID") or ""), {})
            if row.get("TULOC") == words.NODE:
                about["node"] = "yes"
        held: dict[str, Entry] = {name: dict(about) for name, about in lesions.items()}
        for (date, _), found in sorted(visits.items(), key=lambda each: str(each[0][0] or "9999")):
            if line is None and self._may_be_later(date) and self._may_be_earlier(date):
                self.left += [
                    (domain, row, _OF_NO_LINE) for domain in found for row in found[domain]
                ]
                continue
            entry, left = scan_entry(date, found, line, held)
            self.left += left
            if line is not None and "baseline" not in entry and self._may_be_later(date):
                entry["line"] = str(line)  # assessments of a trial are of its treatment
            some = next(row for rows in found.values() for row in rows)
            domain = next(iter(found))
            self._add(entry, some, domain, date)
        measured = {name for _, _, entry in self.numbered for name in entry.get("lesions", {})}
        lesions.clear()
        lesions.update({name: about for name, about in held.items() if name in measured})

    def _may_be_later(self, date: Value) -> bool:
        """Whether a date may lie on or after the start of a later line."""
        starts = self._starts_of_other_therapy()
        return date is not None and any(
            date_part(str(date)).latest >= each.earliest for each in starts
        )

    def _may_be_earlier(self, date: Value) -> bool:
        """Whether a date may lie before a start of another line that it may also follow."""
        day = None if date is None else date_part(str(date))
        return day is not None and any(
            each.earliest <= day.latest and day.earliest < each.latest
            for each in self._starts_of_other_therapy()
        )

    def _starts_of_other_therapy(self) -> list[DatePart]:
        return [
            date_part(str(row["CMSTDTC"]))
            for row in self.rows.get("CM", ())
            if words.ANTI_CANCER in str(row.get("CMCAT") or "").upper() and row.get("CMSTDTC")
        ]

    def _of_evaluator(self, domain: str) -> list[Record]:
        """The records of the investigator; else of the reader who is accepted."""
        rows = self.rows.get(domain, [])
        own = [row for row in rows if row.get(f"{domain}EVAL") in (None, "INVESTIGATOR")]
        chosen = own or [row for row in rows if row.get(f"{domain}ACPTFL") == "Y"]
        readers = {row.get(f"{domain}EVALID") for row in rows}
        chosen = chosen or (rows if len(readers) == 1 else [])
        self.left += [(domain, row, "of another evaluator: a case file holds one")
                      for row in rows if row not in chosen]  # fmt: skip
        return chosen


def _criterion_of(row: Record) -> str | None:
    """The criterion that a response was assessed by, as RSCAT names it."""
    return criterion_of_category(str(row.get("RSCAT") or ""))


_OF_NO_LINE = (
    "the subject had no study treatment, and the visit may precede the next therapy or follow it"
)
_FIRST, _LAST = ("visit", "randomisation", "registration"), "death"


def _rank(entry: Entry) -> int:
    """The order of events of one day: milestones of the trial first, death last."""
    kind = kind_of(entry)
    return 0 if kind in _FIRST else 2 if kind == _LAST else 1


_SETTINGS = ("neoadjuvant", "adjuvant", "perioperative", "definitive", "concurrent", "maintenance",
             "local", "salvage", "palliative")  # fmt: skip


def line_of(category: Value) -> int:
    """The line of study treatment: as its category says, else the first."""
    return words.line_number(category) or 1


def stop_of(term: Value) -> str:
    """Why a treatment ended, in the word of a case file; empty where it did not, or is unknown."""
    if not term:
        return ""
    known = words.reversed_words(words.STOPS) | words.ALSO_STOPS
    return known.get(str(term), "other")


def _end(row: Record) -> tuple[bool, str]:
    return row.get("EXENDTC") is None, str(row.get("EXENDTC") or row.get("EXSTDTC") or "")


def _treatment(
    rows: list[Record], domain: str, start: Value, end: Value, *, ongoing: bool
) -> Entry:
    drugs = [_drug(row, domain) for row in rows]
    when = f"{in_period(start)}{case_end(end, ongoing=ongoing)}"
    return {"treatment": when, "drugs": drugs[0] if len(drugs) == 1 else drugs}


def _drug(row: Record, domain: str) -> str:
    """``Drug A 400 mg oral QD`` of a record of treatment."""
    routes = words.reversed_words(words.ROUTES)
    dose, unit = row.get(f"{domain}DOSE"), row.get(f"{domain}DOSU")
    amount = row.get(f"{domain}DOSTXT") if dose is None else dose
    route = row.get(f"{domain}ROUTE")
    parts = (
        row.get(f"{domain}TRT"),
        f"{amount} {words.case_unit(str(unit))}" if amount is not None and unit else None,
        routes.get(str(route), str(route).lower()) if route else None,
        row.get(f"{domain}DOSFRQ"),
        row.get(f"{domain}DOSRGM"),
    )
    return " ".join(str(each) for each in parts if each is not None)
