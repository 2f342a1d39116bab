"""A patient's treatment history as a checked timeline.

    import timeline as tl

    case = tl.load_case("cases/wang2023.yaml")
    derived = tl.derive(case)
    derived.endpoint("iPFS", line=4).days
    tl.audit(derived, tl.load_report("seeds/wang2023.yaml"))
    tl.plot.swimmer([derived], unit="weeks").save("swimmer.svg")

These names stay; everything else may move. A name is loaded when it is first used, so that
``import timeline`` is quick.

Functions: `load`, `load_case` and `load_report` read a file; `draft` makes one from the text of a
report; `derive` applies the rules; `measures_of` gives depth of response, growth rates and
hyperprogression; `audit` compares a report with the facts; `lines` gives the table of lines;
`board_report` makes a report for a tumour board; `survival` gives the statistics of a table of
times and events; `Cohort.of` gathers the patients of a study, and its `summary` gives
the numbers and the report; the functions of `plot` draw; `trial.derive` derives the parameters of a
trial from data frames, `registry.derive_file` those of a registry of any size; `cdisc` reads and
writes datasets of SDTM and ADaM.

Constants:

- ``CRITERIA``: the response criteria by key (``recist11``, ``irecist`` ..), each with its tables,
  its state machine and its source.
- ``ENDPOINTS``: the endpoints, a row for each with origin, events, censoring and source.
- ``EVENTS``: the kinds of events, a class for each by the key of the case file (``scan``).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from timeline import cdisc, plot, registry, study, trial
    from timeline.answers import interval, percent, recist
    from timeline.api import (
        Audit,
        InvalidFile,
        Loaded,
        audit,
        derive,
        draft,
        load,
        load_case,
        load_report,
    )
    from timeline.auditing import Conclusion, Verdict
    from timeline.core.problem import Problem
    from timeline.core.span import Span
    from timeline.endpoints.derived_case import DerivedCase
    from timeline.exchange.draft import Draft
    from timeline.exchange.lines_table import LinesTable, lines
    from timeline.measures.results import MeasureResult, measures_of
    from timeline.record.case import Case
    from timeline.record.events import EVENTS
    from timeline.report.claims import Claim, Report
    from timeline.response.criteria import CRITERIA
    from timeline.results.statuses import Outcome, Status
    from timeline.settings.response import Settings
    from timeline.study import Cohort, StudySummary
    from timeline.survival_statistics import SurvivalStatistics, survival
    from timeline.terminology.endpoints import ENDPOINTS
    from timeline.views.board_report import BoardReport, board_report

__version__ = "0.2.0"

_HOMES = {
    "answers": ("interval", "percent", "recist"),
    "study": ("Cohort", "StudySummary"),
    "survival_statistics": ("SurvivalStatistics", "survival"),
    "api": (
        "Audit",
        "InvalidFile",
        "Loaded",
        "audit",
        "derive",
        "draft",
        "load",
        "load_case",
        "load_report",
    ),
    "auditing": ("Conclusion", "Verdict"),
    "record.case": ("Case",),
    "response.criteria": ("CRITERIA",),
    "results.statuses": ("Outcome", "Status"),
    "terminology.endpoints": ("ENDPOINTS",),
    "record.events": ("EVENTS",),
    "core.problem": ("Problem",),
    "endpoints.derived_case": ("DerivedCase",),
    "exchange.draft": ("Draft",),
    "exchange.lines_table": ("LinesTable", "lines"),
    "measures.results": ("MeasureResult", "measures_of"),
    "settings.response": ("Settings",),
    "report.claims": ("Claim", "Report"),
    "core.span": ("Span",),
    "views.board_report": ("BoardReport", "board_report"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
# Names of version 0.1, kept until version 0.3: where each is now, and what to use instead.
_FORMER = {
    "read": ("endpoints.derived_case", "derive"),
    "Reading": ("endpoints.derived_case", "DerivedCase"),
    "Call": ("auditing", "Conclusion"),
    "Source": ("report.claims", "Report"),
}

__all__ = [
    "CRITERIA",
    "ENDPOINTS",
    "EVENTS",
    "Audit",
    "BoardReport",
    "Case",
    "Claim",
    "Cohort",
    "Conclusion",
    "DerivedCase",
    "Draft",
    "InvalidFile",
    "LinesTable",
    "Loaded",
    "MeasureResult",
    "Outcome",
    "Problem",
    "Report",
    "Settings",
    "Span",
    "Status",
    "StudySummary",
    "SurvivalStatistics",
    "Verdict",
    "audit",
    "board_report",
    "cdisc",
    "derive",
    "draft",
    "interval",
    "lines",
    "load",
    "load_case",
    "load_report",
    "measures_of",
    "percent",
    "plot",
    "recist",
    "registry",
    "study",
    "survival",
    "trial",
]


def __getattr__(name: str) -> Any:
    if name in ("cdisc", "plot", "registry", "study", "trial"):
        return import_module(f"timeline.{name}")
    if name in _FORMER:
        import warnings

        home, new = _FORMER[name]
        warnings.warn(
            f"timeline.{name} is now timeline.{new} and will go in version 0.3",
            DeprecationWarning,
            stacklevel=2,
        )
        return getattr(import_module(f"timeline.{home}"), new)
    if name not in _HOME_OF:
        raise AttributeError(f"module 'timeline' has no attribute {name!r}")
    return getattr(import_module(f"timeline.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
