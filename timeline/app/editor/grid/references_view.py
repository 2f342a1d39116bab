"""The question what becomes of the places that name an event, where its date or name changes."""

from __future__ import annotations

from collections.abc import Callable

import attrs
from nicegui import ui

from timeline.app.editor.controls import button, html, safe
from timeline.app.editor.open_files import OpenFile
from timeline.editing import Edited
from timeline.editing.references import CarriedReferences

_MOST = 12  # places that are listed


@attrs.frozen
class _Question:
    """A change that waits for an answer: the text that it starts from, and what it leaves."""

    text: str
    edited: Edited
    found: CarriedReferences
    done: str


class ReferencesView:
    """The question on a page; it is there only while a change waits for an answer."""

    def __init__(self, opened: OpenFile, answered: Callable[[Edited | None, str], None]) -> None:
        """Build the question in the page at hand.

        Args:
            opened: the file.
            answered: takes the change to make, or None, and what is to be said.
        """
        self._opened, self._answered = opened, answered
        self._question: _Question | None = None
        self._box = ui.element("div").classes("conflict references")
        self._box.props('role="group" aria-label="Places that name this event"')
        with self._box:
            self._places = html("")
            with ui.element("div").classes("tools"):
                self._first = button("Change these places too", self._carry)
                button("Change the cell alone", self._alone)
                button("Leave all as it was", self._leave)
        self._box.set_visibility(False)

    def ask(self, text: str, edited: Edited, found: CarriedReferences, done: str) -> None:
        """Ask what to do; ``text``: what the change starts from."""
        self._question = _Question(text, edited, found, done)
        self._places.content = _listed(found)
        self._box.set_visibility(True)
        with self._box:
            ui.run_javascript(f"setTimeout(() => getHtmlElement({self._first.id}).focus())")

    def show(self) -> None:
        """Take the question away where another text has come."""
        if self._question is not None and self._opened.document.text != self._question.text:
            self._end()

    def _end(self) -> _Question | None:
        question, self._question = self._question, None
        self._box.set_visibility(False)
        return question

    def _carry(self) -> None:
        if (question := self._end()) is not None:
            count = sum(bool(each.new) for each in question.found.lost)
            places = f"{count} place{'' if count == 1 else 's'}"
            notes = question.edited.notes
            edited = attrs.evolve(question.found.edited, notes=notes)
            self._answered(edited, f"{question.done} {places} changed with it.".strip())

    def _alone(self) -> None:
        if (question := self._end()) is not None:
            self._answered(question.edited, f"{question.done} No other place was changed.".strip())

    def _leave(self) -> None:
        if self._end() is not None:
            self._answered(None, "Nothing was changed.")


def _listed(found: CarriedReferences) -> str:
    """The places, each with its text as it is and as it would be."""
    count = len(found.lost)
    rows = "".join(
        f"<li>{safe(each.place.capitalize())}: {safe(repr(each.text))} "
        + (f"would be {safe(repr(each.new))}" if each.new else "has no new name: write it anew")
        + "</li>"
        for each in found.lost[:_MOST]
    )
    more = f"<p>And {count - _MOST} more.</p>" if count > _MOST else ""
    other = (
        f"<p>The claims of the report are in {safe(found.other_file)} and are not changed.</p>"
        if found.other_file
        else ""
    )
    places = "One place names" if count == 1 else f"{count} places name"
    return (
        f"<p><strong>{places} an event by the date or the name that it would no longer have."
        f"</strong></p><ul>{rows}</ul>{more}{other}"
    )
