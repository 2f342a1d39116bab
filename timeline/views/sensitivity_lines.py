"""The sensitivity analyses of one case in sentences: what another answer would change, and to what.

The most relevant come first: those that change whether there was an event, then those that move
the days most.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

import attrs

from timeline.core.span import Span
from timeline.results.alternatives import JoinedAlternatives, days_and_months, join_alternatives
from timeline.results.outcome import Flag, Outcome

SHOWN = 5  # sentences, where not all are asked for
_RANGES = 2  # ranges that are apart, which a sentence names one by one
_OPEN = 100_000  # days by which a range with an open end counts as moved: more than a life


@attrs.frozen(kw_only=True)
class SensitivityLine:
    """One sentence: the outcomes that change alike, to what, and by which answers.

    Attributes:
        outcomes: the names of the outcomes, with their origin where it is not the main one.
        result: what they would be.
        answers: the answers that give it, each ``setting = value``.
        settings: the settings of these answers.
        changes_event: whether there would be an event where none is, or none where one is.
        moved: by how many days both ends together move, of the outcome that moves most.
    """

    outcomes: tuple[str, ...]
    result: str
    answers: tuple[str, ...]
    settings: tuple[str, ...]
    changes_event: bool
    moved: int

    def __str__(self) -> str:
        *most, last = self.outcomes
        names = f"{', '.join(most)} and {last}" if most else last
        return f"with {' or '.join(self.answers)}: {names} would be {self.result}"


def sensitivity_lines(outcomes: Iterable[Outcome]) -> tuple[SensitivityLine, ...]:
    """The sentences of some outcomes, the most relevant first.

    Args:
        outcomes: outcomes with their flags.

    Returns:
        A sentence for each result that other answers give; outcomes and answers with the same
        result share one.
    """
    by_outcome: dict[tuple[str, str], SensitivityLine] = {}
    for outcome in outcomes:
        for flag in outcome.flags:
            one = _line(outcome, flag)
            key = (one.outcomes[0], one.result)
            by_outcome[key] = _joined(by_outcome[key], one) if key in by_outcome else one
    found: dict[tuple[str, tuple[str, ...]], SensitivityLine] = {}
    for line in by_outcome.values():
        alike = (line.result, line.answers)
        found[alike] = _joined(found[alike], line) if alike in found else line
    return tuple(sorted(found.values(), key=lambda each: (not each.changes_event, -each.moved)))


def _joined(line: SensitivityLine, other: SensitivityLine) -> SensitivityLine:
    return attrs.evolve(
        line,
        outcomes=tuple(dict.fromkeys((*line.outcomes, *other.outcomes))),
        answers=tuple(dict.fromkeys((*line.answers, *other.answers))),
        settings=tuple(dict.fromkeys((*line.settings, *other.settings))),
        changes_event=line.changes_event or other.changes_event,
        moved=max(line.moved, other.moved),
    )


def _line(outcome: Outcome, flag: Flag) -> SensitivityLine:
    origin = outcome.origin if not outcome.is_primary else None
    where = f", from {origin.description}," if origin is not None else ""
    return SensitivityLine(
        outcomes=(f"{outcome.name}{where}",),
        result=_result(flag),
        answers=(flag.answer,),
        settings=(flag.setting,),
        changes_event=outcome.state != flag.state,
        moved=_moved(outcome.days, flag.days),
    )


def _result(flag: Flag) -> str:
    """The value in full; of many ranges that are apart, the first to the last of each state."""
    groups = join_alternatives(flag.alternatives)
    if len(groups) <= _RANGES:
        return flag.result
    by_state: dict[str, list[JoinedAlternatives]] = {}
    for each in groups:
        by_state.setdefault(each.state, []).append(each)
    return " or ".join(_within(state, some) for state, some in by_state.items())


def _within(state: str, groups: list[JoinedAlternatives]) -> str:
    days = functools.reduce(Span.hull, (each.days for each in groups))
    several = f" (in {len(groups)} ranges)" if len(groups) > 1 else ""
    return f"{days_and_months(days)}{several}, {state}"


def _moved(ours: Span | None, theirs: Span | None) -> int:
    if ours is None or theirs is None:
        return 2 * _OPEN if ours is not theirs else 0
    return sum(_apart(*ends) for ends in ((ours.low, theirs.low), (ours.high, theirs.high)))


def _apart(one: object, other: object) -> int:
    if one == other:
        return 0
    whole = isinstance(one, int) and isinstance(other, int)
    return abs(one - other) if whole else _OPEN  # type: ignore[operator]
