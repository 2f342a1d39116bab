"""The response criteria; a new one is a file and a line here."""

from timeline.criteria.choi import CHOI
from timeline.criteria.criterion import Criterion
from timeline.criteria.imrecist import IMRECIST
from timeline.criteria.irecist import IRECIST
from timeline.criteria.irrecist import IRRECIST
from timeline.criteria.mrecist import MRECIST
from timeline.criteria.recist11 import RECIST11

CRITERIA: dict[str, Criterion] = {
    each.key: each for each in (RECIST11, IRECIST, MRECIST, IMRECIST, IRRECIST, CHOI)
}
