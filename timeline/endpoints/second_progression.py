"""PFS2: progression on the line that follows, and what stands for it where that line ended without.

EMA 2012, Appendix 1: progression on next-line treatment; the end of that treatment may be a proxy
where its progression cannot be told. What a next line that ended without progression comes to is
the setting pfs2_next_line_ends.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from timeline.record.lines import Line
from timeline.results.statuses import Anchor, AssessedCase

Anchors = tuple[Anchor, ...]
Find = Callable[[AssessedCase, Line | None, str], Anchors]


@attrs.frozen(kw_only=True)
class SecondLine:
    """The moments of PFS2, of the moments of one line by which they are found."""

    progression: Find
    start: Find
    assessment: Find
    stop: Find
    next_line: Find
    death: Find

    def next_progression(self, known: AssessedCase, line: Line | None, criterion: str) -> Anchors:
        """Progression on the next line, or what stands for it where that line ended without."""
        later = _later(known, line)
        found = self._of(known, later[0], criterion) if later else ()
        if any(each.certain for each in found) or not self._ended(known, later):
            return found
        rule = _INSTEAD[known.settings.pfs2_next_line_ends]
        return (*found, *rule(self, known, later, criterion))

    def death_before_third(self, known: AssessedCase, line: Line | None, criterion: str) -> Anchors:
        """Death, unless a third line was begun after a next line that censors PFS2."""
        censors = known.settings.pfs2_next_line_ends == "censored"
        if censors and len(_later(known, line)) > 1:
            return ()
        return self.death(known, line, criterion)

    def last_assessment(self, known: AssessedCase, line: Line | None, criterion: str) -> Anchors:
        """The last assessment of a next line that is over, else its start."""
        later = _later(known, line)
        censors = known.settings.pfs2_next_line_ends == "censored"
        if not censors or not self._ended(known, later):
            return ()
        title = known.criterion_in(later[0], criterion)
        found = self.assessment(known, later[0], title) or self.start(known, later[0], title)
        description = [f"{each.description}, line {later[0].number}" for each in found]
        return tuple(
            attrs.evolve(each, description=said)
            for each, said in zip(found, description, strict=True)
        )

    def end_of_next(self, known: AssessedCase, later: list[Line], _: str) -> Anchors:
        """The end of the next line: its stop, else the start of the line after it."""
        ends = self.stop(known, later[0], "") or self.next_line(known, later[0], "")
        description = f"the end of line {later[0].number} as a proxy for progression"
        return tuple(attrs.evolve(each, description=description) for each in ends)

    def on_any_later(self, known: AssessedCase, later: list[Line], criterion: str) -> Anchors:
        """The first progression on a line after the next."""
        found = (self._of(known, each, criterion) for each in later[1:])
        return next((each for each in found if each), ())

    def _of(self, known: AssessedCase, line: Line, criterion: str) -> Anchors:
        """Progression on one line, with its number; sure where it is reached in every reading."""
        title = known.criterion_in(line, criterion)
        progressed = known.progression(title, line.number)
        always = progressed is not None and progressed.always
        found = self.progression(known, line, title)
        return tuple(
            attrs.evolve(
                each,
                description=f"{each.description}, line {line.number}",
                certain=always and each is found[-1],
            )
            for each in found
        )

    def _ended(self, known: AssessedCase, later: list[Line]) -> bool:
        """Whether the next line is over on record: stopped, or another begun."""
        return len(later) > 1 or bool(later and self.stop(known, later[0], ""))


def _later(known: AssessedCase, line: Line | None) -> list[Line]:
    return [each for each in known.case.lines if line and each.number > line.number]


def _nothing(_: SecondLine, __: AssessedCase, ___: list[Line], ____: str) -> Anchors:
    return ()


# what stands for progression on a next line that ended without it, by the setting
_INSTEAD: dict[str, Callable[[SecondLine, AssessedCase, list[Line], str], Anchors]] = {
    "censored": _nothing,
    "proxy": SecondLine.end_of_next,
    "any_line": SecondLine.on_any_later,
}
