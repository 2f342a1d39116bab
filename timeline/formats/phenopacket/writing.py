"""Case files as phenopackets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import timeline
from timeline.exchange.entries.case_entries import LESIONS, CaseEntries, Entry
from timeline.exchange.entries.left_over import kind_of
from timeline.exchange.yaml_writer import flow_text
from timeline.formats.calendar_times import days_of, end_of
from timeline.formats.format import Options, Written
from timeline.record.events import Death, Event, Treatment

Json = dict[str, Any]
SCHEMA_VERSION = "2.0"
NAMESPACE, PATIENT = "record", "patient"
DISEASES = ("diagnosis",)
PROCEDURES = ("surgery", "biopsy", "ablation", "embolisation", "stent", "procedure")
REGIMENS = ("treatment", "supportive", "radiotherapy")
MEASUREMENTS = ("scan", "lab", "performance", "biomarker")
SEXES = {"male": "MALE", "female": "FEMALE"}
_RESOURCE = {
    "id": NAMESPACE,
    "name": "words of the record, numbered by its events",
    "url": "https://github.com/phenopackets/phenopacket-schema",
    "version": "1",
    "namespacePrefix": NAMESPACE,
    "iriPrefix": "urn:record:",
}


def write(cases: Sequence[CaseEntries], out: Path, _options: Options) -> Written:
    """A packet, or a cohort of the packets of several cases."""
    packets = [_packet(each) for each in cases]
    found = packets[0] if len(packets) == 1 else {
        "id": out.stem,
        "description": "Written by timeline export",
        "members": packets,
        "metaData": _meta(),
    }  # fmt: skip
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    return Written(contents={out: text.encode()})


def _packet(found: CaseEntries) -> Json:
    packet: Json = {"id": found.case.name, "subject": _subject(found)}
    lists = _about(found)
    for number, event in found.events.items():
        if not event.planned:
            for place, item in _items(_ref(number, event), found.entries[number], event):
                lists.setdefault(place, []).append(item)
    return {**packet, **lists, "metaData": _meta()}


def _about(found: CaseEntries) -> dict[str, list[Json]]:
    """The diagnosis and the site of the patient as a disease, and what is declared of lesions."""
    lists: dict[str, list[Json]] = {}
    patient = found.entries[0].get("patient") or {}
    if patient.get("diagnosis"):
        site = patient.get("site")
        place = {"primarySite": _term(PATIENT, str(site))} if site else {}
        lists["diseases"] = [{"term": _term(PATIENT, str(patient["diagnosis"])), **place}]
    if lesions := found.entries[0].get(LESIONS):
        lists["measurements"] = [{
            "description": flow_text(lesions),
            "assay": _term(LESIONS, "target lesions, as declared"),
            "value": {"ontologyClass": _term(LESIONS, "in the description")},
        }]  # fmt: skip
    return lists


def _meta() -> Json:
    return {
        "created": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "createdBy": f"oncology-timeline {timeline.__version__}",
        "resources": [_RESOURCE],
        "phenopacketSchemaVersion": SCHEMA_VERSION,
    }


def _subject(found: CaseEntries) -> Json:
    patient = found.entries[0].get("patient") or {}
    subject: Json = {"id": found.case.name}
    for number, event in found.events.items():
        if isinstance(event, Death) and not event.planned:
            cause = str(found.entries[number].get("cause", "cause not stated"))
            subject["vitalStatus"] = {
                "status": "DECEASED",
                **_time("timeOfDeath", event),
                "causeOfDeath": _term(_ref(number, event), cause),
            }
    subject["sex"] = SEXES.get(str(patient.get("sex", "")).lower(), "UNKNOWN_SEX")
    return subject


def _ref(number: int, event: Event) -> str:
    """``surgery-7``: the kind of an event, and its number in the case file."""
    return f"{event.kind.replace(' ', '_')}-{number}"


def _term(ref: str, label: str) -> Json:
    return {"id": f"{NAMESPACE}:{ref}", "label": label}


def _time(name: str, event: Event, *, end: bool = False) -> Json:
    """A member that is a time: a day, or the days that a vague date allows."""
    days = end_of(event)[0] if end else days_of(event.start)
    return {} if days is None else {name: _element(*days)}


def _element(first: str, last: str) -> Json:
    low, high = f"{first}T00:00:00Z", f"{last}T00:00:00Z"
    return {"timestamp": low} if low == high else {"interval": {"start": low, "end": high}}


def _told(entry: Entry, kind: str, *, without: Sequence[str] = ()) -> str:
    """The keys of an event as the text of a description."""
    return flow_text({"event": kind, **{key: value for key, value in entry.items()
                                        if key not in (kind, "printed", *without)}})  # fmt: skip


def _items(ref: str, entry: Entry, event: Event) -> list[tuple[str, Json]]:
    """The elements of one event, each with its list."""
    kind = kind_of(entry)
    what = str(entry.get("what", "")) or event.kind
    site = {"bodySite": _term(ref, str(entry["site"]))} if entry.get("site") else {}
    if isinstance(event, Death):
        return []
    if event.kind in DISEASES:
        place = {"primarySite": site["bodySite"]} if site else {}
        return [("diseases", {"term": _term(ref, what), **_time("onset", event), **place})]
    if event.kind in PROCEDURES:
        procedure = {"code": _term(ref, what), **site, **_time("performed", event)}
        return [("medicalActions", {"procedure": procedure})]
    if event.kind in REGIMENS:
        return [("medicalActions", each) for each in _regimens(ref, entry, event, site)]
    if event.kind in MEASUREMENTS:
        return [("measurements", {
            "description": _told(entry, kind),
            "assay": _term(ref, str(entry.get("modality") or entry.get("name") or event.kind)),
            **_value(ref, entry, event),
            **_time("timeObserved", event),
        })]  # fmt: skip
    return [("phenotypicFeatures", {
        "description": _told(entry, kind),
        "type": _term(ref, str(entry.get("term", "")) or what),
        **_time("onset", event),
    })]  # fmt: skip


def _regimens(ref: str, entry: Entry, event: Any, site: Json) -> list[Json]:
    """The regimen with its times and keys, and an action for each drug or for the radiotherapy."""
    ended, ongoing = end_of(event)
    stop = str(entry.get("stop", ""))
    status = "STARTED" if ongoing else "COMPLETED" if stop == "completed" else (
        "DISCONTINUED" if stop and ended else "UNKNOWN_STATUS")  # fmt: skip
    reference = {"id": f"{NAMESPACE}:{ref}", "description": _told(entry, kind_of(entry))}
    found: list[Json] = [{"therapeuticRegimen": {
        "externalReference": reference,
        **_time("startTime", event),
        **_time("endTime", event, end=True),
        "regimenStatus": status,
    }}]  # fmt: skip
    start = days_of(event.start)
    exact = ended is not None and start is not None and len({*start}) == len({*ended}) == 1
    interval = {"interval": {"start": f"{start[0]}T00:00:00Z", "end": f"{ended[0]}T00:00:00Z"}
                } if exact and start and ended else {}  # fmt: skip
    if event.kind == "radiotherapy":
        dose = event.dose
        gray = dose.exact if dose is not None and dose.unit.name == "Gy" else None
        if gray is not None and gray == int(gray) and event.fractions:
            found.append({"radiationTherapy": {
                "modality": _term(ref, str(entry.get("what", "radiotherapy"))),
                "bodySite": site.get("bodySite") or _term(ref, "site not stated"),
                "dosage": int(gray), "fractions": int(event.fractions),
            }})  # fmt: skip
        return found
    reason = {"treatmentTerminationReason": _term(ref, stop)} if stop else {}
    for drug in event.drugs:
        treatment: Json = {"agent": _term(ref, drug.agent)}
        if drug.dose is not None and drug.dose.exact is not None and interval:
            treatment["doseIntervals"] = [{
                "quantity": {"unit": _term(ref, drug.dose.unit.name),
                             "value": float(drug.dose.exact)},
                "scheduleFrequency": _term(ref, drug.days or "as the regimen states"),
                **interval,
            }]  # fmt: skip
        is_line = isinstance(event, Treatment)
        intent = {"treatmentIntent": _term(ref, f"line {event.line}" if event.line else
                                           event.setting)} if is_line else {}  # fmt: skip
        found.append({"treatment": treatment, **intent, **reason})
    return found


def _value(ref: str, entry: Entry, event: Any) -> Json:
    """What was measured: quantities with their units; else a term."""
    values = entry.get("values")
    quantities = [
        {"type": _term(ref, str(name)),
         "quantity": {"unit": _term(ref, each.unit.name), "value": float(each.exact)}}
        for name, each in (event.values if isinstance(values, Mapping) else ())
        if getattr(each, "exact", None) is not None
    ]  # fmt: skip
    if quantities:
        return {"complexValue": {"typedQuantities": quantities}}
    for name in ("ecog", "karnofsky", "lansky"):
        if str(entry.get(name, "")).isdecimal():
            unit = _term(ref, name)
            return {"value": {"quantity": {"unit": unit, "value": float(entry[name])}}}
    called = [left or right for left, right in getattr(event, "called", ())]
    label = "; ".join(called) or str(entry.get("result", "")) or "in the description"
    return {"value": {"ontologyClass": _term(ref, label)}}
