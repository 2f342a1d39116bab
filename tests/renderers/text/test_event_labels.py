"""Labels of events whose own words are an adjective or a finding: they name the kind as well."""

from __future__ import annotations

import pytest

from renderers.text.events import event_sentence, imaging, procedure
from timeline.record.events import Biopsy, Scan, StatedProgression


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


@pytest.mark.parametrize(
    ("what", "label"),
    [
        pytest.param("", "biopsy", id="no word for it"),
        pytest.param("consistent with urothelial carcinoma", "biopsy: consistent with urothelial "
                     "carcinoma", id="a finding"),
        pytest.param("core biopsy", "core biopsy", id="named in its words"),
        pytest.param("Rebiopsied", "Rebiopsied", id="in another form"),
    ],
)  # fmt: skip
def test_the_label_of_a_biopsy(what, label):
    assert procedure(Biopsy(at="2020-06-01", what=what)) == label


@pytest.mark.parametrize(
    ("scan", "sentence"),
    [
        ({"what": "liver + new lung mets", "new": ("lung",)}, "new: lung. Liver + new lung mets"),
        ({"what": "liver + new lung mets"}, "liver + new lung mets"),  # once
        ({"new": ("lung",)}, "new: lung"),
    ],
)
def test_the_description_of_a_scan_is_kept_beside_its_findings(scan, sentence):
    """The notes have room for the findings alone; the tooltip has all."""
    event = Scan(at="2021-06-01", **scan)
    assert event_sentence(event, imaging(event)) == f"Scan, 2021-06-01: {sentence}"
