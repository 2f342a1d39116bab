"""Labels that the authors collected: where no findings stand beside them, they are kept as called.

A scan may be reported by its category alone. The machine reads such a scan by the target response
that the category implies; where that gives another label of the same criterion, the collected one
stands, and the machine goes on from the state that the label means.
"""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.response.criteria.criterion import Criterion
from timeline.settings.response import Settings
from timeline.terminology.criteria import LABELS, meaning
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
NO_CALL = -1
WORD = {word: place for place, word in enumerate(LABELS)}  # the code of a call in the column
SAID = "label kept as collected"
SOURCE = "the label as reported"


@lru_cache(maxsize=64)
def _codes(words: tuple[str, ...]) -> Array:
    """The code that each call has under a criterion; -1 where the machine has to decide.

    A progression called by another criterion need not be one here: iUPD is no PD by RECIST 1.1.
    """
    found = np.full(len(LABELS) + 1, NO_CALL, dtype=np.int8)  # the last for no call at all
    for place, word in enumerate(LABELS):
        code = meaning(word)
        if word in words:
            found[place] = words.index(word)
        elif code is not None and code not in (Code.PD, Code.UPD):
            found[place] = code
    return found


def keep_collected(
    past: Any,
    scan: Any,
    step: SimpleNamespace,
    criterion: Criterion,
    settings: Settings,
    before: Array,
) -> None:
    """Put collected labels in the place of those that the machine gave; states follow them.

    ``before``: the state of each patient before the scan. Where PD is carried on (setting
    ``after_pd``) it is carried over a collected label too.
    """
    code = _codes(criterion.words)[scan.called]
    last = len(criterion.machine.states) - 1
    carried = (before == last) & (not criterion.confirms and settings.after_pd == "carry")
    other = (code >= 0) & (code != step.label) & scan.done & scan.recorded & ~carried
    if not other.any():
        return
    waits = other & (code == Code.UPD)
    state = np.where(code == Code.PD, last, 0)
    state = np.where(code == Code.NE, before, state)
    state = np.where(waits, np.where((before > 0) & (before < last), before, 1), state)
    first = (code == Code.PD) & ~criterion.confirms
    step.label = np.where(other, code, step.label)
    step.row = np.where(other, -1, step.row)
    step.opens = np.where(other, (waits & (before == 0)) | first, step.opens)
    step.warning = np.where(other, np.int8(0), step.warning)
    past.state = np.where(other, state, past.state).astype(np.intp)
    step.state = past.state.astype(np.int8)
