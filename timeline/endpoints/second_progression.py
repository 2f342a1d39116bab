"""PFS2: progression on the next line, and what replaces it where that line ended without one.

EMA 2012, Appendix 1: progression on next-line treatment; the end of that treatment may be a proxy
where its progression is not known. How a next line that ended without progression counts is the
setting pfs2_next_line_ends.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from timeline.endpoints.anchor_kind import Anchors, FindAnchors
from timeline.record.lines import Line
from timeline.results.statuses import AssessedCase


@attrs.frozen(kw_only=True)
class SecondLine:
    """The anchors of PFS2, found by the anchors of one line."""

    progression: FindAnchors
    start: FindAnchors
    assessment: FindAnchors
    stop: FindAnchors
    next_line: FindAnchors
    death: FindAnchors

    def next_progression(
        self, assessed: AssessedCase, line: Line | None, criterion: str
    ) -> Anchors:
        """Progression on the next line, or what replaces it where that line ended without one."""
        later = _later_lines(assessed, line)
        found = self._of(assessed, later[0], criterion) if later else ()
        if any(each.certain for each in found) or not self._ended(assessed, later):
            return found
        rule = _SUBSTITUTES[assessed.settings.pfs2_next_line_ends]
        return (*found, *rule(self, assessed, later, criterion))

    def death_before_third(
        self, assessed: AssessedCase, line: Line | None, criterion: str
    ) -> Anchors:
        """Death, unless a third line was begun after a next line that censors PFS2."""
        censors = assessed.settings.pfs2_next_line_ends == "censored"
        if censors and len(_later_lines(assessed, line)) > 1:
            return ()
        return self.death(assessed, line, criterion)

    def last_assessment(self, assessed: AssessedCase, line: Line | None, criterion: str) -> Anchors:
        """The last assessment of a next line that is over, else its start."""
        later = _later_lines(assessed, line)
        censors = assessed.settings.pfs2_next_line_ends == "censored"
        if not censors or not self._ended(assessed, later):
            return ()
        title = assessed.criterion_in(later[0], criterion)
        found = self.assessment(assessed, later[0], title) or self.start(assessed, later[0], title)
        description = [f"{each.description}, line {later[0].number}" for each in found]
        return tuple(
            attrs.evolve(each, description=text)
            for each, text in zip(found, description, strict=True)
        )

    def end_of_next(self, assessed: AssessedCase, later: list[Line], _: str) -> Anchors:
        """The end of the next line: its stop, else the start of the line after it."""
        ends = self.stop(assessed, later[0], "") or self.next_line(assessed, later[0], "")
        description = f"the end of line {later[0].number} as a proxy for progression"
        return tuple(attrs.evolve(each, description=description) for each in ends)

    def on_any_later(self, assessed: AssessedCase, later: list[Line], criterion: str) -> Anchors:
        """The first progression on a line after the next."""
        found = (self._of(assessed, each, criterion) for each in later[1:])
        return next((each for each in found if each), ())

    def _of(self, assessed: AssessedCase, line: Line, criterion: str) -> Anchors:
        """Progression on one line, with its number; certain where every interpretation has it."""
        title = assessed.criterion_in(line, criterion)
        progressed = assessed.progression(title, line.number)
        always = progressed is not None and progressed.always
        found = self.progression(assessed, line, title)
        return tuple(
            attrs.evolve(
                each,
                description=f"{each.description}, line {line.number}",
                certain=always and each is found[-1],
            )
            for each in found
        )

    def _ended(self, assessed: AssessedCase, later: list[Line]) -> bool:
        """Whether the next line is over on record: stopped, or another begun."""
        return len(later) > 1 or bool(later and self.stop(assessed, later[0], ""))


def _later_lines(assessed: AssessedCase, line: Line | None) -> list[Line]:
    return [each for each in assessed.case.lines if line and each.number > line.number]


def _no_anchor(_: SecondLine, __: AssessedCase, ___: list[Line], ____: str) -> Anchors:
    return ()


# what replaces progression on a next line that ended without it, by the setting
_SUBSTITUTES: dict[str, Callable[[SecondLine, AssessedCase, list[Line], str], Anchors]] = {
    "censored": _no_anchor,
    "proxy": SecondLine.end_of_next,
    "any_line": SecondLine.on_any_later,
}
