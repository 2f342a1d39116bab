"""Safe repairs of a case or report file: of each fault with only one possible meaning.

Edits are made at the places of the nodes, so comments and layout stay. No repair is kept after
which the file has a problem that it did not have before; it is reported with that problem.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Sequence

import attrs

from timeline.core.problem import Problem, Where
from timeline.files.loader import FileContents, contents_of
from timeline.files.repair.edits import (
    Edit,
    Lines,
    Source,
    apart,
    edited,
    places_after,
    places_before,
)
from timeline.files.repair.groups import Group, moved_group, parts_of
from timeline.files.repair.rows import NODE_REPAIRS, TEXT_REPAIRS, TREE_REPAIRS
from timeline.files.yaml.yaml_nodes import ProblemLog, compose_text

MOST_ROUNDS = 8  # a repaired key shows the fault of its value, and so on
MOST_READ = 80_000  # characters that are read to find which of many repairs make a problem
LEAST_TIMES = 8  # readings of a large file all the same
_CHECK = 5  # how many readings a check of what the file holds takes

Checked = Callable[[FileContents], tuple[Problem, ...]]


@attrs.frozen
class Change:
    """A repair that was made: its place in the file as it was, the old text, and the new one."""

    where: Where
    before: str
    after: str
    repair: str

    def __str__(self) -> str:
        change = f"is now {self.after!r}" if self.after else "is gone"
        return f"{self.where}: {self.before!r} {change} ({self.repair})"


@attrs.frozen
class Declined:
    """A repair that was not made, because of the problem that the file would then have."""

    change: Change
    problem: Problem

    def __str__(self) -> str:
        text = f"{self.change.before!r} is left: as {self.change.after!r}"
        return f"{self.change.where}: {text} the file has another problem: {self.problem}"


@attrs.frozen
class Repaired:
    """A text after its repairs.

    ``untried``: how many repairs were left, because to find those among them that make a problem
    takes too long.
    """

    text: str
    changes: tuple[Change, ...] = ()
    declined: tuple[Declined, ...] = ()
    untried: int = 0


def repair(text: str, file: str, checked: Checked = lambda _: ()) -> Repaired:
    """The text of a file with its safe repairs.

    Args:
        text: the text, with its byte order mark if it has one.
        file: the name of the file in messages.
        checked: further problems of what the file holds.

    Returns:
        The text, every change in order of place, and the repairs that were declined.
    """
    return _Repair(text, file, checked).run()


class _Repair:
    """The repair of one text: the edits of each round, on top of each other."""

    def __init__(self, text: str, file: str, checked: Checked) -> None:
        self.file, self.checked = file, checked
        self.places = Lines.of(text)
        self.rounds: list[list[Edit]] = []
        self.texts = [text]
        self.declined: dict[tuple[int, str], Declined] = {}
        self.untried = 0
        self.read = 0  # characters
        self._edits = functools.lru_cache(maxsize=2)(self._edits_of)
        self._problems = functools.lru_cache(maxsize=2)(self._problems_of)
        self._contents = functools.lru_cache(maxsize=2)(self._contents_of)

    @property
    def text(self) -> str:
        return self.texts[-1]

    def run(self) -> Repaired:
        for row in TEXT_REPAIRS:
            self._add(list(row.edits(self.text)))
        rounds = self._all_rounds()
        if not any(self._faults(rounds)):
            for edits in rounds:
                self._add(edits)
        else:
            self._in_groups()
        declined = tuple(self.declined.values())
        return Repaired(self.text, tuple(self._changes()), declined, self.untried)

    def _add(self, edits: Sequence[Edit]) -> None:
        if edits:
            self.texts.append(edited(self.text, edits))
            self.rounds.append(list(edits))

    def _contents_of(self, text: str) -> tuple[FileContents, ProblemLog, Source]:
        self.read += len(text)
        notes = ProblemLog(self.file)
        root = compose_text(text, notes)
        found = contents_of(root, notes)
        return found, notes, Source.of(text, root, notes)

    def _problems_of(self, text: str) -> tuple[Problem, ...]:
        found, notes, _ = self._contents(text)
        if problems := notes.all():
            return problems
        self.read += _CHECK * len(text)
        return self.checked(found)

    def _faults(self, rounds: Sequence[Sequence[Edit]]) -> list[Problem | None]:
        """For each edit of the first round a problem in its line that was not there before.

        Problems in lines without an edit were hidden by the faults that are repaired.
        """
        text, places = self.text, list[int]()
        for edits in rounds:
            places = places_after(edits, [*places, *(edit.end for edit in edits)])
            text = edited(text, edits)
        lines = list(map(Lines.of(text).line, places))
        before = Counter(map(_fault, self._problems(self.text)))
        after = self._problems(text)
        more = Counter(map(_fault, after)) - before
        new = [each for each in after if _fault(each) in more and each.where.line in set(lines)]
        of_line = {each.where.line: each for each in reversed(new)}
        first = lines[: len(rounds[0])] if rounds else []
        if new and not of_line.keys() & set(first):  # of an edit that follows from one of them
            return [new[0]] * len(first)
        return [of_line.get(line) for line in first]

    def _edits_of(self, text: str) -> tuple[Edit, ...]:
        """The repairs of a text, those that take lines away last."""
        _, notes, source = self._contents(text)
        found = [
            edit
            for fault in notes.repairable
            for row in NODE_REPAIRS
            if (edit := row.edit(fault, source)) is not None
        ]
        found += [edit for row in TREE_REPAIRS for edit in row.edits(source)]
        first = [edit for edit in found if edit.new] or found
        return tuple(apart(first))

    def _all_rounds(self) -> list[Sequence[Edit]]:
        """Every repair, and those that each makes possible."""
        rounds: list[Sequence[Edit]] = []
        text = self.text
        while len(rounds) < MOST_ROUNDS and (edits := self._edits(text)):
            rounds.append(edits)
            text = edited(text, edits)
        return rounds

    def _in_groups(self) -> None:
        """The repairs without those that make a problem, until none is left that can be made."""
        most = self.read + max(MOST_READ, LEAST_TIMES * len(self.text))
        for _ in range(MOST_ROUNDS):
            made = len(self.rounds)
            self._without_problems(self._edits(self.text), most)
            if len(self.rounds) == made or self.untried:
                break
        made_at = {(row.where.line, row.before) for row in self._changes()}
        self.declined = {key: row for key, row in self.declined.items() if key not in made_at}

    def _without_problems(self, edits: Sequence[Edit], most: int) -> None:
        """Repairs with those that follow from them, and without those that make a problem.

        All are tried together; then those in whose lines there is no problem; then of each other
        line the first, and so on. After ``most`` characters no more are tried: what has made a
        problem among others is left, and what was not tried is counted.
        """
        waiting: list[Group] = [[(edit, None) for edit in edits]] if edits else []
        while waiting:
            group = waiting.pop()
            if self.read >= most:
                self._leave(group)
                continue
            rounds = self._followed([edit for edit, _ in group])
            faults = self._faults(rounds)
            if not any(faults):
                for each in rounds:
                    self._add(each)
                    waiting = [
                        shifted for other in waiting if (shifted := moved_group(other, each))
                    ]
            elif len(group) == 1:
                self._leave([(group[0][0], faults[0])])
            else:
                waiting += parts_of(group, faults, Lines.of(self.text))

    def _leave(self, group: Group) -> None:
        """Decline what has made a problem, and count the others."""
        starts = [edit.start for edit, _ in group]
        for edits in reversed(self.rounds):
            starts = places_before(edits, starts)
        for (edit, problem), start in zip(group, starts, strict=True):
            change = self._change(edit, self.text, start)
            key = change.where.line, change.before
            if problem is not None:
                self.declined[key] = Declined(change, problem)
            self.untried += key not in self.declined

    def _followed(self, group: Sequence[Edit]) -> list[Sequence[Edit]]:
        """A group of edits, and the rounds of edits that they make possible in their lines."""
        rounds: list[Sequence[Edit]] = [group]
        text = edited(self.text, group)
        known = {(each.new, each.repair) for each in self._edits(self.text)}
        lines = set(map(Lines.of(self.text).line, (edit.start for edit in group)))
        for _ in range(MOST_ROUNDS):
            place = Lines.of(text)
            more = [
                each
                for each in self._edits(text)
                if (each.new, each.repair) not in known and place.line(each.start) in lines
            ]
            if not more:
                break
            rounds.append(more)
            text = edited(text, more)
        return rounds

    def _changes(self) -> list[Change]:
        """The edits as changes of the file as it was, in order of place."""
        starts: list[int] = []
        made: list[tuple[Edit, str]] = []
        for text, edits in zip(reversed(self.texts[:-1]), reversed(self.rounds), strict=True):
            shown = edits[:1] if edits[0].repair == "line ends" else edits
            starts = [*places_before(edits, starts), *(each.start for each in shown)]
            made += [(each, text) for each in shown]
        found = [
            self._change(each, text, start)
            for (each, text), start in zip(made, starts, strict=True)
        ]
        return sorted(found, key=lambda change: change.where)

    def _change(self, edit: Edit, text: str, start: int) -> Change:
        """An edit of a text as a change of the file as it was, at a place before all rounds."""
        where = Where(self.file, self.places.line(start), self.places.column(start))
        before = text[edit.start : edit.end].strip(", \n") or text[edit.start : edit.end]
        return Change(where, before, edit.new, edit.repair)


def _fault(problem: Problem) -> str:
    """A problem without its advice and the numbers of lines, which other repairs may change."""
    return problem.what.partition(" (")[0].partition(", first in line")[0]
