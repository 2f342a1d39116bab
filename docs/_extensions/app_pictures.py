"""Pictures of ``timeline app``, taken each time that the site is built.

``app-picture NAME`` shows one of `PICTURES`. The first of them starts the program on an empty
folder and a browser without a window, and walks the way of the page *tutorial/in-the-app* once: it
encodes ``docs/examples/wang_events.csv`` and stops the build where the program answers something
else than the page says. What the walk saves is the file of ``app-file NAME``, in the folder of a
page. Without Chromium, playwright or NiceGUI each picture is a sentence that says so.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from run_commands import MADE, ROOT, folder_of
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from timeline.editing import pasted, with_cell, with_rows
from timeline.exchange.new_case import Answers, new_case

TABLE = ROOT / "docs" / "examples" / "wang_events.csv"
CASE = "wang"
CLAIM = {"claim": "PFS", "value": "8.4 months", "place": "Abstract"}
WIDTH, HEIGHT = 1024, 768  # of the window, in pixels
WAIT = 60_000  # milliseconds for an answer of the program: a build may share its machine
PICTURES = ("start", "grid", "mistake", "claims", "results", "figure")
CANNOT = "The picture is not here: this site was built without {what}."
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")

# What the walk must find, as the pages say; by hand in docs/tutorial/first-case.md
ENDPOINT = "121 to 181 days"
FINDING = "the dates give 3.98 to 5.95 months"
WRONG_DATE = "13/05/2022"
ADVICE = "not a date: '13/05/2022' (write 2022-05-13)"


def missing() -> str:
    """What a picture needs and is not there, in words; empty if nothing is missing."""
    needed = {
        "a browser (Chromium)": _browser(),
        "playwright": find_spec("playwright"),
        "NiceGUI (the extra app)": find_spec("nicegui"),
    }
    return " and ".join(name for name, found in needed.items() if not found)


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def clipboard() -> str:
    """The table of events as a spreadsheet copies it: lines with tabs."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return "".join("\t".join(row) + "\n" for row in csv.reader(file))


def encoded() -> str:
    """The case file that the walk makes, by the functions that the grids call.

    Raises:
        ValueError: a step is refused; the message names its faults.
    """
    text = new_case(CASE, Answers())
    steps = (
        lambda text: pasted(text, "events", 1, "event", clipboard()),
        lambda text: with_rows(text, "claims", 0, [CLAIM]),
        lambda text: with_cell(text, "claims", 0, "line", "4"),
    )
    for step in steps:
        edited = step(text)
        if edited.problems:
            raise ValueError("\n".join(map(str, edited.problems)))
        text = edited.text
    return text


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The address of the program, which serves a folder until the block ends."""
    words = [sys.executable, "-m", "timeline", "app", "."]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(  # noqa: S603 - our own program
        words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None  # noqa: S101 - it is a pipe
            found = re.search(r"http://\S+", server.stdout.readline())
            if found is None:
                raise RuntimeError(f"timeline app does not start: {server.communicate()[1]}")
            yield found[0]
        finally:
            server.terminate()


@contextmanager
def _page(address: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_browser(), args=["--no-sandbox"])
        try:
            context = browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light",
                reduced_motion="reduce",
            )  # fmt: skip
            context.set_default_timeout(WAIT)
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            page = context.new_page()
            page.on("dialog", lambda dialog: dialog.accept())
            page.goto(address)
            yield page
        finally:
            browser.close()


class Walk:
    """One way through the app, from an empty folder to a saved case."""

    def __init__(self, page: Any, folder: Path, out: Path) -> None:
        """The page of the browser, the folder that is served, and that of the pictures."""
        self.page, self.folder, self.out = page, folder, out

    def take(self, name: str, *parts: str) -> None:
        """A picture of the parts of the page that some selectors name, within one rectangle."""
        boxes = [self.page.locator(each).first.bounding_box() for each in parts]
        left, top = (min(box[key] for box in boxes) for key in ("x", "y"))
        right = max(box["x"] + box["width"] for box in boxes)
        bottom = max(box["y"] + box["height"] for box in boxes)
        clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        scroll = self.page.evaluate("[scrollX, scrollY]")
        clip["x"] += scroll[0]
        clip["y"] += scroll[1]
        self.page.mouse.move(0, 0)
        self.page.screenshot(path=self.out / f"app-{name}.png", full_page=True, clip=clip)

    def until(self, words: str, where: str) -> None:
        """Wait until a part of the page says some words."""
        self.page.wait_for_function(
            "([where, words]) => document.querySelector(where)?.innerText.includes(words)",
            arg=[where, words],
        )

    def cell(self, table: str, row: int, key: str) -> Any:
        """A cell of a grid."""
        return self.page.locator(f'#{table}-grid .ag-row[row-index="{row}"] [col-id="{key}"]')

    def write(self, table: str, row: int, key: str, text: str) -> None:
        """Write in a cell by the keyboard."""
        self.cell(table, row, key).click()
        self.page.keyboard.press("F2")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def run(self) -> str:
        """Walk, and take the pictures; the text of the file that was saved."""
        page = self.page
        page.wait_for_selector("#files td, #files p")
        page.get_by_label("Name of the case").fill(CASE)
        self.take("start", "header", "#files", "#new", "#upload")
        page.get_by_role("button", name="Begin").click()
        page.wait_for_selector(".status[data-complete]", state="attached")
        page.wait_for_function("window.editorPage?.view")
        self.cell("events", 0, "event").click()
        page.evaluate("(text) => navigator.clipboard.writeText(text)", clipboard())
        page.keyboard.press("Control+v")
        self.until("is the pasted diagnosis now", "#events-grid")
        self.take("grid", "#events-grid")
        self.write("events", 5, "date", WRONG_DATE)
        self.until(ADVICE, "#events-grid")
        self.take("mistake", "#events-grid")
        page.keyboard.press("Escape")  # the cell holds what it refuses until then
        claims = page.locator("#claims-grid form").first
        claims.get_by_label("New row: claim").select_option(CLAIM["claim"])
        claims.get_by_label("value").fill(CLAIM["value"])
        claims.get_by_label("place").fill(CLAIM["place"])
        claims.get_by_role("button", name="Add row").click()
        self.until("Row 1 added.", "#claims-grid")
        self.write("claims", 0, "line", "4")
        self.until("1 error", "#audit")
        self.until(FINDING, "#audit")
        self.until(ENDPOINT, "#endpoints")
        page.wait_for_selector("#figure svg")
        page.keyboard.press("Control+s")
        self.until(f"{CASE}.yaml is saved", ".told")
        self.take("claims", "#claims-grid")
        self.take("results", "#endpoints", "#audit")
        self.take("figure", "#figure")
        return (self.folder / f"{CASE}.yaml").read_text("utf-8")


def pictures_taken(out: Path) -> None:
    """Take every picture, as ``app-NAME.png`` in a folder.

    Raises:
        RuntimeError: the program does not start, or its file is another than `encoded`.
    """
    with tempfile.TemporaryDirectory(prefix="patients-") as made:
        folder = Path(made) / "patients"
        folder.mkdir()
        with _served(folder) as address, _page(address) as page:
            saved = Walk(page, folder, out).run()
    if saved != encoded():
        raise RuntimeError(f"the app wrote another file than its grids make:\n{saved}")


class AppPicture(SphinxDirective):
    """``app-picture NAME``: a picture of the app; ``:alt:`` says what it shows."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"alt": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """The picture with its text; a sentence where it cannot be taken."""
        name, alt = self.arguments[0], self.options.get("alt", "")
        if name not in PICTURES or not alt:
            raise self.error(f"no picture {name!r}, or no :alt: (one of {', '.join(PICTURES)})")
        if what := missing():
            text = CANNOT.format(what=what)
            return [nodes.paragraph(text, text, classes=["not-taken"])]
        folder = Path(self.env.app.outdir) / MADE
        if not (folder / f"app-{PICTURES[-1]}.png").exists():
            pictures_taken(folder)
        up = "../" * self.env.docname.count("/")
        source = f"{up}{MADE}/app-{name}.png"
        image = f'<img src="{source}" alt="{escape(" ".join(alt.split()), quote=True)}">'
        html = f'<p><a class="picture app" href="{source}">{image}</a></p>'
        return [nodes.raw("", html, format="html")]


class AppFile(SphinxDirective):
    """``app-file``: puts the case file of the walk into the folder of the page; shows nothing."""

    def run(self) -> list[nodes.Node]:
        """Write the file."""
        path = folder_of(self.env, self.env.docname) / f"{CASE}.yaml"
        path.write_text(encoded(), "utf-8")
        return []


class Sheet(SphinxDirective):
    """``sheet PATH``: a CSV file of the project as a table, to be copied into a grid."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The table, every cell as it is in the file."""
        with (ROOT / self.arguments[0]).open(encoding="utf-8", newline="") as file:
            heads, *rows = csv.reader(file)
        head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in row)}</tr>" for row in rows
        )
        html = (
            '<div class="table-wrapper docutils container"><table class="docutils sheet">'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )
        return [nodes.raw("", html, format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.add_directive("app-picture", AppPicture)
    app.add_directive("app-file", AppFile)
    app.add_directive("sheet", Sheet)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": True}
