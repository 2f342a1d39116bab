"""What the sources of the Lugano classification and of LYRIC leave open: one row a question."""

from __future__ import annotations

from timeline.core.frozen_class import frozen
from timeline.settings.metabolic_criteria import MetabolicCriteriaSettings
from timeline.settings.setting import choice, count


@frozen(kw_only=True)
class LymphomaCriteriaSettings(MetabolicCriteriaSettings):
    """The settings of the criteria of lymphoma."""

    lugano_size_at: str = choice(
        131,
        "nadir current baseline",
        description="Lugano CT: which longest diameter tells a lesion up to 20 mm, of which 5 mm "
        "are growth, from a larger one, of which 10 mm are",
        disagreement="PMC5298348 Table 2: lesions up to 2 cm, without saying when; charters differ",
    )
    lugano_step: str = choice(
        132,
        "inclusive exclusive",
        description="Lugano CT: a lesion has grown from exactly 5 (10) mm on, or from more",
        disagreement="PMC5298348 Table 2: an increase of 0.5 cm; the table of AJNR (highwire "
        "71982): more than 0.5 cm",
    )
    lugano_spleen_reference: str = choice(
        133,
        "baseline nadir",
        description="Lugano CT: what the length of the spleen is held against",
        disagreement="PMC5298348 Table 2: its prior increase beyond baseline; whether a spleen "
        "that had shrunk counts from its smallest was not read",
    )
    lugano_new_node_mm: int = count(
        134,
        15,
        also=(10,),
        description="Lugano CT: a node above this longest diameter is new",
        disagreement="Lugano in cutaneous lymphoma (ashpublications 10674621) and AJNR: more than "
        "1.5 cm in any axis; charters differ",
    )
    deauville_negative: int = count(
        135,
        3,
        also=(2,),
        description="Lugano PET: the highest score of a complete metabolic response",
        disagreement="Cheson 2014: 1 to 3; trials that give less treatment after a response take "
        "3 as positive",
    )
