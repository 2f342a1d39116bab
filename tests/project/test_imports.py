"""What a command imports. Which folder may import which: import-linter, in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys

import pytest

# What a check of a case must not load: each takes longer than the check itself.
HEAVY = (
    *("matplotlib", "networkx", "pandas", "numpy", "PIL", "jinja2", "pendulum", "asyncio", "scipy"),
    *(
        "timeline.auditing",
        "timeline.response.evaluate",
        "timeline.endpoints.derived_case",
        "renderers",
    ),
    *("timeline.response.criteria", "multiprocessing", "concurrent.futures"),
)
# What a derivation does without: the audit is a third of the start of `show`.
UNREAD = (
    *("matplotlib", "networkx", "pandas", "PIL", "jinja2", "scipy"),
    *("timeline.auditing", "renderers"),
)


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        pytest.param(["-c", "import timeline"], ("matplotlib", "networkx", "pandas", "numpy"),
                     id="import timeline"),
        pytest.param(["-c", "import timeline as tl; tl.trial.derive"],
                     ("matplotlib", "networkx", "pandas", "polars", "pyarrow", "narwhals"),
                     id="timeline.trial"),
        pytest.param(["-m", "timeline", "--help"], ("matplotlib", "networkx", "pandas", "numpy"),
                     id="timeline --help"),
        pytest.param(["-m", "timeline", "check", "cases/wang2023.yaml"], HEAVY, id="check"),
        pytest.param(["-m", "timeline", "check", "cases/wang2023.yaml", "--json"], HEAVY,
                     id="check --json"),
        pytest.param(["-m", "timeline", "show", "cases/wang2023.yaml", "--json"], UNREAD,
                     id="show --json"),
    ],
)  # fmt: skip
def test_nothing_heavy_is_imported(words, unwanted):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *words], capture_output=True, text=True, check=True
    )
    names = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines()
             if line.startswith("import time:")}  # fmt: skip
    loaded = {name.split(".")[0] for name in names} | names
    assert not loaded & set(unwanted)


def test_a_check_is_never_searched_for_circles():
    """Python would look through all that was loaded, also as it ends: a sixth of a check."""
    count = "atexit.register(lambda: print(len(gc.get_objects()), *seen))"
    watch = "seen = []; gc.callbacks.append(lambda phase, of: seen.append(gc.get_threshold()[0]))"
    words = "sys.argv = ['timeline', 'check', 'cases/wang2023.yaml']; cli.run()"
    code = f"import atexit, gc, sys; {count}; {watch}; from timeline.cli import app as cli; {words}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    left, *searches = map(int, done.stdout.splitlines()[-1].split())
    assert left < 5000
    assert max(searches, default=0) < 10_000  # none after the command set its own threshold
