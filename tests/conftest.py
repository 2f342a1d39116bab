"""For all tests: a slow machine is no failure, and one commit gives one result.

The suite draws the same examples on every run. To look for new ones, run
``pytest --hypothesis-profile search`` (other examples each time, and many more).
"""

import gc
from functools import cache

import pytest
import typer.testing
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    print_blob=True,
)
settings.register_profile(
    "search", settings.get_profile("house"), derandomize=False, max_examples=1000
)
settings.load_profile("house")


def pytest_configure(config):
    """Draw examples that depend on the law alone.

    Hypothesis also draws from the numbers and words of every module of the project that happens to
    be loaded, and parses some thousand of them for it in each process. A search for new examples
    does so; otherwise the examples of a test are the same, whichever tests run before it.
    """
    if config.getoption("--hypothesis-profile", None) is None:
        providers._get_local_constants = lambda: providers._local_constants


# The runner of commands reads the signature of every command again for each one that it runs.
typer.testing._get_command = cache(typer.testing._get_command)


def pytest_collection_finish():
    """Collect cycles as seldom as the program does, and leave what is imported out of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000)


_DERIVED = {}
_FLAGGED = {}


def _key(case, settings):
    """A case as a file of its own: the places of its events are printed."""
    return case, settings, tuple(str(each.where) for each in case.events)


@pytest.fixture
def flagged_once(monkeypatch):
    """Derive a case, and flag its outcomes, once in a process.

    The flags alone derive the case some forty times, always to the same result, for each command
    or page that shows or explains it. Not for tests of the derivation or of the flags themselves.
    Two files with the same events are two cases.
    """
    from timeline.endpoints import derived_case, sensitivity
    from timeline.views.board_report import one_case

    derive_all, flag = derived_case.derive_all, sensitivity.flag_outcomes

    def derived(cases):
        wanted = [(_key(*each), each) for each in cases]
        new = {key: each for key, each in wanted if key not in _DERIVED}
        _DERIVED.update(zip(new, derive_all(new.values()), strict=True))
        return [_DERIVED[key] for key, _ in wanted]

    def flagged(derived):
        key = _key(derived.case, derived.settings)
        if key not in _FLAGGED:
            _FLAGGED[key] = flag(derived)
        return _FLAGGED[key]

    monkeypatch.setattr(derived_case, "derive_all", derived)
    for module in (sensitivity, one_case):
        monkeypatch.setattr(module, "flag_outcomes", flagged)
