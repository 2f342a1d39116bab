"""The resources of other systems, one row a type of resource."""

from __future__ import annotations

import re
from collections.abc import Callable

from timeline.exchange.entries.case_entries import Entry
from timeline.formats.calendar_times import NOT_KNOWN
from timeline.formats.cells import is_read
from timeline.formats.fhir import codes
from timeline.formats.fhir.concepts import codes_of, has_code, has_profile, label_of, quantity_of
from timeline.formats.fhir.times import read_period, read_point, time_of
from timeline.formats.json_nodes import JsonNode

Reader = Callable[[JsonNode], tuple[Entry, str]]
_TUMOUR = re.compile(
    r"malignan|neoplasm|cancer|carcinom|sarcom|lymphom|leuk[a]?emi|melanom|myelom|tumou?r|blastom",
    re.IGNORECASE,
)
_IMAGING = re.compile(r"\b(CT|MRI?|PET|tomograph|imaging|mammogra|scan|radiograph)", re.IGNORECASE)
_IN_VALUES = "values"


def _about(node: JsonNode, name: str = "code") -> tuple[str, Entry]:
    """The words of a concept, and its codes as a note."""
    concept = node.get(name)
    found = codes_of(concept)
    return label_of(concept), {"note": found} if found else {}


def _with_site(node: JsonNode, note: Entry) -> Entry:
    """Where in the body, with the codes of it in the note."""
    sites = node.get("bodySite")
    parts = [*sites.items()] if isinstance(sites.value, list) else [sites] if sites else []
    labels = [label for label in map(label_of, parts) if label]
    found = [f"site {each}" for each in map(codes_of, parts) if each]
    notes = "; ".join(filter(None, (str(note.get("note", "")), *found)))
    return {
        **({"site": "; ".join(labels)} if labels else {}),
        **({"note": notes} if notes else {}),
    }


def _begun(period: str) -> str:
    """When a period began; where only its end is known, by then."""
    start, _, end = period.partition("/")
    return f"[..{end}]" if start == NOT_KNOWN and end[:1].isdigit() else start or NOT_KNOWN


def _condition(node: JsonNode) -> tuple[Entry, str]:
    label, note = _about(node)
    when = read_point(node, "onsetDateTime")
    if when == NOT_KNOWN and node.get("onsetPeriod"):
        when = _begun(read_period(node, "onset"))
    if has_profile(node, "secondary-cancer-condition"):
        return {"metastasis": when, "what": label, **_with_site(node, note)}, ""
    if has_profile(node, "primary-cancer-condition"):
        return {"diagnosis": when, "what": label, **_with_site(node, note)}, ""
    if _TUMOUR.search(label):
        return {"diagnosis": when, "what": label, **_with_site(node, note)}, "Condition"
    return {"symptom": when, "what": label, **_with_site(node, note)}, "Condition"


def _procedure(node: JsonNode) -> tuple[Entry, str]:
    label, note = _about(node)
    category = node.get("category")
    if isinstance(category.value, list):
        category = next(category.items(), category)
    is_radiation = (
        has_profile(node, "radiotherapy") or has_profile(node, "radiation")
        or has_code(category, codes.RADIOTHERAPY.code) or has_code(node.get("code"),
                                                                   codes.COURSE.code)
    )  # fmt: skip
    if is_radiation:
        ongoing = node.get("status").value == "in-progress"
        when = read_period(node, "performed", ongoing=ongoing)
        what = {"what": label} if label and label != codes.COURSE.display else {}
        return {"radiotherapy": when, **what, **_doses(node), **_with_site(node, note)}, ""
    when = read_point(node, "performedDateTime")
    if when == NOT_KNOWN and node.get("performedPeriod"):
        start, _, end = read_period(node, "performed").partition("/")
        when = start if start == end or not end else f"{start}/{end}"
    about = {"what": label, **_with_site(node, note)}
    if has_profile(node, "surgical") or has_code(category, codes.SURGERY.code):
        return {"surgery": when, **about}, ""
    for word, kind in (("biops", "biopsy"), ("mammogra", "scan")):
        if word in label.lower():
            about = {key: text for key, text in about.items() if kind != "scan" or key != "site"}
            return {kind: when, **about}, "Procedure"
    return {"procedure": when, **about}, ""


def _doses(node: JsonNode) -> Entry:
    """Dose and fractions where one volume was treated; of several they stay in the note."""
    volumes = [each for each in node.get("extension").items()
               if str(each.get("url").value).endswith("dose-delivered-to-volume")]  # fmt: skip
    if len(volumes) != 1:
        return {}
    found: Entry = {}
    for part in volumes[0].get("extension").items():
        quantity = part.get("valueQuantity")
        unit = quantity.get("code").value or quantity.get("unit").value if quantity else ""
        if part.get("url").value == "totalDoseDelivered" and unit in ("cGy", "Gy"):
            number = quantity.get("value")
            quantity.get("unit").text(), quantity.get("code").text()
            if isinstance(number.value, int | float) and number.value > 0:
                number.text()
                found["dose"] = f"{number.value / (100 if unit == 'cGy' else 1):g} Gy"
            else:
                node.file.fault(number.path, f"no dose: {number.value!r} (write a number)")
        if part.get("url").value == "fractionsDelivered":
            found["fractions"] = part.get("valueUnsignedInt").text()
    return found


def _observation(node: JsonNode) -> tuple[Entry, str]:
    label, note = _about(node)
    when = read_point(node, "effectiveDateTime")
    if when == NOT_KNOWN and node.get("effectivePeriod"):
        when = _begun(read_period(node, "effective"))
    code = node.get("code")
    for scale, known in codes.PERFORMANCE.items():
        if has_code(code, known.code):
            score = node.get("valueInteger").text() or quantity_of(node.get("valueQuantity"))
            if is_read("performance", scale, score):
                return {"performance": when, scale: score, **note}, ""
    if has_code(code, codes.STATUS.code):
        value = node.get("valueCodeableConcept")
        if has_code(value, codes.WORSENED.code):
            return {"progression": when, "what": label_of(value), **_coded(value, note)}, ""
        return {"visit": when, "what": f"disease status: {label_of(value)}",
                **_coded(value, note)}, ""  # fmt: skip
    return _value(node, label, when, note)


def _coded(value: JsonNode, note: Entry) -> Entry:
    """The note of a code with that of its value."""
    found = "; ".join(filter(None, (str(note.get("note", "")), codes_of(value))))
    return {"note": found} if found else {}


def _value(node: JsonNode, label: str, when: str, note: Entry) -> tuple[Entry, str]:
    """A laboratory value with its unit; a marker with a result; else a visit that says it."""
    category = [label_of(each) + codes_of(each) for each in node.get("category").items()]
    is_lab = any("laboratory" in each.lower() for each in category)
    is_lab = is_lab or has_profile(node, "tumor-marker") or has_profile(node, "observation-lab")
    quantity = quantity_of(node.get("valueQuantity"))
    name = label.replace(":", " ")
    if quantity and is_lab and is_read("lab", _IN_VALUES, quantity):
        return {"lab": when, _IN_VALUES: {name: quantity}, **note}, ""
    concept = node.get("valueCodeableConcept")
    result = quantity or label_of(concept) or node.get("valueString").text()
    note = _coded(concept, note)
    if is_lab or has_profile(node, "genomic"):
        return {"biomarker": when, "name": label, **({"result": result} if result else {}),
                **note}, ""  # fmt: skip
    said = f"{label}: {result}" if result else label
    return {"visit": when, "what": said, **note}, "Observation"


def _adverse_event(node: JsonNode) -> tuple[Entry, str]:
    label, note = _about(node, "event")
    found: Entry = {"toxicity": read_point(node, "date"), "term": label, **note}
    for each in node.get("extension").items():
        if str(each.get("url").value).endswith("grade"):
            concept = each.get("valueCodeableConcept")
            grade = re.search(r"[1-5]", f"{label_of(concept)} {codes_of(concept)}")
            if grade and is_read("toxicity", "grade", grade[0]):
                found["grade"] = grade[0]
    return found, ""


def _report(node: JsonNode) -> tuple[Entry, str]:
    label, note = _about(node)
    when = read_point(node, "effectiveDateTime")
    said = node.get("conclusion").text()
    about = {"what": f"{label}: {said}" if said else label, **note}
    category = " ".join(codes_of(each) for each in node.get("category").items())
    if re.search(r"\bRAD\b", category) or _IMAGING.search(label):
        return {"scan": when, **about}, "DiagnosticReport"
    return {"visit": when, **about}, "DiagnosticReport"


def _imaging(node: JsonNode) -> tuple[Entry, str]:
    modalities = [each.get("display").text() or each.get("code").text()
                  for each in node.get("modality").items()]  # fmt: skip
    found: Entry = {"scan": read_point(node, "started")}
    if any(modalities):
        found["modality"] = "; ".join(filter(None, modalities))
    if said := node.get("description").text():
        found["what"] = said
    return found, ""


def _encounter(node: JsonNode) -> tuple[Entry, str]:
    types = [label_of(each) for each in node.get("type").items()]
    what = {"what": "; ".join(filter(None, types))} if any(types) else {}
    node.get("period").get("end").text()
    return {"visit": time_of(node.get("period").get("start")) or NOT_KNOWN, **what}, ""


READERS: dict[str, Reader] = {
    "Condition": _condition,
    "Procedure": _procedure,
    "Observation": _observation,
    "AdverseEvent": _adverse_event,
    "DiagnosticReport": _report,
    "ImagingStudy": _imaging,
    "Encounter": _encounter,
}
