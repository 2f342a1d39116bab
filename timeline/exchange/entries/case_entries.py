"""The entries of a case file as texts, by their number, and a case file made of entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs
import yaml

from timeline.core.problem import InvalidFile
from timeline.exchange.yaml_writer import entry_text, flow_text, plain_node
from timeline.files.loader import load_contents
from timeline.files.yaml.flow_commas import rejoin
from timeline.files.yaml.yaml_nodes import ProblemLog, compose
from timeline.record.case import Case
from timeline.record.events import KINDS, Event

Entry = dict[str, Any]  # of a case file: {kind: when, key: value}
Entries = Mapping[int, Entry]  # by their number in the file, from 1; 0 has the keys of the case
LESIONS = "lesions"


@attrs.frozen(kw_only=True)
class CaseEntries:
    """A case with its entries as texts, and the event of each by its number."""

    case: Case
    entries: dict[int, Entry]
    events: dict[int, Event]


def entries_of_files(files: Iterable[Path]) -> tuple[CaseEntries, ...]:
    """The entries of case files.

    Raises:
        InvalidFile: a file has faults, is no case, or two cases have one name.
    """
    problems: list[Any] = []
    cases: list[CaseEntries] = []
    for path in files:
        contents, faults = load_contents(path)
        problems += faults
        if contents.case is not None:
            cases.append(entries_of(path, contents.case))
        elif not faults:
            problems.append(f"{path}: is a report, not a case (name case files)")
    names = [each.case.name for each in cases]
    problems += [f"{name}: two cases have this name" for name in names if names.count(name) > 1]
    if problems:
        raise InvalidFile(dict.fromkeys(problems))
    return tuple(cases)


def entries_of(path: Path, case: Case) -> CaseEntries:
    """The entries of a case file that has no faults, numbered from 1; 0 has the keys of the case.

    The first key of an entry is its kind, and the place of its heading is its ``place``.
    """
    log = ProblemLog(str(path))
    root: Any = compose(path, log)
    rejoin(root)
    top = {key.value: value for key, value in root.value}
    events = top.pop("events")
    is_list = isinstance(events, yaml.SequenceNode)
    groups = [("", events)] if is_list else [(key.value, value) for key, value in events.value]
    by_place = {each.where: each for each in case.events}
    found: dict[int, Entry] = {0: {key: plain_node(value) for key, value in top.items()}}
    own: dict[int, Event] = {}
    for place, nodes in groups:
        for node in nodes.value:
            number = len(found)
            lead = next(value for key, value in node.value if key.value in KINDS)
            texts = plain_node(node)
            kind = next(key for key in texts if key in KINDS)
            heading = {"place": place} if place else {}
            found[number] = {kind: texts[kind], **heading, **texts}
            own[number] = by_place[log.where(lead)]
    return CaseEntries(case=case, entries=found, events=own)


def case_text(entries: Entries, first_line: str) -> str:
    """The text of a case file of some entries; its first line is a comment."""
    lines = [f"{first_line}\n"]
    for key, value in entries[0].items():
        if key == LESIONS and isinstance(value, dict):
            lines += [f"{LESIONS}:\n", *(f"  {flow_text(name)}: {flow_text(each)}\n"
                                         for name, each in value.items())]  # fmt: skip
        else:
            lines.append(f"{key}: {flow_text(value)}\n")
    own = [entry for number, entry in sorted(entries.items()) if number]
    return "".join([*lines, "events:\n", *map(entry_text, own)])
