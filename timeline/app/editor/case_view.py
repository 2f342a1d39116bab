"""The fields of the case and its patient, and the settings that it states."""

from __future__ import annotations

import json
from typing import Any

from nicegui import ui

from timeline.app.editor.controls import (
    Forms,
    Values,
    choice,
    field,
    html,
    live_line,
    of_kinds,
    safe,
    section,
)
from timeline.app.editor.open_files import OpenFile
from timeline.core.text.inert_text import undirected
from timeline.editing import CaseField, with_fields
from timeline.editing.advice import shortened
from timeline.editing.case_fields import CASE, PATIENT, SETTING, setting_words
from timeline.editing.shown.cell_problems import field_problems
from timeline.settings.response import SETTINGS

TITLE = "Case and patient"
KEY = "case-data"
_LONGEST = 600  # letters of a value, as of a free text of a case file


class CaseView:
    """The fields on a page."""

    def __init__(self, forms: Forms, opened: OpenFile) -> None:
        """Build the fields in the page at hand."""
        self._forms, self._opened = forms, opened
        self._keys: tuple[str, ...] | None = None
        self._sent = ""
        with section(KEY, TITLE) as self._section:
            self._fields = html("")
            self._said = live_line("said")
            with ui.element("details"):
                self._title = html("Settings of the analysis", "summary")
                html(
                    "Answers to questions that the criteria leave open. Without one the default "
                    "holds; docs/reference/settings.md has each with its source. The criterion of "
                    "a line of therapy is the column criterion of the events.", "p",
                ).classes("source")  # fmt: skip
                self._settings = html("")
                forms.form("add-setting", _setting_fields(), "Set", self._set)
        ui.on("case-field", self._changed)

    def show(self, opened: OpenFile) -> None:
        """Bring the fields to the state of the file."""
        fields = opened.fields
        self._section.set_visibility(bool(fields))
        keys = tuple(each.key for each in fields)
        if keys != self._keys:
            self._keys, self._sent = keys, ""
            own = [each for each in fields if not each.key.startswith(SETTING)]
            stated = [each for each in fields if each.key.startswith(SETTING)]
            self._fields.content = _inputs(own)
            self._settings.content = _inputs(stated)
            self._title.content = f"Settings of the analysis ({len(stated) or 'none'} stated)"
        record = opened.live.record.newest
        warnings = [each for each in record.remarks if each.severity == "warning"]
        here = [(each.line, each.column, each.what) for each in (*record.faults, *warnings)
                if each.is_here]  # fmt: skip
        faults = {key: undirected(shortened(what)) for key, what in
                  field_problems(fields, here).items()}  # fmt: skip
        values = {each.key: undirected(each.value) for each in fields}
        state = f"{json.dumps(values)}, {json.dumps(faults)}, {json.dumps(opened.is_grid_of_text)}"
        if state != self._sent:
            self._sent = state
            with self._fields:
                ui.run_javascript(f"editorPage.fields({_inert(state)})")

    def _changed(self, event: Any) -> None:
        key, value = str(event.args["key"]), str(event.args["value"])
        self._opened.newest()
        now = next((each for each in self._opened.fields if each.key == key), None)
        if now is None or undirected(now.value) != str(event.args["seen"]):
            what = "It was changed meanwhile. Look at it again: the text has the newer value."
            self._refuse(key, what)
            return
        if undirected(now.value) == value:  # as it was: what was refused is gone
            self._tell("")
            self._sent = ""
            self.show(self._opened)
            return
        self._write({key: value}, key)

    def _set(self, values: Values) -> None:
        """State one more setting, or another answer to one."""
        name = values.get("name", "")
        self._opened.newest()
        if self._write({f"{SETTING}.{name}": values.get("value", "")}, "") and name in SETTINGS:
            default = SETTINGS[name].options[0] if setting_words(name) else SETTINGS[name].default
            self._tell(f"{name}: {SETTINGS[name].description}. Without it: {default}.")

    def _write(self, values: Values, key: str) -> bool:
        """Write values; False, with what is said of it, where one is not taken."""
        edited = with_fields(self._opened.document.text, values)
        problems = self._opened.change(edited)
        if problems:
            self._refuse(key, shortened(problems[0].what))
        else:
            self._tell("")
        return not problems

    def _refuse(self, key: str, what: str) -> None:
        """Say why a value is not taken; it stays in its field."""
        title = key.rpartition(".")[2] or "Setting"
        what = what.removeprefix(f"{title}: ")
        self._tell(f"Not done. {title}: {what}", is_fault=True)
        if key:
            with self._fields:
                words = f"{json.dumps(key)}, {json.dumps(undirected(what))}"
                ui.run_javascript(f"editorPage.fault({_inert(words)})")

    def _tell(self, sentence: str, *, is_fault: bool = False) -> None:
        words = safe(sentence)
        self._said.content = f'<span class="fault">{words}</span>' if is_fault else words


def _inert(words: str) -> str:
    """JSON that a script can hold."""
    return words.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _setting_fields() -> str:
    """The list of settings, with the question and the answers of the one that is chosen."""
    first = next(iter(SETTINGS))
    by_words: dict[tuple[str, ...], list[str]] = {}
    for name in SETTINGS:
        by_words.setdefault(setting_words(name), []).append(name)
    made = choice("name", "Setting", [(name, name) for name in SETTINGS])
    for words, names in by_words.items():
        answers = [(word, word if n else f"{word} (the default)") for n, word in enumerate(words)]
        answer = choice("value", "answer", answers) if words else field("value", "a number")
        made += of_kinds(answer, names, first)
    for name, setting in SETTINGS.items():
        default = "" if setting_words(name) else f" Without it: {setting.default}."
        question = f"{setting.description[:1].upper()}{setting.description[1:]}.{default}"
        made += of_kinds(f'<span class="source">{safe(question)}</span>', (name,), first)
    return made


def _inputs(fields: list[CaseField]) -> str:
    """The fields as HTML; their values are put in by the script of the page."""
    return f'<div class="fields">{"".join(map(_input, fields))}</div>' if fields else ""


def _input(each: CaseField) -> str:
    name = safe(f"case-{each.key}".replace(".", "-").replace(" ", "-"))
    words = "".join(f'<option value="{safe(word)}"></option>' for word in each.words)
    listed = f' list="{name}-words"' if words else ""
    hint = (
        f' placeholder="such as {safe(each.example)}"' if each.example and each.key != CASE else ""
    )
    value = safe(each.value)
    size = "wide-field" if each.key in (f"{PATIENT}.diagnosis", f"{PATIENT}.note") else ""
    return (
        f'<span class="field {size}"><label for="{name}">{safe(each.title)}</label> '
        f'<input id="{name}" data-field="{safe(each.key)}" name="{safe(each.key)}" '
        f'value="{value}" data-seen="{value}" '
        f'title="{safe(each.description)}" autocomplete="off" maxlength="{_LONGEST}"{hint}{listed} '
        f'aria-describedby="{name}-fault"><span id="{name}-fault" class="fault"></span>'
        + (f'<datalist id="{name}-words">{words}</datalist>' if words else "")
        + "</span>"
    )
