"""What the sources of the RANO criteria leave open: one row a question."""

from __future__ import annotations

from timeline.core.frozen_class import frozen
from timeline.settings.lymphoma_criteria import LymphomaCriteriaSettings
from timeline.settings.setting import choice, switch


@frozen(kw_only=True)
class BrainCriteriaSettings(LymphomaCriteriaSettings):
    """The settings of the criteria of tumours of the brain."""

    rano_bm_pd_mm: str = choice(
        141,
        "lesion sum none",
        description="RANO-BM: what must have grown by 5 mm beside +20 % of the sum, one lesion, "
        "the sum, or nothing",
        disagreement="PMC6499019 Table 4, reprinted from Lin 2015, has no 5 mm; the text of the "
        "paper was not read",
    )
    rano_bm_immunotherapy: bool = switch(
        142,
        False,
        description="RANO-BM: under immunotherapy a new lesion alone is no progression",
        disagreement="PMC6499019 Table 4, note: for immunotherapy-based approaches new lesions "
        "alone do not define progression",
    )
