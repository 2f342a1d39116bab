"""What joint dates cost, beside a plain Bellman-Ford pass over the same edges.

Run as ``python tests/bench/network.py [moments ..]``. The pass is the textbook one in plain
Python: relax every edge until nothing changes, once from the origin. The networks are invented
histories: moments known to the month, in order, a gap printed now and then.
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from timeline.core.span import Span
from timeline.core.temporal_network import ORIGIN, Constraint, Network, TooVague

SIZES = (10, 40, 200)
REPEATS = 5


def history(moments: int) -> Network:
    """Moments some weeks apart, each known to its 30 days, in order, every fourth gap printed."""
    draw = random.Random(1991)
    day, days = 700_000, []
    for _ in range(moments):
        day += draw.randint(5, 40)
        days.append(day)
    windows = {n: Span(day - day % 30, day - day % 30 + 29) for n, day in enumerate(days)}
    statements = [Constraint(f"order {n}", n, n + 1, 0, None) for n in range(moments - 1)]
    for early in range(0, moments - 4, 4):
        gap = days[early + 3] - days[early]
        statements.append(Constraint(f"printed {early}", early, early + 3, gap - 15, gap + 15))
    return Network(windows, statements)


def clashing(network: Network) -> Network:
    """The same with one more gap that is nine months too long."""
    last = len(network.windows) - 1
    span = network.distance(0, last)
    wrong = Constraint("too long", 0, last, int(span.high) + 270, None)
    return Network(network.windows, (*network.statements, wrong))


def bellman_ford(edges: list[tuple[Any, Any, int]], nodes: list[Any]) -> dict[Any, float]:
    """Least lengths from the origin; every edge relaxed until nothing changes."""
    least = dict.fromkeys(nodes, math.inf) | {ORIGIN: 0}
    changed = True
    while changed:
        changed = False
        for start, end, weight in edges:
            if least[start] + weight < least[end]:
                least[end] = least[start] + weight
                changed = True
    return least


def seconds(run: Callable[[], Any]) -> float:
    """The shortest of some runs."""
    best = math.inf
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def share(network: Network, more: tuple[Constraint, ...]) -> str:
    """A share in words, whatever comes of it."""
    try:
        return str(network.share(more))
    except TooVague as fault:
        return str(fault)


def main(sizes: tuple[int, ...]) -> None:
    """A line for each question and size: milliseconds, times the plain pass."""
    for moments in sizes:
        network = history(moments)
        graph, wrong = network.graph(), clashing(network)
        edges = list(graph.edges(data="weight"))
        floor = seconds(partial(bellman_ford, edges, list(graph)))
        more = tuple(
            Constraint(f"three weeks {n}", n, n + 1, 14, 28) for n in (0, moments // 2, moments - 2)
        )
        print(f"{moments} moments, {len(edges)} edges: plain pass {1e3 * floor:.2f} ms")  # noqa: T201
        runs: dict[str, Callable[[], Any]] = {
            "graph": network.graph,
            "clash, none": network.conflict,
            "clash, found": wrong.conflict,
            "tighten": network.tighten,
            "distance": partial(network.distance, 0, moments - 1),
            "share": partial(share, network, more),
        }
        for name, run in runs.items():
            took = seconds(run)
            print(f"  {name:14} {1e3 * took:9.2f} ms {took / floor:9.1f} x")  # noqa: T201
        print(f"  share: {share(network, more)}")  # noqa: T201


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
