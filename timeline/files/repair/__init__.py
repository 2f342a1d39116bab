"""Safe repairs of a case or report file: of each fault with only one possible meaning.

Edits are made at the places of the nodes, so comments and layout stay. No repair is kept after
which the file has a problem that it did not have before; it is reported with that problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import attrs

from timeline.core.problem import Problem, Where
from timeline.files.file_text import place
from timeline.files.loader import FileContents, contents_of
from timeline.files.repair.edits import Edit, Source, apart, edited, place_before, places_after
from timeline.files.repair.rows import NODE_REPAIRS, TEXT_REPAIRS, TREE_REPAIRS
from timeline.files.yaml.yaml_nodes import ProblemLog, compose_text

MOST_ROUNDS = 8  # a repaired key shows the fault of its value, and so on
MOST_TRIED = 200  # repairs that are tried one by one

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
    """A text after its repairs."""

    text: str
    changes: tuple[Change, ...] = ()
    declined: tuple[Declined, ...] = ()


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
        self.original, self.file, self.checked = text, file, checked
        self.rounds: list[list[Edit]] = []
        self.texts = [text]
        self.declined: dict[tuple[int, str], Declined] = {}

    @property
    def text(self) -> str:
        return self.texts[-1]

    def run(self) -> Repaired:
        for row in TEXT_REPAIRS:
            self._add(list(row.edits(self.text)))
        rounds = self._all_rounds()
        if self._made_by(rounds) is None:
            for edits in rounds:
                self._add(edits)
        else:
            self._one_by_one()
        return Repaired(self.text, tuple(self._changes()), tuple(self.declined.values()))

    def _add(self, edits: list[Edit]) -> None:
        if edits:
            self.texts.append(edited(self.text, edits))
            self.rounds.append(edits)

    def _read(self, text: str) -> tuple[FileContents, ProblemLog, Source]:
        notes = ProblemLog(self.file)
        root = compose_text(text, notes)
        found = contents_of(root, notes)
        return found, notes, Source.of(text, root, notes)

    def _problems(self, text: str) -> tuple[Problem, ...]:
        found, notes, _ = self._read(text)
        return notes.all() or self.checked(found)

    def _made_by(self, rounds: list[list[Edit]]) -> Problem | None:
        """A problem in a line that some rounds of edits change, which was not there before.

        Problems in other lines were hidden by the faults that are repaired.
        """
        text, places = self.text, list[int]()
        for edits in rounds:
            places = places_after(edits, [*places, *(edit.end for edit in edits)])
            text = edited(text, edits)
        lines = {place(text[:each])[0] for each in places}
        before = Counter(map(_fault, self._problems(self.text)))
        after = self._problems(text)
        more = Counter(map(_fault, after)) - before
        new = (each for each in after if _fault(each) in more)
        return next((each for each in new if each.where.line in lines), None)

    def _edits(self, text: str) -> list[Edit]:
        """The repairs of a text, those that take lines away last."""
        _, notes, source = self._read(text)
        found = [
            edit
            for fault in notes.repairable
            for row in NODE_REPAIRS
            if (edit := row.edit(fault, source)) is not None
        ]
        found += [edit for row in TREE_REPAIRS for edit in row.edits(source)]
        first = [edit for edit in found if edit.new] or found
        return apart(first)

    def _all_rounds(self) -> list[list[Edit]]:
        """Every repair, and those that each makes possible."""
        rounds: list[list[Edit]] = []
        text = self.text
        while len(rounds) < MOST_ROUNDS and (edits := self._edits(text)):
            rounds.append(edits)
            text = edited(text, edits)
        return rounds

    def _one_by_one(self) -> None:
        """Each repair with those that follow from it in its line; without what makes a problem."""
        tried = 0
        progress = True
        while progress and tried < MOST_TRIED:
            progress = False
            for edit in self._edits(self.text):
                tried += 1
                rounds = self._followed(edit)
                problem = self._made_by(rounds)
                if problem is None:
                    for each in rounds:
                        self._add(each)
                    progress = True
                    break
                change = self._change(edit, self.text, self.rounds)
                self.declined[change.where.line, change.before] = Declined(change, problem)
        made = {(row.where.line, row.before) for row in self._changes()}
        self.declined = {key: row for key, row in self.declined.items() if key not in made}

    def _followed(self, edit: Edit) -> list[list[Edit]]:
        """An edit, and the rounds of edits that it makes possible in its line."""
        rounds, text = [[edit]], edited(self.text, [edit])
        known = {(each.new, each.repair) for each in self._edits(self.text)}
        line = place(self.text[: edit.start])[0]
        for _ in range(MOST_ROUNDS):
            more = [
                each
                for each in self._edits(text)
                if (each.new, each.repair) not in known and place(text[: each.start])[0] == line
            ]
            if not more:
                break
            rounds.append(more)
            text = edited(text, more)
        return rounds

    def _changes(self) -> list[Change]:
        found = [
            self._change(edit, self.texts[number], self.rounds[:number])
            for number, edits in enumerate(self.rounds)
            for edit in (edits[:1] if edits[0].repair == "line ends" else edits)
        ]
        return sorted(found, key=lambda change: change.where)

    def _change(self, edit: Edit, text: str, rounds: list[list[Edit]]) -> Change:
        """An edit as a change of the file as it was, before all rounds."""
        start = edit.start
        for edits in reversed(rounds):
            start = place_before(edits, start)
        line, column = place(self.original[:start].replace("\ufeff", ""))
        before = text[edit.start : edit.end].strip(", \n") or text[edit.start : edit.end]
        return Change(Where(self.file, line, column), before, edit.new, edit.repair)


def _fault(problem: Problem) -> str:
    """A problem without its advice and the numbers of lines, which other repairs may change."""
    return problem.what.partition(" (")[0].partition(", first in line")[0]
