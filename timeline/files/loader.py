"""YAML files become cases and sources, or the list of everything that is wrong with them."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import yaml

from timeline.core.calendar.partial_dates import Period
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where, near
from timeline.core.schema import FieldSpec, OneOf, free_text, schema_of
from timeline.core.text.spelling import folded, is_misspelt
from timeline.files.claim_nodes import read_claim, read_own_report, read_report
from timeline.files.claim_tables import claims_of
from timeline.files.entries import leading_key, placed_entries
from timeline.files.entry_words import key_advice, kind_advice
from timeline.files.printed_values import AS_PRINTED, PRINTED, printed_claims
from timeline.files.yaml.flow_commas import rejoin
from timeline.files.yaml.yaml_nodes import (
    Node,
    ProblemLog,
    Repairable,
    compose,
    compose_text,
    pairs,
    read_one,
    read_value,
    scalar,
    structure,
)
from timeline.record.case import Case, LesionDeclaration, Patient
from timeline.record.event import FILE
from timeline.record.event_names import ANY_NAME
from timeline.record.events import KINDS, Event, Lab, Scan
from timeline.record.ordering.dates_of_unread import At, references_of_unread
from timeline.record.ordering.event_order import ends_first
from timeline.record.validation import changes_at_baseline, unseen_new_lesions
from timeline.report.claims import Report
from timeline.report.event_references import references_to_none
from timeline.settings.response import DEFAULTS, SETTINGS, Settings

Problems = tuple[Problem, ...]
CASE_KEYS = ("case", "source", "report", "patient", "settings", "lesions", "events", "claims")
_OF_REPORT = ("title", "citation", "doi", "licence", "received", "revised", "accepted", "published")
_TWO_REPORTS = (
    "the case has a report of its own ({own}) and names another by source: {source!r} (leave "
    "source: out, or write {own} in that file)"
)
_NEITHER = "neither a case nor a source (begin with 'case:' or 'source:')"
_NO_EVENTS = "a case without events (write events: and what happened; a report begins with source:)"


@frozen(kw_only=True)
class FileContents:
    """What a file holds: a case, a report, or a case with the report on it; nothing with faults."""

    case: Case | None = None
    report: Report | None = None

    @property
    def content(self) -> Case | Report | None:
        """The case, else the report."""
        return self.case or self.report


def load(path: Path | str) -> tuple[Case | Report | None, Problems]:
    """The case, else the report, of a file. A file with a fault is not loaded."""
    contents, problems = load_contents(path)
    return contents.content, problems


def load_contents(path: Path | str) -> tuple[FileContents, Problems]:
    """The case and the report of a file, by its keys. A file with a fault is not loaded."""
    notes = ProblemLog(str(path))
    found = contents_of(compose(Path(path), notes), notes)
    problems = notes.all()
    return FileContents() if problems else found, problems


def text_contents(text: str, path: Path | str) -> tuple[FileContents, Problems]:
    """The same of a text that is not saved; ``path`` is where it would be, as problems name it."""
    notes = ProblemLog(str(path))
    found = contents_of(compose_text(text, notes), notes)
    problems = notes.all()
    return FileContents() if problems else found, problems


def contents_of(root: yaml.MappingNode | None, notes: ProblemLog) -> FileContents:
    """The case and the report of a tree, as far as they can be read; what is wrong is noted."""
    if root is not None:
        rejoin(root)
    found = FileContents()
    if root is not None:
        keys = [key.value for key, _ in root.value]
        if "case" in keys and "events" in keys:
            found = read_case(root, notes)
        elif "source" in keys:
            found = FileContents(report=read_report(root, notes))
        else:
            notes.add(root, _NEITHER if "case" not in keys else _NO_EVENTS)
            known = (*CASE_KEYS, "source") if "case" not in keys else CASE_KEYS
            unknown = [key for key, _ in root.value if key.value not in known]
            notes.repairable.extend(Repairable(key, known=known) for key in unknown)
    return found


def read_case(root: Any, notes: ProblemLog) -> FileContents:
    """The case, and its own report, of a mapping with ``case`` and ``events``; faults are noted."""
    top: dict[str, Node] = {}
    for key, key_node, value in pairs(root, notes):
        if key in CASE_KEYS:
            top[key] = value
        else:
            text = f"unknown key {key!r} ({_top_key_advice(key)})"
            notes.add(key_node, text, known=CASE_KEYS)
    patient = (
        structure(Patient, top["patient"], notes, omits=True) if "patient" in top else Patient()
    )
    source = scalar(top["source"], notes, "source") if "source" in top else ""
    name = read_one(top["case"], FieldSpec(free_text), notes, "case")
    settings = _settings(top["settings"], notes) if "settings" in top else DEFAULTS
    declared = _lesions(top["lesions"], notes) if "lesions" in top else {}
    lesions = tuple((name, lesion) for name, lesion in declared.items() if lesion is not None)
    entries: list[_Entry] = placed_entries(top["events"], notes, _event)
    events = tuple(entry.event for entry in entries if entry.event is not None)
    unread = frozenset(name for entry in entries for name in entry.names)
    unread |= frozenset() if notes.whole else {ANY_NAME}
    notes.problems.extend(_undeclared(events, list(declared), "lesions" in top))
    case, problems = Case.of(name or "", events, patient, source or "", notes.where(root), unread)
    notes.problems.extend(problems)
    dates = [(entry.where, entry.at) for entry in entries if entry.at is not None]
    notes.problems.extend(references_of_unread(dates, events, unread) if dates else ())
    known = case.events if case else events
    notes.problems.extend(() if unread else unseen_new_lesions(known))
    notes.problems.extend(changes_at_baseline(known))
    report = _own_report(root, top, name or "", entries, case, notes)
    if case is None and report is not None:  # the references of a sound case are looked up later
        notes.problems.extend(references_to_none(report, events, unread))
    if case is not None:
        age_at, sex_at = (
            notes.where(_patient_node(top.get("patient"), key) or root) for key in ("age", "sex")
        )
        case = attrs.evolve(case, settings=settings, lesions=lesions, age_at=age_at, sex_at=sex_at)
    return FileContents(case=case, report=report)


def _patient_node(patient: Node | None, name: str) -> Node | None:
    """Where a value of the patient is written, such as the age."""
    keys = patient.value if isinstance(patient, yaml.MappingNode) else ()
    return next((value for key, value in keys if key.value == name), None)


def _top_key_advice(key: str) -> str:
    """What to write for an unknown key of a case file."""
    if key in _OF_REPORT:
        return f"write it under report: as report: {{{key}: ..}}"
    if key == PRINTED:
        return "write it on an event; what belongs to none is written under claims:"
    return near(key, CASE_KEYS)


def _own_report(
    root: Node,
    top: dict[str, Node],
    name: str,
    entries: list[_Entry],
    case: Case | None,
    notes: ProblemLog,
) -> Report | None:
    """The report that a case file holds itself: its block, its claims, and those on its events."""
    printed = [(entry.printed, entry) for entry in entries if entry.printed is not None]
    own = [key for key in ("report", "claims") if key in top] + ([PRINTED] if printed else [])
    if not own:
        return None
    if "source" in top:
        named = " and ".join(f"{key}:" for key in own)
        source = getattr(top["source"], "value", "")
        notes.add(top["source"], _TWO_REPORTS.format(own=named, source=str(source)))
    claims = placed_entries(top["claims"], notes, read_claim, claims_of) if "claims" in top else []
    for node, entry in printed:
        claims += printed_claims(node, entry.event, entry.place, case, notes)
    in_order = tuple(sorted(claims, key=lambda claim: claim.where))
    return read_own_report(top.get("report"), name, in_order, notes.where(root), notes)


_ORGAN_WORDS = ("site", "location", "lesion", "where")  # for the key that is named organ


def _lesions(node: Node, notes: ProblemLog) -> dict[str, LesionDeclaration | None]:
    """The lesions of a case by name, each read by its fields; None for one that is not read."""
    if not isinstance(node, yaml.MappingNode):
        notes.add(node, "lesions are names and what they are (write {T1: {organ: liver}})")
        return {}
    return {name: _lesion(name, value, notes) for name, _, value in pairs(node, notes)}


def _lesion(name: str, node: Node, notes: ProblemLog) -> LesionDeclaration | None:
    """One lesion; an organ alone is answered with its key."""
    if isinstance(node, yaml.ScalarNode) and node.value:
        notes.add(
            node, f"the keys of a lesion are expected (write {name}: {{organ: {node.value}}})"
        )
        return None
    found: LesionDeclaration | None = structure(
        LesionDeclaration, node, notes, elsewhere=_lesion_key_advice
    )
    return found


def _lesion_key_advice(key: str, value: Node) -> str:
    """What to write for a word that many use for the organ of a lesion."""
    organ = isinstance(value, yaml.ScalarNode) and key.casefold() in _ORGAN_WORDS
    return f"write organ: {value.value}" if organ else ""


def _undeclared(events: tuple[Event, ...], known: list[str], declared: bool) -> Iterator[Problem]:
    """Lesions that are measured and not declared, in a case that measures them one by one."""
    scans = [event for event in events if isinstance(event, Scan) and event.lesions]
    if not (declared or any(scan.baseline for scan in scans)):
        return
    for scan in scans:
        for name, size in scan.lesions:
            for each in dict.fromkeys((name, size.merged) if size.merged else (name,)):
                if each not in known:
                    others = near(each, known) if known else "the case declares none"
                    advice = f"({others}; declare it under lesions:)"
                    yield Problem(scan.where, f"no such lesion: {each!r} {advice}")


def _settings(node: Node, notes: ProblemLog) -> Settings:
    """The settings a case is to be read with, each faulty one noted at its own place."""
    read: dict[str, Any] = {}
    if not isinstance(node, yaml.MappingNode):
        notes.add(node, "settings are names and values (write {pr_persistence: off})")
        return DEFAULTS
    for name, key_node, value in pairs(node, notes):
        text = scalar(value, notes, name)
        if text is None:
            continue
        try:
            Settings.of({name: text})
        except ValueError as fault:
            known = SETTINGS[name].options if name in SETTINGS else tuple(SETTINGS)
            notes.add(value if name in SETTINGS else key_node, str(fault), known=known)
        else:
            read[name] = text
    return Settings.of(read)


@frozen(kw_only=True)
class _Entry:
    """An entry of the events: the event, or None where it has faults.

    ``names``: with faults, every name that others may refer to it by. ``printed``: what the report
    prints of it. ``place``: the place under which the file lists it. ``at``, ``where``: of one with
    faults its date, where that could be read, and its place in the file.
    """

    event: Event | None = None
    names: tuple[str, ...] = ()
    printed: Node | None = None
    place: str = ""
    at: At | None = None
    where: Where = FILE


def _names(node: Node, kind: str = "") -> tuple[str, ...]:
    values = {str(key.value): str(value.value) for key, value in node.value}
    whats = (values.get("what"), f"{kind} {values.get('what')}")
    names = (values.get("id"), kind, f"{kind} {values.get(kind)}", f"line {values.get('line')}")
    every = tuple(name for name in (*names, *whats, values.get("setting")) if name)
    return (*every, *map(folded, every))


def _event(node: Node, place: str, notes: ProblemLog) -> _Entry | None:
    lead = leading_key(node, notes, KINDS, "kind of event", kind_advice)
    if lead is None:
        return _Entry(names=_names(node)) if isinstance(node, yaml.MappingNode) else None
    kind, value = lead
    cls = KINDS[kind]
    at = read_value(value, schema_of(cls)["at"][1], notes, kind)
    fields = {"at": at, "place": place, "where": notes.where(value)}
    if at is None:  # read the rest for its faults too; a placeholder date keeps it complete
        fields["at"] = schema_of(cls)["at"][1].read("2000")
    sets = cls.also_sets if kind != cls.kind else ""  # {referral: ..} is a visit of that type
    if sets and not any(key.value == sets for key, _ in node.value):
        fields[sets] = kind
    skip, also = (kind, PRINTED), (PRINTED,)
    event: Event | None = structure(
        cls,
        node,
        notes,
        skip=skip,
        also=also,
        elsewhere=functools.partial(_elsewhere, kind),
        omits=True,
        **fields,
    )
    printed = next((value for key, value in node.value if key.value == PRINTED), None)
    if event is None and isinstance(at, Period) and at.is_reversed:  # else the case names it
        label = f"{cls.kind} {at.start.text}"
        notes.problems.append(ends_first(label, str(at), notes.where(value)).problem)
    if at is None or event is None:
        names = _names(node, kind)
        return _Entry(names=names, printed=printed, place=place, at=at, where=fields["where"])
    return _Entry(event=event, printed=printed, place=event.place)


def read_event(node: Node, place: str, notes: ProblemLog) -> Event | None:
    """One entry of the events by itself; None, with its faults noted, where it is none.

    A date that names another event is not resolved.
    """
    entry = _event(node, place, notes)
    return entry.event if entry is not None else None


def _elsewhere(kind: str, word: str, value: Node) -> str:
    """Where to write a key of an entry that another place, or another word, has.

    Empty for a misspelt key of the kind: the message then names the key that is near.
    """
    own = (key for key, (_, spec) in schema_of(KINDS[kind]).items() if not spec.leads)
    if any(is_misspelt(word, key) for key in own):
        return ""
    text = str(value.value) if isinstance(value, yaml.ScalarNode) else ""
    advice = key_advice(word, text) or AS_PRINTED.get(word, "")
    if advice == f"write what: {text}" and (key := _key_that_takes(kind, text)):
        return f"write {key}: {text}"
    if not advice and kind == Lab.kind and any(map(str.isdigit, text)):
        return f"write values: {{{word}: {text}}}"
    return advice


def _key_that_takes(kind: str, text: str) -> str:
    """The only key of a kind with a list of words that has a text; empty for none, or several."""
    lists = {key: spec.read for key, (_, spec) in schema_of(KINDS[kind]).items()}
    found = [key for key, words in lists.items() if isinstance(words, OneOf) and words.has(text)]
    return found[0] if len(found) == 1 else ""


def adjacent_report(path: Path | str, reference: str) -> Path:
    """The file that another names, relative to the one that names it."""
    named = Path(path).parent / reference
    try:
        return named.resolve()
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name too long, a zero byte
        return Path(os.path.abspath(named))


def partner_named(path: Path | str, text: str | None = None) -> str:
    """The file that a case or a source names, be the rest of it sound or not; nothing if none.

    ``text``: of the file, where it is not saved.
    """
    node = _partner_node(path, text)
    return str(node.value) if node is not None else ""


def partner_place(path: Path | str, text: str | None = None) -> Where:
    """Where a case or a source names the other file; the whole file if it names none."""
    node = _partner_node(path, text)
    if node is None:
        return Where(str(path))
    return Where(str(path), node.start_mark.line + 1, node.start_mark.column + 1)


def _partner_node(path: Path | str, text: str | None) -> yaml.ScalarNode | None:
    notes = ProblemLog(str(path))
    root = compose(Path(path), notes) if text is None else compose_text(text, notes)
    top = {key.value: value for key, value in root.value} if root is not None else {}
    other = top.get("source" if "events" in top else "case")
    return other if isinstance(other, yaml.ScalarNode) else None


def missing(path: Path, named_at: Where, what: str) -> Problem:
    """The problem of a file that another names and that is not there."""
    return Problem(named_at, f"{what} is not there: {path.name!r} (correct the path)")
