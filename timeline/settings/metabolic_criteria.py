"""What the sources of PERCIST and of the EORTC criteria leave open: one row a question."""

from __future__ import annotations

from timeline.core.frozen_class import frozen
from timeline.settings.measures import MeasureSettings
from timeline.settings.setting import choice, count


@frozen(kw_only=True)
class MetabolicCriteriaSettings(MeasureSettings):
    """The settings of the criteria that judge solid tumours by the uptake of FDG."""

    percist_pmd_bound: str = choice(
        111,
        "ge gt",
        description="PERCIST: an increase of SULpeak of exactly 30 % is progression, or more than "
        "30 % is needed",
        disagreement="PMC6506740 Table 1 and PMC7046919 Table 6: at least 30 %; PMC2938069 Table 3 "
        "and PMC4377159 Table 2: more than 30 %",
    )
    percist_reference: str = choice(
        112,
        "baseline nadir",
        description="PERCIST: what an increase of SULpeak is measured from",
        disagreement="the review tables name no reference beside baseline; the text of 2009 was "
        "not read",
    )
    eortc_pmr_first_cycle: int = count(
        113,
        15,
        also=(25,),
        description="EORTC 1999: the decrease in percent that is a partial response after one "
        "cycle",
        disagreement="BMC Cancer 2012;12:502 Table 2: a minimum of 15 to 25 %",
    )
    eortc_bound: str = choice(
        114,
        "gt ge",
        description="EORTC 1999: more than 25 % is needed for progression, and for a response "
        "after several cycles, or 25 % is enough",
        disagreement="BMC Cancer 2012;12:502 Table 2: greater than 25 %; PMC6506740 Table 1: at "
        "least 25 %",
    )
