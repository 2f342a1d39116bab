"""The choice of the claims that are shown, by their verdict: in a grid and in a panel."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from timeline.app.editor.controls import LIVE, Forms, Values, choice
from timeline.app.panels import VERDICTS

_ALL = "all claims"


class VerdictChoice:
    """One choice of a tab, which stands at several places: what is chosen at one holds at all."""

    def __init__(self, forms: Forms, changed: Callable[[], None]) -> None:
        """No place has the choice yet; ``changed`` is called with each choice."""
        self.verdict = ""
        self._forms, self._changed = forms, changed
        self._places: dict[str, ui.html] = {}

    def add(self, name: str) -> None:
        """Add the choice at the place at hand of the page; ``name``: of its form."""
        self._places[name] = self._forms.form(
            name, self._field(), "", lambda values: self._choose(name, values)
        )

    def _field(self) -> str:
        options = [("", _ALL), *((each, each) for each in VERDICTS)]
        return choice("verdict", "Show by verdict", options, self.verdict, live=LIVE)

    def _choose(self, name: str, values: Values) -> None:
        verdict = values.get("verdict", "")
        if verdict not in ("", *VERDICTS):
            return
        self.verdict = verdict
        for other, element in self._places.items():
            if other != name:  # where it was chosen the focus stays
                element.content = self._forms.html(other, self._field())
        self._changed()
