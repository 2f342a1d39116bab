"""For the tests of the commands: each case is flagged once in a process."""

import pytest


@pytest.fixture(autouse=True)
def _flagged_once(flagged_once):
    """Many tests run `show` and `explain` of the same cases."""
