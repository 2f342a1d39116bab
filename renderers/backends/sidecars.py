"""Sidecar files of a figure: alternative text, caption, and data as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import attrs
import pendulum

from renderers.backends.items import DataItem, data_items
from renderers.backends.legend import described
from renderers.scene.mark import PrintedNumber
from renderers.scene.scene import Frame, Scene
from timeline.core.frozen_class import frozen
from timeline.files.output_files import OutputFiles

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# What a spreadsheet may run; some also accept full-width characters, and a true minus sign.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", *"＝＋－＠﹢﹣﹦﹫−")
OPEN = ".."  # an end without bound, as EDTF writes it


@frozen(kw_only=True)
class DataRow:
    """One item of a figure as a row of its data.

    ``at`` is filled where it is on one day, ``start`` and ``end`` where it is on some day of a
    range, or lasts; both included. ``unit`` is that of the three.
    """

    row: str
    what: str
    at: str
    start: str
    end: str
    unit: str
    text: str
    source: str


HEAD = ("row", "what", "at", "from", "to", "unit", "text", "source")


def data(scene: Scene) -> tuple[DataRow, ...]:
    """The data of a scene: a row for each item, in the order of drawing, then printed numbers."""
    description = {style.name: style.description for style in described(scene)}
    drawn = tuple(_data_row(item, scene, description) for item in data_items(scene))
    return (*drawn, *(_printed_row(number, scene.frame) for number in scene.printed))


def _printed_row(number: PrintedNumber, frame: Frame) -> DataRow:
    at = "" if number.at is None else _time(number.at, frame)
    return DataRow(
        row=number.row, what=number.what, at=at, start="", end="",
        unit="" if not at else "date" if frame.dated else frame.unit,
        text=number.text, source=number.source,
    )  # fmt: skip


def _data_row(item: DataItem, scene: Scene, description: dict[str, str]) -> DataRow:
    named = [description[style] for style in item.styles if description.get(style)]
    at, start, end = _times(item, scene.frame)
    return DataRow(
        row=scene.rows[item.row].name,
        what="; ".join(named),
        at=at,
        start=start,
        end=end,
        unit="date" if scene.frame.dated else scene.frame.unit if at or start or end else "",
        text=item.text,
        source=item.source,
    )


def _times(item: DataItem, frame: Frame) -> tuple[str, str, str]:
    if not frame.unit:
        return "", "", ""
    low, high = (_time(day, frame) for day in (item.low, item.high))
    if low == high == OPEN:
        return "", "", ""
    return (low, "", "") if low == high else ("", low, high)


def _time(day: float | None, frame: Frame) -> str:
    if day is None:
        return OPEN
    if frame.dated:
        return pendulum.Date.fromordinal(round(day)).isoformat()
    return f"{day:.2f}".rstrip("0").rstrip(".")


def as_csv(scene: Scene) -> str:
    """The data of a scene as CSV; no cell of it is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for datum in data(scene):
        writer.writerow(inert_cell(cell) for cell in attrs.astuple(datum))
    return out.getvalue()


def inert_cell(cell: str) -> str:
    """A cell that begins as a formula does is led by an apostrophe; a number is left as it is."""
    cell = cell.replace("\r", " ")  # which some readers take for the end of the row
    runs = cell.lstrip().startswith(FORMULA) or cell.startswith(FORMULA)
    return f"'{cell}" if runs and not NUMBER.fullmatch(cell) else cell


def _below(scene: Scene) -> Iterator[str]:
    """The caption, and after an empty line how the marks are read."""
    yield scene.caption
    if scene.conventions:
        yield from ("", scene.conventions)


SIDECARS = {
    ".alt.txt": lambda scene: f"{scene.alt}\n",
    ".caption.txt": lambda scene: "".join(f"{text}\n" for text in _below(scene)),
    ".csv": as_csv,
}


def sidecar_paths(path: Path) -> Iterator[tuple[str, Path]]:
    """The suffix of each sidecar and its file, named after the figure: ``wang2023.csv``."""
    for suffix in SIDECARS:
        yield suffix, path.with_name(f"{path.stem}{suffix}")


def files_of(scene: Scene, path: Path) -> Iterator[tuple[Path, bytes]]:
    """The sidecars of a figure at ``path`` and their bytes, in UTF-8.

    ValueError if a sidecar would have the name of the figure itself.
    """
    for suffix, file in sidecar_paths(path):
        if file == path:
            raise ValueError(f"{path} is the name of a sidecar (give the figure another suffix)")
        yield file, SIDECARS[suffix](scene).encode()


def written_before(path: Path) -> bool:
    """Whether a sidecar was written by this module: the CSV file of its name has our header."""
    suffix = next((each for each in SIDECARS if path.name.endswith(each)), None)
    if suffix is None:
        return False
    data = path.with_name(f"{path.name.removesuffix(suffix)}.csv")
    head = ",".join(HEAD).encode() + b"\n"
    if not data.is_file() or data.is_symlink():
        return False
    with data.open("rb") as file:
        return file.read(len(head)) == head


def write(scene: Scene, path: Path | str, into: OutputFiles | None = None) -> tuple[Path, ...]:
    """Write the sidecars of a figure at ``path``; returns their files.

    ``into``: the set of files that they belong to. ValueError as in `files_of`, and where a file
    that was not written here has the name of a sidecar.
    """
    if into is None:
        with OutputFiles(ours=written_before) as files:
            return write(scene, path, files)
    written = []
    for file, content in files_of(scene, Path(path)):
        into.add(file, content)
        written.append(file)
    return tuple(written)
