"""Scans that the authors report by category alone: their label is kept as reported.

The machine classifies such a scan by the target response that the category implies. Where that
gives another label of the same criterion, the reported label replaces it, and the machine goes on
from the state that the reported label means.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.response.criteria.criterion import Criterion, ScanStep
from timeline.response.scans import ScanView
from timeline.settings.response import Settings
from timeline.terminology.criteria import LABELS, UPTAKE_LABELS, meaning
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
NO_CATEGORY = -1
CATEGORY_CODE = {
    word: place for place, word in enumerate(LABELS)
}  # the code of a reported category in the column ``category``
COLLECTED_TEXT = "label kept as collected"
SOURCE = "the label as reported"


@lru_cache(maxsize=64)
def _category_codes(words: tuple[str, ...]) -> Array:
    """The code of each reported category under a criterion; -1 where the machine decides.

    A progression by another criterion need not be one here: iUPD is no PD by RECIST 1.1.
    """
    found = np.full(len(LABELS) + 1, NO_CATEGORY, dtype=np.int8)  # the last: no category
    for place, word in enumerate(LABELS):
        code = meaning(word)
        if word in words:
            found[place] = words.index(word)
        elif word in UPTAKE_LABELS:  # no response of a size
            found[place] = Code.NE
        elif code is not None and code not in (Code.PD, Code.UPD):
            found[place] = code
    return found


def keep_collected(
    scan: ScanView, step: ScanStep, criterion: Criterion, settings: Settings, before: Array
) -> ScanStep:
    """The step with reported labels in place of those of the machine, and the states they mean.

    Where PD is carried on (setting ``after_pd``) it is carried on over a reported label too.

    Args:
        scan: One scan of all patients.
        step: The scan after the machine has moved.
        criterion: The criterion that judges.
        settings: Setting ``after_pd``.
        before: The state of each patient before the scan.
    """
    code = _category_codes(criterion.words)[scan.category]
    last = len(criterion.machine.states) - 1
    carried = (before == last) & (not criterion.confirms and settings.after_pd == "carry")
    replaced = (code >= 0) & (code != step.label) & scan.done & scan.recorded & ~carried
    if not replaced.any():
        return step
    pending = replaced & (code == Code.UPD)
    state = np.where(code == Code.PD, last, 0)
    state = np.where(code == Code.NE, before, state)
    state = np.where(pending, np.where((before > 0) & (before < last), before, 1), state)
    first = (code == Code.PD) & ~criterion.confirms
    return step.after(
        label=np.where(replaced, code, step.label),
        row=np.where(replaced, -1, step.row),
        opens=np.where(replaced, (pending & (before == 0)) | first, step.opens),
        warning=np.where(replaced, np.int8(0), step.warning),
        state=np.where(replaced, state, step.state).astype(np.int8),
    )
