"""The analyses of a study: a row each, with its population, its method and its source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from timeline.core.span import Span
from timeline.settings.study import StudySettings
from timeline.study import patient_values as of
from timeline.study.cohort import NE, NOT_ASSESSED, Cohort
from timeline.study.member import Allowed, Member, TablePatient

_E09 = "RECIST 1.1, Eisenhauer 2009, doi:10.1016/j.ejca.2008.10.026"
_FDA = "FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics"
RESPONSES = ("CR", "PR", "SD", "NON-CR/NON-PD", "NED", "PD", NE, of.NONE_IN_WINDOW, NOT_ASSESSED)


@attrs.frozen(kw_only=True)
class Analysis:
    """A row.

    Attributes:
        name: of the variable.
        heading: as tables print it, settings by name in braces.
        table: the table that it is in: ``baseline``, ``response``, ``rates`` or ``exposure``.
        populations: the populations that are counted, each as a denominator of its own; of a rate
            setting ``rate_denominators`` names them.
        rule: how a patient is counted, as the methods state it, settings in braces.
        source: of the convention.
        category: the categories that a patient may be in; None of a number.
        number: the number of a patient; None of a category.
        order: the categories that come first, in their order.
        with_limits: whether the share of ``yes`` is printed with confidence limits.
        unit: of the number.
        is_derived: whether ``category`` finds it for a subject of tables as well.
    """

    name: str
    heading: str
    table: str
    populations: tuple[str, ...]
    rule: str
    source: str = "the record of each patient"
    category: Callable[[Cohort, Any], Allowed] | None = attrs.field(
        default=None, repr=False, eq=False
    )
    number: Callable[[Cohort, Any], Span | None] | None = attrs.field(
        default=None, repr=False, eq=False
    )
    order: tuple[str, ...] = ()
    with_limits: bool = False
    unit: str = ""
    is_derived: bool = False

    def title(self, settings: StudySettings) -> str:
        """Its name as tables print it."""
        return self.heading.format_map(_numbers(settings))

    def convention(self, settings: StudySettings) -> str:
        """How a patient is counted, as the methods state it."""
        return self.rule.format_map(_numbers(settings))

    def denominators(self, settings: StudySettings) -> tuple[str, ...]:
        """The populations that it is counted in."""
        return settings.denominators if self.with_limits else self.populations

    def level_title(self, level: str, settings: StudySettings) -> str:
        """A category as a table prints it."""
        return self.title(settings) if level == of.YES else level

    def allowed(self, cohort: Cohort, member: Member) -> Allowed:
        """The categories that a patient may be in."""
        assert self.category is not None  # noqa: S101  (asked of categories alone)
        if isinstance(member, TablePatient) and not self.is_derived:
            return frozenset({member.values.get(self.name, "") or of.NOT_STATED})
        return self.category(cohort, member)

    def value(self, cohort: Cohort, member: Member) -> Span | None:
        """The number of a patient."""
        assert self.number is not None  # noqa: S101  (asked of numbers alone)
        if isinstance(member, TablePatient):
            return member.numbers.get(self.name)
        return self.number(cohort, member)


def _numbers(settings: StudySettings) -> dict[str, Any]:
    found = attrs.asdict(settings)
    weeks = settings.disease_control_weeks
    found["lasting"] = f" that lasts {weeks} weeks from the start of treatment" if weeks else ""
    found["control"] = f", {weeks} weeks" if weeks else ""
    return found


def _row(name: str, heading: str, table: str, rule: str, **more: Any) -> Analysis:
    found = {"populations": ("treated",), **more}
    return Analysis(name=name, heading=heading, table=table, rule=rule, **found)


ANALYSES = (
    _row("sex", "Sex", "baseline", "Sex as written.", populations=("all",), category=of.sex),
    _row("age", "Age, years", "baseline", "Age as written; a decade is each of its years.",
         populations=("all",), number=of.age, unit="years"),
    _row("diagnosis", "Diagnosis", "baseline", "Diagnosis as written.", populations=("all",),
         category=of.diagnosis),
    _row("ecog", "ECOG performance status", "baseline",
         "ECOG: the last value on or before the first day of treatment.", populations=("all",),
         category=of.performance, order=("0", "1", "2", "3", "4")),
    _row("arm", "Arm", "baseline", "Arm as planned (TRT01P, or ARM).", populations=("all",),
         category=of.arm),
    _row("regimen", "Regimen", "baseline", "Regimen of the line that is studied.",
         category=of.regimen),
    _row("BOR", "Best overall response", "response",
         "Best overall response: the best response from the start of treatment to progression; a "
         "patient without an assessment is not evaluable.", source=f"{_E09}, section 4.4",
         category=of.best_response, order=RESPONSES),
    _row("CBOR", "Best overall response, confirmed", "response",
         "Confirmed: CR and PR need a second scan that shows them.", source=f"{_E09}, section 4.6",
         category=of.confirmed_response, order=RESPONSES),
    _row("landmark", "Response at {landmark_weeks} weeks", "response",
         "Response at {landmark_weeks} weeks: that of the assessment nearest to week "
         "{landmark_weeks} from the start of treatment, at most {landmark_window_weeks} weeks "
         "away, of two as near the later; earlier progression counts, if it needs no confirmation.",
         source="a choice; no source sets a window",
         category=of.landmark_response, order=RESPONSES, is_derived=True),
    _row("ORR", "Objective response rate (ORR)", "rates", "ORR: (CR + PR) / denominator.",
         populations=("treated", "evaluable"), source=f"{_E09}, section 4.3; {_FDA}",
         category=of.objective_response, with_limits=True,
         is_derived=True),
    _row("CORR", "Confirmed ORR", "rates", "Confirmed ORR: confirmed (CR + PR) / denominator.",
         populations=("treated", "evaluable"), source=f"{_E09}, section 4.6",
         category=of.confirmed_objective_response, with_limits=True,
         is_derived=True),
    _row("DCR", "Disease control rate (DCR){control}", "rates",
         "DCR: (CR + PR + SD or non-CR/non-PD{lasting}) / denominator.",
         populations=("treated", "evaluable"), source="common use; a protocol may require SD to "
         "last some weeks", category=of.disease_control, with_limits=True, is_derived=True),
    _row("CBR", "Clinical benefit rate (CBR), {clinical_benefit_weeks} weeks", "rates",
         "CBR: (CR + PR + SD that lasts {clinical_benefit_weeks} weeks from the start of "
         "treatment) / denominator; stable disease that was followed for less does not count.",
         populations=("treated", "evaluable"), source="common use; the weeks are of the protocol",
         category=of.clinical_benefit, with_limits=True, is_derived=True),
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
# the analyses that only case files and SDTM hold, and those that only tables do
OF_RECORDS = ("diagnosis", "ecog", "regimen", "reduced", "held")
OF_TABLES = ("arm",)
