"""Case files to a format and back: with the list of what the format does not hold, all returns."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TypeVar, cast

import attrs

from timeline.core.problem import Problem, Where, in_order, near
from timeline.exchange.case_tables import as_csv
from timeline.exchange.entries.case_entries import Entries, case_text, entries_of_files
from timeline.exchange.entries.left_over import (
    COLUMNS,
    LeftOver,
    differences,
    read_left_over,
    restored,
)
from timeline.exchange.import_case import MARK
from timeline.files.loader import text_contents
from timeline.formats.format import Entered, Format, FormatModule, Options, Unread
from timeline.formats.registry import FORMATS
from timeline.record.case import Case

_AID = "to read the files as they were; the files themselves do not state it"
_NO_OPTIONS: Options = {}
T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Exported:
    """Case files in another format.

    Attributes:
        contents: each file by its path, the list of what is left over included.
        left_over: every value of a case file that the files do not give back as written.
        list_path: where that list is; None where nothing is left over.
    """

    contents: Mapping[Path, bytes]
    left_over: tuple[LeftOver, ...]
    list_path: Path | None


@attrs.frozen(kw_only=True)
class Imported:
    """Case files from another format.

    Attributes:
        texts: the text of each case file by the name of its case.
        cases: what they hold.
        unread: what the case files have no key for.
        restored: whether a list of what was left over was beside the files.
    """

    texts: Mapping[str, str]
    cases: Mapping[str, Case]
    unread: tuple[Unread, ...] = ()
    restored: bool = False


def format_named(name: str, *, exports: bool = False) -> Format:
    """The row of a format; ValueError where there is none, or not in this direction."""
    known = [row.name for row in FORMATS.values() if (row.exports if exports else row.imports)]
    if name in known:
        return FORMATS[name]
    if name in FORMATS:
        way = "written to" if exports else "read from"
        raise ValueError(
            f"{FORMATS[name].title} cannot be {way} (write one of: {', '.join(known)})"
        )
    raise ValueError(f"unknown format: {name!r} ({near(name, known)})")


def module_of(row: Format) -> FormatModule:
    """The module of a format, imported when first used."""
    return cast("FormatModule", import_module(f"timeline.formats.{row.module}"))


def list_path(row: Format, path: Path) -> Path:
    """Where the list of what is left over stands: in the folder, or beside the file."""
    return path / row.left_over if row.folder else path.with_name(f"{path.stem}-{row.left_over}")


def export_cases(
    files: Iterable[Path], name: str, out: Path, options: Options = _NO_OPTIONS
) -> Exported:
    """Case files in a format, and what it does not hold of them. Nothing is written.

    Args:
        files: case files.
        name: of the format.
        out: the file or the folder that is to be written.
        options: of the format, by name.

    Raises:
        InvalidFile: a case file has faults.
        ValueError: the format, an option or the suffix of the file is not known.
        ImportError: a library is missing; the message names the extra.
    """
    row = format_named(name, exports=True)
    _check_options(row, options)
    if row.suffixes and out.suffix.lower() not in row.suffixes:
        found = f"{out.suffix or 'no suffix'} (write {' or '.join(row.suffixes)})"
        raise ValueError(f"{out}: {row.title} is no file with {found}")
    cases = entries_of_files(files)
    if not row.several and len(cases) > 1:
        raise ValueError(f"{row.title} holds one case a file, and here are {len(cases)}")
    module = module_of(row)
    written = module.write(cases, out, options)
    held = _read_again(module, written.contents, out, options, written.aids)
    own = _only(held.subjects, [each.case.name for each in cases])
    left: list[LeftOver] = []
    for each in cases:
        case = each.case.name
        left += [LeftOver(case, 0, "", key, value, "", _AID)
                 for key, value in written.aids.get(case, {}).items()]  # fmt: skip
        left += differences(case, each.entries, own.get(case, {}), module.REASONS)
    contents = dict(written.contents)
    place = list_path(row, out) if left else None
    if place is not None:
        rows = (COLUMNS, *(each.cells for each in left))
        contents[place] = as_csv(rows).encode()
    return Exported(
        contents=contents,
        left_over=tuple(each for each in left if each.reason != _AID),
        list_path=place,
    )


def _only(found: Mapping[str, T], names: Iterable[str]) -> Mapping[str, T]:
    """Cases by name; the only one of some files by the only name, which its file may not state."""
    known = list(dict.fromkeys(names))
    return {known[0]: next(iter(found.values()))} if len(found) == len(known) == 1 else found


def _check_options(row: Format, options: Options) -> None:
    for name in options:
        if name not in row.options:
            known = near(name, row.options) if row.options else "it has no options"
            raise ValueError(f"--option: {row.title} has no option {name!r} ({known})")


def _read_again(
    module: FormatModule,
    contents: Mapping[Path, bytes],
    out: Path,
    options: Options,
    aids: Mapping[str, Mapping[str, str]],
) -> Entered:
    """What the files give back."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in contents.items():
            place = Path(folder) / path.relative_to(out.parent)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        found = module.read(Path(folder) / out.name, options, aids)
    if found.problems:
        raise ValueError(f"what would be written cannot be read again: {found.problems[0].what}")
    return found


def import_cases(
    path: Path, name: str, options: Options = _NO_OPTIONS
) -> tuple[Imported | None, tuple[Problem, ...]]:
    """Case files from a file or folder of a format.

    Returns:
        The case files, each of which passes the check, or None; and every fault.

    Raises:
        ValueError: the format or an option is not known.
        ImportError: a library is missing; the message names the extra.
    """
    row = format_named(name)
    _check_options(row, options)
    rows, faults = read_left_over(list_path(row, path))
    if row.folder and not path.is_dir():
        what = "no such folder" if not path.exists() else f"{row.title} is a folder (name it)"
        faults = (Problem(Where(str(path)), what), *faults)
    if faults:
        return None, faults
    aids: dict[str, dict[str, str]] = {}
    for each in (each for each in rows if each.reason == _AID):
        aids.setdefault(each.subject, {})[each.key] = each.value
    found = module_of(row).read(path, options, aids)
    if found.problems:
        return None, in_order(found.problems)
    if not found.subjects:
        return None, (Problem(Where(str(path)), "holds no case with an event"),)
    by_case: dict[str, list[LeftOver]] = {}
    for each in (each for each in rows if each.reason != _AID):
        by_case.setdefault(each.subject, []).append(each)
    left_over = _only(by_case, found.subjects)
    return _case_files(path, row, found, left_over, restores=bool(rows))


def _case_files(
    path: Path,
    row: Format,
    found: Entered,
    left_over: Mapping[str, list[LeftOver]],
    *,
    restores: bool,
) -> tuple[Imported | None, tuple[Problem, ...]]:
    texts: dict[str, str] = {}
    cases: dict[str, Case] = {}
    problems: list[Problem] = []
    for subject, entries in found.subjects.items():
        own: Entries = restored(entries, left_over.get(subject, ()))
        text = case_text(own, f"{MARK} from {path.name} ({row.title}).")
        contents, faults = text_contents(text, path)
        problems += [Problem(Where(str(path)), f"{subject}: {each.what}") for each in faults]
        if contents.case is not None:
            texts[contents.case.name], cases[contents.case.name] = text, contents.case
    if problems:
        return None, tuple(dict.fromkeys(problems))
    return Imported(texts=texts, cases=cases, unread=found.unread, restored=restores), ()
