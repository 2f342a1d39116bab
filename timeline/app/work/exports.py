"""Files made of a case as it is edited: figure, table of lines, and report, as the commands do."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from timeline.core.internal_fault import internal_fault
from timeline.files.file_text import Unreadable

if TYPE_CHECKING:
    from timeline.views.case_report import CaseReport

FIGURE_FORMATS = ("pdf", "svg", "png", "tiff", "html")
LINES_FORMATS = ("docx", "xlsx", "csv", "md")
REPORT_FORMATS = ("html", "pdf", "docx")
Choices = Mapping[str, str]


@attrs.frozen(kw_only=True)
class Exported:
    """A file to be kept by the browser: its name and its bytes; or why it could not be made."""

    name: str
    raw: bytes = b""
    fault: str = ""


def exported(what: str, text: str, path: Path, choices: Choices) -> Exported:
    """One file of a text that need not be saved.

    A figure of several pages has a file for each, as the command writes them: in a ZIP archive.

    Args:
        what: ``figure``, ``lines`` or ``report``.
        text: of the case.
        path: where it is, or would be, saved: its report is looked up from there.
        choices: ``format``; of a figure also ``kind``, ``journal``, ``column`` and ``language``; of
            a report ``paper``.
    """
    ending = choices.get("format", "")
    name = f"{path.stem}-{choices.get('kind') or what}.{ending}"
    try:
        if ending not in FORMATS[what]:
            raise ValueError(f"unknown format: {ending!r} (choose one of the list)")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / name
            _WRITERS[what](_loaded(text, path), file, path.parent, choices)
            if not file.exists():  # a figure of several pages, a file each
                return Exported(name=f"{file.stem}.zip", raw=_zipped(Path(folder)))
            return Exported(name=name, raw=file.read_bytes())
    except (ValueError, ImportError, OSError, Unreadable) as fault:
        return Exported(name=name, fault=str(fault))
    except Exception as wrong:
        return Exported(name=name, fault=internal_fault(wrong))


def _zipped(folder: Path) -> bytes:
    """The files of a folder as one; it has no time of its own, so that it is the same each time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in sorted(folder.iterdir()):
            archive.writestr(zipfile.ZipInfo(each.name), each.read_bytes())
    return made.getvalue()


def _loaded(text: str, path: Path) -> CaseReport:
    from timeline.views.case_report import load_text

    loaded = load_text(text, path)
    if loaded.case_report is None or loaded.problems:
        count = len(loaded.problems)
        raise ValueError(
            f"the text has {count} problem{'' if count == 1 else 's'} (mend what is listed first)"
        )
    return loaded.case_report


def _figure(found: CaseReport, file: Path, folder: Path, choices: Choices) -> None:
    from renderers import FIGURES, write
    from renderers.scene.journals import page_of
    from renderers.scene.palette_file import FILE_NAME, load_colours

    if found.derived is None:
        raise ValueError("the file describes no single patient, so there is nothing to draw")
    figure = FIGURES[choices["kind"]]
    options = []
    if "palette" in figure.option_table() and (folder / FILE_NAME).is_file():
        if faults := load_colours(folder / FILE_NAME)[1]:
            raise ValueError("; ".join(faults))
        options.append(f"palette={folder / FILE_NAME}")
    page = page_of(
        choices.get("journal") or "generic", choices.get("column", ""),
        choices.get("language") or "en",
    ).for_file(file)  # fmt: skip
    write(figure.lay_out([found.derived], page, figure.parse(options)), file, page)


def _lines(found: CaseReport, file: Path, _: Path, __: Choices) -> None:
    from timeline.exchange.lines_files import write_lines
    from timeline.exchange.lines_table import lines

    if found.derived is None:
        raise ValueError("the file describes no single patient, so it has no lines")
    write_lines(file, lines(found.derived))


def _report(found: CaseReport, file: Path, _: Path, choices: Choices) -> None:
    from timeline.views.board_report import BoardReport

    BoardReport((found,)).save(file, paper=choices.get("paper") or "a4")


FORMATS = {"figure": FIGURE_FORMATS, "lines": LINES_FORMATS, "report": REPORT_FORMATS}
_WRITERS: Mapping[str, Callable[[CaseReport, Path, Path, Choices], None]] = {
    "figure": _figure,
    "lines": _lines,
    "report": _report,
}
