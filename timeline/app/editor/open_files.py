"""The files that are open in the editor, each with one text that all its tabs share.

Two tabs of one file show one text, so that neither can lose what was written in the other. A tab
that is closed or loaded anew leaves the text and its history here until the server stops.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import attrs

from timeline.app.document import Document
from timeline.app.file_watch import FileWatch
from timeline.app.folder import CaseFolder, OutsideFolder, name_beside
from timeline.app.live import Live
from timeline.app.parts import FIRST_FIGURE, Part, Record, Request
from timeline.app.workers import Analyser
from timeline.core.problem import Problem, Where
from timeline.editing import CaseField, Edited, Grid, case_fields, claim_grid, event_grid
from timeline.editing.claim_files import file_of
from timeline.editing.grid import CLAIMS, EVENTS
from timeline.editing.shown.cell_problems import CellProblem, cell_problems, kept_problems
from timeline.files.file_text import Unreadable
from timeline.files.folders import ENDINGS

LOOK = 0.4  # seconds between two looks at the files on the disk
PAUSE = 0.25  # seconds after the last letter, before a text that is typed is read
READ_ONLY = "read only: outside the folder that was opened"
GRIDS: Mapping[str, Callable[[str], Grid]] = {EVENTS: event_grid, CLAIMS: claim_grid}


def _no_columns() -> dict[str, list[str]]:
    return {name: [] for name in GRIDS}


class Tab(Protocol):
    """A page that shows an open file."""

    def show(self, opened: OpenFile) -> None:
        """Bring the page to the state of the file."""

    def tell(self, sentence: str) -> None:
        """Say what has happened."""


@attrs.define(eq=False)
class OpenFile:
    """A file in the editor.

    Attributes:
        name: from the folder on, as the list of files has it.
        document: its text, its history, and what the disk holds.
        live: what follows from the text.
        figure: the kind of figure that is drawn.
        grids: the grid of events and that of claims, of the newest text that is YAML.
        is_grid_of_text: whether the grids are those of the text, and not of an earlier one.
        was_read: whether a text of the file could be read as YAML.
        unread: why the newest text is no YAML; None where it is.
        cell_problems: the problems of the newest text that was checked, at the cells of the grids.
        fields: the fields of the case and its patient, of the text that the grids show.
        added: the keys of the columns that were asked for, by grid.
        units: what a number alone is a number of, by the key of its column in the grid of events,
            as the headings of a paste have stated it.
        choices: by grid, what a person has chosen for the words and columns of a paste; of a date
            that could be read either way, the order in which it was read.
        disk: what is to be said of the file on the disk; empty where it is what was read.
    """

    name: str
    document: Document
    _analyser: Analyser
    _all: OpenFiles
    live: Live = attrs.field(factory=Live, init=False)
    figure: str = attrs.field(default=FIRST_FIGURE, init=False)
    grids: dict[str, Grid] = attrs.field(factory=dict, init=False)
    is_grid_of_text: bool = attrs.field(default=True, init=False)
    was_read: bool = attrs.field(default=False, init=False)
    unread: Problem | None = attrs.field(default=None, init=False)
    fields: tuple[CaseField, ...] = attrs.field(default=(), init=False)
    cell_problems: tuple[CellProblem, ...] = attrs.field(default=(), init=False)
    added: dict[str, list[str]] = attrs.field(
        factory=lambda: {key: [] for key in GRIDS}, init=False
    )
    units: dict[str, str] = attrs.field(factory=dict, init=False)
    choices: dict[str, dict[str, str]] = attrs.field(
        factory=lambda: {key: {} for key in GRIDS}, init=False
    )
    disk: str = attrs.field(default="", init=False)
    _own: FileWatch = attrs.field(factory=FileWatch, init=False)
    _reads: FileWatch = attrs.field(factory=FileWatch, init=False)
    _unsettled: set[str] = attrs.field(factory=set, init=False)
    _tabs: list[Tab] = attrs.field(factory=list, init=False)
    _waiting: asyncio.TimerHandle | None = attrs.field(default=None, init=False)

    def add_tab(self, tab: Tab) -> None:
        """Show the file in one more tab."""
        self._tabs.append(tab)
        self._own.look_at([self.document.path])
        is_read_again = self.follow()
        if not self.grids or (self._reads.changed() and not is_read_again):
            self.read()
        else:
            tab.show(self)

    def look(self) -> None:
        """Follow the file on the disk, and those that are read with it, once they are at rest."""
        if not self._tabs:
            return
        changed = {name for name, watch in self._watches().items() if watch.changed()}
        settled, self._unsettled = self._unsettled - changed, changed
        is_taken = "own" in settled and self.follow()
        if "others" in settled and not is_taken:
            self.read()

    def _watches(self) -> Mapping[str, FileWatch]:
        return {"own": self._own, "others": self._reads}

    def follow(self) -> bool:
        """Take the file of the disk where nothing is unsaved; whether another text was taken."""
        text, disk = self.document.text, self.disk
        self.disk = self.document.follow()
        is_taken = self.document.text != text
        if is_taken:
            self.read()
            self.tell(f"{self.name} was changed by another program, and was read again.")
        elif self.disk != disk:
            self.show()
            if self.disk:
                self.tell(self.disk)
        return is_taken

    def tell(self, sentence: str) -> None:
        """Say a sentence in all tabs."""
        for tab in tuple(self._tabs):
            tab.tell(sentence)

    def remove_tab(self, tab: Tab) -> None:
        """Leave a tab that was closed; the text stays."""
        self._tabs = [each for each in self._tabs if each is not tab]

    def write(self, text: str, group: str = "") -> None:
        """Take a text; ``group`` as in `Document.edit`: such a text is read when it is at rest."""
        if not self.document.edit(text, group):
            return
        if not group:
            self.read()
            return
        self._wait_no_more()
        self._waiting = asyncio.get_running_loop().call_later(PAUSE, self.read)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def newest(self) -> str:
        """The text, with the grids and the tabs brought to it: what a change starts from."""
        if self._waiting is not None:
            self.read()
        return self.document.text

    @property
    def is_read_only(self) -> bool:
        """Whether it is outside the folder, so that its grids are shown and take no change."""
        return self.document.is_read_only

    def change(self, edited: Edited) -> tuple[Problem, ...]:
        """Take the result of a change of a grid; the reasons why it was not made."""
        if self.is_read_only:
            return (Problem(Where(str(self.document.path)), f"{self.name} is {READ_ONLY}"),)
        if not edited.problems:
            self.write(edited.text)
        self.show()
        return edited.problems

    def step(self, back: Callable[[Document], bool]) -> None:
        """Undo or redo."""
        if back(self.document):
            self.read()

    def draw(self, figure: str) -> None:
        """Draw another kind of figure."""
        self.figure = figure
        self.read()

    def read(self) -> None:
        """Read the text: its grids at once, all else in the processes of the server."""
        self._wait_no_more()
        text = self.document.text
        made = {name: of(text) for name, of in GRIDS.items()}
        problems = made[EVENTS].problems
        self.is_grid_of_text = not problems or any(grid.rows for grid in made.values())
        self.unread = None if self.is_grid_of_text else problems[0]
        self.was_read |= self.is_grid_of_text
        if self.is_grid_of_text or not self.grids:
            self.cell_problems = kept_problems(self.cell_problems, self.grids, made)
            self.grids = made
            self.fields = case_fields(text)
        if self.is_read_only:
            self.show()
        else:
            self._analyse()
        for each in self._all.reading(self.document.path):
            each._analyse()

    def _analyse(self) -> None:
        """Have the text analysed, with the texts of other open files as they are edited."""
        others = {each.document.path: each.document.text for each in self._all.unsaved()}
        others.pop(self.document.path, None)
        request = Request(
            text=self.document.text, path=self.document.path, figure=self.figure, others=others
        )
        number = self._analyser.submit(id(self), request, self._received)
        self.live = self.live.submitted(number, request.text)
        self.show()

    def is_reading(self, path: Path) -> bool:
        """Whether a tab shows the file, and it is read with another one."""
        return bool(self._tabs) and path in self.live.record.newest.reads

    def show(self) -> None:
        """Bring all tabs to the state of the file."""
        for tab in tuple(self._tabs):
            tab.show(self)

    def _received(self, number: int, part: Part) -> None:
        self.live = self.live.received(number, part)
        if isinstance(part, Record) and number == self.live.awaited:
            self._reads.look_at(part.reads)
            self._mark_cells(part)
        self.show()

    def _mark_cells(self, record: Record) -> None:
        """Put the problems of the text at the cells of the grids, where these are its own."""
        if self.is_grid_of_text:
            here = ((each.line, each.column, each.what) for each in record.faults if each.is_here)
            self.cell_problems = cell_problems(self.grids, here)


@attrs.define(eq=False)
class OpenFiles:
    """The open files of a folder, by name."""

    folder: CaseFolder
    analyser: Analyser
    _files: dict[Path, OpenFile] = attrs.field(factory=dict, init=False)
    _outside: dict[Path, OpenFile] = attrs.field(factory=dict, init=False)  # which are only read

    def open(self, name: str) -> OpenFile:
        """The file of a name, with the text that another tab may have left.

        Raises:
            OutsideFolder: there is no such file in the folder.
            Unreadable: it is no text.
        """
        path = self.folder.path(name)
        if path not in self._files:
            self._files[path] = OpenFile(name, Document.open(path), self.analyser, self)
        return self._files[path]

    def new(self, name: str, text: str) -> OpenFile:
        """A text for a file that is not there; it is written when it is saved.

        Raises:
            OutsideFolder: the name cannot be used, or is taken.
        """
        path = self.folder.new_path(name)
        if path in self._files:
            raise OutsideFolder(f"{name!r}: is open and not saved (choose another name)")
        self._files[path] = OpenFile(name, Document.new(path, text), self.analyser, self)
        return self._files[path]

    def save_as(self, opened: OpenFile, name: str) -> OpenFile:
        """Write the text of an open file to a new one, which is opened beside it.

        Args:
            opened: the file, which stays as it is.
            name: from the folder on; without ``/``, the new file is in the folder of the old one.

        Raises:
            OutsideFolder: the name cannot be used, or is taken.
            ValueError: a file is there; OSError: the folder cannot be written.
        """
        if "/" not in name:
            name = f"{opened.name.rpartition('/')[0]}/{name}".removeprefix("/")
        path = self.folder.new_path(name)
        if path in self._files:
            raise OutsideFolder(f"{name!r}: is open in the editor (choose another name)")
        document = opened.document.copied(path)
        self._files[path] = OpenFile(name, document, self.analyser, self)
        return self._files[path]

    async def follow(self) -> None:
        """Look at the files that tabs show, for ever."""
        while True:
            await asyncio.sleep(LOOK)
            for each in (*self._files.values(), *self._outside.values()):
                each.look()

    def reading(self, path: Path) -> tuple[OpenFile, ...]:
        """The open files that are read with another one."""
        return tuple(each for each in self._files.values() if each.is_reading(path))

    def beside(self, opened: OpenFile, table: str) -> OpenFile:
        """The file whose grid of a table the page of a file shows: itself, or its partner.

        A partner outside the folder is only read, where it is a YAML file that can be read.
        """
        path = file_of(table, opened.document.text, opened.document.path)
        if path == opened.document.path:
            return opened
        try:
            if name := self.folder.name_of(path):
                return self.open(name)
            return self._read_outside(path) or opened
        except (OutsideFolder, Unreadable):
            return opened

    def _read_outside(self, path: Path) -> OpenFile | None:
        """A file that is shown and never written; None where it is of the folder. Unreadable."""
        if path.is_relative_to(self.folder.root) or path.suffix.lower() not in ENDINGS:
            return None
        if path not in self._outside:
            document = Document.open(path, is_read_only=True)
            name = name_beside(path, self.folder.root)
            self._outside[path] = OpenFile(name, document, self.analyser, self)
        return self._outside[path]

    def unsaved(self) -> tuple[OpenFile, ...]:
        """The files whose text is not on the disk."""
        return tuple(each for each in self._files.values() if each.document.is_changed)

    def lost(self) -> tuple[OpenFile, ...]:
        """The files whose text is on the disk under no name: one saved as another is kept there."""
        kept = {each.document.text for each in self._files.values() if not each.document.is_changed}
        return tuple(each for each in self.unsaved() if each.document.text not in kept)

    def names(self) -> tuple[str, ...]:
        """The names that are taken: of the files of the folder, and of those that are open."""
        return (*self.folder.files(), *(each.name for each in self._files.values()))

    def found(self, name: str) -> OpenFile:
        """A file that is open or can be opened, by name.

        Raises:
            OutsideFolder: there is no such file in the folder.
            Unreadable: it is no text.
        """
        for each in self._files.values():
            if each.name == name:
                return each
        return self.open(name)
