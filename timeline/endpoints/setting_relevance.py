"""Whether a setting can change the outcomes of a case: a row for each that does not always apply.

A setting of a criterion concerns one situation, such as a pending iUPD. Where no interpretation of
a case reaches that situation, its other answers give the same outcomes, and the case need not be
derived again under them.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from timeline.assessment.line_course import line_course
from timeline.record.event_parts.treatment_settings import CURATIVE
from timeline.record.events import LOCAL_THERAPIES, Death, Event, Treatment
from timeline.response.criteria import CRITERIA
from timeline.results.statuses import AssessedCase
from timeline.settings.endpoints import EndpointSettings
from timeline.settings.measures import MeasureSettings
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Code

RelevanceCheck = Callable[[AssessedCase, Settings], bool]
_CONFIRMING = frozenset(each.title for each in TERMS.values() if each.confirms)


def _has_label(*codes: Code, confirming: bool = False) -> RelevanceCheck:
    """Some scan may have one of these labels; ``confirming``: by a criterion that requires it."""
    titles = _CONFIRMING if confirming else frozenset(TERMS)
    words = {title: {TERMS[title].words[code] for code in codes if code < len(TERMS[title].words)}
             for title in titles}  # fmt: skip

    def bears(assessed: AssessedCase, _: Settings) -> bool:
        return any(
            not words[each.criterion].isdisjoint(each.labels)
            for each in assessed.statuses
            if each.criterion in titles
        )

    return bears


def _judged_by(key: str) -> RelevanceCheck:
    """Some line is judged by a criterion."""
    title = CRITERIA[key].title
    return lambda assessed, _: any(each.criterion == title for each in assessed.progressions)


def _never_relevant(_: AssessedCase, __: Settings) -> bool:
    """It concerns the best response, a measure or a remark; no outcome depends on it."""
    return False


def _new_unknown(assessed: AssessedCase, _: Settings) -> bool:
    return any(each.scan.new_not_evaluated for each in assessed.statuses)


def _measured(assessed: AssessedCase, _: Settings) -> bool:
    return any(each.scan.lesions for each in assessed.statuses)


def _grouped(assessed: AssessedCase, other: Settings) -> bool:
    """The scans of some line form other time points."""
    return any(
        [[id(scan) for scan in point.scans] for point in mine.points]
        != [[id(scan) for scan in point.scans] for point in theirs.points]
        or len(mine.baselines) != len(theirs.baselines)
        for mine, theirs in (
            (
                line_course(assessed.case, line, assessed.settings),
                line_course(assessed.case, line, other),
            )
            for line in assessed.case.lines
        )
    )


def _on_record(*kinds: type[Event]) -> RelevanceCheck:
    """The case holds an event of one of these kinds."""
    return lambda assessed, _: bool(assessed.case.all_of(*kinds))


def _curative(assessed: AssessedCase, _: Settings) -> bool:
    return any(each.setting in CURATIVE for each in assessed.case.all_of(Treatment))


def _stopped(assessed: AssessedCase, _: Settings) -> bool:
    """Some treatment has an end."""
    return any(each.end is not None for each in assessed.case.all_of(Treatment))


def _several_regimens(assessed: AssessedCase, _: Settings) -> bool:
    """Some line holds more than one regimen."""
    return any(len(line.treatments) > 1 for line in assessed.case.lines)


def _several_lines(assessed: AssessedCase, _: Settings) -> bool:
    return len(assessed.case.lines) > 1


def _no_baseline(assessed: AssessedCase, _: Settings) -> bool:
    """Some line has no baseline on record."""
    with_one = {each.line for each in assessed.statuses if each.is_baseline}
    return any(line.number not in with_one for line in assessed.case.lines)


_OF_MEASURES = [
    field.name
    for field in attrs.fields(MeasureSettings)
    if field.name not in {each.name for each in attrs.fields(EndpointSettings)}
]
_PENDING = _has_label(Code.UPD, confirming=True)
_RESPONDS = _has_label(Code.CR, Code.PR)
RELEVANCE: dict[str, RelevanceCheck] = {
    **dict.fromkeys(
        (
            *("nl_reset_rule", "nl_reset_mm", "nl_shrinkage", "reset_reference"),
            *("further_increase_reference", "further_increase_bound", "ne_then_iupd_confirms"),
            *("icpd_min_days", "icpd_tolerance_days", "icpd_late_days", "icpd_max_days"),
            *("icpd_window_from", "early_scan_policy", "early_new_lesion"),
            *("unconfirmed_iupd_policy", "trailing_iupd_date", "iupd_between_responses"),
        ),
        _PENDING,
    ),
    **dict.fromkeys(
        (
            *("pr_persistence", "response_confirmation", "confirm_days"),
            *("max_ne_between", "accept_sd_between"),
        ),
        _RESPONDS,
    ),
    **dict.fromkeys(("min_sd_days", "missing_as_ne", "stop_bor_at_pd"), _never_relevant),
    **dict.fromkeys(_OF_MEASURES, _never_relevant),
    "reappear_after_cr": _has_label(Code.CR),
    "icpd_without_iupd": _has_label(Code.PD, confirming=True),
    "after_pd": _has_label(Code.PD),
    "new_lesions_not_evaluated": _new_unknown,
    "partial_sum_pd": _measured,
    "irrecist_nontarget": _judged_by("irrecist"),
    "imrecist_best_after_pd": _judged_by("imrecist"),
    "choi_progression_reference": _judged_by("choi"),
    "choi_response": _judged_by("choi"),
    "who_pd_basis": _judged_by("who1979"),
    "who_pd_reference": _judged_by("who1979"),
    "recist10_nodes": _judged_by("recist10"),
    "irrc_single_scan_pd": _judged_by("irrc"),
    **dict.fromkeys(("percist_pmd_bound", "percist_reference"), _judged_by("percist")),
    **dict.fromkeys(
        ("lugano_size_at", "lugano_step", "lugano_spleen_reference", "lugano_new_node_mm"),
        _judged_by("lugano-ct"),
    ),
    **dict.fromkeys(("rano_bm_pd_mm", "rano_bm_immunotherapy"), _judged_by("rano-bm")),
    "deauville_negative": _judged_by("lugano-pet"),
    **dict.fromkeys(("eortc_pmr_first_cycle", "eortc_bound"), _judged_by("eortc-pet")),
    "timepoint_days": _grouped,
    "baseline_max_days": _several_lines,
    "baseline_not_on_record": _no_baseline,
    "addon_without_pd": _several_regimens,
    "count_adjuvant_as_line": _curative,
    "efs_progression": _curative,
    "local_therapy_ends_pfs": _on_record(*LOCAL_THERAPIES),
    "discontinuation_gap_days": _stopped,
    "pfs2_next_line_ends": _several_lines,
    "death_before_first_scan": _on_record(Death),
}


def setting_is_relevant(assessed: AssessedCase, name: str, other: Settings) -> bool:
    """Whether one setting may move an outcome of a case when answered as in other settings."""
    row = RELEVANCE.get(name)
    return row is None or row(assessed, other)
