"""A simple temporal network: windows of days, and bounds on the days between two moments.

After Dechter, Meiri, Pearl 1991, Artificial Intelligence 49:61-95. It knows nothing of what
happened on the days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs
import numpy as np

from timeline.core.problem import near
from timeline.core.span import ANY, NEVER_ENDS, Number, Span
from timeline.core.temporal_network.constraints import (
    ORIGIN,
    Constraint,
    Moment,
    high_bound,
    low_bound,
    whole_days,
)
from timeline.core.temporal_network.counting import CELLS
from timeline.core.temporal_network.negative_cycles import fewest_constraints
from timeline.core.temporal_network.sampling import DRAWS, SEED
from timeline.core.temporal_network.share import Share, connected_moments, counted, estimated
from timeline.core.temporal_network.shortest_paths import Array, shortest_paths, shortest_paths_with


@attrs.frozen
class Conflict:
    """Constraints that contradict one another; without any one of them the others agree.

    In the order of the circle that they make. ``days`` is by how many they miss one another:
    loosened by so many in all, they meet.
    """

    statements: tuple[Constraint, ...]
    days: int


Edge = tuple[Number, Constraint]  # the most days, and the constraint
_Windows = Mapping[Any, Span] | Iterable[tuple[Any, Span]]  # a mapping's key type is invariant


class _Checked(tuple[tuple[Moment, Span], ...]):
    """Windows that a network has checked; a network made from it does not check them again."""


def _windows(windows: _Windows) -> tuple[tuple[Moment, Span], ...]:
    if isinstance(windows, _Checked):
        return windows
    pairs = windows.items() if isinstance(windows, Mapping) else windows
    return _Checked((moment, _window(moment, span)) for moment, span in pairs)


def _window(moment: Moment, span: Span) -> Span:
    days = whole_days(span)
    if days is None:
        raise ValueError(f"no whole day in the window of {moment}: {span} (widen it)")
    return Span(low_bound(days.low), high_bound(days.high))


def _statements(statements: Iterable[Constraint]) -> tuple[Constraint, ...]:
    return tuple(statements)


@attrs.frozen
class Network:
    """Moments, each with its window of days, and what is stated of the days between them.

    ``windows`` is a mapping (kept as pairs): ordinals, both ends included, open ends allowed.
    A statement from ORIGIN bounds a day as a window does, with words and a source of its own.
    ValueError where a moment is given twice, or stated of and not given.

    >>> june, october = Span(737577, 737606), Span(737699, 737729)  # of 2020
    >>> four = Constraint("4 months to progression", "start", "progression", 107, 136)
    >>> network = Network({"start": june, "progression": october})
    >>> network.distance("start", "progression"), str(network.share([four]))
    (Span(93 to 152), '74.1 % (689 of 930)')
    """

    windows: tuple[tuple[Moment, Span], ...] = attrs.field(converter=_windows)
    statements: tuple[Constraint, ...] = attrs.field(default=(), converter=_statements)
    _part: Network | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if len(self._places) <= len(self.windows):
            moments = [moment for moment, _ in self.windows]
            twice = next(each for each in moments if moments.count(each) > 1)
            raise ValueError(f"given twice: the window of {twice} (give each moment one window)")
        self._check_known(*(end for each in self.statements for end in (each.early, each.late)))

    def _check_known(self, *moments: Moment) -> None:
        for moment in moments:
            if moment not in self._places:
                hint = near(str(moment), map(str, dict(self.windows)))
                raise ValueError(f"no such moment: {moment!r} ({hint})")

    def plus(self, more: Iterable[Constraint]) -> Network:
        """The same moments with further statements; what this one has worked out is built on."""
        return Network(self.windows, (*self.statements, *more), part=self)

    def graph(self) -> Any:
        """A networkx DiGraph: from a moment to another the most days there can be, as weight.

        Only the tightest bound of several is kept, the first of equal ones; ``statement`` is
        its constraint. There is no edge where there is no bound. ORIGIN is day 0.
        """
        import networkx as nx

        graph = nx.DiGraph()
        graph.add_nodes_from(self._places)
        for start, ends in self._tightest().items():
            for end, (most, statement) in ends.items():
                graph.add_edge(start, end, weight=most, statement=statement)
        return graph

    def _tightest(self) -> dict[Moment, dict[Moment, Edge]]:
        """From each moment to others the tightest bound, the first of equal ones."""
        found: dict[Moment, dict[Moment, Edge]] = {moment: {} for moment in self._places}
        for start, end, most, statement in self._edges():
            if most < found[start].get(end, (NEVER_ENDS,))[0]:
                found[start][end] = most, statement
        return found

    @cached_property
    def _places(self) -> dict[Moment, int]:
        if self._part is not None:
            return self._part._places
        return {moment: at for at, moment in enumerate((ORIGIN, *dict(self.windows)))}

    def _edges(self) -> Iterator[tuple[Moment, Moment, Number, Constraint]]:
        """From one moment to another so many days at most, with the constraint."""
        for each in (*map(_as_statement, self.windows), *self.statements):
            yield each.early, each.late, each.high, each
            yield each.late, each.early, -each.low, each

    def _bounds(self, moments: Iterable[Moment]) -> Array:
        """The most days from each of some moments (a row) to each other that one edge allows."""
        places = {moment: at for at, moment in enumerate(moments)}
        bounds = np.full((len(places), len(places)), NEVER_ENDS)
        for start, ends in self._tightest().items():
            for end, (most, _) in ends.items():
                if start in places and end in places:
                    bounds[places[start], places[end]] = most
        return bounds

    @cached_property
    def _furthest(self) -> Array | None:
        """The same by any number of edges, among all moments; None where there is a conflict."""
        if self._part is None:
            return shortest_paths(self._bounds(self._places))
        before, more = self._part._furthest, self.statements[len(self._part.statements) :]
        return None if before is None else shortest_paths_with(before, self._by_place(more))

    def _by_place(self, statements: Iterable[Constraint]) -> Iterator[tuple[int, int, Number]]:
        for each in statements:
            early, late = self._places[each.early], self._places[each.late]
            yield early, late, each.high
            yield late, early, -each.low

    @property
    def is_consistent(self) -> bool:
        """Whether some assignment of days satisfies every constraint."""
        return self._furthest is not None

    def is_consistent_with(self, windows: Mapping[Any, Span]) -> bool:
        """Whether it would be consistent with other windows of some moments, in place of their own.

        What all other constraints imply is computed once, so that many days may be tried.
        """
        least = self._without(frozenset(windows))
        if least is None:
            return False
        places = [0, *(self._places[moment] for moment in windows)]
        within = [_window(moment, span) for moment, span in windows.items()]
        edges = [
            edge
            for at, span in enumerate(within, start=1)
            for edge in ((0, at, span.high), (at, 0, -span.low))
        ]
        return shortest_paths_with(least[np.ix_(places, places)], edges) is not None

    def _without(self, moments: frozenset[Moment]) -> Array | None:
        """The most days between all moments, without the windows of some of them."""
        if moments not in self._freed:
            windows = ((each, ANY if each in moments else days) for each, days in self.windows)
            self._freed[moments] = Network(windows, self.statements)._furthest
        return self._freed[moments]

    @cached_property
    def _freed(self) -> dict[frozenset[Moment], Array | None]:
        return {}

    def conflict(self) -> Conflict | None:
        """The fewest statements, windows among them, that leave no day; None without a conflict.

        Windows appear as statements from ORIGIN. No smaller set of statements clashes: a set
        leaves no day just where its graph has a circle of negative length, and the one of
        fewest edges passes no moment twice, so it takes no statement twice. Of several
        circles of that size it is one that misses by the most days.
        """
        circle = None if self.is_consistent else fewest_constraints(self._tightest())
        if circle is None:
            return None
        missed = -sum(most for most, _ in circle)
        return Conflict(tuple(statement for _, statement in circle), int(missed))

    def _closed_bounds(self) -> Array:
        """The most days between all moments; ValueError if no assignment satisfies everything."""
        if self._furthest is None:
            clash = self.conflict()
            reasons = "; ".join(each.description for each in clash.statements) if clash else ""
            raise ValueError(f"no day is left: {reasons} (call conflict() first)")
        return self._furthest

    def _distance(self, early: Moment, late: Moment) -> Span:
        most, at, to = self._closed_bounds(), self._places[early], self._places[late]
        return Span(-_days(most[to, at]), _days(most[at, to]))

    def tighten(self) -> dict[Moment, Span]:
        """The window of each moment: every day of it occurs in some assignment that satisfies all.

        ValueError where the network clashes.
        """
        return dict(self._tight)

    @cached_property
    def _tight(self) -> dict[Moment, Span]:
        return {moment: self._distance(ORIGIN, moment) for moment, _ in self.windows}

    def distance(self, early: Moment, late: Moment) -> Span:
        """The days from one moment to another in all assignments that satisfy everything.

        Every whole number of the span occurs. ValueError where the network clashes.
        """
        self._check_known(early, late)
        return self._distance(early, late)

    def share(
        self,
        more: Iterable[Constraint],
        *,
        limit: int = CELLS,
        draws: int = DRAWS,
        seed: int = SEED,
    ) -> Share:
        """The part of the assignments of this network that also satisfies ``more``.

        All assignments count alike: one day for each moment that ``more`` concerns, or that
        is tied to one that it concerns. Exact where none or all of them satisfy ``more``, or
        where counting needs no table of over ``limit`` cells; else an estimate, marked as one,
        or TooVague. ValueError where the network itself clashes, or where ``more`` concerns a
        moment without a first or last day.
        """
        more = tuple(more)
        both = self.plus(more)
        windows = self.tighten()
        if not both.is_consistent:
            return Share(part=Fraction(0), exact=True)
        if all(self._distance(each.early, each.late).within(each.span) for each in more):
            return Share(part=Fraction(1), exact=True)
        ours, left_out = connected_moments(both.statements, windows, more)
        total = counted(self.statements, windows, ours, limit)
        satisfied = total and counted(both.statements, both.tighten(), ours, limit)
        if total is None or satisfied is None:
            # what others have made of our windows must stay when the others are left out
            bounds = shortest_paths(Network(windows, self.statements)._bounds((ORIGIN, *ours)))
            return attrs.evolve(estimated(bounds, ours, more, draws, seed), left_out=left_out)
        part = Fraction(satisfied, total)
        return Share(part=part, exact=True, satisfied=satisfied, total=total, left_out=left_out)


def _as_statement(pair: tuple[Moment, Span]) -> Constraint:
    moment, span = pair
    return Constraint(f"window of {moment}", ORIGIN, moment, span.low, span.high)


def _days(length: float) -> Number:
    return length if length == NEVER_ENDS else int(length)
