"""The response criteria. A new one is a row of words, a file of tables and a line here."""

from timeline.core.state_machine import MUST_CHECK
from timeline.response.criteria.brain.rano_bm import RANO_BM
from timeline.response.criteria.choi import CHOI
from timeline.response.criteria.criterion import Criterion
from timeline.response.criteria.imrecist import IMRECIST
from timeline.response.criteria.irecist import IRECIST
from timeline.response.criteria.irrc import IRRC
from timeline.response.criteria.irrecist import IRRECIST
from timeline.response.criteria.lymphoma.lugano_ct import LUGANO_CT
from timeline.response.criteria.lymphoma.lugano_pet import LUGANO_PET
from timeline.response.criteria.metabolic.eortc_pet import EORTC_PET
from timeline.response.criteria.metabolic.percist import PERCIST
from timeline.response.criteria.mrecist import MRECIST
from timeline.response.criteria.recist10 import RECIST10
from timeline.response.criteria.recist11 import RECIST11
from timeline.response.criteria.who1979 import WHO1979
from timeline.terminology.criteria import TERMS

CRITERIA: dict[str, Criterion] = {
    each.key: each
    for each in (
        *(RECIST11, IRECIST, MRECIST, IMRECIST, IRRECIST, CHOI, RECIST10, WHO1979, IRRC),
        *(PERCIST, EORTC_PET, LUGANO_CT, LUGANO_PET, RANO_BM),
    )
}
BY_TITLE = {each.title: each for each in CRITERIA.values()}
if BY_TITLE.keys() != TERMS.keys():
    uneven = ", ".join(sorted(BY_TITLE.keys() ^ TERMS.keys()))
    raise ValueError(f"criteria that have tables but no words, or words but no tables: {uneven}")
for _each in CRITERIA.values():
    _unread = tuple(name for name, basis in _each.bases if basis == MUST_CHECK)
    if bool(_unread) != _each.terms.is_provisional:
        raise ValueError(
            f"{_each}: rows that must be checked, and words on them, disagree: {_unread}"
        )
