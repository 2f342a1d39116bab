"""For the tests of what is printed: each case is flagged once in a process."""

import pytest


@pytest.fixture(autouse=True)
def _flagged_once(flagged_once):
    """The pages and commands show the same cases many times."""
