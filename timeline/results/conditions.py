"""In which readings of its findings a line responded and progressed where.

A finding that the report leaves open (``shrunk``) has several meanings. Each scan keeps which of
its readings a result needs, as the bits of one number; over many results these are joined by
"or", so they tell what is needed of each finding by itself.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

import attrs

from timeline.record.events import Scan


@attrs.frozen(kw_only=True)
class VagueScan:
    """A finding with several meanings: its words, and the readings of its scan by meaning.

    ``scan`` is the place of its scan among those of the line. ``of`` leads the meanings:
    ``shrunk on 2021-05 means``, then ``PR``.
    """

    scan: int
    of: str
    meanings: tuple[tuple[str, int], ...]

    def told(self, readings: int) -> str:
        """What the finding must mean where only some readings are left; empty where any will do."""
        left = [word for word, mask in self.meanings if mask & readings]
        return "" if len(left) in (0, len(self.meanings)) else f"{self.of} {' or '.join(left)}"


@attrs.frozen(kw_only=True)
class Condition:
    """One result of a line: where its first response and its progression stand, if anywhere.

    ``readings``: by scan, the bits of the readings that lead here.
    """

    response: Scan | None
    progression: Scan | None
    confirmed: bool
    readings: tuple[int, ...]


@attrs.frozen(kw_only=True)
class Progression:
    """Where one line progressed under one criterion, over every reading of its findings.

    ``scans`` are the scans that may give the date, ``always`` whether there is one in every
    reading; ``confirmed`` and ``confirming`` speak of iCPD and are empty under RECIST 1.1.
    ``ways`` are the results that the readings give, in order of their response; ``vague`` are the
    findings that decide.
    """

    line: int
    criterion: str
    scans: tuple[Scan, ...] = ()
    always: bool = False
    confirmed: bool = False
    confirming: tuple[Scan, ...] = ()
    ways: tuple[Condition, ...] = attrs.field(default=(), repr=False)
    vague: tuple[VagueScan, ...] = attrs.field(default=(), repr=False)

    def needs(self, scan: Scan | None) -> tuple[str, ...]:
        """What the findings must mean for progression to be dated by a scan, or for none."""
        return self._by_progression.get(id(scan), ())

    def needs_response(self, scan: Scan | None) -> tuple[str, ...]:
        """What the findings must mean for a scan to show the first response, or none."""
        return self._by_response.get(id(scan), ())

    @functools.cached_property
    def _by_progression(self) -> dict[int, tuple[str, ...]]:
        return self._by((id(way.progression), way) for way in self.ways)

    @functools.cached_property
    def _by_response(self) -> dict[int, tuple[str, ...]]:
        return self._by((id(way.response), way) for way in self.ways)

    def _by(self, ways: Iterable[tuple[int, Condition]]) -> dict[int, tuple[str, ...]]:
        """What ways of one kind need, by the kind."""
        grouped: dict[int, list[Condition]] = {}
        for kind, way in ways if self.vague else ():
            grouped.setdefault(kind, []).append(way)
        return {kind: self._needs(each) for kind, each in grouped.items()}

    @functools.cached_property
    def responses(self) -> tuple[Scan, ...]:
        """The scans that may show the first response, in order of time."""
        found = {id(way.response): way.response for way in self.ways}
        return tuple(scan for scan in found.values() if scan is not None)

    @property
    def always_responds(self) -> bool:
        """Whether there is a response in every reading."""
        return bool(self.ways) and all(way.response is not None for way in self.ways)

    def confirmed_at(self, scan: Scan) -> tuple[bool, ...]:
        """Whether a progression dated by a scan is confirmed: once for each answer there is."""
        return tuple({way.confirmed for way in self.ways if way.progression is scan})

    def given(self, response: Scan) -> Progression:
        """The same where the first response stands at one scan."""
        found = self._given.get(id(response))
        if found is None:
            found = self._given[id(response)] = self._only(response)
        return found

    @functools.cached_property
    def _given(self) -> dict[int, Progression]:
        return {}

    def _only(self, response: Scan) -> Progression:
        ways = tuple(way for way in self.ways if way.response is response)
        kept = {id(way.progression) for way in ways}
        return attrs.evolve(
            self,
            ways=ways,
            scans=tuple(scan for scan in self.scans if id(scan) in kept),
            always=all(way.progression is not None for way in ways),
            confirmed=all(way.confirmed for way in ways if way.progression is not None),
        )

    def _needs(self, ways: list[Condition]) -> tuple[str, ...]:
        by_scan = [functools.reduce(int.__or__, bits) for bits in
                   zip(*(way.readings for way in ways), strict=True)]  # fmt: skip
        told = (each.told(by_scan[each.scan]) for each in self.vague) if by_scan else ()
        return tuple(text for text in told if text)
