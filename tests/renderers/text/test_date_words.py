"""Ids of a case file are names for its own references; no figure prints one."""

import pytest

import timeline as tl
from renderers import scene_of

CASE = """case: ids
events:
  - {scan: 2021-01-01, id: CT-base, baseline: 1, sum: 100 mm}
  - {treatment: 4 days after CT-base/CT-three + 0 days, id: first-drug, line: 1, drugs: doxorubicin,
     stop: progression}
  - {scan: 2021-03-01, id: CT-two, sum: 60 mm, new: none}
  - {scan: 60 days after CT-two, id: CT-three, sum: 130 mm, new: liver}
  - {ablation: after CT-three, id: RFA-one, site: liver}
  - {death: 200 days after CT-three}
"""
IDS = ("CT-base", "CT-two", "CT-three", "first-drug", "RFA-one")


@pytest.fixture(scope="module")
def derived(tmp_path_factory):
    path = tmp_path_factory.mktemp("ids") / "c.yaml"
    path.write_text(CASE, encoding="utf-8")
    return tl.derive(tl.load_case(path))


@pytest.mark.parametrize("kind", ["timeline", "swimmer", "spider", "waterfall"])
def test_no_figure_prints_an_id_of_the_file(kind, derived):
    scene = scene_of([derived], kind)
    told = [scene.alt, scene.caption, *(mark.tooltip for mark in scene.marks)]
    told += [getattr(mark, "text", "") for mark in scene.marks]
    assert [text for text in told if any(name in text for name in IDS)] == []
    if kind in ("swimmer", "spider"):
        assert any("60 days after scan of 2021-03-01" in text for text in told)
