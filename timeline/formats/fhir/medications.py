"""Medication of other systems as treatments: what was given, else what was ordered."""

from __future__ import annotations

import re

import attrs

from timeline.exchange.entries.case_entries import Entry
from timeline.formats.calendar_times import NOT_KNOWN
from timeline.formats.cells import is_read
from timeline.formats.fhir import codes
from timeline.formats.fhir.concepts import Leavings, codes_of, has_code, label_of, quantity_of
from timeline.formats.fhir.times import read_period, read_point, time_of
from timeline.formats.json_nodes import JsonNode
from timeline.record.event_parts.drug_doses import drug_dose

ORDERED = "ordered; no administration is in the bundle"
_TYPES = ("MedicationAdministration", "MedicationRequest", "MedicationStatement")
_PRODUCT = re.compile(r" \d.*| (oral|injection|injectable|tablet|capsule)\b.*", re.IGNORECASE)


@attrs.frozen(kw_only=True)
class _Given:
    """One drug over one time, with what else is said of it."""

    drug: str
    when: str
    notes: tuple[str, ...]
    curative: bool


@attrs.define(kw_only=True)
class Medications:
    """The medication of a patient as it is gathered."""

    leavings: Leavings
    given: list[JsonNode] = attrs.field(factory=list)
    ordered: list[JsonNode] = attrs.field(factory=list)

    def takes(self, kind: str, node: JsonNode) -> bool:
        """Take a resource of medication."""
        if kind not in _TYPES:
            return kind == "Medication"  # it is read where another refers to it
        (self.ordered if kind == "MedicationRequest" else self.given).append(node)
        return True

    def entries(self) -> list[tuple[str, Entry]]:
        """A treatment for all drugs of one time, numbered as lines by their order.

        Drugs with curative intent have that setting and no line.
        """
        regimens: dict[tuple[str, bool], list[_Given]] = {}
        for each in self._drugs():
            regimens.setdefault((each.when, each.curative), []).append(each)
        found = []
        number = 0
        for (when, curative), drugs in sorted(regimens.items(), key=lambda each: each[0][0]):
            entry: Entry = {"treatment": when, "drugs": [each.drug for each in drugs]}
            if curative:
                entry["setting"] = "curative"
            else:
                number += 1
                entry["line"] = str(number)
                self.leavings.add("line of therapy", when, "lines numbered by their order")
            notes = dict.fromkeys(note for each in drugs for note in each.notes)
            if notes:
                entry["note"] = "; ".join(notes)
            found.append((when, entry))
        return found

    def _drugs(self) -> list[_Given]:
        """Each drug over its time: administrations of one order, or of one drug, together."""
        orders = {id(each.value): each for each in self.ordered}
        groups: dict[object, list[JsonNode]] = {}
        for each in self.given:
            order = self.leavings.referred(each.get("request")) if each.get("request") else None
            key = (
                id(order.value) if order is not None else label_of(_medication(each, self.leavings))
            )
            groups.setdefault(key, []).append(each)
        found = [self._of(groups.get(key, []), order) for key, order in orders.items()]
        found += [self._of(own, None) for key, own in groups.items() if key not in orders]
        return found

    def _of(self, given: list[JsonNode], order: JsonNode | None) -> _Given:
        source = order if order is not None else given[0]
        concept = _medication(source, self.leavings)
        label = label_of(concept)
        dose = _dose(source, label)
        drug = dose or label
        notes = [codes_of(concept)]
        if drug == label and _states_dose(label):
            drug = _PRODUCT.sub("", label) or label  # the strength of a product is no dose
            notes.append(label)
        if not drug or not is_read("treatment", "drugs", drug):
            notes, drug = [*notes, label], "not stated"
        times = sorted(filter(lambda each: each != NOT_KNOWN, map(_when, given)))
        if len(times) > 1:
            last = times[-1].strip("/").rpartition("/")[2]
            when = f"{times[0].partition('/')[0]}/[{last}..]"
            notes.append(f"{len(times)} administrations, the last recorded on {last}")
            self.leavings.add(
                "MedicationAdministration",
                when,
                "one treatment from the first; it ended on the last or later",
            )
        elif times:
            when = times[0]
        elif order is not None:
            when = _ordered(order)
            notes.append(ORDERED)
            self.leavings.add("MedicationRequest", label, f"a treatment with the note: {ORDERED}")
        else:
            when = NOT_KNOWN
        curative = any(
            str(each.get("url").value).endswith("intent")
            and has_code(each.get("valueCodeableConcept"), codes.CURATIVE.code)
            for resource in (source, *given) for each in resource.get("extension").items()
        )  # fmt: skip
        for resource in (*given, *([order] if order is not None else [])):
            notes += [each.get("text").text() for each in resource.get("note").items()]
            dosage = resource.get("dosage")
            own = [dosage] if isinstance(dosage.value, dict) else [*dosage.items()]
            instructions = [*own, *resource.get("dosageInstruction").items()]
            notes += [each.get("text").text() for each in instructions]
        return _Given(drug=drug, when=when, notes=tuple(dict.fromkeys(filter(None, notes))),
                      curative=curative)  # fmt: skip


def _medication(node: JsonNode, leavings: Leavings) -> JsonNode:
    """The concept of a medication, of its own or of the resource that is referred to."""
    if node.get("medicationCodeableConcept"):
        return node.get("medicationCodeableConcept")
    referred = leavings.referred(node.get("medicationReference"))
    return referred.get("code") if referred is not None else node.get("medicationCodeableConcept")


def _states_dose(text: str) -> bool:
    """Whether a text is a drug with a dose."""
    return is_read("treatment", "drugs", text) and drug_dose(text).dose is not None


def _dose(node: JsonNode, label: str) -> str:
    """A drug with its dose, where the dose stands beside it with a unit that is known."""
    dosage = node.get("dosage")
    quantity = quantity_of(dosage.get("dose")) if isinstance(dosage.value, dict) else ""
    for each in node.get("dosageInstruction").items():
        for rate in each.get("doseAndRate").items():
            quantity = quantity or quantity_of(rate.get("doseQuantity"))
    if not quantity or _states_dose(label):
        return ""
    text = f"{label} {quantity}"
    return text if _states_dose(text) else ""


def _when(node: JsonNode) -> str:
    """The time of an administration or a statement."""
    ongoing = node.get("status").value in ("in-progress", "active")
    if node.get("effectiveDateTime"):
        time = read_point(node, "effectiveDateTime")
        return f"{time}/"
    return read_period(node, "effective", ongoing=ongoing)


def _ordered(order: JsonNode) -> str:
    """The time that an order is for; the day on which it was written where it states none."""
    for each in order.get("dosageInstruction").items():
        bounds = each.get("timing").get("repeat").get("boundsPeriod")
        start, end = time_of(bounds.get("start")), time_of(bounds.get("end"))
        if start:
            return f"{start}/{end}"
    written = time_of(order.get("authoredOn"))
    return f"{written}/" if written else NOT_KNOWN
