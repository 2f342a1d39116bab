"""Case files as SDTM datasets, and SDTM datasets as case files.

What one side cannot hold of the other is never dropped in silence. `export_cases` compares each
case with what its own datasets give back, and lists every difference; with that list beside the
datasets, `import_cases` restores the case files as they were.
"""

from __future__ import annotations

from timeline.cdisc.cases.exporting import Exported, export_cases
from timeline.cdisc.cases.importing import Imported, import_cases
from timeline.exchange.entries.left_over import LeftOver

LEFT_OVER = "not-in-sdtm.csv"  # the file beside the datasets

__all__ = ["LEFT_OVER", "Exported", "Imported", "LeftOver", "export_cases", "import_cases"]
