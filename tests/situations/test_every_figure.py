"""Every word of the vocabulary, under every criterion, in every figure: drawn, or refused in words.

Sampled here: of each criterion and figure every eighth case, another eighth for each criterion. The
whole check is `tests.bench.vocabulary_walk`.
"""

from __future__ import annotations

import pytest

from renderers import FIGURES, path_of, scene_of, write
from renderers.backends.legend import entries, legend
from renderers.languages import LANGUAGES
from renderers.scene.journals import page_of
from renderers.scene.scene import Marker
from renderers.state_diagram.figure import state_diagram
from tests.situations.vocabulary import CRITERIA, every, reading
from timeline.response.criteria import BY_TITLE
from timeline.terminology.criteria import TERMS

EVERY = 8


@pytest.fixture(scope="module")
def readings():
    """An eighth of all cases of each criterion."""
    return {
        title: [made for _, made in every(title, -n % EVERY, EVERY)]
        for n, title in enumerate(CRITERIA)
    }


@pytest.mark.parametrize("kind", FIGURES)
@pytest.mark.parametrize("title", CRITERIA)
def test_every_word_is_drawn_or_refused_in_words(title, kind, readings):
    drawn = 0
    languages = list(LANGUAGES)
    for place, made in enumerate(readings[title]):
        on = page_of("generic", "", languages[place % len(languages)])
        scene = _drawn(made, kind, on)
        drawn += scene is not None
        if scene is not None:
            legend(scene)
    has_sizes = BY_TITLE[title].lesions.measure.measures != "score"  # of five points none is drawn
    assert drawn or (kind in ("spider", "waterfall") and not has_sizes)


def _drawn(made, kind, on):
    """The scene, or None where it is refused for want of sizes or of a time."""
    try:
        return scene_of([made], kind, on)
    except ValueError as fault:
        if str(fault).startswith(("no measured targets", "no patient has a time")):
            return None
        raise


@pytest.mark.parametrize("title", CRITERIA)
def test_every_path_is_drawn(title, readings):
    for made in readings[title]:
        assert state_diagram(BY_TITLE[title], path_of(made, 1, BY_TITLE[title])).marks


@pytest.mark.parametrize("title", CRITERIA)
def test_each_label_has_its_own_sign_in_the_swimmer(title, tmp_path):
    """Each label that the authors called is drawn in its own sign, and the legend names it."""
    terms = TERMS[title]
    for word in terms.labels:
        made = reading(title, {"called": word}, measured=False)
        scene = scene_of([made], "swimmer", scans="all")
        styles = {mark.style for mark in scene.marks if isinstance(mark, Marker)}
        assert word in styles
        assert word in {style.name for style in entries(scene)}
    written = write(scene, tmp_path / "figure.svg")
    assert all(file.stat().st_size for file in written)
