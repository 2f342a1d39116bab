"""The analyses of a study: a row each, with its population, its method and its source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.study import patient_values as of
from timeline.study.cohort import NE, NOT_ASSESSED, Cohort

LIMITS = ("Clopper-Pearson", "Wilson")
LEVEL = 0.95
_E09 = "RECIST 1.1, Eisenhauer 2009, doi:10.1016/j.ejca.2008.10.026"
_FDA = "FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics"
RESPONSES = ("CR", "PR", "SD", "NON-CR/NON-PD", "NED", "PD", NE, of.NONE_IN_WINDOW, NOT_ASSESSED)


@attrs.frozen(kw_only=True)
class Analysis:
    """A row.

    Attributes:
        name: of the variable.
        title: as tables print it.
        table: the table that it is in: ``baseline``, ``response``, ``rates`` or ``exposure``.
        populations: the populations that are counted, each as a denominator of its own.
        convention: how a patient is counted, as the methods state it.
        source: of the convention.
        category: the categories that a patient may be in; None of a number.
        number: the number of a patient; None of a category.
        order: the categories that come first, in their order.
        with_limits: whether the share of ``yes`` is printed with confidence limits.
        unit: of the number.
    """

    name: str
    title: str
    table: str
    populations: tuple[str, ...]
    convention: str
    source: str = "the record of each patient"
    category: Callable[[Cohort, DerivedCase], of.Allowed] | None = attrs.field(
        default=None, repr=False, eq=False
    )
    number: Callable[[Cohort, DerivedCase], Span | None] | None = attrs.field(
        default=None, repr=False, eq=False
    )
    order: tuple[str, ...] = ()
    with_limits: bool = False
    unit: str = ""

    def level_title(self, level: str) -> str:
        """A category as a table prints it."""
        return self.title if level == of.YES else level


def _row(name: str, title: str, table: str, convention: str, **more: Any) -> Analysis:
    found = {"populations": ("treated",), **more}
    return Analysis(name=name, title=title, table=table, convention=convention, **found)


_WEEKS = of.LANDMARK_WEEKS
ANALYSES = (
    _row("sex", "Sex", "baseline", "Sex as written.", populations=("all",), category=of.sex),
    _row("age", "Age, years", "baseline", "Age as written; a decade is each of its years.",
         populations=("all",), number=of.age, unit="years"),
    _row("diagnosis", "Diagnosis", "baseline", "Diagnosis as written.", populations=("all",),
         category=of.diagnosis),
    _row("ecog", "ECOG performance status", "baseline",
         "ECOG: the last value on or before the first day of treatment.", populations=("all",),
         category=of.performance, order=("0", "1", "2", "3", "4")),
    _row("regimen", "Regimen", "baseline", "Regimen of the line that is studied.",
         category=of.regimen),
    _row("BOR", "Best overall response", "response",
         "Best overall response: the best response from the start of treatment to progression; a "
         "patient without an assessment is not evaluable.", source=f"{_E09}, section 4.4",
         category=of.best_response, order=RESPONSES),
    _row("CBOR", "Best overall response, confirmed", "response",
         "Confirmed: CR and PR need a second scan that shows them.", source=f"{_E09}, section 4.6",
         category=of.confirmed_response, order=RESPONSES),
    _row("landmark", f"Response at {_WEEKS} weeks", "response",
         f"Response at {_WEEKS} weeks: that of the assessment nearest to week {_WEEKS} from the "
         f"start of treatment, at most {of.LANDMARK_WINDOW} weeks away, of two as near the later; "
         "earlier progression counts, if it needs no confirmation.",
         source="a choice; no source sets a window",
         category=of.landmark_response, order=RESPONSES),
    _row("ORR", "Objective response rate (ORR)", "rates", "ORR: (CR + PR) / denominator.",
         populations=("treated", "evaluable"), source=f"{_E09}, section 4.3; {_FDA}",
         category=of.objective_response, with_limits=True),
    _row("CORR", "Confirmed ORR", "rates", "Confirmed ORR: confirmed (CR + PR) / denominator.",
         populations=("treated", "evaluable"), source=f"{_E09}, section 4.6",
         category=of.confirmed_objective_response, with_limits=True),
    _row("DCR", "Disease control rate (DCR)", "rates",
         "DCR: (CR + PR + SD + non-CR/non-PD) / denominator.",
         populations=("treated", "evaluable"), source="common use; a protocol may require SD to "
         "last some weeks", category=of.disease_control, with_limits=True),
    _row("CBR", "Clinical benefit rate (CBR), 24 weeks", "rates",
         "CBR: (CR + PR + SD that lasts 24 weeks from the start of treatment) / denominator; "
         "stable disease that was followed for less does not count.",
         populations=("treated", "evaluable"), source="common use; the weeks are of the protocol",
         category=of.clinical_benefit, with_limits=True),
    _row("ToT", "Time on treatment, months", "exposure",
         "Time on treatment: from the first to the last day of the line; without an upper end "
         "where no end is on record.", number=of.treatment_time, unit="months"),
    _row("stop", "Reason for stop", "exposure", "Reason for stop as written.",
         category=of.stop_reason),
    _row("reduced", "Dose reduced", "exposure", "Reductions on record of the line.",
         category=of.dose_reduced, order=(of.YES,)),
    _row("held", "Dose interrupted", "exposure", "Interruptions on record of the line.",
         category=of.dose_held, order=(of.YES,)),
)  # fmt: skip


@attrs.frozen
class TimeAnalysis:
    """A time to an event: the name of its endpoint, its title, and the patients it is of."""

    endpoint: str
    title: str
    population: str
    convention: str


TIMES = (
    TimeAnalysis("PFS", "Progression-free survival", "treated",
                 "PFS: from the start of the line to progression or death"),
    TimeAnalysis("OS", "Overall survival", "treated",
                 "OS: from the start of the line to death from any cause"),
    TimeAnalysis("DoR", "Duration of response", "treated",
                 "DoR: from the first CR or PR to progression or death, of responders"),
)  # fmt: skip
ADVERSE_EVENTS = (
    "Adverse events: each patient once a term, by the worst grade on or after the first day of the "
    "line and before the next one, or of the line by its own words. A patient with none on record "
    "counts as without one. CTCAE: the highest grade counts."
)
