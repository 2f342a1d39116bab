"""Files opened and told in one go: nothing that is left out for speed's sake may be missed."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from timeline.commands.jobs import no_search_for_circles, tell_all
from timeline.commands.report import _told

SEEDS = tuple(sorted((Path(__file__).parent.parent / "seeds").glob("*.yaml")))


def told(dossier):
    return _told(dossier, every=True, as_json=False)


def test_what_is_opened_and_told_leaves_no_circle_of_our_values():
    """Else leaving out the search for circles would keep what nobody asks for any more."""
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        with no_search_for_circles():
            assert len(tell_all(SEEDS, {}, told, jobs=1)[0]) == len(SEEDS)
            assert not gc.isenabled()
        gc.collect()
        lost = {type(each) for each in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert not [each for each in lost if each.__module__.startswith("timeline.")]


@pytest.mark.parametrize("searched", [True, False])
def test_the_search_goes_on_as_before_whatever_happens(searched):
    (gc.enable if searched else gc.disable)()
    try:
        with pytest.raises(KeyError), no_search_for_circles():
            raise KeyError
        assert gc.isenabled() is searched
    finally:
        gc.enable()
