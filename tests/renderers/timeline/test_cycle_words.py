"""The caption of a timeline spells out the length of the first cycle, once for all."""

from __future__ import annotations

import pytest

from renderers.text.translation import current_language
from renderers.timeline.captions import _repeated_in_words
from timeline.record.event_parts.cycles import cycle_length


@pytest.mark.parametrize(
    ("written", "language", "words"),
    [
        ("1 week", "en", "q1w: every week."),
        ("daily", "en", "q1d: every day."),
        ("q1m", "en", "q1m: every month."),
        ("3 weeks", "en", "q3w: every 3 weeks."),
        ("weekly", "de", "q1w: jede Woche."),
        ("3 weeks", "de", "q3w: alle 3 Wochen."),
    ],
)
def test_the_length_of_a_cycle_in_words(written, language, words):
    with current_language(language):
        assert _repeated_in_words(cycle_length(written)) == words
