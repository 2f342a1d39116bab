"""Which part of the assignments of days keeps some further statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import attrs

from timeline.core.span import Span
from timeline.core.temporal_network.constraints import FURTHEST, ORIGIN, Constraint, Moment
from timeline.core.temporal_network.counting import Array, Difference, count_assignments
from timeline.core.temporal_network.sampling import TooVague, estimate_share

__all__ = ["Share", "TooVague", "connected_moments", "counted", "estimated"]

Windows = Mapping[Moment, Span]


@attrs.frozen(kw_only=True)
class Share:
    """The part of the assignments that satisfies some further statements.

    ``exact``: whether ``part`` is counted or proved (a Fraction) or estimated from seeded
    draws (a float). ``satisfied`` of ``total`` are the counts, None where nothing was counted.
    ``error`` is the standard error of an estimate, never less than one effective draw.
    ``left_out`` names moments without a first or last day: as their horizon moves
    further away, they affect all assignments of the rest alike.
    """

    part: Fraction | float
    exact: bool
    error: float = 0.0
    effective: float | None = None  # how many even draws an estimate is worth
    satisfied: int | None = None
    total: int | None = None
    left_out: tuple[Moment, ...] = ()

    def __str__(self) -> str:
        percent = f"{100 * float(self.part):.1f} %"
        if not self.exact:
            return f"about {percent} (estimated, standard error {100 * self.error:.2g})"
        return percent if self.total is None else f"{percent} ({self.satisfied} of {self.total})"


def connected_moments(
    statements: Iterable[Constraint], windows: Windows, more: Iterable[Constraint]
) -> tuple[tuple[Moment, ...], tuple[Moment, ...]]:
    """The moments that ``more`` concerns or that are tied to those, and the open ones left out.

    A statement that the windows keep by themselves ties nothing. ValueError where ``more``
    concerns a moment without a first or last day.
    """
    named = {moment for each in more for moment in (each.early, each.late)} - {ORIGIN}
    unbounded = [moment for moment in windows if not windows[moment].is_bounded]
    for moment in unbounded:
        if moment in named:
            raise ValueError(
                f"no share of endless days: {moment} lies in {windows[moment]} (give it bounds)"
            )
    linked: dict[Moment, set[Moment]] = {moment: set() for moment in windows}
    for each in _binding(statements, windows):
        linked[each.early].add(each.late)
        linked[each.late].add(each.early)
    ours, waiting = set(named), list(named)
    while waiting:
        fresh = linked[waiting.pop()] - ours - set(unbounded)
        ours |= fresh
        waiting += fresh
    beyond = {other for moment in ours for other in linked[moment]} - ours
    return tuple(m for m in windows if m in ours), tuple(m for m in windows if m in beyond)


def _binding(statements: Iterable[Constraint], windows: Windows) -> list[Constraint]:
    """The statements between two moments that the windows do not keep by themselves."""
    return [
        each
        for each in statements
        if ORIGIN not in (each.early, each.late)
        and each.early != each.late
        and not (windows[each.late] - windows[each.early]).within(each.span)
    ]


def counted(
    statements: Iterable[Constraint], windows: Windows, moments: Sequence[Moment], limit: int
) -> int | None:
    """How many assignments of ``moments`` within bounded windows keep the statements among them.

    None where the count needs a table of over ``limit`` cells.
    """
    place = {moment: number for number, moment in enumerate(moments)}
    lows = [int(windows[moment].low) for moment in moments]
    sizes = [int(windows[moment].high) - low + 1 for moment, low in zip(moments, lows, strict=True)]
    bonds = [
        _bond(each, place, lows)
        for each in _binding(statements, windows)
        if each.early in place and each.late in place
    ]
    return count_assignments(sizes, bonds, limit)


def estimated(
    bounds: Array, moments: Sequence[Moment], more: Iterable[Constraint], draws: int, seed: int
) -> Share:
    """The share of the assignments of bounded ``moments``, by draws.

    ``bounds``: the most days between ORIGIN and ``moments``, in this order, closed under
    shortest paths.
    """
    nodes = (ORIGIN, *moments)
    place = {moment: number for number, moment in enumerate(nodes)}
    bonds = [_bond(each, place, [0] * len(nodes)) for each in more]
    part, error, effective = estimate_share(bounds, bonds, draws, seed)
    return Share(part=part, exact=False, error=error, effective=effective)


def _bond(statement: Constraint, place: Mapping[Moment, int], lows: Sequence[int]) -> Difference:
    """A statement about moments by number, each counted from its own low."""
    first, second = place[statement.early], place[statement.late]
    far = 4 * FURTHEST  # for an open end: no two days lie further apart
    low, high = int(max(statement.low, -far)), int(min(statement.high, far))
    shift = lows[second] - lows[first]
    return Difference(first, second, low - shift, high - shift)
