"""The case's own data as fields: its name, its patient, and the settings it states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import yaml

from renderers.tables.csv_table import cell_text
from timeline.core.problem import Where, near
from timeline.core.schema import free_text, schema_of
from timeline.editing.cell_values import Cells
from timeline.editing.edits.case_text import CaseText
from timeline.editing.edits.draft import Draft
from timeline.editing.edits.pair_edits import EntryEdits
from timeline.editing.edits.row_edits import at_line
from timeline.editing.event_rows import cell_text as text_in_cell
from timeline.editing.event_rows import text_of
from timeline.editing.grid import Edited, GridProblem, Place
from timeline.exchange.yaml_writer import flow_text
from timeline.files.loader import CASE_KEYS
from timeline.files.schema.key_descriptions import DESCRIPTIONS, KeyDescription
from timeline.files.yaml.flow_text import has_no_value
from timeline.record.case import Patient
from timeline.settings.response import SETTINGS, Settings

CASE, PATIENT, SETTING = "case", "patient", "settings"
_DOT = "."
PATIENT_KEYS = tuple(schema_of(Patient))


@attrs.frozen(kw_only=True)
class CaseField:
    """A field of the case's own data.

    Attributes:
        key: ``case`` for the name of the case, ``patient.sex`` .., ``settings.confirm_days`` ..
        title: its label.
        value: its text, empty where the file does not state it.
        description: what it means.
        example: a value that it takes; empty where none is needed.
        words: the fixed words that it takes; empty if it takes other texts.
        place: the line and the column of its value in the text, both from 1; None without one.
    """

    key: str
    title: str
    value: str
    description: str
    example: str = ""
    words: tuple[str, ...] = ()
    place: Place | None = None


def case_fields(text: str) -> tuple[CaseField, ...]:
    r"""The fields of a case file.

    Args:
        text: the text of the file; other parts of it may have faults.

    Returns:
        The name of the case, every key of the patient, and the settings that the file states;
        nothing of a report, and nothing of a text that is no YAML.

    >>> text = "case: a\npatient: {sex: female}\nevents: []\n"
    >>> [(each.key, each.value) for each in case_fields(text) if each.value]
    [('case', 'a'), ('patient.sex', 'female')]
    """
    case = CaseText.of(text)
    name = case.top(CASE)
    if name is None or not _is_case(case):
        return ()
    return (_field(CASE, "name of the case", DESCRIPTIONS["case.case"], name),
            *_patient(case), *_stated(case))  # fmt: skip


def _is_case(case: CaseText) -> bool:
    """Whether a file is a case; a report may name one by the same key."""
    return case.top(CASE) is not None and (not case.top("source") or case.top("events") is not None)


def _field(key: str, title: str, about: KeyDescription, pair: tuple[Any, Any] | None) -> CaseField:
    node = pair[1] if pair is not None else None
    own = key.removeprefix(f"{PATIENT}{_DOT}")
    value = _text(CASE if own == key else PATIENT, own, node) if node is not None else ""
    return CaseField(
        key=key,
        title=title,
        value=value,
        description=about.text,
        example=str(about.examples[0]) if about.examples else "",
        place=_place(node) if node is not None else None,
    )


def _place(node: Any) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _patient(case: CaseText) -> Iterator[CaseField]:
    pairs = _pairs(case, PATIENT)
    for key in PATIENT_KEYS:
        yield _field(f"{PATIENT}{_DOT}{key}", key, DESCRIPTIONS[f"patient.{key}"], pairs.get(key))


def _stated(case: CaseText) -> Iterator[CaseField]:
    for key, pair in _pairs(case, SETTING).items():
        setting = SETTINGS.get(key)
        yield CaseField(
            key=f"{SETTING}{_DOT}{key}",
            title=key,
            value=text_of(pair[1]),
            description=setting.description if setting else "",
            words=setting_words(key),
            place=_place(pair[1]),
        )


def setting_words(name: str) -> tuple[str, ...]:
    """The answers that a setting takes; empty of one that takes a number, or is not known."""
    setting = SETTINGS.get(name)
    return setting.options if setting and all(map(_is_read(setting), setting.options)) else ()


def _is_read(setting: Any) -> Any:
    def read(word: str) -> bool:
        try:
            setting.read(word)
        except ValueError:
            return False
        return True

    return read


def _pairs(case: CaseText, top: str) -> dict[str, tuple[Any, Any]]:
    """The keys under a key of the file, each with its value; of one given twice the first."""
    found = case.top(top)
    node = found[1] if found is not None else None
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    named = [(str(key.value), (key, value)) for key, value in pairs]
    return dict(reversed(named))


def with_fields(text: str, values: Mapping[str, str]) -> Edited:
    r"""The text with other values in some fields of the case.

    Args:
        text: the text of the file.
        values: the new text of each field by its key, as `case_fields` names it; an empty one
            takes the key out.

    Returns:
        The new text; the old one, with each fault, where a field does not take its value.

    >>> text = "case: a\nevents:\n  - {diagnosis: 2021-03}\n"
    >>> print(with_fields(text, {"patient.sex": "female", "patient.age": "61"}).text)
    case: a
    patient:
      sex: female
      age: 61
    events:
      - {diagnosis: 2021-03}
    <BLANKLINE>
    """
    case = CaseText.of(text)
    if not _is_case(case):
        what = "the file is no case: it has no patient and no settings (open the case file)"
        problems = case.problems or (GridProblem(Where(CASE, 1, 1), what),)
        return Edited(text, problems)
    draft = Draft(case, CASE)
    changes = CaseChanges(draft)
    changes.name(values)
    for top in (PATIENT, SETTING):
        own = {key.removeprefix(f"{top}{_DOT}"): value for key, value in values.items()
               if key.startswith(f"{top}{_DOT}")}  # fmt: skip
        cells = Cells(table=CASE, row=0, columns=tuple(own))
        changes.under(top, own, cells)
        draft.problems += cells.problems
    return draft.result()


class CaseChanges:
    """Changes of the case's own data, gathered in a draft that may hold other changes."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.case = draft, draft.case

    def name(self, values: Mapping[str, str]) -> None:
        """Another name of the case."""
        pair = self.case.top(CASE)
        if CASE not in values or pair is None or cell_text(values[CASE]) == text_of(pair[1]):
            return
        value = cell_text(values[CASE])
        try:
            free_text(value)
        except ValueError as fault:
            self.draft.refuse(f"{fault}", key=CASE)
            return
        root = self.case.root
        self.draft.add(EntryEdits(case=self.case, entry=root, node=root).valued(pair, value))
        self.draft.plain[CASE] = value

    def under(self, top: str, values: Mapping[str, str], cells: Cells) -> dict[str, str]:
        """Other values of keys under ``patient`` or ``settings``; faults are noted in the cells.

        Returns:
            The text that each key had which has another one now.
        """
        now = _pairs(self.case, top)
        texts = {key: _text(top, key, pair[1]) for key, pair in now.items()}
        known = PATIENT_KEYS if top == PATIENT else tuple(SETTINGS)
        order = {key: number for number, key in enumerate(known)}
        new = {key: values[key] for key in sorted(values, key=lambda key: order.get(key, -1))
               if cell_text(values[key]) != cell_text(texts.get(key, ""))}  # fmt: skip
        read = {key: self._value(top, key, text, known, cells) for key, text in new.items()}
        if new and not _is_case(self.case):
            cells.fault(next(iter(new)), "the file is no case and has no patient (open the case)")
        if not new or cells.problems:
            return {}
        found = self.case.top(top)
        if found is None or has_no_value(found[1]):
            self._begin(top, {key: value for key, value in read.items() if value is not None})
        elif isinstance(found[1], yaml.MappingNode):
            self._change(top, found, read)
        else:
            what = f"{top}: holds a text, not keys (write its keys in the text)"
            cells.fault(next(iter(new)), what)
        return {key: texts.get(key, "") for key in new}

    @staticmethod
    def _value(top: str, key: str, text: str, known: Sequence[str], cells: Cells) -> Any:
        """The value of a text; None where it is empty or, with a note, faulty."""
        if not cell_text(text):
            return None
        if key not in known:
            whose = "the patient has" if top == PATIENT else "there is"
            cells.fault(key, f"{whose} no {key!r} ({near(key, known)})")
        elif top == PATIENT:
            return cells.value(Patient, key, text)
        else:
            try:
                Settings.of({key: cell_text(text)})
            except ValueError as fault:
                cells.fault(key, str(fault))
            else:
                return cell_text(text)
        return None

    def _begin(self, top: str, values: dict[str, Any]) -> None:
        """Write a block that the file does not have, after the keys that come before it."""
        if not values:
            return
        case, root = self.case, self.case.root
        if root is None:
            return
        pair = case.top(top)
        lines = "".join(f"  {key}: {flow_text(each)}\n" for key, each in values.items())
        edits = EntryEdits(case=case, entry=root, node=root)
        if root.flow_style:
            self.draft.add(edits.added(top, values) if pair is None else edits.valued(pair, values))
        elif pair is not None:  # the key alone
            self.draft.add([at_line(case, case.next_line(case.end(pair[0])), lines)])
        else:
            before = CASE_KEYS[: CASE_KEYS.index(top)]
            last = max((value for key, value in root.value if key.value in before),
                       key=case.after)  # fmt: skip
            self.draft.add([at_line(case, case.after(last), f"{top}:\n{lines}")])
        self.draft.plain[top] = values

    def _change(self, top: str, found: tuple[Any, Any], values: Mapping[str, Any]) -> None:
        """Change, add and take out keys of a block that is there."""
        node, plain = found[1], self.draft.plain[top]
        edits = EntryEdits(case=self.case, entry=node, node=node)
        gone = {key for key, value in values.items() if value is None}
        if gone >= {str(key.value) for key, _ in node.value} and gone >= set(values):
            whole = EntryEdits(case=self.case, entry=node, node=self.case.root)
            self.draft.add(whole.removed(found))
            del self.draft.plain[top]
            return
        for key, value in values.items():
            pair = next((each for each in node.value if each[0].value == key), None)
            if value is None and pair is not None:
                self.draft.add(edits.removed(pair))
                del plain[key]
            elif value is not None and pair is not None:
                self.draft.add(edits.valued(pair, value))
                plain[key] = value
            elif value is not None:
                self.draft.add(edits.added(key, value))
                plain[key] = value


def _text(top: str, key: str, node: Any) -> str:
    return text_in_cell(Patient, key, node) if top == PATIENT else text_of(node)
