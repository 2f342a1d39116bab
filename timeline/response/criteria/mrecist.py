"""mRECIST for hepatocellular carcinoma: Lencioni & Llovet, Semin Liver Dis 2010;30:52 (L10).

The tables and the machine are those of RECIST 1.1. Two rules differ: the length that is measured,
and that progression has no minimum in millimetres. The length is the longest diameter of viable
tumour, the part that enhances in the arterial phase; a lesion without enhancement has length 0.

The reader decides the following, and the record gives the result. A node at the porta hepatis is
malignant from a short axis of 20 mm, any other from 15 mm. Effusion and ascites need cytology. A
new nodule of the liver is new from 10 mm with typical enhancement, or after growing 10 mm; until
then it is equivocal.
"""

from __future__ import annotations

import attrs

from timeline.core.state_machine import DecisionTable, TableRow
from timeline.response.criteria.recist11 import RECIST11
from timeline.terminology.criteria import TERMS

SOURCE = "doi:10.1055/s-0030-1247132"

THRESHOLDS = attrs.evolve(RECIST11.thresholds, progression_least=0, source="L10 Table 1")

_DESCRIPTIONS = {
    "T3": "no enhancement left in any target",
    "T4": "+20 % of viable tumour from nadir",
    "T6": "-30 % of viable tumour from baseline",
}


def _reworded_row(row: TableRow) -> TableRow:
    """A row of RECIST 1.1 in the words of L10, where L10 describes it."""
    if row.id not in _DESCRIPTIONS:
        return row
    return attrs.evolve(row, description=_DESCRIPTIONS[row.id], source="L10 Table 1")


TARGET = DecisionTable(
    name="target response, viable tumour",
    source="L10 Table 1; E09 4.3.1, 4.4.2 where it is silent",
    columns=RECIST11.target.columns,
    rows=tuple(_reworded_row(row) for row in RECIST11.target.rows),
)

MRECIST = attrs.evolve(
    RECIST11,
    terms=TERMS["mRECIST"],
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TARGET,
)
