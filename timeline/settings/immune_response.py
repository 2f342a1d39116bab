"""What the sources of iRECIST and related criteria leave open: one row a question."""

from __future__ import annotations

from timeline.core.frozen_class import frozen
from timeline.settings.older_criteria import OlderCriteriaSettings
from timeline.settings.setting import choice, count, switch


@frozen(kw_only=True)
class ImmuneSettings(OlderCriteriaSettings):
    """The settings of response and confirmation that were added to the first table."""

    nl_reset_mm: int = count(
        41,
        5,
        also=(0,),
        description="least decrease of the target sum since the iUPD, in millimetres, that voids "
        "an iUPD by new lesions alone (nl_reset_rule improvement); 0: any decrease",
        disagreement="Seymour 2017 Table 2 keeps the iUPD while the new lesion is unchanged, and "
        "the EORTC FAQ (scenario F) where nothing changes; 5 mm is the least change that RECIST "
        "1.1 calls real, a millimetre is measurement error",
    )
    icpd_window_from: str = choice(
        42,
        "last_iupd first_iupd",
        description="which iUPD the latest day of a confirmation is counted from (icpd_late_days, "
        "icpd_max_days)",
        disagreement="Seymour 2017: the next assessment, 4 to 8 weeks later; the EORTC FAQ counts "
        "the earliest day from the first iUPD; counted from there, every second iUPD would make a "
        "confirmation late",
    )
    early_new_lesion: str = choice(
        43,
        "counts ignored",
        description="a new lesion first seen at a scan too early to confirm: counts at the next "
        "scan that shows it still, or is left out with its scan",
        disagreement="the EORTC FAQ disregards the early scan; the lesion is there all the same, "
        "and against the iUPD there is one more",
    )
    further_increase_bound: str = choice(
        44,
        "ge gt",
        description="a further increase of exactly 5 mm confirms, or more than 5 mm is needed",
        disagreement="Seymour 2017 Table 2 prints both: more than 5 mm in one row, 5 mm or more "
        "in the others",
    )
    imrecist_best_after_pd: bool = switch(
        45,
        True,
        description="imRECIST: a response after confirmed progression may be the best response",
        disagreement="Hodi 2018 allows for it; RECIST 1.1 and iRECIST stop at progression",
    )
    response_confirmation: str = choice(
        46,
        "not_required required",
        description="whether a response must be confirmed to count: for PR that lasts "
        "(pr_persistence as_required), and for the response that duration of response runs from",
        disagreement="Eisenhauer 2009 4.6.1: only in trials that are not randomised and have "
        "response as their primary endpoint; older reports and RECIST 1.0 always require it",
    )
