"""The product of all readings of a line, one row each: what the set of states must come to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from timeline.response.best_response import best_overall_response
from timeline.response.evaluate import evaluate_responses
from timeline.response.progression import derive_progression
from timeline.response.scans import FINDINGS, Scans
from timeline.terminology.response_codes import Code

PER_LINE = [name for name, row in FINDINGS.items() if row["axes"] == 1]


def climbing(begun: int, days: list[int]) -> list[int]:
    """Days since the start: none before it, and each later than the last."""
    found: list[int] = []
    for day in days:
        found.append(max(day - begun, *(last + 1 for last in found[-1:]), 0))
    return found


def corners(days: np.ndarray) -> Iterator[tuple[int, list[int]]]:
    """Every choice of the first or the last day for the start and each scan."""
    for begun, *chosen in itertools.product(*(sorted(set(column)) for column in days.T.tolist())):
        yield begun, chosen


def cuts(days: np.ndarray) -> Iterator[tuple[int, list[int]]]:
    """Those in which all moments up to one are late and all after it early, or the reverse."""
    low, high = days.tolist()
    for cut in range(len(low) + 1):
        for first, last in ((low, high), (high, low)):
            begun, *chosen = (*first[:cut], *last[cut:])
            yield begun, chosen


def product(worlds, choose=corners) -> tuple[Scans, np.ndarray]:
    """A row for each reading of each scan with each choice of days, and the readings of each."""
    starts = np.cumsum(worlds.count) - worlds.count
    readings = list(itertools.product(*(range(count) for count in worlds.count)))
    days = sorted({tuple(climbing(*each)) for each in choose(worlds.days)})
    picked = np.array(readings)
    taken = np.tile(picked, (len(days), 1))
    columns = {name: column[starts + taken] for name, column in worlds.table.items()}
    columns |= {name: getattr(worlds.scans, name)[0] for name in PER_LINE}
    columns = {name: value for name, value in columns.items() if name not in PER_LINE} | {
        name: np.repeat(columns[name], len(taken)) for name in PER_LINE
    }
    return Scans.of(day=np.repeat(days, len(picked), axis=0), check=False, **columns), taken


def come_to(worlds, criterion, settings, choose=corners):
    """What every row comes to: by scan, the best responses, and the ways, as sets."""
    scans, taken = product(worlds, choose)
    responses = evaluate_responses(scans, criterion, settings, trace=True)
    ended = derive_progression(responses, settings)
    after = responses.traced.state
    before = np.concatenate([np.zeros_like(after[:, :1]), after[:, :-1]], axis=1)
    by_scan = [
        set(zip(*(column[:, at].tolist() for column in (
            responses.code, responses.row, responses.warning, before, after)), strict=True))
        for at in range(scans.shape[1])
    ]  # fmt: skip
    dated = responses.day == np.asarray(ended.day)[:, None]
    places = np.where(dated.any(axis=1), dated.argmax(axis=1), ended.scan)
    ways: dict[tuple[int, int, bool], np.ndarray] = {}
    for row, key in enumerate(
        zip(ended.response_scan.tolist(), places.tolist(), ended.confirmed.tolist(), strict=True)
    ):
        ways[key] = ways.get(key, 0) | (1 << taken[row])
    pd = responses.code == Code.PD
    first_pd = set(np.where(pd.any(axis=1), pd.argmax(axis=1), -1).tolist())
    bests = [
        set(best_overall_response(responses, settings, confirmed=each).code.tolist())
        for each in (False, True)
    ]
    return by_scan, bests, {key: tuple(bits.tolist()) for key, bits in ways.items()}, first_pd
