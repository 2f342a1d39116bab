"""Parts of the pages: buttons, forms and uploads of plain HTML, and lines that are read aloud."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Awaitable, Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from nicegui import ui

from timeline.core.text.inert_text import undirected
from timeline.files.file_text import LARGEST, LARGEST_TEXT

SCRIPTS = tuple(Path(__file__).parent / name for name in ("editor.js", "grid.js"))
Values = Mapping[str, str]
_NUMBERS = itertools.count(1)  # of the fields, so that each has a label of its own
Act = Callable[[Values], Awaitable[None] | None]


def safe(text: str) -> str:
    """A text of a file as HTML: escaped, and without characters that turn its direction."""
    return escape(undirected(text))


def html(content: str, tag: str = "div") -> ui.html:
    """An element with HTML of our own."""
    return ui.html(content, sanitize=False, tag=tag)


def button(label: str, act: Callable[[], Any]) -> ui.button:
    """A plain button."""
    return ui.button(label, on_click=lambda _: act(), color=None).props("flat dense no-caps")


def live_line(name: str) -> ui.html:
    """A line that a screen reader reads when it changes."""
    return html("", "p").classes(name).props('role="status" aria-live="polite"')


def section(key: str, title: str, *, is_wide: bool = True) -> ui.element:
    """A section of a page with its heading."""
    element = ui.element("section").classes("full" if is_wide else "")
    element.props(f'id="{key}" aria-labelledby="{key}-title"')
    with element:
        html(safe(title), "h2").props(f'id="{key}-title"')
    return element


def field(name: str, label: str, value: str = "", *, hint: str = "") -> str:
    """A field for one line of text."""
    about = f' placeholder="{escape(hint)}"' if hint else ""
    return labelled(
        label,
        f'input name="{name}" value="{safe(value)}" autocomplete="off"{about} maxlength="300"',
    )


def rows_field(name: str, label: str) -> str:
    """A field for several lines of text."""
    field_of = f'textarea name="{name}" rows="3" spellcheck="false"'
    return labelled(label, field_of, "</textarea>", "field rows")


def labelled(label: str, element: str, inside: str = "", classes: str = "field") -> str:
    """A part of a form with its label before it; ``inside``: its content and its end, as HTML."""
    number = next(_NUMBERS)
    return (
        f'<span class="{classes}"><label for="field-{number}">{escape(label)}</label> '
        f'<{element} id="field-{number}">{inside}</span>'
    )


def choice(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: str = "", *, live: str = ""
) -> str:
    """A list to choose from; ``options``: each value with its words."""
    rows = "".join(
        f'<option value="{safe(value)}"{" selected" if value == chosen else ""}>{safe(words)}'
        "</option>"
        for value, words in options
    )
    return labelled(label, f'select name="{name}" {live}', f"{rows}</select>")


LIVE = "data-live"  # of a choice that is sent when it is changed


class Forms:
    """The forms of one page: each sends its fields to one function."""

    def __init__(self) -> None:
        """Add the script of the pages, and listen, in the page at hand."""
        self._acts: dict[str, Act] = {}
        for script in SCRIPTS:
            ui.add_head_html(f"<script>{script.read_text(encoding='utf-8')}</script>")
        ui.on("form", self._sent)

    async def _sent(self, event: Any) -> None:
        act = self._acts.get(event.args.get("name"))
        if act is not None:
            values = {str(key): str(value) for key, value in event.args.get("values", {}).items()}
            waiting = act(values)
            if inspect.isawaitable(waiting):
                await waiting

    def form(self, name: str, fields: str, label: str, act: Act) -> ui.html:
        """A form; ``fields`` is HTML, ``label`` that of its button (empty: it has none)."""
        self._acts[name] = act
        send = f'<button type="submit">{escape(label)}</button>' if label else ""
        return html(f'<form data-name="{name}" class="fields">{fields}{send}</form>')


def upload(label: str, endings: str, received: Callable[[str, bytes], Awaitable[None]]) -> None:
    """A choice of a file of this computer, which is read by the server and not kept."""

    async def take(event: Any) -> None:
        await received(event.file.name, await event.file.read())

    receiver = ui.upload(on_upload=take).style("display: none")
    html(
        f'<label class="fields">{escape(label)} <input type="file" accept="{endings}" '
        f'data-url="{receiver.props["url"]}" data-limit="{LARGEST}" '
        f'data-limit-text="{LARGEST_TEXT}"></label>'
    )


def on_refused_upload(tell: Callable[[str], None]) -> None:
    """Say why a file was not taken."""
    ui.on(
        "upload-refused",
        lambda event: tell(f"{event.args['name']} was not taken: {event.args['why']}."),
    )
