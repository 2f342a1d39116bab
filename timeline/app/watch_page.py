"""The live preview of one file: what the commands say of it, drawn anew after each save."""

from __future__ import annotations

import asyncio
from pathlib import Path

from timeline.app.analysis import unreadable
from timeline.app.file_watch import FileWatch, Signature
from timeline.app.live import Live
from timeline.app.parts import Audited, Drawn, Part, Record, Request
from timeline.app.workers import Analyser
from timeline.files.file_text import Unreadable, text_of

_SETTLED = 0.005  # seconds between two looks at a file that is being written
_LOOKS = 40  # of these, after which it is read as it is


class WatchedFile:
    """A file, the state of its analysis, and the pages that show it."""

    def __init__(self, path: Path, figure: str, analyser: Analyser) -> None:
        """A file that is read when `follow` is run."""
        self.path, self.figure, self.live = path, figure, Live()
        self._analyser = analyser
        self._watch = FileWatch()
        self._pages: set[object] = set()

    def draw(self, figure: str) -> None:
        """Draw another kind of figure, in all pages; what is shown stays until it is drawn."""
        from nicegui import background_tasks

        if figure != self.figure:
            self.figure = figure
            background_tasks.create(self.read(), name="draw another figure")

    def add_page(self, page: object) -> None:
        """Show the state in one more page, which has a method ``show``."""
        self._pages.add(page)
        page.show(self.live)  # type: ignore[attr-defined]

    def remove_page(self, page: object) -> None:
        """Leave a page that was closed."""
        self._pages.discard(page)

    async def follow(self) -> None:
        """Read the file, and again after each change of it or of its partner, for ever."""
        self._watch.look_at([self.path])
        await self.read()
        async for _ in self._watch.changes():
            await self.read()

    async def read(self) -> None:
        """Read the file when it is written in full, and have it analysed."""
        await self._settled()
        self._watch.see(self.path)  # what is read now is no change any more
        try:
            text = text_of(self.path)
        except Unreadable as fault:
            number = self._analyser.supersede(id(self), self._received)
            self.live = self.live.submitted(number)
            parts = (unreadable(self.path, fault), Drawn(kind=self.figure), Audited())
            for part in parts:
                self._received(number, part)
            return
        request = Request(text=text, path=self.path, figure=self.figure)
        number = self._analyser.submit(id(self), request, self._received)
        self.live = self.live.submitted(number, text)

    async def _settled(self) -> None:
        """Wait until the file is there and has stopped to change, but not for long."""
        for _ in range(_LOOKS):
            before = Signature.of(self.path)
            await asyncio.sleep(_SETTLED)
            if before.size and Signature.of(self.path) == before:
                return

    def _received(self, number: int, part: Part) -> None:
        self.live = self.live.received(number, part)
        if isinstance(part, Record) and number == self.live.awaited:
            self._watch.look_at([self.path, *part.reads])
        for page in tuple(self._pages):
            page.show(self.live)  # type: ignore[attr-defined]


def build_watch(path: Path, figure: str, analyser: Analyser) -> None:
    """Declare the page of one file, and what follows the file."""
    from nicegui import app, background_tasks, ui

    from renderers import FIGURES
    from timeline.app.frame import LivePanels, style_page, title_of

    watched = WatchedFile(path, figure, analyser)

    @ui.page("/", title=title_of(path.name))
    def page(figure: str = "") -> None:
        style_page()
        if figure in FIGURES:
            watched.draw(figure)
        panels = LivePanels(path.name, tuple(FIGURES))
        watched.add_page(panels)
        ui.context.client.on_delete(lambda: watched.remove_page(panels))

    app.on_startup(lambda: background_tasks.create(watched.follow(), name="follow the file"))
