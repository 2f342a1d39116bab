"""The kinds of events in the history of a patient: one frozen class each."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import attrs

from timeline.core.ctcae_grades import Grades, event_grades
from timeline.core.frozen_class import frozen
from timeline.core.printed_numbers import Printed
from timeline.core.quantities import Quantity, above_0, density, length, length_or_area, quantity
from timeline.core.schema import (
    Cardinality,
    Together,
    check_together,
    free_text,
    free_texts,
    one_of,
    record_field,
    whole_number,
    yes_or_no,
)
from timeline.core.text.spelling import folded
from timeline.record.event import Event, PeriodEvent, PointEvent
from timeline.record.event_parts.cycles import cycle_length, number_of_cycles
from timeline.record.event_parts.disease_status import status_alive, status_dead
from timeline.record.event_parts.drug_doses import DrugDose, drug_dose
from timeline.record.event_parts.drug_lists import drug_texts
from timeline.record.event_parts.lesion_sizes import LesionSize, lesion_size
from timeline.record.event_parts.percent_change import PercentChange, percent_change
from timeline.record.event_parts.procedures import (
    Ablation,
    Embolisation,
    Procedure,
    Stent,
    Transfusion,
    surgical_margin,
)
from timeline.record.event_parts.reasons import STOPS, stop_reason
from timeline.record.event_parts.resolutions import Resolution, resolution
from timeline.record.event_parts.state_words import (
    clinical_state,
    deauville_score,
    marrow_state,
    steroid_dose,
    uptake_change,
)
from timeline.record.event_parts.treatment_changes import (
    DoseHeld,
    DoseIncreased,
    DoseReduced,
    DoseResumed,
    TreatmentChange,
    TreatmentRefused,
)
from timeline.record.event_parts.treatment_settings import SETTINGS, treatment_setting
from timeline.record.event_parts.uptake import (
    LiverUptake,
    UptakeExtent,
    glycolysis,
    liver_uptake,
    sul,
    suv,
    uptake_extent,
)
from timeline.record.findings import (
    NAMES_A_SITE,
    NONE,
    NOT_EVALUATED,
    Finding,
    doubtful_lesion,
    earlier_new,
    new_sites,
    non_target_finding,
    target_finding,
)
from timeline.record.ordering.visit_schedule import VisitSchedule, visit_schedule
from timeline.terminology.criterion_names import criterion_of_line
from timeline.terminology.response_words import pathological_response, response_called

__all__ = [
    "CTCAE_VERSIONS",
    "EVENTS",
    "KINDS",
    "LOCAL_THERAPIES",
    "SETTINGS",
    "STATED_PROGRESSIONS",
    "STEPS",
    "STOPS",
    "VISITS",
    "Ablation",
    "Biomarker",
    "Biopsy",
    "Death",
    "Diagnosis",
    "DoseHeld",
    "DoseIncreased",
    "DoseReduced",
    "DoseResumed",
    "Embolisation",
    "Event",
    "Lab",
    "LastContact",
    "LostToFollowUp",
    "Metastasis",
    "Performance",
    "PeriodEvent",
    "PointEvent",
    "Procedure",
    "Radiotherapy",
    "Randomisation",
    "Registration",
    "Relapse",
    "Scan",
    "StatedProgression",
    "Stent",
    "Supportive",
    "Surgery",
    "Symptom",
    "Toxicity",
    "Transfusion",
    "Treatment",
    "TreatmentChange",
    "TreatmentRefused",
    "Visit",
    "Withdrawal",
    "field_values",
]

STEPS = tuple(str(each) for each in range(0, 101, 10))  # of Karnofsky and Lansky
VISITS = ("visit", "consultation", "referral", "admission", "hospitalisation", "discharge")
visit_type = one_of(VISITS, "type of visit", {"hospitalization": "hospitalisation"}, loose=True)
CTCAE_VERSIONS = (*"123456", "1.0", "2.0", "3.0", "4.0", "4.02", "4.03", "5.0", "6.0")


@frozen(kw_only=True)
class Diagnosis(PointEvent):
    kind = "diagnosis"
    rank = 0
    site: str = free_texts()
    grade: str = record_field(free_text, default="")
    stage: str = record_field(free_text, default="")


@frozen(kw_only=True)
class Symptom(PointEvent):
    kind = "symptom"
    rank = 0
    ecog: int | None = record_field(whole_number(0, 5))
    karnofsky: str = record_field(one_of(STEPS, "Karnofsky status"), default="")
    lansky: str = record_field(one_of(STEPS, "Lansky status"), default="")


@frozen(kw_only=True)
class Visit(PointEvent):
    """A contact with health care that is no finding and no treatment, such as a referral.

    It proves that the patient was alive, as every event does, and is an event or the origin of no
    endpoint. CDISC calls it a healthcare encounter (SDTM Implementation Guide 3.4, domain HO).
    """

    kind = "visit"
    rank = 0
    also = ("consultation", "referral", "admission", "hospitalisation", "hospitalization",
            "discharge")  # fmt: skip
    also_sets = "type"
    type: str = record_field(visit_type, default="")


@frozen(kw_only=True)
class Biopsy(PointEvent):
    kind = "biopsy"
    rank = 0
    site: str = free_texts()
    pathological_response: str = record_field(pathological_response, default="")


@frozen(kw_only=True)
class Biomarker(PointEvent):
    """A test of a marker: its ``name``, the ``assay``, and the ``result`` as printed."""

    kind = "biomarker"
    term_field = "name"
    name: str = record_field(free_text, default="")
    assay: str = record_field(free_text, default="")
    result: str = record_field(free_text, default="")


@frozen(kw_only=True)
class Surgery(PointEvent):
    kind = "surgery"
    site: str = free_texts()
    margin: str = record_field(surgical_margin, default="")
    stage: str = record_field(free_text, default="")
    pathological_response: str = record_field(pathological_response, default="")


def _absorbed(text: str) -> Quantity:
    return above_0(text, "absorbed dose")


_IN_FRACTIONS = re.compile(
    r"(?:given )?(?:in|over) (?P<number>[0-9]{1,3}) ?(?:fractions?|fx|fr)\.?", re.IGNORECASE
)


def _other_fractions(dose: Quantity | None, fractions: int | None) -> str:
    """What is wrong with the number of fractions that is written after a dose."""
    found = dose and _IN_FRACTIONS.fullmatch(dose.rest)
    if not found:
        return ""
    try:
        number = whole_number(1, 100)(found["number"])
    except ValueError as fault:
        return str(fault)
    if fractions in (None, number):
        return ""
    return f"dose: {dose} and fractions: {fractions} contradict one another (correct one of them)"


@frozen(kw_only=True)
class Radiotherapy(PeriodEvent):
    kind = "radiotherapy"
    rank = 2
    site: str = free_texts()
    dose: Quantity | None = record_field(_absorbed)
    fractions: int | None = record_field(whole_number(1, 100))
    dose_per_fraction: Quantity | None = record_field(_absorbed)
    setting: str = record_field(treatment_setting, default="")
    TOGETHER: ClassVar = (Together(("dose", "fractions"), _other_fractions),)

    def __attrs_post_init__(self) -> None:
        """A number of fractions may be written after the dose, as reports print it."""
        check_together(self)
        found = self.dose and _IN_FRACTIONS.fullmatch(self.dose.rest)
        if found and self.dose is not None:
            object.__setattr__(self, "dose", attrs.evolve(self.dose, rest=""))
            object.__setattr__(self, "fractions", int(found["number"]))


_NO_DRUGS = (
    "'drugs' is missing (write drugs: anlotinib 12 mg days 1-14; drugs: not stated if the report "
    "names none)"
)


def _no_line(line: int | None, setting: str) -> str:
    if line is not None or setting:
        return ""
    return "neither a line nor a setting (write line: 1, or setting: adjuvant)"


@frozen(kw_only=True)
class Treatment(PeriodEvent):
    """One regimen: a systemic line by the report's number, or with a curative setting."""

    kind = "treatment"
    rank = 2
    line: int | None = record_field(whole_number(1, 30))
    setting: str = record_field(treatment_setting, default="")
    drugs: tuple[DrugDose, ...] = record_field(drug_dose, shape=Cardinality.MANY, parts=drug_texts)
    cycle: Quantity | None = record_field(cycle_length)
    cycles: int | Printed | None = record_field(number_of_cycles)
    assessed_every: VisitSchedule | None = record_field(visit_schedule)
    criterion: str = record_field(criterion_of_line, default="")
    stop: str = record_field(stop_reason, default="")

    TOGETHER: ClassVar = (
        Together(("line", "setting"), _no_line),
        Together(("drugs",), lambda drugs: "" if drugs else _NO_DRUGS),
    )

    def __attrs_post_init__(self) -> None:
        check_together(self)

    @property
    def regimen(self) -> str:
        """The agents, each once, joined: ``gemcitabine + docetaxel``."""
        named: dict[str, str] = {}
        for each in self.drugs:
            named.setdefault(folded(each.agent), each.agent)
        return " + ".join(named.values())


@frozen(kw_only=True)
class Supportive(PeriodEvent):
    kind = "supportive"
    drugs: tuple[DrugDose, ...] = record_field(drug_dose, shape=Cardinality.MANY, parts=drug_texts)


def _new_and_none(new: tuple[str, ...]) -> str:
    alone = [word for word in (NONE, NOT_EVALUATED) if word in new]
    if not alone or len(new) < 2:
        return ""
    other = next((each for each in new if each != alone[0]), alone[0])
    return f"{alone[0]}, and also {other}: new lesions contradict themselves"


def _one_finding(*stated: Any) -> str:
    if sum(map(bool, stated)) < 2:
        return ""
    return "target, sum and lesions state the same finding (keep one of them)"


# The fields of a scan about response: those that tell something unless they are empty, and those
# that do where they are given at all.
_FILLED = (
    *("new", "lesions", "new_lesion_sizes", "nodule"),
    *("non_target_increase", "equivocal", "confirms_equivocal"),
    *("deauville", "uptake", "marrow", "clinical"),
)
_OF_A_BASELINE = (
    "sum",
    "lesions",
    "density",
    "sul_peak",
    "suv",
    "liver",
    "tlg",
    "spleen",
)  # no judgement
_OF_UPTAKE = (*("sul_peak", "suv", "liver", "tlg", "at_background", "uptake_extent", "spleen"),)
_STATED = ("target", "sum", "change", "density", "non_target", "earlier_new", *_OF_UPTAKE)


@frozen(kw_only=True)
class Scan(PointEvent):
    """Imaging with its findings, and the response that the authors called it (``called``)."""

    kind = "scan"
    rank = 3
    modality: str = free_texts()
    line: int | None = record_field(whole_number(1, 30))
    baseline: int | None = record_field(whole_number(1, 30))
    timepoint: str = record_field(free_text, default="")
    target: Finding | None = record_field(target_finding)
    sum: Quantity | None = record_field(length_or_area)
    change: PercentChange | None = record_field(percent_change)
    lesions: tuple[tuple[str, LesionSize], ...] = record_field(lesion_size, shape=Cardinality.MAP)
    density: Quantity | None = record_field(density)
    nodule: bool | None = record_field(yes_or_no)
    non_target: Finding | None = record_field(non_target_finding)
    new: tuple[str, ...] = record_field(new_sites, shape=Cardinality.MANY, keys=NAMES_A_SITE)
    non_target_increase: bool = record_field(yes_or_no, default=False)
    equivocal: tuple[str, ...] = record_field(doubtful_lesion, shape=Cardinality.MANY)
    confirms_equivocal: tuple[str, ...] = record_field(doubtful_lesion, shape=Cardinality.MANY)
    symptomatic: bool = record_field(yes_or_no, default=False)
    earlier_new: str | None = record_field(earlier_new)
    new_lesion_sizes: tuple[tuple[str, LesionSize], ...] = record_field(
        lesion_size, shape=Cardinality.MAP
    )
    sul_peak: Quantity | None = record_field(sul)
    suv: Quantity | None = record_field(suv)
    liver: LiverUptake | None = record_field(liver_uptake)
    tlg: Quantity | None = record_field(glycolysis)
    at_background: bool | None = record_field(yes_or_no)
    uptake_extent: UptakeExtent | None = record_field(uptake_extent)
    deauville: str = record_field(deauville_score, default="")
    uptake: str = record_field(uptake_change, default="")
    marrow: str = record_field(marrow_state, default="")
    spleen: Quantity | None = record_field(length)
    clinical: str = record_field(clinical_state, default="")
    corticosteroid: Quantity | None = record_field(steroid_dose)
    cycles_since_baseline: int | None = record_field(whole_number(0, 100))
    called: tuple[tuple[str, str], ...] = record_field(response_called, shape=Cardinality.EITHER)
    TOGETHER: ClassVar = (
        Together(("new",), _new_and_none),
        Together(("target", "sum", "lesions"), _one_finding),
    )

    def __attrs_post_init__(self) -> None:
        for name in ("equivocal", "confirms_equivocal"):
            object.__setattr__(self, name, tuple(each for each in getattr(self, name) if each))
        check_together(self)

    @property
    def new_lesions(self) -> tuple[str, ...]:
        """The sites of lesions first seen here; empty where there are none."""
        return tuple(site for site in self.new if site not in (NONE, NOT_EVALUATED))

    @property
    def new_not_evaluated(self) -> bool:
        """Whether the record states that new lesions were not evaluated."""
        return NOT_EVALUATED in self.new

    @property
    def is_measured(self) -> bool:
        """Whether its targets are measured: one by one, or by their sum."""
        return bool(self.lesions) or self.sum is not None

    @property
    def has_uptake(self) -> bool:
        """Whether the uptake of its tumours is measured."""
        return self.sul_peak is not None or self.suv is not None

    @property
    def is_measured_whole(self) -> bool:
        """Whether no target is left out: sizes can be compared with those of such a baseline."""
        return self.is_measured and all(size.length is not None for _, size in self.lesions)

    @property
    def begins_only(self) -> bool:
        """Whether it is the baseline of a line and judges none: sizes at most, no finding."""
        judges = self.called or self._has_findings_besides(_OF_A_BASELINE)
        return self.baseline is not None and not judges

    @property
    def has_findings(self) -> bool:
        """Whether anything about response was printed."""
        return self._has_findings_besides(())

    def _has_findings_besides(self, names: tuple[str, ...]) -> bool:
        """Whether anything about response was printed in other fields than some."""
        return any(getattr(self, each) for each in _FILLED if each not in names) or any(
            getattr(self, each) is not None for each in _STATED if each not in names
        )

    @property
    def tells_only_nothing_new(self) -> bool:
        """Whether its only finding is that nothing is new, which judges no lesion known before."""
        return self.new == (NONE,) and not self._has_findings_besides(("new",))


@frozen(kw_only=True)
class Toxicity(PointEvent):
    """An adverse event: its CTCAE ``term`` and grade, and the version of CTCAE (``ctcae``).

    ``line`` or ``setting``, ``drugs``: the treatment that the report relates it to (CDISC SDTM,
    AEREL: causality).
    ``resolved``: when it had resolved; no other date is narrowed by it.
    """

    kind = "toxicity"
    term_field = "term"
    term: str = record_field(free_text, default="")
    grade: Grades | None = record_field(event_grades)
    ctcae: str = record_field(one_of(CTCAE_VERSIONS, "version of CTCAE"), default="")
    management: str = free_texts()
    line: int | None = record_field(whole_number(1, 30))
    setting: str = record_field(treatment_setting, default="")
    drugs: tuple[DrugDose, ...] = record_field(drug_dose, shape=Cardinality.MANY, parts=drug_texts)
    resolved: Resolution | None = record_field(resolution)

    def __attrs_post_init__(self) -> None:
        if isinstance(self.grade, int):  # as Python code may write it
            object.__setattr__(self, "grade", event_grades(str(self.grade)))


@frozen(kw_only=True)
class Lab(PointEvent):
    kind = "lab"
    values: tuple[tuple[str, Quantity | str], ...] = record_field(
        lambda text: quantity(text) if any(c.isdigit() for c in text) else free_text(text),
        shape=Cardinality.MAP,
    )
    normal: tuple[tuple[str, Quantity], ...] = record_field(quantity, shape=Cardinality.MAP)


@frozen(kw_only=True)
class Performance(PointEvent):
    """Performance status: ECOG, Karnofsky, or Lansky of children; none is converted."""

    kind = "performance"
    ecog: int | None = record_field(whole_number(0, 5))
    karnofsky: str = record_field(one_of(STEPS, "Karnofsky status"), default="")
    lansky: str = record_field(one_of(STEPS, "Lansky status"), default="")


@frozen(kw_only=True)
class LastContact(PointEvent):
    kind = "last contact"
    rank = 8
    disease_status: str = record_field(status_alive, default="")
    correction: ClassVar[str] = "correct a date, or move last contact"  # where an event lies after


@frozen(kw_only=True)
class LostToFollowUp(LastContact):
    """The last contact of a patient who was lost to follow-up."""

    kind = "lost to follow-up"
    also = ("lost to follow up",)


@frozen(kw_only=True)
class Withdrawal(LastContact):
    """The withdrawal of consent: the patient is not followed any longer, and only death may follow.

    FDA, October 2008, Data Retention When Subjects Withdraw from FDA-Regulated Clinical Trials:
    after it nothing is collected but public records, such as those of survival. It is a last
    contact; progression-free survival is censored at the last adequate assessment before it.
    """

    kind = "withdrawal"
    also = ("withdrawn", "withdrawal of consent", "consent withdrawn")
    correction = "correct a date; where only treatment ended, write treatment refused"


@frozen(kw_only=True)
class Randomisation(PointEvent):
    """The allocation to an arm of a trial: an origin of times to an event."""

    kind = "randomisation"
    rank = 0
    also = ("randomization",)


@frozen(kw_only=True)
class Registration(PointEvent):
    """The registration of a patient in a trial: an origin of times to an event."""

    kind = "registration"
    rank = 0
    also = ("enrolment", "enrollment")


@frozen(kw_only=True)
class StatedProgression(PointEvent):
    """Progression that the treating physicians state, such as clinical progression.

    No scan documents it; a censoring policy decides whether it counts. ``line``: the line that it
    is progression of, where the dates do not show it.
    """

    kind = "progression"
    rank = 4
    also = ("clinical progression",)
    also_sets = "what"
    line: int | None = record_field(whole_number(1, 30))

    @property
    def spellings(self) -> tuple[str, ...]:
        """Other words for the kind, by which a reference may name it."""
        return self.also

    def in_words(self, progression: str = kind) -> str:
        """``progression``; with what the record says of it ``clinical progression``.

        ``progression``: the word for it, in another language too.
        """
        if not self.what or "progressi" in self.what.lower():
            return self.what or progression
        is_adjective = " " not in self.what
        return f"{self.what} {progression}" if is_adjective else f"{progression}: {self.what}"


@frozen(kw_only=True)
class Relapse(PointEvent):
    """A relapse that the report states; a scan that shows it is an event of its own.

    After surgery with curative intent it is an event of DFS, DFI and EFS; during a line it is a
    stated progression.
    """

    kind = "relapse"
    also = ("recurrence",)
    site: str = free_texts()
    line: int | None = record_field(whole_number(1, 30))


@frozen(kw_only=True)
class Metastasis(PointEvent):
    """A metastasis that the report states was found; it counts as a `Relapse` does."""

    kind = "metastasis"
    also = ("metastases",)
    site: str = free_texts()
    line: int | None = record_field(whole_number(1, 30))


@frozen(kw_only=True)
class Death(PointEvent):
    kind = "death"
    rank = 9
    cause: str = free_texts()
    disease_status: str = record_field(status_dead, default="")


EVENTS: dict[str, type[Event]] = {
    cls.kind: cls
    for cls in (
        *(Diagnosis, Symptom, Visit, Biopsy, Biomarker, Surgery, Ablation, Embolisation),
        *(Procedure,),
        *(Stent, Transfusion, Radiotherapy, Treatment, Supportive, Scan, Toxicity, Lab),
        *(Performance, Randomisation, Registration, StatedProgression, Relapse, Metastasis),
        *(DoseHeld, DoseReduced, DoseIncreased, DoseResumed, TreatmentRefused),
        *(LastContact, LostToFollowUp, Withdrawal, Death),
    )
}


STATED_PROGRESSIONS = (StatedProgression, Relapse, Metastasis)  # found by whatever means
LOCAL_THERAPIES = (Surgery, Radiotherapy, Ablation, Embolisation)  # against one part of the tumour

# every spelling of a kind that a case file may use
KINDS = {spelling: cls for cls in EVENTS.values() for spelling in (cls.kind, *cls.also)}


def field_values(event: Event) -> dict[str, Any]:
    """The fields of the event that have a value, by their names in a case file."""
    skipped = {"at", "where", "id", "place", "planned"}
    return {
        field.name.replace("_", "-"): getattr(event, field.name)
        for field in attrs.fields(type(event))
        if field.name not in skipped and getattr(event, field.name) not in (None, "", ())
    }
