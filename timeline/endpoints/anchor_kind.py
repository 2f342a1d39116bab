"""What an anchor is: a named moment that endpoints run from or to.

``tier`` is how far an anchor is from common usage: 1 a standard alternative, 2 a moment of the
right kind that no definition uses, 3 a moment of another kind.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from timeline.core.calendar.dates import PartialDate
from timeline.record.events import Event
from timeline.record.lines import Line
from timeline.results.alternatives import Side
from timeline.results.statuses import Anchor, AssessedCase

Anchors = tuple[Anchor, ...]
# the assessed case, the line (None: an endpoint of the patient), the title of a criterion
FindAnchors = Callable[[AssessedCase, Line | None, str], Anchors]


@attrs.frozen
class AnchorKind:
    """A named moment, and the function that finds it in a case.

    ``starts`` and ``ends``: the audit tries it as the start or the end of a time.
    """

    name: str
    tier: int
    find: FindAnchors
    starts: bool = False
    ends: bool = False
    varies_with_findings: bool = False  # interpretations of the findings give different ones
    why_none: Callable[[AssessedCase], str] | None = None  # why a case has none; empty: no reason


def anchor_at(event: Event, description: str, when: PartialDate | None = None) -> Anchor:
    """The anchor at an event: its start, or its end where ``when`` is that end."""
    side: Side = "start" if when is None or when is event.start else "end"
    return Anchor(event=event, span=(when or event.start).span, description=description, side=side)
