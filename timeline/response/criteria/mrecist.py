"""mRECIST for hepatocellular carcinoma: Lencioni & Llovet, Semin Liver Dis 2010;30:52 (L10).

The tables and the machine are those of RECIST 1.1; what differs is the length put in, and that
growth has no least number of millimetres. The length is the longest diameter of viable tumour,
the part that enhances in the arterial phase: a lesion without enhancement counts nought.
The reader's part, taken as findings: nodes at the porta hepatis are malignant from 20 mm short
axis, others from 15 mm; effusion and ascites need cytology; a new nodule of the liver counts as
new from 10 mm with typical enhancement or on growing 10 mm, until then as equivocal.
"""

from __future__ import annotations

import attrs

from timeline.core.state_machine import DecisionTable, TableRow
from timeline.response.criteria.recist11 import RECIST11
from timeline.terminology.criteria import TERMS

SOURCE = "doi:10.1055/s-0030-1247132"

THRESHOLDS = attrs.evolve(RECIST11.thresholds, progression_mm=0, source="L10 Table 1")

_SAYS = {
    "T3": "no enhancement left in any target",
    "T4": "+20 % of viable tumour from nadir",
    "T6": "-30 % of viable tumour from baseline",
}


def _row(row: TableRow) -> TableRow:
    """A row of RECIST 1.1 in the words of L10, where it has some of its own."""
    if row.id not in _SAYS:
        return row
    return attrs.evolve(row, description=_SAYS[row.id], source="L10 Table 1")


TARGET = DecisionTable(
    name="target response, viable tumour",
    source="L10 Table 1; E09 4.3.1, 4.4.2 where it is silent",
    columns=RECIST11.target.columns,
    rows=tuple(_row(row) for row in RECIST11.target.rows),
)

MRECIST = attrs.evolve(
    RECIST11,
    terms=TERMS["mRECIST"],
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=TARGET,
)
