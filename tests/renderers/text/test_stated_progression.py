"""A progression is labelled in the words of the record: no label says clinical unless it does."""

from __future__ import annotations

import pytest

from renderers.text.events import procedure
from timeline.record.events import StatedProgression


@pytest.mark.parametrize(
    ("what", "label"),
    [
        pytest.param("", "progression", id="no word for it"),
        pytest.param("clinical", "clinical progression", id="an adjective alone is no label"),
        pytest.param("biochemical", "biochemical progression", id="nor is another"),
        pytest.param("clinical progression", "clinical progression", id="named in full"),
        pytest.param("worse pain at rest", "progression: worse pain at rest", id="a clause"),
    ],
)
def test_the_label(what, label):
    assert procedure(StatedProgression(at="2020-06-01", what=what)) == label
