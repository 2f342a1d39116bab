"""What the sources of measures of tumour growth and of pathologic response leave open."""

from __future__ import annotations

from timeline.core.calendar.durations import MONTHS
from timeline.core.frozen_class import frozen
from timeline.settings.endpoints import EndpointSettings
from timeline.settings.setting import choice, count


@frozen(kw_only=True)
class MeasureSettings(EndpointSettings):
    """The settings of depth of response, shrinkage, growth rates and pathologic response."""

    measure_window: str = choice(
        121,
        "to_pd to_new_therapy",
        description="depth of response, time to nadir and early shrinkage: from baseline to the "
        "first progression, its scan included, or to new anticancer therapy",
        disagreement="no source of depth of response was read whole; best response looks no "
        "further than the first PD (Eisenhauer 2009 4.4.3)",
    )
    month_days: str = choice(
        122,
        " ".join(MONTHS),
        description="the days of a month of a tumour growth rate, and of the two months of some "
        "definitions of hyperprogression",
        disagreement="Ferté 2014 counts months, its authors' scripts 365.25 / 12 days; SAS "
        "programs and cBioPortal round that",
    )
    tgr_from: str = choice(
        123,
        "scan treatment_start",
        description="the day that growth during treatment is counted from: that of the baseline "
        "scan, or the start of treatment",
        disagreement="the text with the scripts of Ferté 2014: from the introduction of the drug; "
        "the sum is that of the scan",
    )
    ets_percent: int = count(
        124,
        20,
        also=(10, 30),
        description="the least decrease of the target sum in percent that is early shrinkage",
        disagreement="ARCAD (Bando 2025) and FIRE-3: 20 %; 10 % and 30 % have been used",
    )
    ets_day: int = count(
        125,
        56,
        also=(42, 49),
        description="the day from the start of treatment at which early shrinkage is seen",
        disagreement="ARCAD (Bando 2025), Piessevaux 2013, J Clin Oncol 31:3764: week 8; "
        "Giessen 2013: week 7; Acta Oncol 2013 52:956: week 6",
    )
    ets_window: int = count(
        126,
        14,
        also=(0, 7),
        description="the days before and after ets_day on which a scan still counts, both ends "
        "included",
        disagreement="ARCAD (Bando 2025): 8 weeks, give or take 2; set by the schedule of scans",
    )
    mpr_scope: str = choice(
        127,
        "primary primary_and_nodes",
        description="lung: a major pathologic response is judged in the primary tumour, or in it "
        "and the lymph nodes",
        disagreement="IASLC recommendations, not read: the primary; the pathology of CheckMate "
        "816 (Nat Med 2024;30:218) reports both",
    )
    breast_pcr: str = choice(
        128,
        "ypT0isypN0 ypT0ypN0",
        description="breast: a pathologic complete response allows carcinoma in situ, or not",
        disagreement="both are in use: the pooled analysis of the FDA found no difference, the "
        "German groups one in event-free survival",
    )
    unresected: str = choice(
        129,
        "null no",
        means={None: "null", "": "null", False: "no"},
        description="pathologic response of a tumour that was not resected: not known (null), or "
        "counted as none (no)",
        disagreement="protocols that count every patient who was treated count it as none",
    )
