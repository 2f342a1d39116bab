"""What a format is, and what its module takes and gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem
from timeline.exchange.entries.case_entries import CaseEntries, Entries
from timeline.exchange.entries.left_over import Reasons

Options = Mapping[str, str]
Aids = Mapping[str, Mapping[str, str]]  # by case: what the files themselves must not state


@frozen(kw_only=True)
class Format:
    """A row of the registry of formats.

    Attributes:
        name: of ``--to`` and ``--from``.
        title: how the format calls itself.
        module: where it is written and read, below ``timeline.formats``.
        exports, imports: in which directions.
        folder: whether it is a folder of files.
        suffixes: of its file, the usual one first; none of a folder.
        several: whether one output holds several cases.
        extra: the extra of this package that it needs, with for what; empty for none.
        options: of ``--option NAME=VALUE``, with what each means.
        days: how exactly it holds a date.
        holds: the kinds of events and values that it holds.
        lacks: what it cannot hold.
        source: the specification.
    """

    name: str
    title: str
    module: str
    exports: bool = True
    imports: bool = True
    folder: bool = False
    suffixes: tuple[str, ...] = ()
    several: bool = True
    extra: str = ""
    options: Mapping[str, str] = attrs.field(factory=dict)
    days: str
    holds: str
    lacks: str
    source: str

    @property
    def left_over(self) -> str:
        """The name of the file that lists what the format does not hold, or the end of it."""
        return f"not-in-{self.name}.csv"


@attrs.frozen(kw_only=True)
class Written:
    """Cases in a format.

    Attributes:
        contents: each file, by its path.
        aids: what is needed to read them as they were, and belongs in no file that is shared, such
            as the calendar day of day 0; it goes into the list of what is left over.
    """

    contents: Mapping[Path, bytes]
    aids: Aids = attrs.field(factory=dict)


@frozen(kw_only=True)
class Unread:
    """Values that a case file has no key for.

    Attributes:
        where: the file, or its part, that they are in.
        what: the name of the column or field; of whole records what they are.
        count: how many.
        example: one of them.
        became: what the case file has of them: ``a note`` or nothing, and why.
    """

    where: str
    what: str
    count: int
    example: str
    became: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of its row."""
        return (self.where, self.what, str(self.count), self.example, self.became)


UNREAD_COLUMNS = ("FILE", "WHAT", "VALUES", "EXAMPLE", "IN_CASE_FILES")


@attrs.frozen(kw_only=True)
class Entered:
    """The entries of each case of some files, what has no key, and every fault."""

    subjects: Mapping[str, Entries] = attrs.field(factory=dict)
    unread: tuple[Unread, ...] = ()
    problems: tuple[Problem, ...] = ()


class FormatModule(Protocol):
    """What the module of a format has. One that only exports is read as well, for the list."""

    REASONS: Reasons

    def write(self, cases: Sequence[CaseEntries], out: Path, options: Options) -> Written:
        """The files of some cases. Raises ValueError for an option or a case that cannot be."""

    def read(self, path: Path, options: Options, aids: Aids) -> Entered:
        """The entries of the cases of a file or folder; a file that is none is a problem."""
