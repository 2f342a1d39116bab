"""What the findings of a line must mean for it to respond or progress at one scan.

A finding that the report leaves open (``shrunk``) has several meanings. For each scan, the
interpretations that a result needs are the bits of one integer. Over several results they are
joined by "or", so that the condition on each finding can be given by itself.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

import attrs

from timeline.record.events import Scan


@attrs.frozen(kw_only=True)
class VagueScan:
    """A finding with several meanings, and the interpretations of its scan that have each meaning.

    ``scan`` is the place of its scan among those of the line, from 0. ``of`` comes before the
    meaning in a sentence: ``shrunk on 2021-05 means``, then ``PR``. ``meanings`` are words with the
    bits of the interpretations that have them.
    """

    scan: int
    of: str
    meanings: tuple[tuple[str, int], ...]

    def condition_text(self, interpretations: int) -> str:
        """What the finding must mean where only some interpretations apply; empty where all do."""
        left = [word for word, mask in self.meanings if mask & interpretations]
        return "" if len(left) in (0, len(self.meanings)) else f"{self.of} {' or '.join(left)}"


@attrs.frozen(kw_only=True)
class Condition:
    """One result of a line: the scans of its first response and of its progression, if any.

    ``interpretations``: by scan, the bits of the interpretations that give this result.
    """

    response: Scan | None
    progression: Scan | None
    confirmed: bool
    interpretations: tuple[int, ...]


@attrs.frozen(kw_only=True)
class Progression:
    """Where one line progressed by one criterion, over all interpretations of its findings.

    ``scans`` are the scans that may give the date, ``always`` whether there is one in every
    interpretation; ``confirmed`` and ``confirming`` concern iCPD and are empty by RECIST 1.1.
    ``conditions`` are the different results, in order of their response; ``vague`` are the findings
    that decide between them.
    """

    line: int
    criterion: str
    scans: tuple[Scan, ...] = ()
    always: bool = False
    confirmed: bool = False
    confirming: tuple[Scan, ...] = ()
    conditions: tuple[Condition, ...] = attrs.field(default=(), repr=False)
    vague: tuple[VagueScan, ...] = attrs.field(default=(), repr=False)

    def needs(self, scan: Scan | None) -> tuple[str, ...]:
        """What the findings must mean for progression to be dated by a scan, or for none."""
        return self._by_progression.get(id(scan), ())

    def needs_response(self, scan: Scan | None) -> tuple[str, ...]:
        """What the findings must mean for a scan to show the first response, or none."""
        return self._by_response.get(id(scan), ())

    @functools.cached_property
    def _by_progression(self) -> dict[int, tuple[str, ...]]:
        return self._by((id(condition.progression), condition) for condition in self.conditions)

    @functools.cached_property
    def _by_response(self) -> dict[int, tuple[str, ...]]:
        return self._by((id(condition.response), condition) for condition in self.conditions)

    def _by(self, conditions: Iterable[tuple[int, Condition]]) -> dict[int, tuple[str, ...]]:
        """The conditions of the results, by the scan that they share."""
        grouped: dict[int, list[Condition]] = {}
        for kind, condition in conditions if self.vague else ():
            grouped.setdefault(kind, []).append(condition)
        return {kind: self._needs(each) for kind, each in grouped.items()}

    @functools.cached_property
    def responses(self) -> tuple[Scan, ...]:
        """The scans that may show the first response, in order of time."""
        found = {id(condition.response): condition.response for condition in self.conditions}
        return tuple(scan for scan in found.values() if scan is not None)

    @property
    def always_responds(self) -> bool:
        """Whether there is a response in every interpretation."""
        return bool(self.conditions) and all(
            condition.response is not None for condition in self.conditions
        )

    def confirmed_at(self, scan: Scan) -> tuple[bool, ...]:
        """Whether a progression dated by a scan is confirmed: once for each answer there is."""
        return tuple(
            {condition.confirmed for condition in self.conditions if condition.progression is scan}
        )

    def with_response(self, response: Scan) -> Progression:
        """The progression where one scan shows the first response."""
        found = self._by_with_response.get(id(response))
        if found is None:
            found = self._by_with_response[id(response)] = self._only(response)
        return found

    @functools.cached_property
    def _by_with_response(self) -> dict[int, Progression]:
        return {}

    def _only(self, response: Scan) -> Progression:
        conditions = tuple(
            condition for condition in self.conditions if condition.response is response
        )
        dated = {id(condition.progression) for condition in conditions}
        return attrs.evolve(
            self,
            conditions=conditions,
            scans=tuple(scan for scan in self.scans if id(scan) in dated),
            always=all(condition.progression is not None for condition in conditions),
            confirmed=all(
                condition.confirmed for condition in conditions if condition.progression is not None
            ),
        )

    def _needs(self, conditions: list[Condition]) -> tuple[str, ...]:
        columns = zip(*(condition.interpretations for condition in conditions), strict=True)
        by_scan = [functools.reduce(int.__or__, bits) for bits in columns]
        texts = (each.condition_text(by_scan[each.scan]) for each in self.vague if by_scan)
        return tuple(text for text in texts if text)
