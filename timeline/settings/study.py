"""What the analysis plan of a study decides: one row a convention, the default first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.problem import near
from timeline.settings.setting import Setting, choice, count

LEVELS = (50, 99)  # percent of confidence limits, both included


@frozen(kw_only=True)
class StudySettings:
    """The conventions of the analysis of a study.

    >>> StudySettings.of({"landmark_weeks": "8"}).landmark_weeks
    8
    """

    landmark_weeks: int = count(
        201,
        12,
        also=(6, 8, 16, 24),
        description="weeks from the start of treatment at which the response at the landmark is "
        "that of the nearest assessment",
        disagreement="set by each protocol; 12 weeks where assessments are every 6 weeks; no "
        "source sets it",
    )
    landmark_window_weeks: int = count(
        202,
        4,
        also=(0, 1, 2),
        description="weeks by which that assessment may be before or after the landmark",
        disagreement="set by each protocol; no source sets a window",
    )
    clinical_benefit_weeks: int = count(
        203,
        24,
        also=(8, 12, 16, 18, 26),
        description="weeks from the start of treatment without progression or death after which "
        "stable disease is clinical benefit",
        disagreement="24 weeks are usual; RECIST 1.1 defines no clinical benefit, and protocols "
        "take 16 to 26 weeks",
    )
    disease_control_weeks: int = count(
        204,
        0,
        also=(6, 8, 12, 16),
        description="weeks from the start of treatment without progression or death after which "
        "stable disease is disease control; 0: any stable disease",
        disagreement="RECIST 1.1, section 4.4, leaves the least duration of stable disease to the "
        "protocol, 6 to 8 weeks are usual (min_sd_days of a case); for disease control some "
        "protocols take 8, 12 or 16 weeks",
    )
    rate_denominators: str = choice(
        205,
        "both treated evaluable",
        description="the denominators of response rates: patients who were treated, those of them "
        "with an evaluable response, or both",
        disagreement="RECIST 1.1, section 4.3, counts every patient who is eligible and treated; "
        "many reports count the evaluable",
    )
    rate_limits: str = choice(
        206,
        "both Clopper-Pearson Wilson",
        description="the confidence limits of rates: Clopper and Pearson's (exact), Wilson's, or "
        "both",
        disagreement="FDA reviews print exact limits; Newcombe 1998, Stat. Med. 17:857, prefers "
        "Wilson's, which are not too wide",
    )
    confidence_level: int = count(
        207,
        95,
        also=(80, 90, 99),
        description="of all confidence limits, in percent",
        disagreement="95 is usual; phase II designs take 80 or 90",
    )
    survival_limits: str = choice(
        208,
        "log-log log plain",
        description="the scale of the confidence limits of survival",
        disagreement="log-log as SAS, log as R",
    )
    median_rule: str = choice(
        209,
        "quantile table",
        description="a median where a curve lies on one half for a while: quantile takes the "
        "middle of that while also at the end of the curve, table as R prints a fit",
        disagreement="R quantile() of a survfit, and the table that it prints",
    )
    ties: str = choice(
        210,
        "Efron Breslow",
        description="the treatment of ties in hazard ratios",
        disagreement="Efron as R, Breslow as SAS",
    )
    restricted_mean_months: int | None = count(
        211,
        None,
        also=(12, 24, 36),
        description="months up to which the restricted mean time is given; none: it is not",
        disagreement="Royston and Parmar 2013, doi:10.1186/1471-2288-13-152: stated in the "
        "protocol, within the follow-up of every group",
    )
    age_cut_years: int = count(
        212,
        65,
        also=(60, 70, 75),
        description="years from which a patient is in the older of the two subgroups by age",
        disagreement="ICH E7 1994: geriatric patients are 65 or older; sites of disease take "
        "others",
    )

    vague_times: str = choice(
        213,
        "range earliest middle latest",
        description="a time to an event that is a range of possible times: kept as a range, so "
        "that medians are ranges and few ratios can be given, or taken at its earliest, its middle "
        "or its latest",
        disagreement="analysis plans impute partial dates, admiral the first or the last day; a "
        "range states what the record states",
    )

    def __attrs_post_init__(self) -> None:
        low, high = LEVELS
        if not low <= self.confidence_level <= high:
            raise ValueError(
                f"setting confidence_level: not a level in percent: {self.confidence_level} "
                f"(write {low} to {high}: 95)"
            )
        if self.restricted_mean_months == 0:
            raise ValueError("setting restricted_mean_months: 0 (write a number above 0, or none)")

    @classmethod
    def of(cls, changes: Mapping[str, Any]) -> StudySettings:
        """The settings with some changed, values as text or typed.

        ValueError names the setting, the value seen, and what is known.
        """
        for name in changes:
            if name not in STUDY_SETTINGS:
                raise ValueError(f"unknown setting {name!r} ({near(name, STUDY_SETTINGS)})")
        return cls(**changes)

    @property
    def level(self) -> float:
        """The level of confidence limits as a share."""
        return self.confidence_level / 100

    @property
    def limits_of_rates(self) -> tuple[str, ...]:
        """The methods of the limits of rates."""
        both = ("Clopper-Pearson", "Wilson")
        return both if self.rate_limits == "both" else (self.rate_limits,)

    @property
    def denominators(self) -> tuple[str, ...]:
        """The populations that rates are of."""
        both = ("treated", "evaluable")
        return both if self.rate_denominators == "both" else (self.rate_denominators,)


STUDY_SETTINGS: dict[str, Setting] = {
    field.name: field.metadata["setting"](field.name) for field in attrs.fields(StudySettings)
}
