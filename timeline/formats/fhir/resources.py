"""The resources of each kind of event, one row a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from timeline.exchange.entries.case_entries import Entry
from timeline.exchange.entries.left_over import kind_of
from timeline.exchange.yaml_writer import flow_text
from timeline.formats.calendar_times import end_of
from timeline.formats.fhir import codes
from timeline.formats.fhir.codes import Json, category, profile, words
from timeline.formats.fhir.times import period, point
from timeline.record.events import Event


@attrs.frozen(kw_only=True)
class Told:
    """An event that is written.

    Attributes:
        number: in the case file.
        entry, event: as texts, and as read.
        subject: the reference of the patient.
        refer: the reference of another resource of the bundle, by its id.
        cancer: the id of the condition that treatment is for; empty where none is on record.
        nodes: the lesions that are declared as lymph nodes: one size of one is its short axis.
    """

    number: int
    entry: Entry
    event: Any
    subject: Json
    refer: Callable[[str], Json]
    cancer: str
    nodes: frozenset[str]

    @property
    def ref(self) -> str:
        """The id of its resource: ``surgery-7``."""
        return f"{self.event.kind.replace(' ', '-')}-{self.number}"

    @property
    def what(self) -> str:
        """A few words of what it is."""
        return self.text("what") or self.text("term") or self.event.kind

    def text(self, key: str) -> str:
        """A value as the case file writes it, in one line; a list joined by semicolons."""
        value = self.entry.get(key, "")
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)

    def base(self, kind: str, *, subject: str = "subject", part: str = "") -> Json:
        """The members that each resource has; ``part``: it is one more of the same event."""
        if part:
            own: Json = {"url": codes.PART, "valueInteger": self.number}
        else:
            keys = {key: value for key, value in self.entry.items()
                    if key not in (kind_of(self.entry), "printed")}  # fmt: skip
            own = {"url": codes.ENTRY, "extension": [
                {"url": "number", "valueInteger": self.number},
                {"url": "event", "valueString": kind_of(self.entry)},
                {"url": "keys", "valueString": flow_text(keys)},
            ]}  # fmt: skip
        return {"resourceType": kind, "id": f"{self.ref}{part}", "extension": [own],
                subject: self.subject}  # fmt: skip

    def site(self, name: str) -> Json:
        return {name: words(self.text("site"))} if self.text("site") else {}

    def sites(self, name: str) -> Json:
        return {name: [words(self.text("site"))]} if self.text("site") else {}

    @property
    def reason(self) -> Json:
        """What the treatment is for."""
        return {"reasonReference": [self.refer(self.cancer)]} if self.cancer else {}


def _diagnosis(told: Told) -> Sequence[Json]:
    text = told.what
    return [{
        **told.base("Condition"), **profile("primary-cancer-condition"),
        "category": category(codes.CONDITION_CATEGORY, "problem-list-item"),
        "code": words(text), **told.sites("bodySite"),
        **point("onsetDateTime", told.entry, told.event),
    }]  # fmt: skip


def _metastasis(told: Told) -> Sequence[Json]:
    return [{
        **told.base("Condition"), **profile("secondary-cancer-condition"),
        "category": category(codes.CONDITION_CATEGORY, "problem-list-item"),
        "code": words(told.what), **told.sites("bodySite"),
        **point("onsetDateTime", told.entry, told.event),
    }]  # fmt: skip


def _symptom(told: Told) -> Sequence[Json]:
    return [{
        **told.base("Condition"), "code": words(told.what),
        **point("onsetDateTime", told.entry, told.event),
    }]  # fmt: skip


def _procedure(told: Told) -> Sequence[Json]:
    is_surgery = told.event.kind == "surgery" and bool(told.cancer)
    return [{
        **told.base("Procedure"),
        **(profile("cancer-related-surgical-procedure") if is_surgery else {}),
        "status": "completed",
        **({"category": codes.SURGERY.concept()} if told.event.kind == "surgery" else {}),
        "code": words(told.what), **told.sites("bodySite"), **told.reason,
        **point("performedDateTime", told.entry, told.event),
    }]  # fmt: skip


def _ended(told: Told) -> tuple[str, str]:
    """The status of a treatment, and the reason for its end."""
    ended, ongoing = end_of(told.event)
    stop = told.text("stop")
    if ongoing:
        return "in-progress", ""
    if stop:
        return ("completed" if stop == "completed" else "stopped"), stop
    return ("completed" if ended else "unknown"), ""


def _radiotherapy(told: Told) -> Sequence[Json]:
    status = _ended(told)[0]
    found = {
        **told.base("Procedure"), **(profile("radiotherapy-course-summary") if told.cancer else {}),
        "status": status, "category": codes.RADIOTHERAPY.concept(),
        "code": codes.COURSE.concept(told.text("what")), **told.reason,
        **period("performedPeriod", told.entry, told.event),
    }  # fmt: skip
    dose = told.event.dose
    gray = dose.exact if dose is not None and dose.unit.name == "Gy" else None
    parts: list[Json] = []
    if gray is not None:
        parts.append(
            {
                "url": "totalDoseDelivered",
                "valueQuantity": {
                    "value": _number(gray * 100),
                    "unit": "cGy",
                    "system": codes.UCUM,
                    "code": "cGy",
                },
            }
        )
    if told.event.fractions:
        parts.append({"url": "fractionsDelivered", "valueUnsignedInt": told.event.fractions})
    if not parts:
        return [found]
    volume = {**told.base("BodyStructure", subject="patient", part="-volume"),
              **profile("radiotherapy-volume"),
              "description": told.text("site") or "not stated"}  # fmt: skip
    place = {"url": "volume", "valueReference": told.refer(volume["id"])}
    found["extension"].append(
        {"url": f"{codes.MCODE}radiotherapy-dose-delivered-to-volume", "extension": [place, *parts]}
    )
    return [found, volume]


def _number(value: Any) -> int | float:
    """A number of JSON, whole where it is whole."""
    return int(value) if value == int(value) else float(value)


def _quantity(value: Any) -> Json | None:
    """A Quantity of a value with its unit; None where it is no one number."""
    if getattr(value, "exact", None) is None:
        return None
    return {"value": _number(value.exact), **({"unit": value.unit.name} if value.unit.name else {})}


def _treatment(told: Told) -> Sequence[Json]:
    status, stop = _ended(told)
    is_line = told.event.kind == "treatment"
    named = [each for each in told.event.drugs if each.agent] or [None]
    line = f"line {told.entry['line']}" if told.entry.get("line") else told.text("setting")
    found = []
    for number, drug in enumerate(named):
        part = f"-drug-{number + 1}" if number else ""
        dose = _quantity(drug.dose) if drug is not None and drug.dose is not None else None
        found.append({
            **told.base("MedicationAdministration", part=part),
            **(profile("cancer-related-medication-administration")
               if is_line and told.cancer else {}),
            **({"partOf": [told.refer(told.ref)]} if number else {}),
            "status": status,
            **({"statusReason": [words(stop)]} if stop else {}),
            "medicationCodeableConcept": words(drug.agent if drug is not None else told.what),
            **period("effectivePeriod", told.entry, told.event),
            **(told.reason if is_line else {}),
            **({"note": [{"text": line}]} if line else {}),
            **({"dosage": {"text": str(drug.dose), "dose": dose}} if drug and dose else {}),
        })  # fmt: skip
    return found


def _observation(told: Told, kind: str, text: str, value: Json, *, part: str = "") -> Json:
    """An observation in one of the categories of FHIR; ``kind`` may be empty."""
    return {
        **told.base("Observation", part=part), "status": "final",
        **({"category": category(codes.OBSERVATION_CATEGORY, kind)} if kind else {}),
        "code": words(text), **point("effectiveDateTime", told.entry, told.event), **value,
    }  # fmt: skip


def _lab(told: Told) -> Sequence[Json]:
    values = dict(told.event.values)
    written = told.entry.get("values")
    if not isinstance(written, Mapping) or not values:
        return [_observation(told, "laboratory", told.what, {})]

    def one(name: str, part: str) -> Json:
        quantity = _quantity(values[name])
        value = {"valueQuantity": quantity} if quantity else {"valueString": str(written[name])}
        return _observation(told, "laboratory", name, value, part=part)

    if len(values) == 1:
        return [one(next(iter(values)), "")]
    each = [one(name, f"-value-{number}") for number, name in enumerate(values, start=1)]
    panel = _observation(told, "laboratory", told.what, {
        "hasMember": [told.refer(value["id"]) for value in each]})  # fmt: skip
    return [panel, *each]


def _scan(told: Told) -> Sequence[Json]:
    called = "; ".join(left or right for left, right in told.event.called)
    value = {"valueString": called} if called else {}
    scan = _observation(told, "imaging", told.text("modality") or "scan", value)
    sizes: list[Json] = []
    for lesion, size in told.event.lesions:
        if size.length is None:
            continue
        is_short = lesion in told.nodes and size.width is None
        sides = [(codes.LONGEST, size.length), (codes.OTHER_SIDE, size.width)]
        parts = [{"code": code.concept(), "valueQuantity": _millimetres(length)}
                 for code, length in sides if length is not None]  # fmt: skip
        measured: Json = {"component": parts}
        if is_short:
            measured = {"valueQuantity": _millimetres(size.length)}
        sizes.append({
            **told.base("Observation", part=f"-size-{len(sizes) + 1}"),
            **({} if is_short else profile("tumor-size")),
            "status": "final",
            "code": words("short axis of the node") if is_short else codes.TUMOR_SIZE.concept(),
            "focus": [told.refer(lesion_ref(lesion))],
            **point("effectiveDateTime", told.entry, told.event), **measured,
        })  # fmt: skip
    if sizes:
        scan["hasMember"] = [told.refer(each["id"]) for each in sizes]
    return [scan, *sizes]


def _millimetres(nanometres: int) -> Json:
    value = _number(Fraction(nanometres, 1_000_000))
    return {"value": value, "unit": "mm", "system": codes.UCUM, "code": "mm"}


def lesion_ref(name: str) -> str:
    """The id of the resource of a lesion."""
    return "lesion-" + "".join(c if c.isalnum() and c.isascii() else "-" for c in name)


def _performance(told: Told) -> Sequence[Json]:
    for scale, code in codes.PERFORMANCE.items():
        if told.text(scale).isdecimal():
            found = _observation(told, "survey", scale, {"valueInteger": int(told.text(scale))})
            return [{**found, **profile(f"{scale}-performance-status"), "code": code.concept()}]
    value = {"valueInteger": int(told.text("lansky"))} if told.text("lansky").isdecimal() else {}
    return [_observation(told, "survey", "Lansky" if value else told.what, value)]


def _progression(told: Told) -> Sequence[Json]:
    found = _observation(told, "", "", {"valueCodeableConcept": codes.WORSENED.concept(told.what)})
    return [{**found, **profile("cancer-disease-status"), "code": codes.STATUS.concept()}]


def _toxicity(told: Told) -> Sequence[Json]:
    grade = f", grade {told.text('grade')}" if told.text("grade") else ""
    return [{
        **told.base("AdverseEvent"), "actuality": "actual", "event": words(told.what + grade),
        **point("date", told.entry, told.event),
    }]  # fmt: skip


def _biomarker(told: Told) -> Sequence[Json]:
    result = told.text("result")
    value = {"valueString": result} if result else {}
    return [_observation(told, "laboratory", told.text("name") or told.what, value)]


def _other(told: Told) -> Sequence[Json]:
    said = told.text("cause") or told.text("what")
    value = {"valueString": said} if said else {}
    return [_observation(told, "", told.event.kind, value)]


_PROCEDURES = ("surgery", "biopsy", "ablation", "embolisation", "stent", "procedure")
RESOURCES: dict[str, Callable[[Told], Sequence[Json]]] = {
    "diagnosis": _diagnosis,
    "metastasis": _metastasis,
    "symptom": _symptom,
    **dict.fromkeys(_PROCEDURES, _procedure),
    "radiotherapy": _radiotherapy,
    "treatment": _treatment,
    "supportive": _treatment,
    "lab": _lab,
    "scan": _scan,
    "performance": _performance,
    "progression": _progression,
    "relapse": _progression,
    "toxicity": _toxicity,
    "biomarker": _biomarker,
}


def resources_of(told: Told) -> Sequence[Json]:
    """The resources of an event, the first of which has its keys."""
    return RESOURCES.get(told.event.kind, _other)(told)


def is_written(event: Event) -> bool:
    """Whether an event has a resource: what was only planned has none."""
    return not event.planned
