"""The files of a study folder: tables of tabs, with the place of each cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where, near
from timeline.files.file_text import Unreadable, controls, text_of
from timeline.formats.cbioportal.tracks import REQUIRED

_SAVE = "save it as text with tabs, UTF-8"
_REQUIRED = tuple(name for name in REQUIRED if name != "STOP_DATE")  # examples of the docs omit it


def _control(text: str) -> str:
    _, name = next(iter(controls(text.replace("\t", " "))))
    return f"a control character, {name} (delete it)"


@frozen(kw_only=True)
class PortalRow:
    """A row of a table: its texts by column, the file and the line."""

    file: str
    line: int
    texts: dict[str, str]
    columns: tuple[str, ...]

    def text(self, name: str) -> str:
        """The text of a column; empty where there is none."""
        return self.texts.get(name, "")

    def where(self, name: str = "") -> Where:
        """The place of a cell, or of the row."""
        column = self.columns.index(name) + 1 if name in self.columns else 1
        return Where(self.file, self.line, column)


@attrs.define
class StudyFolder:
    """A study folder. ``problems`` gathers every fault of its files."""

    path: Path
    problems: list[Problem] = attrs.field(factory=list)

    def timelines(self) -> Iterator[PortalRow]:
        """The rows of the timelines: of those that meta files name, else of all by their names."""
        for name in self._files("TIMELINE", "data_timeline*.txt"):
            yield from self._table(name, _REQUIRED)

    def patients(self) -> Iterator[PortalRow]:
        """The rows of the attributes of patients."""
        for name in self._files("PATIENT_ATTRIBUTES", "data_clinical_patient*.txt"):
            yield from self._table(name, ("PATIENT_ID",))

    def _files(self, datatype: str, pattern: str) -> list[Path]:
        named: list[Path] = []
        for meta in sorted(self.path.glob("meta_*.txt")):
            values = self._meta(meta)
            if values.get("datatype", "").upper() == datatype:
                file = values.get("data_filename", "")
                if not file or Path(file).name != file or file in (".", ".."):
                    what = f"data_filename: {file!r} is no file of the folder (write its name)"
                    self.problems.append(Problem(Where(str(meta)), what))
                else:
                    named.append(self.path / file)
        return named or sorted(self.path.glob(pattern))

    def _meta(self, path: Path) -> dict[str, str]:
        lines = (each.partition(":") for each in self._text(path).splitlines())
        return {name.strip(): value.strip() for name, colon, value in lines if colon}

    def _text(self, path: Path) -> str:
        try:
            return text_of(path, save=_SAVE)
        except Unreadable as fault:
            self.problems.append(Problem(Where(str(path), fault.line, fault.column), str(fault)))
            return ""

    def _table(self, path: Path, needed: tuple[str, ...]) -> Iterator[PortalRow]:
        file = str(path)
        columns: tuple[str, ...] = ()
        for line, text in enumerate(self._text(path).split("\n"), start=1):
            cells = [" ".join(each.split()) for each in text.rstrip("\r").split("\t")]
            if text.startswith("#") or not any(cells):
                continue
            if not columns:
                columns = tuple(each.upper() for each in cells)
                missing = [name for name in needed if name not in columns]
                twice = [name for name in columns if name and columns.count(name) > 1]
                for name in missing:
                    what = f"no column {name} ({near(name, columns)})"
                    self.problems.append(Problem(Where(file, line, 1), what))
                for name in dict.fromkeys(twice):
                    what = f"two columns {name} (rename one)"
                    self.problems.append(Problem(Where(file, line, 1), what))
                if missing or twice:
                    return
            elif any(controls(text.replace("\t", " ").rstrip("\r"))):
                self.problems.append(Problem(Where(file, line, 1), _control(text)))
            elif len(cells) > len(columns) and any(cells[len(columns) :]):
                what = f"{len(cells)} fields under {len(columns)} columns (separate them by tabs)"
                self.problems.append(Problem(Where(file, line, 1), what))
            else:
                texts = dict(zip(columns, cells, strict=False))
                yield PortalRow(file=file, line=line, texts=texts, columns=columns)
