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
    from timeline.auditing import Conclusion, Verdict, audit
    from timeline.core.problem import Problem
    from timeline.core.span import Span
    from timeline.endpoints.derived_case import DerivedCase, derive
    from timeline.files.loader import load
    from timeline.record.case import Case
    from timeline.record.events import EVENTS
    from timeline.report.claims import Claim, Report
    from timeline.response.criteria import CRITERIA
    from timeline.results.statuses import Outcome, Status
    from timeline.settings.response import Settings
    from timeline.terminology.endpoints import ENDPOINTS

_HOMES = {
    "auditing": ("Conclusion", "Verdict", "audit"),
    "record.case": ("Case",),
    "response.criteria": ("CRITERIA",),
    "results.statuses": ("Outcome", "Status"),
    "terminology.endpoints": ("ENDPOINTS",),
    "record.events": ("EVENTS",),
    "files.loader": ("load",),
    "core.problem": ("Problem",),
    "endpoints.derived_case": ("DerivedCase", "derive"),
    "settings.response": ("Settings",),
    "report.claims": ("Claim", "Report"),
    "core.span": ("Span",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "CRITERIA",
    "ENDPOINTS",
    "EVENTS",
    "Case",
    "Claim",
    "Conclusion",
    "DerivedCase",
    "Outcome",
    "Problem",
    "Report",
    "Settings",
    "Span",
    "Status",
    "Verdict",
    "audit",
    "derive",
    "load",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'timeline' has no attribute {name!r}")
    return getattr(import_module(f"timeline.{_HOME_OF[name]}"), name)
