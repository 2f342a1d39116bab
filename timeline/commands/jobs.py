"""Files shared out among processes: each opens and tells its own, and all know what others cite."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import attrs

from timeline.dossier import Dossier, Opened, first_of_pairs, open_all, open_each, others
from timeline.ledger import Problems

Tell = Callable[[Dossier], Any]  # of a module, so that another process finds it
Given = Mapping[str, str]


def tell_all(
    files: Sequence[Path], given: Given, tell: Tell, jobs: int
) -> tuple[tuple[Any, ...], Problems]:
    """What there is to tell of each pair of files, in their order, or all problems of all files.

    ``jobs``: how many processes share the files; the answers do not depend on it.
    """
    files = tuple(dict.fromkeys(files))
    jobs = min(jobs, len(files))
    if jobs > 1:
        return _shared(files, given, tell, jobs)
    with no_search_for_circles():
        dossiers, problems = open_all(files, given)
        return tuple(map(tell, dossiers)), problems


@contextmanager
def no_search_for_circles() -> Iterator[None]:
    """Python's search for objects that hold each other in a circle is left out meanwhile.

    Values here are frozen when made, so none comes to hold itself, and what is opened stays until
    all is told: each search would look through all of it, ever more, and find nothing.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def _shared(
    files: Sequence[Path], given: Given, tell: Tell, jobs: int
) -> tuple[tuple[Any, ...], Problems]:
    pipes = [_begun(files[number::jobs], given, tell) for number in range(jobs)]
    opened: list[Any] = _dealt_back(pipes, len(files))
    problems = tuple(dict.fromkeys(fault for each in opened for fault in each.problems))
    kept = () if problems else first_of_pairs(each.pair for each in opened)
    cited = [opened[at].cites for at in kept]
    place = {at: number for number, at in enumerate(kept)}
    for number, pipe in enumerate(pipes):
        mine = range(number, len(files), jobs)
        pipe.send([others(cited, place[at]) if at in place else None for at in mine])
    told = _dealt_back(pipes, len(files))
    return tuple(told[at] for at in kept), problems


def _begun(files: Sequence[Path], given: Given, tell: Tell) -> Connection:
    """A process that has been given its files; the pipe to it."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_work, args=(there, files, given, tell), daemon=True)
    process.start()
    there.close()  # or the end of the process would go unnoticed
    return here


def _dealt_back(pipes: Sequence[Connection], count: int) -> list[Any]:
    """One answer of each file, in the order of the files."""
    found: list[Any] = [None] * count
    for number, pipe in enumerate(pipes):
        found[number :: len(pipes)] = pipe.recv()
    return found


@attrs.frozen(kw_only=True)
class _Slip:
    """What the others have to know of an opened file."""

    pair: frozenset[Path]
    problems: Problems
    cites: Any

    @classmethod
    def of(cls, opened: Opened) -> _Slip:
        return cls(pair=opened.pair, problems=opened.problems, cites=opened.cites)


def _work(pipe: Connection, files: Sequence[Path], given: Given, tell: Tell) -> None:
    """What one process does: open, say so, hear what stands beside each, and tell."""
    with no_search_for_circles():
        opened = open_each(files, given)
        pipe.send([_Slip.of(each) for each in opened])
        besides = pipe.recv()
        pipe.send([_told(each, beside, tell) for each, beside in zip(opened, besides, strict=True)])
    pipe.close()


def _told(opened: Opened, beside: Any, tell: Tell) -> Any:
    if opened.dossier is None or beside is None:
        return None
    return tell(attrs.evolve(opened.dossier, beside=beside))
