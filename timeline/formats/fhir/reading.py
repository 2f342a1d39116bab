"""Bundles of FHIR as entries of case files: those that an export wrote, and any other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs
import yaml

from timeline.core.problem import in_order
from timeline.exchange.entries.case_entries import LESIONS, Entries, Entry
from timeline.exchange.yaml_writer import plain_node
from timeline.formats.fhir.codes import ENTRY, PART
from timeline.formats.fhir.concepts import UNREADABLE, Leavings, is_silent, reference_of
from timeline.formats.fhir.medications import Medications
from timeline.formats.fhir.others import READERS
from timeline.formats.fhir.times import read_period, read_point
from timeline.formats.fhir.tumors import Tumors
from timeline.formats.fhir.writing import SEXES
from timeline.formats.format import Aids, Entered, Options
from timeline.formats.json_nodes import JsonFile, JsonNode
from timeline.record.events import KINDS, PeriodEvent

_MEMBER = {"Condition": "onset", "Procedure": "performed", "MedicationAdministration": "effective",
           "Observation": "effective"}  # fmt: skip
_SUBJECT = ("subject", "patient", "individual")
_SEX = {gender: word for word, gender in SEXES.items()}


def read(path: Path, _options: Options, _aids: Aids) -> Entered:
    """The patients of a bundle, or of the bundles within it."""
    file = JsonFile(path)
    root = file.root()
    if not file.problems and root.get("resourceType").value != "Bundle":
        file.fault("$", "is no Bundle of FHIR (write resourceType: Bundle)")
    leavings = Leavings(where=path.name)
    subjects: dict[str, Entries] = {}
    for bundle in () if file.problems else _bundles(root):
        for patient in _patients(bundle, leavings):
            name = patient.name or path.stem
            if name in subjects:
                file.fault(patient.node.path, f"the identifier {name!r} twice (rename one)")
            subjects[name] = patient.entries(name)
    if not subjects and not file.problems:
        file.fault("$", "no Patient (a bundle has one, and what is of this patient)")
    if file.problems:
        return Entered(problems=in_order(dict.fromkeys(file.problems)))
    return Entered(subjects=subjects, unread=leavings.rows)


def _bundles(root: JsonNode) -> Iterator[JsonNode]:
    """The bundle, and each bundle that is an entry of it."""
    stack = [root]
    while stack:
        bundle = stack.pop()
        yield bundle
        inner = [each.get("resource") for each in bundle.get("entry").items()]
        stack += [each for each in reversed(inner) if each.get("resourceType").value == "Bundle"]


def _patients(bundle: JsonNode, leavings: Leavings) -> list[_Patient]:
    """The patients of a bundle, each with its resources."""
    found: dict[str, _Patient] = {}
    resources: list[JsonNode] = []
    made: list[_Patient] = []
    for each in bundle.get("entry").items():
        resource = each.get("resource")
        kind = resource.get("resourceType").text()
        if kind == "Patient":
            patient = _Patient(node=resource, leavings=leavings)
            made.append(patient)
            found[each.get("fullUrl").text()] = patient
            found[f"Patient/{resource.get('id').text()}"] = patient
        elif kind not in ("Bundle", ""):
            resources.append(resource)
            for reference in (each.get("fullUrl").text(), f"{kind}/{resource.get('id').text()}"):
                leavings.by_reference.setdefault(reference, resource)
    for resource in resources:
        reference = next(filter(None, (reference_of(resource.get(n)) for n in _SUBJECT)), "")
        own = found.get(reference) or found.get("/".join(reference.split("/")[-2:]))
        if own is None and len(made) == 1:
            own = made[0]
        if own is None:
            kind = resource.get("resourceType").text()
            leavings.add(kind, reference, "nothing: its patient is not in the bundle")
        else:
            own.resources.append(resource)
    return made


@attrs.define(kw_only=True)
class _Patient:
    """A patient and what is of this patient, as it is gathered."""

    node: JsonNode
    leavings: Leavings
    resources: list[JsonNode] = attrs.field(factory=list)
    own: dict[int, Entry] = attrs.field(factory=dict)
    others: list[tuple[str, Entry]] = attrs.field(factory=list)  # with the day to sort by

    @property
    def name(self) -> str:
        """The case of an export, else the identifier of the resource."""
        ours = [each.get("value").text() for each in self.node.get("identifier").items()
                if str(each.get("system").value).startswith("urn:oncology-timeline:")]  # fmt: skip
        return next(iter(ours), "") or self.node.get("id").text()

    def entries(self, name: str) -> Entries:
        """The head of the case, and its events: by their numbers, else by their days."""
        head: Entry = {"case": name, **self._about()}
        medications, tumors = Medications(leavings=self.leavings), Tumors(leavings=self.leavings)
        for resource in self.resources:
            if self._is_ours(resource) or _is_void(resource, self.leavings):
                continue
            kind = resource.get("resourceType").text()
            if medications.takes(kind, resource) or tumors.takes(kind, resource):
                continue
            reader = READERS.get(kind)
            if reader is None:
                self.leavings.add(kind, "", "nothing: no event of the patient")
                continue
            entry, read_as = reader(resource)
            self._note(resource, entry, read_as)
        self.others += [*medications.entries(), *tumors.entries()]
        if tumors.declared:
            head[LESIONS] = {**tumors.declared, **head.get(LESIONS, {})}
        if not any("death" in each for each in self.own.values()):
            self.others += self._death()
        ordered = sorted(self.others, key=lambda each: ("death" in each[1], each[0] or "9"))
        first = max(self.own, default=0) + 1
        return {0: head, **self.own, **dict(enumerate((e for _, e in ordered), start=first))}

    def _about(self) -> Entry:
        """The keys of an export, else the sex. What identifies a person is not taken over."""
        for ours in self._ours(self.node):
            found = _keys(ours, self.node)
            if found:
                return found
        sex = _SEX.get(self.node.get("gender").text())
        for member in ("name", "birthDate", "address", "telecom"):
            if self.node.get(member):
                self.leavings.add(f"Patient.{member}", "", "nothing: it identifies a person")
        return {"patient": {"sex": sex}} if sex else {}

    def _ours(self, resource: JsonNode) -> Iterator[JsonNode]:
        for each in resource.get("extension").items():
            if each.get("url").value == ENTRY:
                yield each

    def _is_ours(self, resource: JsonNode) -> bool:
        """Take an entry that an export wrote, or pass over one more part of such an entry."""
        for each in resource.get("extension").items():
            if each.get("url").value == PART:
                return True
        for ours in self._ours(resource):
            parts = {part.get("url").text(): part for part in ours.get("extension").items()}
            number, kind = parts.get("number"), parts.get("event")
            if (
                number is None
                or kind is None
                or not str(number.get("valueInteger").value).isdecimal()
            ):
                resource.file.fault(ours.path, "not as an export writes it (delete the extension)")
                return True
            event = kind.get("valueString").text()
            if event not in KINDS:
                resource.file.fault(
                    ours.path, f"no kind of event: {event!r} (delete the extension)"
                )
                return True
            when = self._when(resource, event)
            keys = _keys(ours, resource) or {}
            self.own[int(number.get("valueInteger").value)] = {event: when, **keys}
            return True
        return False

    def _when(self, resource: JsonNode, event: str) -> str:
        kind = resource.get("resourceType").text()
        if kind == "AdverseEvent":
            return read_point(resource, "date")
        member = _MEMBER.get(kind, "effective")
        if issubclass(KINDS[event], PeriodEvent):
            return read_period(resource, member)
        return read_point(resource, f"{member}DateTime")

    def _note(self, resource: JsonNode, entry: Entry, read_as: str) -> None:
        """Keep what no key holds as the note of the event."""
        notes = [str(entry["note"])] if entry.get("note") else []
        for what, text in resource.leaves():
            if not is_silent(what):
                notes.append(f"{what}: {text}")
                self.leavings.add(f"{resource.get('resourceType').value}.{what}", text,
                                  "the note of its event")  # fmt: skip
        if notes:
            entry["note"] = "; ".join(dict.fromkeys(notes))
        kind = next(iter(entry))
        if read_as:
            self.leavings.add(read_as, str(entry.get("what", "")), f"{kind}, by its words")
        self.others.append((str(entry[kind]), entry))

    def _death(self) -> list[tuple[str, Entry]]:
        time = read_point(self.node, "deceasedDateTime")
        known = bool(self.node.get("deceasedDateTime"))
        if known or self.node.get("deceasedBoolean").is_true():
            return [("9", {"death": time})]
        return []


def _is_void(resource: JsonNode, leavings: Leavings) -> bool:
    """Whether a resource states that nothing happened."""
    status = resource.get("status").text()
    if status not in UNREADABLE:
        return False
    leavings.add(resource.get("resourceType").text(), status, f"nothing: its status is {status}")
    return True


def _keys(ours: JsonNode, resource: JsonNode) -> Entry | None:
    """The keys that an export wrote; a fault where they cannot be read."""
    for part in ours.get("extension").items():
        if part.get("url").value == "keys":
            text = part.get("valueString").text()
            try:
                found = plain_node(yaml.compose(text, Loader=yaml.SafeLoader))
            except yaml.YAMLError:
                found = None
            if isinstance(found, dict):
                return found
            resource.file.fault(ours.path, "keys of an event that cannot be read (delete them)")
    return None
