"""Phenopackets as entries of case files: those that an export wrote, and any other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import attrs
import yaml

from timeline.core.problem import in_order
from timeline.exchange.entries.case_entries import LESIONS, Entries, Entry
from timeline.exchange.yaml_writer import plain_node
from timeline.formats.calendar_times import NOT_KNOWN, case_date
from timeline.formats.cells import is_read
from timeline.formats.format import Aids, Entered, Options, Unread
from timeline.formats.json_nodes import JsonFile, JsonNode
from timeline.formats.phenopacket.writing import NAMESPACE, PATIENT, SEXES
from timeline.record.events import KINDS

_OURS = re.compile(rf"{NAMESPACE}:(?P<kind>[a-z_-]+)-(?P<number>[0-9]{{1,5}})")
_INDEX = re.compile(r"\[[0-9]+\]")
_SILENT = ("metaData", "id")  # members that say nothing of a patient
_NO_CAUSE = "cause not stated"
Reader = Callable[[JsonNode], tuple[str, Entry] | None]


def read(path: Path, _options: Options, _aids: Aids) -> Entered:
    """The packets of a file: one, or the members of a cohort."""
    file = JsonFile(path)
    root = file.root()
    packets = list(root.get("members").items()) if root.get("members") else [root]
    if not file.problems and not any(each.get("subject") for each in packets):
        file.fault("$", "no subject (a phenopacket of version 2 has one)")
    subjects: dict[str, Entries] = {}
    unread: dict[tuple[str, str], tuple[int, str]] = {}
    for packet in () if file.problems else packets:
        made = _Packet(packet=packet, path=path, unread=unread)
        name = packet.get("id").text() or packet.get("subject").get("id").text() or path.stem
        if name in subjects:
            file.fault(packet.path, f"the id {name!r} twice (rename one)")
        subjects[name] = made.entries(name)
    if file.problems:
        return Entered(problems=in_order(dict.fromkeys(file.problems)))
    rows = (Unread(where=path.name, what=what, count=count, example=example, became=became)
            for (what, became), (count, example) in unread.items())  # fmt: skip
    return Entered(subjects=subjects, unread=tuple(rows))


@attrs.define(kw_only=True)
class _Packet:
    """One packet and its entries as they are gathered."""

    packet: JsonNode
    path: Path
    unread: dict[tuple[str, str], tuple[int, str]]
    head: Entry = attrs.field(factory=dict)
    own: dict[int, Entry] = attrs.field(factory=dict)
    others: list[Entry] = attrs.field(factory=list)

    def entries(self, name: str) -> Entries:
        """The head of the case and its events: by their numbers, else in the order of the file."""
        subject = self.packet.get("subject")
        self.head["case"] = name
        words = {term: word for word, term in SEXES.items()}
        if sex := words.get(subject.get("sex").text()):
            self.head["patient"] = {"sex": sex}
        subject.get("id").text()
        for member, read_one in _MEMBERS.items():
            for node in self.packet.get(member).items():
                self._add(node, read_one)
        self._add_status(subject)
        for member in (self.packet.value or {}) if isinstance(self.packet.value, dict) else ():
            if member not in (*_MEMBERS, *_SILENT):
                for what, text in self.packet.get(member).leaves():
                    plain = _INDEX.sub("", what).lstrip(".")
                    self._leave(f"{member}.{plain}", text, "nothing")
        first = max(self.own, default=0) + 1
        self._number_lines()
        return {0: self.head, **self.own, **dict(enumerate(self.others, start=first))}

    def _add_about(self, term: str, entry: Entry) -> None:
        """What is of the whole case, and no event."""
        if term.endswith(PATIENT):
            about = {"diagnosis": entry.get("what"), "site": entry.get("site")}
            self.head.setdefault("patient", {}).update({k: v for k, v in about.items() if v})
        elif isinstance(entry.get(LESIONS), dict):
            self.head[LESIONS] = entry[LESIONS]

    def _leave(self, what: str, example: str, became: str) -> None:
        count, known = self.unread.get((what, became), (0, example))
        self.unread[what, became] = (count + 1, known)

    def _add(
        self, node: JsonNode, read_one: Callable[[JsonNode], tuple[str, Entry] | None]
    ) -> None:
        if node.get("excluded").is_true():
            for what, text in node.leaves():
                self._leave(what, text, "nothing: it is excluded")
            return
        found = read_one(node)
        if found is None:
            return
        term, entry = found
        if term in (f"{NAMESPACE}:{PATIENT}", f"{NAMESPACE}:{LESIONS}"):
            self._add_about(term, entry)
            return
        ours = _OURS.fullmatch(term)
        if ours is not None:
            self.own.setdefault(int(ours["number"]), entry)
            return
        notes = []
        for what, text in node.leaves():
            if what != "id" and not what.endswith(".id"):
                notes.append(f"{what}: {text}")
                self._leave(_INDEX.sub("", what), text, "the note of its event")
        if term:
            notes.append(term)
        if notes:
            entry["note"] = "; ".join(notes)
        self.others.append(entry)

    def _add_status(self, subject: JsonNode) -> None:
        """Death, or the last encounter where it is a time."""
        status = subject.get("vitalStatus")
        last = subject.get("timeAtLastEncounter")
        if status.get("status").text() == "DECEASED":
            cause = status.get("causeOfDeath")
            term, label = cause.get("id").text(), cause.get("label").text()
            entry: Entry = {"death": _when(status.get("timeOfDeath"))}
            if label and label != _NO_CAUSE:
                entry["cause"] = label
            if ours := _OURS.fullmatch(term):
                self.own[int(ours["number"])] = entry
            else:
                self.others.append({**entry, **({"note": term} if term else {})})
        elif last.get("timestamp") or last.get("interval"):
            self.others.append({"last contact": _when(last)})

    def _number_lines(self) -> None:
        """Number the treatments that are in no regimen of ours: a case states a line of each."""
        number = max((int(each["line"]) for each in self.own.values()
                      if str(each.get("line", "")).isdecimal()), default=0)  # fmt: skip
        for entry in self.others:
            if "treatment" in entry:
                number += 1
                entry["line"] = str(number)
                became = "lines numbered by the order of the file"
                self._leave("line of therapy", str(entry["treatment"]), became)


def _label(node: JsonNode) -> tuple[str, str]:
    """The identifier and the label of a term."""
    return node.get("id").text(), node.get("label").text()


def _days(node: JsonNode) -> tuple[str, str] | None:
    """The first and the last day of a time; None where it is none of the calendar."""
    if moment := node.get("timestamp").text():
        return moment, moment
    interval = node.get("interval")
    if interval:
        return interval.get("start").text(), interval.get("end").text()
    return None


def _when(node: JsonNode, *, in_period: bool = False) -> str:
    """A time as a date of a case file; a fault where it is none; ``..`` where there is no time."""
    days = _days(node) if node else None
    if days is None:
        return NOT_KNOWN
    try:
        return case_date(*days, in_period=in_period)
    except ValueError as fault:
        node.file.fault(node.path, str(fault))
        return NOT_KNOWN


def _period(start: JsonNode, end: JsonNode, status: str = "") -> str:
    first, last = _when(start, in_period=True), _when(end, in_period=True)
    if last != NOT_KNOWN:
        return f"{first}/{last}"
    ongoing = "/.." if status == "STARTED" else "/"
    return first if first == NOT_KNOWN else first + ongoing


def _told(node: JsonNode) -> Entry | None:
    """The keys that an export wrote into a description; None where it is none of ours."""
    text = node.value if isinstance(node.value, str) else ""
    if not text.startswith("{event: "):
        return None
    found = _flow(node)
    if found is not None and found.get("event") not in KINDS:
        node.file.fault(node.path, "names no kind of event (delete the text)")
        return None
    return found


def _flow(node: JsonNode) -> Entry | None:
    """Keys with values in a text; a fault where it is none."""
    try:
        found = plain_node(yaml.compose(node.text(), Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        found = None
    if isinstance(found, dict):
        return found
    node.file.fault(node.path, "keys of an event that cannot be read (delete the text)")
    return None


def _with_keys(told: Entry, when: str) -> Entry:
    return {str(told.pop("event")): when, **told}


def _feature(node: JsonNode) -> tuple[str, Entry]:
    told = _told(node.get("description"))
    term, label = _label(node.get("type"))
    when = _when(node.get("onset"))
    if told is not None:
        return term, _with_keys(told, when)
    return term, {"symptom": when, **({"what": label} if label else {})}


def _measurement(node: JsonNode) -> tuple[str, Entry]:
    told = _told(node.get("description"))
    term, label = _label(node.get("assay"))
    if term == f"{NAMESPACE}:{LESIONS}":
        return term, {LESIONS: _flow(node.get("description"))}
    when = _when(node.get("timeObserved"))
    if told is not None:
        return term, _with_keys(told, when)
    quantity = node.get("value").get("quantity")
    number, unit = quantity.get("value"), quantity.get("unit").get("label")
    value = f"{number.value} {unit.value or ''}".strip() if number else ""
    if label and ":" not in label and value and is_read("lab", "values", value):
        number.text(), unit.text()
        return term, {"lab": when, "values": {label: value}}
    return term, {"lab": when, **({"what": label} if label else {})}


def _disease(node: JsonNode) -> tuple[str, Entry]:
    term, label = _label(node.get("term"))
    entry: Entry = {"diagnosis": _when(node.get("onset"))}
    if label and not (_OURS.fullmatch(term) and label == "diagnosis"):
        entry["what"] = label
    if site := node.get("primarySite").get("label").text():
        entry["site"] = site
    return term, entry


def _action(node: JsonNode) -> tuple[str, Entry] | None:
    regimen, procedure = node.get("therapeuticRegimen"), node.get("procedure")
    if regimen:
        reference = regimen.get("externalReference")
        term = reference.get("id").text() or regimen.get("ontologyClass").get("id").text()
        told = _told(reference.get("description"))
        status = regimen.get("regimenStatus").text()
        when = _period(regimen.get("startTime"), regimen.get("endTime"), status)
        if told is not None:
            return term, _with_keys(told, when)
        label = regimen.get("ontologyClass").get("label").text()
        what = {"what": label} if label else {}
        return term, {"treatment": when, "drugs": "not stated", **what}
    if procedure:
        term, label = _label(procedure.get("code"))
        ours = _OURS.fullmatch(term)
        own = ours["kind"].replace("_", " ") if ours else ""
        kind = own if own in KINDS else "procedure"
        entry: Entry = {
            kind: _when(procedure.get("performed")),
            "what": "" if label == own else label,
        }
        if site := procedure.get("bodySite").get("label").text():
            entry["site"] = site
        return term, {key: value for key, value in entry.items() if value}
    if radiation := node.get("radiationTherapy"):
        term, label = _label(radiation.get("modality"))
        if _OURS.fullmatch(term):
            return None
        site = radiation.get("bodySite").get("label").text()
        dose = radiation.get("dosage").text()
        fractions = radiation.get("fractions").text()
        found = {"what": label, "site": site, "dose": f"{dose} Gy" if dose else "",
                 "fractions": fractions}  # fmt: skip
        kept = {key: text for key, text in found.items() if text}
        return term, {"radiotherapy": NOT_KNOWN, **kept}
    return _treatment(node)


def _treatment(node: JsonNode) -> tuple[str, Entry] | None:
    treatment = node.get("treatment")
    term, label = _label(treatment.get("agent"))
    if not treatment or _OURS.fullmatch(term):
        return None  # the regimen of an export has its drugs
    starts: list[JsonNode] = []
    ends: list[JsonNode] = []
    for dose in treatment.get("doseIntervals").items():
        starts.append(dose.get("interval").get("start"))
        ends.append(dose.get("interval").get("end"))
    first = min(filter(None, (each.text() for each in starts)), default="")
    last = max(filter(None, (each.text() for each in ends)), default="")
    when = NOT_KNOWN
    try:
        when = case_date(first) + (f"/{case_date(last)}" if last else "/") if first else when
    except ValueError as fault:
        node.file.fault(treatment.path, str(fault))
    drugs = label if label and is_read("treatment", "drugs", label) else "not stated"
    if drugs != label and label:
        return f"{term} {label}".strip(), {"treatment": when, "drugs": drugs}
    return term, {"treatment": when, "drugs": drugs}


_MEMBERS: dict[str, Reader] = {
    "diseases": _disease,
    "phenotypicFeatures": _feature,
    "measurements": _measurement,
    "medicalActions": _action,
}
