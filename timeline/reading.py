"""A case as read by the rules: the one thing that audit, figures and exports take."""

from __future__ import annotations

import attrs

from timeline.derived import Assessed, Outcome


@attrs.frozen(kw_only=True)
class Reading(Assessed):
    """A case, the status of each of its scans under each criterion, and its outcomes."""

    outcomes: tuple[Outcome, ...] = ()

    def outcome(self, endpoint: str, line: int | None) -> Outcome | None:
        """The main outcome of an endpoint, or None where the case has no such line."""
        hits = (o for o in self.outcomes if (o.endpoint, o.line) == (endpoint, line) and o.main)
        return next(hits, None)

    def beside(self, outcome: Outcome) -> tuple[Outcome, ...]:
        """The same endpoint of the same line from other origins."""
        name = (outcome.endpoint, outcome.line)
        return tuple(o for o in self.outcomes if (o.endpoint, o.line) == name and not o.main)
