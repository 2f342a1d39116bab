"""YAML files become cases and sources, or the list of everything that is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import yaml

from timeline.core.problem import Problem, Where, near
from timeline.core.schema import FieldSpec, free_text, schema_of
from timeline.core.text.spelling import folded
from timeline.files.claim_nodes import read_report
from timeline.files.entries import leading_key, placed_entries
from timeline.files.yaml_nodes import (
    Node,
    ProblemLog,
    compose,
    pairs,
    read_one,
    read_value,
    scalar,
    structure,
)
from timeline.record.case import Case, LesionDeclaration, Patient
from timeline.record.events import KINDS, Event, Scan
from timeline.record.ordering import ANY_NAME
from timeline.record.validation import unseen_new_lesions
from timeline.report.claims import Report
from timeline.settings.response import DEFAULTS, SETTINGS, Settings

Problems = tuple[Problem, ...]
_CASE_KEYS = ("case", "source", "patient", "settings", "lesions", "events")
_NEITHER = "neither a case nor a source (begin with 'case:' or 'source:')"
_NO_EVENTS = "a case without events (write events: and what happened; a report begins with source:)"


def load(path: Path | str) -> tuple[Case | Report | None, Problems]:
    """A case or a report, by the keys of the file. A file with a fault is not loaded."""
    notes = ProblemLog(str(path))
    root = compose(Path(path), notes)
    found: Case | Report | None = None
    if root is not None:
        keys = [key.value for key, _ in root.value]
        if "case" in keys and "events" in keys:
            found = _case(root, notes)
        elif "source" in keys:
            found = read_report(root, notes)
        else:
            notes.add(root, _NEITHER if "case" not in keys else _NO_EVENTS)
    return (None if notes.problems else found), tuple(sorted(set(notes.problems)))


def _case(root: Any, notes: ProblemLog) -> Case | None:
    top: dict[str, Node] = {}
    for key, key_node, value in pairs(root, notes):
        if key in _CASE_KEYS:
            top[key] = value
        else:
            notes.add(key_node, f"unknown key {key!r} ({near(key, _CASE_KEYS)})")
    patient = structure(Patient, top["patient"], notes) if "patient" in top else Patient()
    source = scalar(top["source"], notes, "source") if "source" in top else ""
    name = read_one(top["case"], FieldSpec(free_text), notes, "case")
    settings = _settings(top["settings"], notes) if "settings" in top else DEFAULTS
    lesions = _lesions(top["lesions"], notes) if "lesions" in top else ()
    read = placed_entries(top["events"], notes, _event)
    events = tuple(event for event in read if isinstance(event, Event))
    unread = frozenset(name for event in read if isinstance(event, _Unread) for name in event.names)
    unread |= frozenset() if notes.whole else {ANY_NAME}
    notes.problems.extend(_undeclared(events, [key for key, _ in lesions], "lesions" in top))
    case, problems = Case.of(name or "", events, patient, source or "", notes.where(root), unread)
    notes.problems.extend(problems)
    notes.problems.extend(unseen_new_lesions(case.events) if case else ())
    return attrs.evolve(case, settings=settings, lesions=lesions) if case else None


def _lesions(node: Node, notes: ProblemLog) -> tuple[tuple[str, LesionDeclaration], ...]:
    """The lesions of a case by name, each read by its fields."""
    if not isinstance(node, yaml.MappingNode):
        notes.add(node, "lesions are names and what they are (write {T1: {organ: liver}})")
        return ()
    read = [
        (name, structure(LesionDeclaration, value, notes)) for name, _, value in pairs(node, notes)
    ]
    return tuple((name, lesion) for name, lesion in read if lesion is not None)


def _undeclared(events: tuple[Event, ...], known: list[str], declared: bool) -> Iterator[Problem]:
    """Lesions that are measured and not declared, in a case that measures them one by one."""
    scans = [event for event in events if isinstance(event, Scan) and event.lesions]
    if not (declared or any(scan.baseline for scan in scans)):
        return
    for scan in scans:
        for name, size in scan.lesions:
            for each in dict.fromkeys((name, size.merged) if size.merged else (name,)):
                if each not in known:
                    advice = f"({near(each, known)}; declare it under lesions:)"
                    yield Problem(scan.where, f"no such lesion: {each!r} {advice}")


def _settings(node: Node, notes: ProblemLog) -> Settings:
    """The settings a case is to be read with, each faulty one noted at its own place."""
    read: dict[str, Any] = {}
    if not isinstance(node, yaml.MappingNode):
        notes.add(node, "settings are names and values (write {pr_persistence: off})")
        return DEFAULTS
    for name, key_node, value in pairs(node, notes):
        text = scalar(value, notes, name)
        try:
            Settings.of({name: text})
        except ValueError as fault:
            notes.add(value if name in SETTINGS else key_node, str(fault))
        else:
            read[name] = text
    return Settings.of(read)


@attrs.frozen
class _Unread:
    """An event with faults, by every name that others may refer to it by."""

    names: tuple[str, ...]


def _names(node: Node, kind: str = "") -> tuple[str, ...]:
    values = {str(key.value): str(value.value) for key, value in node.value}
    whats = (values.get("what"), f"{kind} {values.get('what')}")
    names = (values.get("id"), kind, f"{kind} {values.get(kind)}", f"line {values.get('line')}")
    every = tuple(name for name in (*names, *whats, values.get("setting")) if name)
    return (*every, *map(folded, every))


def _event(node: Node, place: str, notes: ProblemLog) -> Event | _Unread | None:
    lead = leading_key(node, notes, KINDS, "kind of event")
    if lead is None:
        return _Unread(_names(node)) if isinstance(node, yaml.MappingNode) else None
    kind, value = lead
    cls = KINDS[kind]
    at = read_value(value, schema_of(cls)["at"][1], notes, kind)
    fields = {"at": at, "place": place, "where": notes.where(value)}
    if at is None:  # read the rest for its faults too; a placeholder date keeps it complete
        fields["at"] = schema_of(cls)["at"][1].read("2000")
    event: Event | None = structure(cls, node, notes, skip=(kind,), **fields)
    return _Unread(_names(node, kind)) if at is None or event is None else event


def adjacent_report(path: Path | str, reference: str) -> Path:
    """The file that another names, relative to the one that names it."""
    named = Path(path).parent / reference
    try:
        return named.resolve()
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name too long, a zero byte
        return Path(os.path.abspath(named))


def partner_named(path: Path | str) -> str:
    """The file that a case or a source names, be the rest of it sound or not; nothing if none."""
    root = compose(Path(path), ProblemLog(str(path)))
    top = {key.value: value for key, value in root.value} if root is not None else {}
    other = top.get("source" if "events" in top else "case")
    return str(other.value) if isinstance(other, yaml.ScalarNode) else ""


def missing(path: Path, wanted_by: Where, what: str) -> Problem:
    """The problem of a file that another names and that is not there."""
    return Problem(wanted_by, f"{what} is not there: {path.name!r} (correct the path)")
