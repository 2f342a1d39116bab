"""The formats of datasets: a row for each, with its suffix and how it is read and written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from timeline.cdisc.dataset import Dataset, Problems, Row, misfits
from timeline.cdisc.formats import dataset_json, parquet, text, transport
from timeline.core.frozen_class import frozen
from timeline.core.problem import InvalidFile, Problem, Where, in_order, near
from timeline.files.output_files import write_file

Read = Callable[[Path, str], tuple[Dataset | None, Problems]]


@frozen(kw_only=True)
class Format:
    """A format: its name in commands, the suffix of its files, and its source."""

    name: str
    suffix: str
    read: Read
    content: Callable[[Dataset], bytes]
    source: str


_ROWS = (
    Format(name="csv", suffix=".csv", read=text.read, content=text.content,
           source="RFC 4180; dates by ISO 8601, UTF-8"),
    Format(name="xpt", suffix=".xpt", read=transport.read, content=transport.content,
           source="SAS TS-140, the record layout of a transport file, version 5"),
    Format(name="parquet", suffix=".parquet", read=parquet.read, content=parquet.content,
           source="Apache Parquet; labels in the metadata of its fields"),
    Format(name="json", suffix=".json", read=dataset_json.read, content=dataset_json.content,
           source="CDISC Dataset-JSON 1.1"),
)  # fmt: skip
FORMATS = {row.name: row for row in _ROWS}
_BY_SUFFIX = {row.suffix: row for row in _ROWS}
_NAME = re.compile(r"[A-Z][A-Z0-9]{1,7}")


def format_of(path: Path) -> Format:
    """The format of a file by its suffix.

    Raises:
        ValueError: no format has the suffix.
    """
    found = _BY_SUFFIX.get(path.suffix.lower())
    if found is None:
        known = near(path.suffix, _BY_SUFFIX)
        raise ValueError(f"unknown kind of dataset: {path.suffix!r} ({known})")
    return found


def read_file(path: Path, name: str = "") -> tuple[Dataset | None, Problems]:
    """The dataset of a file, or every fault of it.

    ``name``: of the dataset; left out, the one that the file states, else the name of the file.
    """
    try:
        return format_of(path).read(path, name)
    except (ValueError, ImportError) as fault:
        return None, (Problem(Where(str(path)), str(fault)),)


def read_dataset(path: Path | str, name: str = "") -> Dataset:
    """Read a dataset from CSV, a transport file (XPT), Parquet or Dataset-JSON, by the suffix.

    Args:
        path: the file.
        name: of the dataset, as ``RS``; left out, the one that the file states (the variable
            DOMAIN, or its own header), else the name of the file without its suffix.

    Returns:
        The dataset. Values are texts, numbers, and dates of numeric dates; a missing value is None.
        Nothing is converted to another type: in a CSV file a variable is numeric where its
        standard row is, and a text in all other cases.

    Raises:
        InvalidFile: the file cannot be read; every fault has its file, line and column.
    """
    found, problems = read_file(Path(path), name)
    if found is None:
        raise InvalidFile(problems)
    return found


def folder_files(folder: Path) -> dict[str, list[Path]]:
    """The files of datasets in a folder by the name of the dataset, which is that of the file."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        name = path.stem.upper()
        if path.suffix.lower() in _BY_SUFFIX and _NAME.fullmatch(name) and path.is_file():
            found.setdefault(name, []).append(path)
    return found


def read_files(folder: Path, names: Collection[str] = ()) -> tuple[dict[str, Dataset], Problems]:
    """The datasets of a folder, and every fault.

    ``names``: the datasets that are read; left out, all.
    """
    try:
        files = folder_files(folder)
    except OSError as fault:
        what = f"cannot be read: {fault.strerror} (name a folder of datasets)"
        return {}, (Problem(Where(str(folder)), what),)
    found: dict[str, Dataset] = {}
    problems: list[Problem] = []
    for name, paths in files.items():
        if names and name not in names:
            continue
        if len(paths) > 1:
            listed = " and ".join(path.name for path in paths)
            problems.append(Problem(Where(str(folder)), f"{name} twice: {listed} (keep one)"))
            continue
        read, faults = read_file(paths[0], name)
        problems += faults
        if read is not None:
            found[name] = read
    if not found and not problems:
        what = "no dataset (files named as dm.csv, rs.xpt, tr.parquet or adrs.json)"
        problems.append(Problem(Where(str(folder)), what))
    return found, in_order(problems)


def read_folder(folder: Path | str, names: Collection[str] = ()) -> dict[str, Dataset]:
    """Read the datasets of a folder, each from the file with its name (``rs.csv``, ``rs.xpt``).

    Args:
        folder: the folder; files of other names and kinds are left alone.
        names: the datasets that are read, as ``("DM", "RS")``; left out, all.

    Returns:
        The datasets by name.

    Raises:
        InvalidFile: a file cannot be read, there are two files of one dataset, or there is none.
    """
    found, problems = read_files(Path(folder), names)
    if problems:
        raise InvalidFile(problems)
    return found


def write_dataset(
    rows: Dataset | Iterable[Row], path: Path | str, domain: str = "", *, label: str = ""
) -> None:
    """Write a dataset in the format of the suffix. The file appears whole or not at all.

    Args:
        rows: a dataset, or records, each a value by variable.
        path: the file, ``.csv``, ``.xpt``, ``.parquet`` or ``.json``.
        domain: the name of the dataset, as ``RS``; needed where ``rows`` are records.
        label: of the dataset; left out, that of its standard row.

    Raises:
        ValueError: a value has no place in its variable, or the suffix is unknown.
        ImportError: the library of the format is not installed; the message names the extra.
        OSError: the file cannot be written.
    """
    path = Path(path)
    if not isinstance(rows, Dataset):
        if not domain:
            raise ValueError("the records have no name (write domain='RS')")
        rows = Dataset.of(domain, rows, label=label)
    write_file(path, content_of(rows, format_of(path)))


def content_of(dataset: Dataset, form: Format) -> bytes:
    """The bytes of a file of a dataset.

    Raises:
        ValueError: a value has no place in its variable; every such value is named.
        ImportError: the library of the format is not installed.
    """
    if problems := misfits(dataset):
        raise InvalidFile(problems)
    return form.content(dataset)
