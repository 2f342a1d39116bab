"""A simple temporal network: windows of days, and bounds on the days between two moments.

After Dechter, Meiri, Pearl 1991, Artificial Intelligence 49:61-95. It knows nothing of what
happened on the days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from timeline.network.circle import fewest
from timeline.network.count import CELLS
from timeline.network.draw import DRAWS, SEED
from timeline.network.share import Share, concerned, counted, estimated
from timeline.network.statement import (
    ORIGIN,
    Moment,
    Statement,
    high_bound,
    low_bound,
    whole_days,
)
from timeline.problem import near
from timeline.span import NEVER_ENDS, Span


@attrs.frozen
class Clash:
    """Statements that cannot stand together, though any one may fall and the rest can stand.

    In the order of the circle that they make. ``days`` is by how many they miss one another:
    loosened by so many in all, they meet.
    """

    statements: tuple[Statement, ...]
    days: int


_Windows = Mapping[Any, Span] | Iterable[tuple[Any, Span]]  # a mapping's key type is invariant


def _windows(given: _Windows) -> tuple[tuple[Moment, Span], ...]:
    pairs = given.items() if isinstance(given, Mapping) else given
    return tuple((moment, _window(moment, span)) for moment, span in pairs)


def _window(moment: Moment, span: Span) -> Span:
    whole = whole_days(span)
    if whole is None:
        raise ValueError(f"no whole day in the window of {moment}: {span} (widen it)")
    return Span(low_bound(whole.low), high_bound(whole.high))


def _statements(given: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(given)


@attrs.frozen
class Network:
    """Moments, each with its window of days, and what is stated of the days between them.

    ``windows`` is a mapping (kept as pairs): ordinals, both ends included, open ends allowed.
    A statement from ORIGIN bounds a day as a window does, with words and a source of its own.
    ValueError where a moment is given twice, or stated of and not given.

    >>> june, october = Span(737577, 737606), Span(737699, 737729)  # of 2020
    >>> four = Statement("4 months to progression", "start", "progression", 107, 136)
    >>> network = Network({"start": june, "progression": october})
    >>> network.distance("start", "progression"), str(network.share([four]))
    (Span(93 to 152), '74.1 % (689 of 930)')
    """

    windows: tuple[tuple[Moment, Span], ...] = attrs.field(converter=_windows)
    statements: tuple[Statement, ...] = attrs.field(default=(), converter=_statements)

    def __attrs_post_init__(self) -> None:
        if len(dict(self.windows)) < len(self.windows):
            moments = [moment for moment, _ in self.windows]
            twice = next(each for each in moments if moments.count(each) > 1)
            raise ValueError(f"given twice: the window of {twice} (give each moment one window)")
        self._know(*(end for each in self.statements for end in (each.early, each.late)))

    def _know(self, *moments: Moment) -> None:
        known = {ORIGIN, *dict(self.windows)}
        for moment in moments:
            if moment not in known:
                hint = near(str(moment), map(str, dict(self.windows)))
                raise ValueError(f"no such moment: {moment!r} ({hint})")

    def graph(self) -> Any:
        """A networkx DiGraph: from a moment to another the most days there can be, as weight.

        Only the tightest bound of several is kept, the first of equal ones; ``statement`` says
        whose it is. There is no edge where nothing is said. ORIGIN stands for day nought.
        """
        import networkx as nx

        graph = nx.DiGraph()
        graph.add_nodes_from((ORIGIN, *dict(self.windows)))
        for each in (*map(_as_statement, self.windows), *self.statements):
            for start, end, most in (
                (each.early, each.late, each.high),
                (each.late, each.early, -each.low),
            ):
                known = graph.get_edge_data(start, end, {"weight": NEVER_ENDS})
                if most < known["weight"]:
                    graph.add_edge(start, end, weight=most, statement=each)
        return graph

    def clash(self) -> Clash | None:
        """The fewest statements, windows among them, that leave no day; None if all can stand.

        Windows appear as statements from ORIGIN. No smaller set of statements clashes: a set
        leaves no day just where its graph has a circle of negative length, and the one of
        fewest edges passes no moment twice, so it takes no statement twice. Of several
        circles of that size it is one that misses by the most days.
        """
        return _clash(self.graph())

    def _settled(self) -> Any:
        """The graph, once it is sure that some assignment keeps everything."""
        graph = self.graph()
        clash = _clash(graph)
        if clash is not None:
            said = "; ".join(each.says for each in clash.statements)
            raise ValueError(f"no day is left: {said} (ask clash() first)")
        return graph

    def tighten(self) -> dict[Moment, Span]:
        """Each moment's window, every day of which some assignment takes that keeps everything.

        ValueError where the network clashes.
        """
        graph = self._settled()
        latest, earliest = _furthest(graph, ORIGIN), _furthest(graph.reverse(copy=False), ORIGIN)
        return {
            moment: Span(-earliest.get(moment, NEVER_ENDS), latest.get(moment, NEVER_ENDS))
            for moment, _ in self.windows
        }

    def distance(self, early: Moment, late: Moment) -> Span:
        """The days from one moment to another in all assignments that keep everything.

        Every whole number of the span occurs. ValueError where the network clashes.
        """
        self._know(early, late)
        return _distance(self._settled(), early, late)

    def share(
        self,
        more: Iterable[Statement],
        *,
        limit: int = CELLS,
        draws: int = DRAWS,
        seed: int = SEED,
    ) -> Share:
        """Which part of the assignments that keep this network also keeps ``more``.

        All assignments count alike: one day for each moment that ``more`` concerns, or that
        is tied to one that it concerns. Exact where none or all of them keep ``more``, or
        where counting needs no table of over ``limit`` cells; else an estimate that says so,
        or TooVague. ValueError where the network itself clashes, or where ``more`` concerns a
        moment without a first or last day.
        """
        more = tuple(more)
        both = attrs.evolve(self, statements=(*self.statements, *more))
        graph = self._settled()
        if both.clash() is not None:
            return Share(part=Fraction(0), exact=True)
        if all(_distance(graph, each.early, each.late).within(each.span) for each in more):
            return Share(part=Fraction(1), exact=True)
        windows = self.tighten()
        ours, left_out = concerned(both.statements, windows, more)
        total = counted(self.statements, windows, ours, limit)
        kept = total and counted(both.statements, both.tighten(), ours, limit)
        if total is None or kept is None:
            # what others have made of our windows must stay when the others are left out
            narrowed = Network(windows, self.statements).graph()
            return attrs.evolve(estimated(narrowed, ours, more, draws, seed), left_out=left_out)
        part = Fraction(kept, total)
        return Share(part=part, exact=True, kept=kept, total=total, left_out=left_out)


def _as_statement(pair: tuple[Moment, Span]) -> Statement:
    moment, span = pair
    return Statement(f"window of {moment}", ORIGIN, moment, span.low, span.high)


def _clash(graph: Any) -> Clash | None:
    circle = fewest(graph)
    if circle is None:
        return None
    days = -sum(edge["weight"] for edge in circle)
    return Clash(tuple(edge["statement"] for edge in circle), days)


def _furthest(graph: Any, source: Moment) -> dict[Moment, int]:
    """The most days from one moment to each that it bounds; the graph must not clash."""
    import networkx as nx

    return dict(nx.single_source_bellman_ford_path_length(graph, source))


def _distance(graph: Any, early: Moment, late: Moment) -> Span:
    least = _furthest(graph, late).get(early, NEVER_ENDS)
    return Span(-least, _furthest(graph, early).get(late, NEVER_ENDS))
