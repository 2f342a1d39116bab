"""The tutorial in the app: its steps give the case of the tutorial in YAML.

The build of the site walks the same way in a browser, and stops where the app saves another file
than `encoded`. Here the functions that the grids call are run without one.
"""

from __future__ import annotations

import importlib
import re
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import timeline as tl

pytest.importorskip("sphinx", reason="the site needs the extra docs")

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def extension():
    sys.path.insert(0, str(DOCS / "_extensions"))
    yield importlib.import_module("app_pictures")
    sys.path.remove(str(DOCS / "_extensions"))


@pytest.fixture(scope="module")
def both(extension, tmp_path_factory):
    """The case of the app, and the last file of the tutorial in YAML."""
    folder = tmp_path_factory.mktemp("tutorial")
    page = (DOCS / "tutorial" / "first-case.md").read_text("utf-8")
    files = re.findall(r"```\{file\} wang\.yaml\n(.*?)```", page, re.DOTALL)
    texts = {"app": extension.encoded(), "yaml": files[-1]}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.yaml" for name in texts}


def test_both_ways_of_the_tutorial_give_the_same_endpoints(both):
    found = {}
    for name, path in both.items():
        outcomes = tl.derive(tl.load_case(path)).outcomes
        found[name] = [(each.name, each.days, each.event) for each in outcomes]
    assert found["app"] == found["yaml"]
    # 31 December to 1 May: 31 + 28 + 31 + 30 + 1 = 121; 1 December to 31 May: 30 + 151 = 181
    days = {name: days for name, days, _ in found["app"]}["iPFS line 4"]
    assert (days.low, days.high) == (121, 181)


def test_both_ways_of_the_tutorial_give_the_same_finding(both):
    found = {}
    for name, path in both.items():
        derived = tl.derive(tl.load_case(path))
        (verdict,) = tl.audit(derived, tl.load_report(path)).contradicted
        found[name] = (verdict.claim.kind, verdict.claim.place, verdict.description)
    assert found["app"] == found["yaml"]


def test_each_picture_is_shown_and_says_what_it_shows(extension):
    """A picture that no page shows is not taken for nothing; each has its alternative text."""
    pages = "".join(path.read_text("utf-8") for path in DOCS.rglob("*.md"))
    shown = re.findall(r"```\{app-picture\} (\S+)\n:alt: (\S.*)\n```", pages)
    assert len(shown) == pages.count("```{app-picture}")
    assert {name for name, _ in shown} == set(extension.PICTURES)
    assert all(len(alt) > 50 for _, alt in shown)


def test_without_a_browser_a_sentence_says_so(extension, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    directive = SimpleNamespace(arguments=["grid"], options={"alt": "the grid"}, error=ValueError)
    (node,) = extension.AppPicture.run(directive)
    assert node.astext() == (
        "The picture is not here: this site was built without a browser (Chromium)."
    )
    directive.options = {}
    with pytest.raises(ValueError, match="no :alt:"):
        extension.AppPicture.run(directive)


def test_every_table_that_a_page_shows_is_a_file(extension):
    for path in DOCS.rglob("*.md"):
        for name in re.findall(r"```\{sheet\} (\S+)", path.read_text("utf-8")):
            assert (ROOT / name).exists(), (path, name)
