"""Case files as bundles of FHIR R4 with the profiles of mCODE."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from timeline.exchange.entries.case_entries import LESIONS, CaseEntries
from timeline.exchange.yaml_writer import flow_text
from timeline.formats.fhir import codes
from timeline.formats.fhir.codes import Json, category, profile, words
from timeline.formats.fhir.resources import Told, is_written, lesion_ref, resources_of
from timeline.formats.fhir.times import fhir_time
from timeline.formats.format import Options, Written
from timeline.record.events import Death

PATIENT = "patient"
SEXES = {"male": "male", "female": "female"}
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, codes.OURS)


def write(cases: Sequence[CaseEntries], out: Path, _options: Options) -> Written:
    """A bundle, or a collection of the bundles of several cases."""
    bundles = [_bundle(each) for each in cases]
    found = bundles[0] if len(bundles) == 1 else {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": _now(),
        "entry": [{"fullUrl": _url(each.case.name, "bundle"), "resource": bundle}
                  for each, bundle in zip(cases, bundles, strict=True)],
    }  # fmt: skip
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    return Written(contents={out: text.encode()})


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _url(case: str, ref: str) -> str:
    """The address of a resource within its bundle: the same each time."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{case}/{ref}')}"


def _bundle(found: CaseEntries) -> Json:
    name = found.case.name
    resources = [_patient(found)]

    def refer(ref: str) -> Json:
        return {"reference": _url(name, ref)}

    subject = refer(PATIENT)
    cancer, about = _cancer(found, subject)
    resources += [*about, *_lesions(found, subject)]
    nodes = frozenset(name for name, each in found.case.lesions if each.node)
    for number, event in found.events.items():
        if is_written(event):
            told = Told(number=number, entry=found.entries[number], event=event, subject=subject,
                        refer=refer, cancer=cancer, nodes=nodes)  # fmt: skip
            resources += resources_of(told)
    return {
        "resourceType": "Bundle",
        **profile("patient-bundle"),
        "type": "collection",
        "timestamp": _now(),
        "entry": [{"fullUrl": _url(name, each["id"]), "resource": each} for each in resources],
    }


def _patient(found: CaseEntries) -> Json:
    head = {key: value for key, value in found.entries[0].items() if key in ("patient", LESIONS)}
    about = head.get("patient") or {}
    own = {
        "url": codes.ENTRY,
        "extension": [
            {"url": "number", "valueInteger": 0},
            {"url": "keys", "valueString": flow_text(head)},
        ],
    }
    return {
        "resourceType": "Patient",
        "id": PATIENT,
        **profile("cancer-patient"),
        **({"extension": [own]} if head else {}),
        "identifier": [{"system": f"{codes.OURS}case", "value": found.case.name}],
        "name": [{"extension": [{"url": codes.ABSENT, "valueCode": "masked"}]}],
        "gender": SEXES.get(str(about.get("sex", "")).lower(), "unknown"),
        **_deceased(found),
    }


def _deceased(found: CaseEntries) -> Json:
    for event in found.events.values():
        if isinstance(event, Death) and is_written(event):
            time = fhir_time(event.start)
            return {"deceasedDateTime": time} if time else {"deceasedBoolean": True}
    return {}


def _part(resource: str, ref: str) -> Json:
    return {"resourceType": resource, "id": ref,
            "extension": [{"url": codes.PART, "valueInteger": 0}]}  # fmt: skip


def _cancer(found: CaseEntries, subject: Json) -> tuple[str, list[Json]]:
    """The id of the condition that is treated: of a diagnosis, else of what the patient has."""
    for number, event in found.events.items():
        if event.kind == "diagnosis" and is_written(event):
            return f"diagnosis-{number}", []
    about = found.entries[0].get("patient") or {}
    if not about.get("diagnosis"):
        return "", []
    site = about.get("site")
    return "cancer", [{
        **_part("Condition", "cancer"), **profile("primary-cancer-condition"),
        "category": category(codes.CONDITION_CATEGORY, "problem-list-item"),
        "code": words(str(about["diagnosis"])), "subject": subject,
        **({"bodySite": [words(str(site))]} if site else {}),
    }]  # fmt: skip


def _lesions(found: CaseEntries, subject: Json) -> list[Json]:
    """A resource of each lesion that is declared or measured."""
    declared: Any = found.entries[0].get(LESIONS) or {}
    measured = [name for event in found.events.values() for name, _ in getattr(event, LESIONS, ())]
    made = []
    for name in dict.fromkeys([*declared, *measured]):
        about = declared.get(name)
        place = str(about.get("organ") or "") if isinstance(about, dict) else ""
        made.append({
            **_part("BodyStructure", lesion_ref(name)),
            **(profile("tumor") if place else {}),
            "identifier": [{
                "use": "usual",
                "type": {"coding": [{"system": codes.BODY_STRUCTURE, "code": "BodyStructure"}]},
                "system": f"{codes.OURS}lesion", "value": str(name)}],
            "morphology": codes.NEOPLASM.concept(),
            **({"location": words(place)} if place else {}),
            "patient": subject,
        })  # fmt: skip
    return made
