"""What the sources of WHO 1979, RECIST 1.0 and irRC leave open: one row a question."""

from __future__ import annotations

from timeline.core.frozen_class import frozen
from timeline.settings.brain_criteria import BrainCriteriaSettings
from timeline.settings.setting import choice


@frozen(kw_only=True)
class OlderCriteriaSettings(BrainCriteriaSettings):
    """The settings of the criteria that older reports judge by."""

    who_pd_basis: str = choice(
        97,
        "any_lesion sum",
        description="WHO 1979: an increase of 25 % of one lesion is PD, or only one of the sum of "
        "products",
        disagreement="PMC2755245 Table 3: one or more lesions; Wolchok 2009 Table 1 prints the sum "
        "of all index lesions for WHO; Therasse 2000 names both uses as a reason for RECIST",
    )
    who_pd_reference: str = choice(
        98,
        "nadir baseline",
        description="WHO 1979: what an increase of 25 % is measured from, the smallest product so "
        "far or that at baseline",
        disagreement="Wolchok 2009 Table 1: from the nadir; PMC2755245 Table 3 names no reference; "
        "the text of 1979 was not read",
    )
    recist10_nodes: str = choice(
        99,
        "longest_diameter as_measured",
        description="RECIST 1.0: which diameter counts of a node that has two on record, the "
        "longest or the short axis; one that is on record alone counts as it is",
        disagreement="Cancer Imaging 2014;14:26 Table 1: the long axis, as of any lesion; reports "
        "seldom say which they measured",
    )
    irrc_single_scan_pd: str = choice(
        100,
        "confirmed single",
        description="irRC: PD once a second scan confirms it, or at the first",
        disagreement="Wolchok 2009 Table 1: two consecutive observations at least 4 weeks apart; "
        "reports also print irPD of a single scan",
    )
