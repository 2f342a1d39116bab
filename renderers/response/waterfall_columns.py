"""What is known of the bar of a patient as a whole, for a page on which bars are sorted."""

from __future__ import annotations

from renderers.response.best_change import WaterfallBar, percent
from renderers.scene.scene import Column, Fact
from renderers.text.sort_keys import by_size, rank
from renderers.text.translation import translate

PATIENT, BEST_RESPONSE, _CHANGE = "Patient", "Best response", "Best change"


def column_of(best: WaterfallBar) -> Column:
    """The column of a patient: name, change, best response, then what else is stated.

    The least change sorts first, a best response by its clinical order, a text that is not stated
    last.
    """
    facts = (
        Fact(translate(PATIENT), best.name, rank(best.name)),
        Fact(translate(_CHANGE), percent(best.change), by_size(best.middle)),
        *([Fact(translate(BEST_RESPONSE), best.label, rank(best.label))] if best.labels else []),
        *(Fact(heading, text, rank(text)) for heading, text in best.characteristics if text),
    )
    return Column(best.name, facts)
