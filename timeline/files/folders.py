"""The case and report files of a folder, and where they are if the folder itself has none.

Every command that takes a folder takes the files in it. Those of the folders below are not taken,
or the report of a case and a copy of it would be two patients: the message names these folders.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ENDINGS = (".yaml", ".yml")
PALETTE = "palette.yaml"  # colours of figures, which is no case
DEEPEST = 6  # folders below the one that is named
_MOST_NAMED = 3


def case_files_in(folder: Path) -> tuple[Path, ...]:
    """The case and report files of a folder by name, without hidden ones and its palette."""
    try:
        return tuple(sorted(each for each in folder.iterdir() if _is_case_file(each)))
    except OSError:  # a folder that may not be entered
        return ()


def _is_case_file(path: Path) -> bool:
    plain = path.suffix.lower() in ENDINGS and not path.name.startswith(".")
    return plain and path.name != PALETTE and path.is_file()


def folders_with_cases(folder: Path) -> Iterator[Path]:
    """The folders below a folder that hold case files, those nearest to it first."""
    level = [folder]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _inner(each)]
        yield from (each for each in level if case_files_in(each))


def _inner(folder: Path) -> list[Path]:
    """The folders in a folder, without hidden ones and links."""
    try:
        with os.scandir(folder) as entries:
            folders = [each for each in entries if each.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    names = sorted(each.name for each in folders if not each.name.startswith("."))
    return [folder / name for name in names]


def where_cases_are(folder: Path) -> str:
    """``they are in a/cases and a/seeds: name one of them``; empty where there are none."""
    found = list(folders_with_cases(folder))
    if not found:
        return ""
    named = [str(each) for each in found[:_MOST_NAMED]]
    if len(found) > _MOST_NAMED:
        named.append(f"{len(found) - _MOST_NAMED} more")
    which = "name this folder" if len(found) == 1 else "name one of them"
    return f"they are in {', '.join(named[:-1])}{' and ' if named[1:] else ''}{named[-1]}: {which}"


def without_case_file(folder: Path, otherwise: str = "name a folder of .yaml files") -> str:
    """The fault of a folder that holds no case file itself, with the folders that hold some.

    ``otherwise``: what to write where no folder below it has any.
    """
    return f"{folder}: has no case file ({where_cases_are(folder) or otherwise})"


def not_a_file(folder: Path) -> str:
    """Why a folder is not read where a case file is meant, and which files to name."""
    found = case_files_in(folder)
    if len(found) == 1:
        advice = f"name its file: {found[0]}"
    elif found:
        advice = f"name its files: {folder / '*.yaml'}"
    else:
        inner = next(folders_with_cases(folder), None)
        advice = f"name its files: {inner / '*.yaml'}" if inner else "name a .yaml file"
    return f"cannot be read: it is a folder ({advice})"
