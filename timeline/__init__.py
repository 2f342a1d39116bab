"""A patient's treatment history as a checked timeline.

Four verbs, values in, values out:

``load(path)`` gives a case or a source, or every fault of the file.
``read(case)`` gives a reading: the status of each scan, and the endpoints, with their reasons.
``audit(reading, source)`` gives a verdict for every printed claim.
``draw(readings, figure, path)`` of the package ``renderers`` paints.

Names are loaded when first used, so that ``import timeline`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from timeline.auditing import Call, Verdict, audit
    from timeline.case import Case
    from timeline.criteria import CRITERIA
    from timeline.endpoints import ENDPOINTS
    from timeline.events import EVENTS
    from timeline.ledger import load
    from timeline.outcomes.derived import Outcome, Status
    from timeline.problem import Problem
    from timeline.reading import Reading, read
    from timeline.settings import Settings
    from timeline.source import Claim, Source
    from timeline.span import Span

_HOMES = {
    "auditing": ("Call", "Verdict", "audit"),
    "case": ("Case",),
    "criteria": ("CRITERIA",),
    "outcomes.derived": ("Outcome", "Status"),
    "endpoints": ("ENDPOINTS",),
    "events": ("EVENTS",),
    "ledger": ("load",),
    "problem": ("Problem",),
    "reading": ("Reading", "read"),
    "settings": ("Settings",),
    "source": ("Claim", "Source"),
    "span": ("Span",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "CRITERIA",
    "ENDPOINTS",
    "EVENTS",
    "Call",
    "Case",
    "Claim",
    "Outcome",
    "Problem",
    "Reading",
    "Settings",
    "Source",
    "Span",
    "Status",
    "Verdict",
    "audit",
    "load",
    "read",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'timeline' has no attribute {name!r}")
    return getattr(import_module(f"timeline.{_HOME_OF[name]}"), name)
