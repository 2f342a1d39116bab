"""Parts of the pages: buttons, forms and uploads of plain HTML, and lines that are read aloud."""

from __future__ import annotations

import inspect
import itertools
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nicegui import ui

from timeline.app.frame import title_of
from timeline.app.panels import Placed
from timeline.core.text.inert_text import undirected, xml_text
from timeline.files.file_text import LARGEST, LARGEST_TEXT

_NAMES = ("editor.js", "text.js", "grid.js", "cell.js", "case.js")
SCRIPTS = tuple(Path(__file__).parent / name for name in _NAMES)
Values = Mapping[str, str]
_NUMBERS = itertools.count(1)  # of the fields, so that each has a label of its own
Act = Callable[[Values], Awaitable[None] | None]


def safe(text: str) -> str:
    """A text of a file as HTML: escaped, and without characters that turn its direction.

    A character that no HTML may hold, as in a name that is no UTF-8, is replaced by a mark.
    """
    return escape(undirected(xml_text(text)))


def edit_address(name: str, line: int = 0) -> str:
    """The address of the editor of a file, at a line of it; 0: at its beginning.

    ``name``: from the folder on.
    """
    at = f"&line={line}" if line else ""
    return f"/edit?name={quote(name, safe='')}{at}"


def file_link(name: str, words: str = "", line: int = 0) -> str:
    """A link to the editor of a file as HTML; of a name that no address can have its reason.

    ``words``: of the link; the name where there are none.
    """
    shown = safe(words or name)
    try:
        return f'<a href="{edit_address(name, line)}">{shown}</a>'
    except UnicodeEncodeError:
        return f"{shown} (its name is no UTF-8: rename the file to open it)"


def line_link(each: Placed, words: str) -> str:
    """A link to a line of the text of the page."""
    return (
        f'<a href="#text" class="place" data-line="{each.line}" data-column="{each.column}">'
        f"{safe(words)}</a>"
    )


def row_link(table: str, row: int, key: str) -> str:
    """A link to a cell of a grid of the page; ``row`` from 0."""
    return (
        f'<a href="#{table}-grid" class="place" data-table="{table}" data-row="{row}" '
        f'data-key="{safe(key)}">row {row + 1}</a>'
    )


def script_values(*values: Any) -> str:
    """Values as the arguments of a call in a script of the page."""
    words = ", ".join(map(json.dumps, values))
    return words.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def html(content: str, tag: str = "div") -> ui.html:
    """An element with HTML of our own."""
    return ui.html(content, sanitize=False, tag=tag)


def button(label: str, act: Callable[[], Any]) -> ui.button:
    """A plain button; what was written in a cell before the click is sent before it."""
    made = ui.button(label, color=None).props("flat dense no-caps")
    return made.on("click", lambda _: act(), js_handler="() => editorPage.inTurn(() => emit())")


def set_usable(made: ui.button, is_usable: bool) -> None:
    """Show whether a button does something now; it keeps the focus, and says why it does not."""
    made.props(f"aria-disabled={'false' if is_usable else 'true'}")


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


def not_opened(fault: str) -> None:
    """The page of a file that is not opened: why, and the way back to the list."""
    ui.page_title(title_of("Not opened"))
    with ui.element("header").classes("top"):
        html('<a href="/">All files</a>', "p")
        html("Not opened", "h1")
    with ui.element("div").classes("panels"), section("problems", "Problem"):
        html(f'<p class="fault">{safe(fault)}</p>')


def field(name: str, label: str, value: str = "", *, hint: str = "") -> str:
    """A field for one line of text."""
    about = f' placeholder="{escape(hint)}"' if hint else ""
    return labelled(
        label,
        f'input name="{name}" value="{safe(value)}" autocomplete="off"{about} maxlength="300"',
    )


def of_kinds(made: str, kinds: Iterable[str], chosen: str) -> str:
    """A field that a form shows for some choices of its first list alone, and sends only then.

    ``made``: the field as HTML; ``chosen``: what is chosen at first.
    """
    listed = tuple(kinds)
    if chosen not in listed:
        made = made.replace("<input ", "<input disabled ", 1)
        made = made.replace("<select ", "<select disabled ", 1)
    hidden = "" if chosen in listed else " hidden"
    names = safe(" ".join(listed))
    return made.replace("<span ", f'<span data-kinds="{names}"{hidden} ', 1)


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
        self._client = ui.context.client
        for script in SCRIPTS:
            ui.add_head_html(f"<script>{script.read_text(encoding='utf-8')}</script>")
        ui.on("form", self._sent)

    async def _sent(self, event: Any) -> None:
        act = self._acts.get(event.args.get("name"))
        if act is not None:
            values = {str(key): str(value) for key, value in event.args.get("values", {}).items()}
            try:
                waiting = act(values)
                if inspect.isawaitable(waiting):
                    await waiting
            finally:
                self._client.run_javascript(
                    f"editorPage.answered({json.dumps(event.args['name'])})"
                )

    def form(self, name: str, fields: str, label: str, act: Act) -> ui.html:
        """A form; ``fields`` is HTML, ``label`` that of its button (empty: it has none)."""
        self._acts[name] = act
        return html(self.html(name, fields, label))

    @staticmethod
    def html(name: str, fields: str, label: str = "") -> str:
        """What the browser has of a form, as of `form`."""
        send = f'<button type="submit">{escape(label)}</button>' if label else ""
        return f'<form data-name="{name}" class="fields">{fields}{send}</form>'


class Upload:
    """A choice of a file of this computer, which is read by the server and not kept.

    What became of the file is said beside the field, also to a screen reader, and what an earlier
    file left there is cleared when another one is chosen.
    """

    def __init__(
        self,
        uploads: Uploads,
        label: str,
        endings: str,
        received: Callable[[str, bytes], Awaitable[None]],
        cleared: Callable[[], None] = lambda: None,
    ) -> None:
        """Build the field in the page at hand.

        Args:
            uploads: of the page.
            label: of the field.
            endings: those of the files, with commas.
            received: takes the name and the bytes of a file.
            cleared: called where what came of an earlier file is taken away.
        """
        self._received, self._cleared = received, cleared
        receiver = ui.upload(on_upload=self._take).style("display: none")
        address = str(receiver.props["url"])
        uploads.add(address, self)
        number = next(_NUMBERS)
        html(
            f'<label class="fields">{escape(label)} <input type="file" accept="{endings}" '
            f'data-url="{address}" data-limit="{LARGEST}" data-limit-text="{LARGEST_TEXT}" '
            f'aria-describedby="upload-{number}"></label>'
        )
        self._told = live_line("said").props(f'id="upload-{number}"')
        self._found = html("")

    def tell(self, text: str, *, is_fault: bool = False) -> None:
        """Say a sentence beside the field."""
        self._told.content = sentence(text, is_fault=is_fault)

    def show(self, content: str) -> None:
        """Show what came of the file, as HTML, below the field."""
        self._found.content = content

    async def _take(self, event: Any) -> None:
        self.show("")
        self._cleared()
        await self._received(event.file.name, await event.file.read())

    def refused(self, name: str, why: str) -> None:
        """Say why a file was not taken; what an earlier one left is cleared."""
        self.show("")
        self._cleared()
        self.tell(f"{name} was not taken: {why}.", is_fault=True)


class Uploads:
    """The fields for files of one page: each hears why its own file was not taken."""

    def __init__(self) -> None:
        """Listen in the page at hand."""
        self._of: dict[str, Upload] = {}
        ui.on("upload-refused", self._refused)

    def add(self, address: str, upload: Upload) -> None:
        """Listen for a field, which sends its file to an address."""
        self._of[address] = upload

    def _refused(self, event: Any) -> None:
        found = self._of.get(event.args.get("url", ""))
        if found is not None:
            found.refused(str(event.args["name"]), str(event.args["why"]))


def sentence(text: str, *, is_fault: bool) -> str:
    """A sentence as HTML; a fault is marked as one."""
    return f'<span class="fault">{safe(text)}</span>' if is_fault else safe(text)
