"""Case files as the folder of a study: meta files, clinical attributes, and timelines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from timeline.core.calendar.durations import days_per
from timeline.exchange.entries.case_entries import LESIONS, CaseEntries, Entry
from timeline.exchange.entries.left_over import kind_of
from timeline.exchange.yaml_writer import flow_text
from timeline.formats.cbioportal import tracks
from timeline.formats.cbioportal.tracks import MetaFile, Track, column_of, track_of
from timeline.formats.cells import cells_of
from timeline.formats.day_counts import DayCount, Days
from timeline.formats.format import Options, Written
from timeline.record.events import Death, LastContact, PeriodEvent
from timeline.terminology.drugs import drug_named

Row = dict[str, str]
AID = "day 0"  # the calendar day of day 0, which stands in no file that is shared
LONGEST_ATTRIBUTE = 255  # characters of a clinical attribute (validateData.py of cBioPortal)
_CALENDAR = re.compile(r"\b(19|20)[0-9]{2}-[0-9X]{2}\b")  # a date that would tell day 0
_ID = re.compile(r"[^A-Za-z0-9._-]")
_AMOUNT = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>\D.*)?")


def write(cases: Sequence[CaseEntries], out: Path, options: Options) -> Written:
    """The files of a study.

    Raises:
        ValueError: an identifier has other characters than the portal takes, or two patients
            would have one.
    """
    study = options.get("study") or identifier(out.name).lower()
    if study != identifier(study):
        raise ValueError(f"--option study: {study!r} (write letters, digits, points, - and _)")
    patients = [identifier(each.case.name) for each in cases]
    if twice := [name for name in patients if patients.count(name) > 1]:
        raise ValueError(f"two cases would be the patient {twice[0]!r} (rename one)")
    counts = [DayCount.of(each.case) for each in cases]
    rows: dict[str, list[Row]] = {}
    for each, patient, count in zip(cases, patients, counts, strict=True):
        for track, row in _events(each, patient, count) if count else ():
            rows.setdefault(track.type, []).append(row)
    contents: dict[str, bytes] = dict(_study(study, options))
    contents |= _clinical(study, [
        _patient(each, patient, count)
        for each, patient, count in zip(cases, patients, counts, strict=True)
    ])  # fmt: skip
    for track in tracks.TRACKS:
        if own := rows.pop(track.type, []):
            contents |= _timeline(study, track.name, own)
    for kind, own in rows.items():
        contents |= _timeline(study, kind.lower(), own)
    aids = {each.case.name: {AID: count.calendar_day}
            for each, count in zip(cases, counts, strict=True)
            if count is not None and count.calendar_day}  # fmt: skip
    return Written(contents={out / name: each for name, each in contents.items()}, aids=aids)


def identifier(text: str) -> str:
    """A name with the characters that an identifier of the portal may have.

    >>> identifier("Smith & Lee 2024")
    'Smith___Lee_2024'
    """
    return _ID.sub("_", text)


def _study(study: str, options: Options) -> Iterator[tuple[str, bytes]]:
    yield "meta_study.txt", MetaFile({
        "type_of_cancer": options.get("cancer-type") or "mixed",
        "cancer_study_identifier": study,
        "name": options.get("name") or study,
        "description": "Written by timeline export from case files",
        "add_global_case_list": "true",
    }).content  # fmt: skip


def _meta(study: str, datatype: str, file: str) -> bytes:
    return MetaFile({
        "cancer_study_identifier": study,
        "genetic_alteration_type": "CLINICAL",
        "datatype": datatype,
        "data_filename": file,
    }).content  # fmt: skip


@attrs.frozen(kw_only=True)
class Attribute:
    """A clinical attribute: its name, how the portal shows it, its datatype and priority."""

    name: str
    shown: str
    description: str
    datatype: str = "STRING"
    priority: int = 1


_PATIENT = (
    Attribute(name="PATIENT_ID", shown="Patient Identifier", description="Patient identifier"),
    Attribute(name="SEX", shown="Sex", description="Sex as the record states it"),
    Attribute(name="AGE", shown="Age", description="Age in whole years on a day of the record",
              datatype="NUMBER"),
    Attribute(name="AGE_AS_WRITTEN", shown="Age as written",
              description="An age that is no number of whole years"),
    Attribute(name="DIAGNOSIS", shown="Diagnosis", description="Diagnosis as the record states it"),
    Attribute(name="TUMOR_SITE", shown="Tumor Site", description="Site of the primary tumour"),
    Attribute(name="NOTE", shown="Note", description="Note of the record", priority=0),
    Attribute(name="TARGET_LESIONS", shown="Target lesions",
              description="What is declared of each lesion", priority=0),
    Attribute(name="OS_STATUS", shown="Overall Survival Status",
              description="Overall survival status"),
    Attribute(name="OS_MONTHS", shown="Overall Survival (Months)", datatype="NUMBER",
              description="Months of 30.4375 days from the diagnosis to death or last contact"),
)  # fmt: skip
_SAMPLE = (
    _PATIENT[0],
    Attribute(name="SAMPLE_ID", shown="Sample Identifier",
              description="The portal lists patients by samples; this one states nothing more"),
    Attribute(name="CANCER_TYPE_DETAILED", shown="Cancer Type Detailed",
              description="Diagnosis as the record states it"),
)  # fmt: skip


def _clinical(study: str, patients: Sequence[Row]) -> dict[str, bytes]:
    """The attributes of patients, and of the one sample without which the portal lists none."""
    samples = [
        {"PATIENT_ID": row["PATIENT_ID"], "SAMPLE_ID": f"{row['PATIENT_ID']}-1",
         "CANCER_TYPE_DETAILED": row.get("DIAGNOSIS", "")}
        for row in patients
    ]  # fmt: skip
    used = {name for row in patients for name, text in row.items() if text}
    own = tuple(each for each in _PATIENT if each.name in used)
    found: dict[str, bytes] = {}
    for name, attributes, rows in (("patient", own, patients), ("sample", _SAMPLE, samples)):
        file = f"data_clinical_{name}.txt"
        found[f"meta_clinical_{name}.txt"] = _meta(study, f"{name.upper()}_ATTRIBUTES", file)
        heads = [
            "#" + "\t".join(str(getattr(each, part)) for each in attributes)
            for part in ("shown", "description", "datatype", "priority")
        ]
        columns = [each.name for each in attributes]
        found[file] = "\n".join([*heads, *_lines(columns, rows)]).encode() + b"\n"
    return found


def _lines(columns: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    yield "\t".join(columns)
    for row in rows:
        yield "\t".join(_cell(row.get(name, "")) for name in columns)


def _cell(text: str) -> str:
    """A text in one cell: no tab and no line break."""
    return " ".join(text.split())


def _patient(found: CaseEntries, patient: str, count: DayCount | None) -> Row:
    about = {key: str(value) for key, value in (found.entries[0].get("patient") or {}).items()}
    age = about.get("age", "")
    lesions = found.entries[0].get(LESIONS)
    row = {
        "PATIENT_ID": patient,
        "SEX": about.get("sex", ""),
        "AGE" if age.isdecimal() else "AGE_AS_WRITTEN": age,
        "DIAGNOSIS": about.get("diagnosis", ""),
        "TUMOR_SITE": about.get("site", ""),
        "NOTE": about.get("note", ""),
        "TARGET_LESIONS": flow_text(lesions) if lesions else "",
        **_survival(found, count),
    }
    return {key: text for key, text in row.items()
            if len(text) <= LONGEST_ATTRIBUTE and not _CALENDAR.search(text)}  # fmt: skip


def _survival(found: CaseEntries, count: DayCount | None) -> Row:
    """Status and months, where the days of the diagnosis and of the end are known."""
    ends = [each for each in found.case.done if isinstance(each, Death | LastContact)]
    if count is None or not ends or count.anchor.kind != "diagnosis":
        return {}
    last = max(ends, key=lambda each: (isinstance(each, Death), each.start.span.high))
    days = found.case.days_between((count.anchor, "start"), (last, "start"))
    if not days.is_point:
        return {}
    months = float(days.low) / float(days_per("months"))
    status = "1:DECEASED" if isinstance(last, Death) else "0:LIVING"
    return {"OS_STATUS": status, "OS_MONTHS": f"{months:.2f}"}


def _events(found: CaseEntries, patient: str, count: DayCount) -> Iterator[tuple[Track, Row]]:
    """The rows of the events of a case that took place and have a day."""
    for number, event in found.events.items():
        start = None if event.planned else count.start(event)
        if start is None:
            continue
        entry = found.entries[number]
        kind = kind_of(entry)
        track = track_of(kind)
        row = {
            "PATIENT_ID": patient,
            "START_DATE": str(start.middle),
            "STOP_DATE": "",
            "EVENT_TYPE": track.type,
            **_period(event, start, count),
        }
        rest = {key.replace("_", "-"): value for key, value in entry.items() if key != kind}
        cells = {column_of(key): text for key, text in cells_of(kind, rest).items()
                 if not _CALENDAR.search(text)}  # fmt: skip
        own = {tracks.KIND: kind, tracks.ENTRY: str(number), **cells}
        ranges = {} if start.is_exact else {"START_RANGE": str(start)}
        for special in _special(event.kind, entry, event):
            yield track, {**row, **special, **ranges, **own}


def _period(event: Any, start: Days, count: DayCount) -> Row:
    """The end of a period; a column states why there is none."""
    if not isinstance(event, PeriodEvent):
        return {}
    stop = count.end(event)
    if event.at.text.strip().endswith("/.."):
        return {tracks.STOPS: tracks.ONGOING}
    if stop is None:
        return {tracks.STOPS: tracks.NOT_STATED}
    ranges = {} if stop.is_exact else {"STOP_RANGE": str(stop)}
    return {"STOP_DATE": str(max(stop.middle, start.middle)), **ranges}


def _special(kind: str, entry: Entry, event: Any) -> Iterator[Row]:
    """The columns with an effect in the portal; of several drugs or tests a row each."""
    if kind == "treatment":
        for drug in event.drugs or (None,):
            yield {tracks.TREATMENT_TYPE: tracks.MEDICAL, **_agent(drug.agent if drug else "")}
    elif kind == "supportive":
        for drug in event.drugs or (None,):
            name = drug.agent if drug else str(entry.get("what", ""))
            yield {tracks.TREATMENT_TYPE: tracks.MEDICAL, tracks.SUBTYPE: "Supportive",
                   **_agent(name)}  # fmt: skip
    elif kind == "radiotherapy":
        yield {tracks.TREATMENT_TYPE: tracks.RADIATION, tracks.AGENT: str(entry.get("dose", ""))}
    elif kind == "lab":
        values = entry.get("values")
        for test, value in values.items() if isinstance(values, Mapping) else (("", ""),):
            amount = _AMOUNT.fullmatch(str(value))
            number, unit = (amount["number"], amount["unit"] or "") if amount else (str(value), "")
            yield {tracks.TEST: str(test), tracks.RESULT: number, tracks.UNIT: unit.strip()}
    elif kind == "performance":
        scale = next((key for key in ("ecog", "karnofsky", "lansky") if entry.get(key)), "")
        yield {tracks.TEST: scale.upper() if scale == "ecog" else scale.capitalize(),
               tracks.RESULT: str(entry.get(scale, ""))}  # fmt: skip
    elif kind == "biomarker":
        yield {tracks.TEST: str(entry.get("name", "")), tracks.RESULT: str(entry.get("result", ""))}
    elif kind == "scan":
        called = "; ".join(left or right for left, right in event.called)
        yield {tracks.DIAGNOSTIC_TYPE: event.modality, tracks.RESULT: called}
    elif track_of(kind).type == "STATUS":
        yield {tracks.STATUS: "DECEASED" if isinstance(event, Death) else kind}
    elif kind == "toxicity":
        yield {tracks.SUBTYPE: str(entry.get("term") or entry.get("what") or "")}
    elif tracks.SUBTYPE in track_of(kind).columns:
        yield {tracks.SUBTYPE: kind}
    else:
        yield {}


def _agent(name: str) -> Row:
    known = drug_named(name) if name else None
    return {tracks.AGENT: name, tracks.AGENT_CLASS: known.kind if known else ""}


def _timeline(study: str, name: str, rows: Sequence[Row]) -> dict[str, bytes]:
    """A timeline with the columns that have a value; the four that are required come first."""
    file = f"data_timeline_{name}.txt"
    used = dict.fromkeys(key for row in rows for key, text in row.items() if text)
    columns = list(dict.fromkeys((*tracks.REQUIRED, *used)))
    return {
        f"meta_timeline_{name}.txt": _meta(study, "TIMELINE", file),
        file: ("\n".join(_lines(columns, rows)) + "\n").encode(),
    }
