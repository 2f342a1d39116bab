"""imRECIST: Hodi et al., J Clin Oncol 2018;36:850. See `timeline.criteria.burden`."""

from __future__ import annotations

from timeline.criteria import burden
from timeline.criteria.criterion import Criterion
from timeline.criteria.recist11 import OVERALL, TARGET, THRESHOLDS
from timeline.criterion_terms import TERMS

SOURCE = "doi:10.1200/JCO.2017.75.1644"


IMRECIST = Criterion(
    terms=TERMS["imRECIST"],
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TARGET,
    overall=OVERALL,
    machine=burden.machine("imRECIST"),
    begin=burden.begin,
    observe=burden.observe,
    act=burden.act,
)
