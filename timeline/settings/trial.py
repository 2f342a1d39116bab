"""What a trial protocol defines about tables of assessments: one row a question.

`TrialSettings` has every setting of a case file too, so that a cohort and a single case are
derived by one set of answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.problem import near
from timeline.settings.response import SETTINGS, Settings
from timeline.settings.setting import Setting, choice, switch


@frozen(kw_only=True)
class TrialSettings(Settings):
    """The settings of case files and those of tables of assessments.

    >>> TrialSettings.of({"origin": "first_dose", "confirm_days": 35}).confirm_days
    35
    """

    origin: str = choice(
        70,
        "randomisation first_dose registration",
        description="the day that times count from: of randomisation (RANDDT), of the first dose "
        "(TRTSDT) or of registration (ENRLDT)",
        disagreement="FDA 2018: randomisation; single-arm trials have none and take the first "
        "dose or registration",
    )
    min_sd_days_from: str = choice(
        79,
        "origin randomisation first_dose registration",
        description="the day that the least duration of SD (min_sd_days) is counted from: that of "
        "setting origin, or another",
        disagreement="Eisenhauer 2009 4.4.3: from study entry; admiralonco takes any date as the "
        "reference of the best response",
    )
    one_per_day: str = choice(
        71,
        "worst best last first",
        description="which of several responses of one day counts: the worst or the best, NE only "
        "where there is no other, or by the order of the table the last or the first",
        disagreement="RECIST 1.1 foresees one; the templates of admiralonco take the worst; of "
        "equal ones the last row counts",
    )
    scan_date_imputation: str = choice(
        72,
        "none last first middle",
        description="the day taken for an assessment of which the table gives only month or year: "
        "none, so that it does not count, the last day, the first, or the middle (day 15, month "
        "6 with day 30)",
        disagreement="admiral imputes no date by default, its oncology templates take the last "
        "day of the month for assessments",
    )
    scan_date_precision: str = choice(
        73,
        "month year",
        description="the least an assessment's date must give to be imputed: year and month, or "
        "the year alone",
        disagreement="admiral calls this highest_imputation, D or M; its templates take D for "
        "assessments",
    )
    death_date_imputation: str = choice(
        74,
        "none first middle last",
        description="the day taken for a death of which the table gives only month or year: none, "
        "the first day, the middle or the last",
        disagreement="admiral imputes none by default, its templates take the first day, which "
        "may come before the last assessment",
    )
    death_date_precision: str = choice(
        75,
        "month year",
        description="the least a date of death must give to be imputed: year and month, or the "
        "year alone",
        disagreement="admiral calls this highest_imputation, D or M; its templates take M for "
        "deaths",
    )
    censor_at: str = choice(
        76,
        "last_evaluable last_assessment",
        description="where a time without event is censored: at the last assessment that was "
        "evaluable and no pending progression, or at the last one whatever it gave",
        disagreement="FDA 2018: last adequate assessment; parameter LSTA of admiralonco takes NE "
        "as well",
    )
    responses_after_new_therapy: str = choice(
        77,
        "by_policy left_out counted left_out_from_day",
        description="assessments after new anticancer therapy began: left out where pfs_policy "
        "censors at new therapy (by_policy), left out, counted, or left out from the very day on",
        disagreement="FDA 2018 censors at new therapy, EMA 2012 follows on; admiralonco counts "
        "all unless they are filtered, and its filter drops the day itself",
    )
    response_from: str = choice(
        94,
        "overall parts lesions",
        description="what the response at an assessment is taken from: the overall response as "
        "collected; its parts (target, non-target, new lesions) by the tables of the criterion; or "
        "the measurements of lesions, and the parts of what no lesion is on record for",
        disagreement="SDTMIG 3.4, 6.3.9.3.1: the response is collected, a derived one belongs in "
        "ADaM; a statistician recomputes it from TR (admiralonco takes it as collected)",
    )
    visit_date: str = choice(
        95,
        "last first by_finding",
        description="the day of an assessment whose scans were made on several days of one visit: "
        "the last, the first, or the last but of a progression by a new lesion the day on which "
        "that was seen",
        disagreement="FDA 2018, Appendix 2: of a new lesion the day on which it was seen, of the "
        "sum the last day; SDTMIG 3.4, 6.3.9.3.1, assumption 10: RSDTC may be derived",
    )
    subject_date_imputation: str = choice(
        96,
        "none first middle last",
        description="the day taken for another date of a subject (randomisation, first dose, last "
        "known alive, new therapy, end of treatment) of which the table gives only year and "
        "month: none, so that it counts as missing where the fault is let pass, or a day",
        disagreement="admiral imputes none by default; ADaMIG 1.3 leaves it to the analysis plan",
    )
    duration_plus_one: bool = switch(
        78,
        False,
        description="a time counts its first and its last day both",
        disagreement="admiral adds one day; survival programs take end less start",
    )

    @classmethod
    def of(cls, changes: Mapping[str, Any]) -> TrialSettings:
        """The settings with some changed, values as text or typed.

        ValueError names the setting, the value seen, and what is known.
        """
        for name in changes:
            if name not in TRIAL_SETTINGS:
                raise ValueError(f"unknown setting {name!r} ({near(name, TRIAL_SETTINGS)})")
        return cls(**changes)

    @property
    def changed(self) -> dict[str, Any]:
        """The settings that differ from the default."""
        return {
            name: value
            for name, row in TRIAL_SETTINGS.items()
            if (value := getattr(self, name)) != row.default
        }


_OF_TABLES = tuple(field for field in attrs.fields(TrialSettings) if field.name not in SETTINGS)
TRIAL_SETTINGS: dict[str, Setting] = {
    **{field.name: field.metadata["setting"](field.name) for field in _OF_TABLES},
    **SETTINGS,
}
TABLE_SETTINGS = tuple(field.name for field in _OF_TABLES)  # those of tables alone
