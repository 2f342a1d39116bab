"""Paths and texts of the command line, taken as they are written.

Typer validates each value by a library whose import takes longer than to check a case. Values of
these types need none: a file that cannot be read is named where it is read. A version of typer
without this step ignores what is set here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from timeline.core.frozen_class import frozen

_READERS: dict[Any, Callable[[str], Any]] = {
    bool: bool,
    str: str,
    Path: Path,
    list[str]: str,
    list[Path]: Path,
}


@frozen
class PlainValue:
    """In place of the validation of one parameter. ``read``: what makes a value of a text."""

    read: Callable[[str], Any]

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 - as typer calls it
        """The value of a parameter; a tuple or a list of them where it may be repeated."""
        several = getattr(param, "multiple", False) or param.nargs == -1
        if value is None:
            return () if several else None
        return [self.read(each) for each in value] if several else self.read(value)


def without_validation(parameters: Iterable[Any]) -> None:
    """Let parameters take their values as they are written, or as their own parser reads them.

    Those of other types, such as whole numbers, are left to typer.
    """
    for each in parameters:
        descriptor = getattr(each, "type_descriptor", None)
        about = getattr(descriptor, "parameter_info", None)
        if about is None:
            continue
        read = about.parser or _READERS.get(descriptor.annotation)  # type: ignore[union-attr]
        if read is not None:
            each._runtime_param = PlainValue(read)
