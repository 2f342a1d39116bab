"""What a person may choose for the parts of a paste that was not taken as it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from timeline.app.editor.controls import button, html, safe
from timeline.editing.grid import Offer
from timeline.editing.paste.answers import ANSWER
from timeline.editing.paste.word_choices import ALL_WORDS, LINES, WORD

BEFORE = "before"  # the name of the offer to make the choices of an earlier paste again


class PasteView:
    """The choices on a page, one button each; they are there only while a paste waits."""

    def __init__(
        self,
        chosen: Callable[[str, str], Awaitable[None] | None],
        left: Callable[[], None] | None = None,
    ) -> None:
        """Build the place of the choices in the page at hand.

        Args:
            chosen: takes the column, empty for the dates, and the choice.
            left: called where a person wants none of them; None: that is not offered.
        """
        self._chosen, self._left = chosen, left
        self._is_chosen = False  # whether the focus was on a button that is gone
        self._box = ui.element("div").classes("conflict paste-choices")
        self._box.props('role="group" aria-label="What was not taken"')
        self._box.set_visibility(False)

    def ask(self, offers: Sequence[Offer], problems: Sequence[str] = ()) -> None:
        """Show the choices, and the problems below them; none of both takes them away."""
        self._box.clear()
        self._box.set_visibility(bool(offers or problems))
        made: list[ui.button] = []
        with self._box:
            for offer in offers:
                name = title(offer.column)
                with ui.element("div").classes("tools").props('role="group"'):
                    html(f"<strong>{safe(name)}:</strong>", "span")
                    for way, words in offer.ways.items():
                        made.append(self._button(offer.column, way, words))
            if problems:
                rows = "".join(
                    f'<li class="error">{safe(each.removesuffix("."))}.</li>' for each in problems
                )
                html(f'<ol class="problems">{rows}</ol>')
            if self._left is not None and (offers or problems):
                with ui.element("div").classes("tools"):
                    button("Leave it", self._left)
            if made and self._is_chosen:
                self._is_chosen = False
                ui.run_javascript(f"setTimeout(() => getHtmlElement({made[0].id}).focus())")

    def _button(self, column: str, way: str, words: str) -> ui.button:
        async def choose() -> None:
            self._is_chosen = True
            with self._box:  # the button itself is gone when the choice has been tried
                if (waiting := self._chosen(column, way)) is not None:
                    await waiting

        return button(f"{words[:1].upper()}{words[1:]}", choose)


def title(name: str) -> str:
    """What a choice is about, before its buttons.

    >>> title("CEA"), title("event: CT"), title("event:"), title("")
    ('Column CEA', 'Event CT', 'Events that name a treatment', 'Dates')
    >>> title("answer: Baseline, row 3")
    'Column Baseline, row 3'
    """
    name = name.removeprefix(ANSWER)
    if name == ALL_WORDS:
        return "Events that name a treatment"
    if name == BEFORE:
        return "Chosen before"
    if name == LINES:
        return "Lines of therapy"
    if name.startswith(WORD):
        return f"Event {name.removeprefix(WORD)}"
    return f"Column {name}" if name else "Dates"
