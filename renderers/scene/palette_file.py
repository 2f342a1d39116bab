"""A palette file: the colours of a project, next to its data, as YAML.

    doxorubicin: "#A44C4E"
    Arm B: "#F8A469 striped"

A colour is in quotes, because YAML takes what follows a bare ``#`` for a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from renderers.scene.colours import BLACK, WHITE
from renderers.scene.palette import Palette, Swatch, name_key

if TYPE_CHECKING:  # a table without a palette file need not load YAML
    import yaml

    from renderers.scene.styles import Style
    from timeline.files.yaml.yaml_nodes import ProblemLog

FILE_NAME = "palette.yaml"
_STRIPES = {"": "", "striped": WHITE, "striped dark": BLACK}
_COLOUR = re.compile(r"(#[0-9A-Fa-f]{6})(?:\s+(striped|striped dark))?")
_HEAD = "# The same name has the same colour in every figure. Written by timeline; may be edited.\n"
_WANTED = 'write "#56B4E9", "#56B4E9 striped", or a name that matplotlib knows, as gold; in quotes'


def load_colours(path: Path) -> tuple[dict[str, Swatch], tuple[str, ...]]:
    """The colours of a file, and its faults.

    Args:
        path: the file.

    Returns:
        The names as they are written with their colours, and every fault as ``file:line:column``.

    """
    from timeline.files.yaml.yaml_nodes import ProblemLog, compose

    if not path.is_file():
        return {}, (f"{path}: no such file (write one with --write-palette {FILE_NAME})",)
    notes = ProblemLog(str(path))
    root = compose(path, notes)
    colours = dict(_entries(root, notes)) if root is not None else {}
    return colours, tuple(map(str, notes.all()))


def palette_of(colours: Palette | Mapping[str, str] | Path | str) -> Palette:
    """The palette of a file, or of names and colours.

    Args:
        colours: a palette, the path of a palette file, or names with their colours, such as
            ``{"doxorubicin": "#A44C4E"}``.

    Returns:
        The palette.

    Raises:
        ValueError: the file cannot be read, or a colour is none; all faults are named.

    """
    if isinstance(colours, Palette):
        return colours
    if isinstance(colours, Mapping):
        return _of_mapping(colours)
    found, problems = load_colours(Path(colours))
    if problems:
        raise ValueError("\n".join(problems))
    return Palette.of(found)


def _entries(root: yaml.MappingNode, notes: ProblemLog) -> Iterator[tuple[str, Swatch]]:
    keys: dict[str, str] = {}
    for key, value in root.value:
        if not _is_text(key) or not key.value.strip():
            notes.add(key, "not the name of a drug or arm (write a name)")
            continue
        before = keys.setdefault(name_key(key.value), key.value)
        if before is not key.value:
            same = "" if before == key.value else f", the same as {before!r}"
            notes.add(key, f"name twice: {key.value!r}{same} (write it once)")
            continue
        swatch = _swatch(value.value) if _is_text(value) else None
        if swatch is None:
            seen = repr(value.value[:40]) if _is_text(value) else "a list or a table"
            notes.add(value, f"not a colour: {key.value}: {seen} ({_WANTED})")
            continue
        yield key.value, swatch


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node.value, str)


def _of_mapping(colours: Mapping[str, str]) -> Palette:
    found = {name: _swatch(str(colour)) for name, colour in colours.items()}
    wrong = [f"{name}: {colours[name]!r}" for name, each in found.items() if each is None]
    if wrong:
        wanted = "write '#56B4E9', '#56B4E9 striped' or a name that matplotlib knows, as 'gold'"
        raise ValueError(f"not a colour: {'; '.join(wrong)} ({wanted})")
    return Palette.of({str(name): each for name, each in found.items() if each})


def _swatch(text: str) -> Swatch | None:
    """A colour in digits or by its name in matplotlib, with its stripe; None where it is none."""
    found = _COLOUR.fullmatch(text.strip())
    if found is not None:
        return Swatch(found[1].upper(), _STRIPES[found[2] or ""])
    name, _, stripe = text.strip().partition(" striped")
    stripe = f"striped{stripe}" if " striped" in text else ""
    if stripe not in _STRIPES or not name.replace(":", "").replace(" ", "").isalpha():
        return None
    from matplotlib.colors import is_color_like, to_hex

    if not is_color_like(name) or name.casefold() == "none":
        return None
    return Swatch(to_hex(name).upper(), _STRIPES[stripe])


def merged(styles: Iterable[Style], path: Path) -> str:
    """A palette file with the names of a figure, after what the file states already.

    Args:
        styles: the styles that the figure has of its own.
        path: the file, which need not exist.

    Returns:
        Its new text.

    Raises:
        ValueError: the file exists and has faults, or nothing is coloured by a name.

    """
    stated: dict[str, Swatch] = {}
    if path.exists():
        stated, problems = load_colours(path)
        if problems:
            raise ValueError("\n".join(problems))
    drawn = [
        (row.named or row.description, Swatch(row.fill, row.stripe))
        for row in styles
        if row.named or row.is_named
    ]
    if not drawn:
        raise ValueError(
            "nothing is coloured by a name, so there is no palette (write colour=drug or arm)"
        )
    return palette_text((*stated.items(), *drawn))


def palette_text(colours: Iterable[tuple[str, Swatch]]) -> str:
    """A palette file as text.

    Args:
        colours: names and their colours; of two spellings of one name the first is written.

    Returns:
        YAML with a line for each name, in the order given.

    """
    words = {stripe: word for word, stripe in _STRIPES.items()}
    lines, keys = [_HEAD], set[str]()
    for name, swatch in colours:
        if name_key(name) not in keys:
            keys.add(name_key(name))
            colour = f"{swatch.fill} {words[swatch.stripe]}".rstrip()
            lines.append(f'{_quoted(name)}: "{colour}"\n')
    return "".join(lines)


def _quoted(name: str) -> str:
    """A name as a key of YAML, in quotes unless it is plain words."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9 _-]*[A-Za-z0-9]", name) and name.casefold() not in (
        "true", "false", "yes", "no", "on", "off", "null",
    ):  # fmt: skip
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
