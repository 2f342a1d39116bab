"""The built documentation site: every page, every link, offline, and open to a screen reader.

`python3 .ci/make.py docs` builds it and runs every command of its pages; CI does so before these
tests. They are skipped where it was not built.
"""

from __future__ import annotations

import csv
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("sphinx", reason="the site needs the extra docs")
pytest.importorskip("myst_parser", reason="the site needs the extra docs")
pytest.importorskip("furo", reason="the site needs the extra docs")

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


@pytest.fixture(scope="session")
def site():
    """The folder of the built site; the build takes too long to be a part of these tests."""
    folder = DOCS / "_build" / "html"
    if not (folder / "index.html").exists():
        pytest.skip("the site is not built (python3 .ci/make.py docs)")
    return folder


class Links(HTMLParser):
    """The links, pictures, scripts and styles of a page, and the names of its places."""

    def __init__(self):
        super().__init__()
        self.to, self.names, self.pictures = [], set(), []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.names |= {named[key] for key in ("id", "name") if named.get(key)}
        if tag in ("a", "link") and named.get("href"):
            self.to.append((tag, named["href"]))
        if tag in ("img", "script", "source") and named.get("src"):
            self.to.append((tag, named["src"]))
        if tag == "img":
            self.pictures.append(named)


@pytest.fixture(scope="session")
def pages(site):
    found = {}
    for path in sorted(site.rglob("*.html")):
        page = Links()
        page.feed(path.read_text("utf-8"))
        found[path] = page
    return found


def test_every_page_of_docs_is_a_page_of_the_site(site):
    for page in DOCS.rglob("*.md"):
        if "_build" not in page.parts:
            assert (site / page.relative_to(DOCS)).with_suffix(".html").exists(), page


def test_every_link_leads_to_a_page_and_place(site, pages):
    for path, page in pages.items():
        for tag, link in page.to:
            parts = urlsplit(link)
            if parts.scheme or link.startswith(("#", "data:")) or tag == "link":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.exists(), f"{path.relative_to(site)}: {link}"
            if parts.fragment and target.suffix == ".html":
                place = unquote(parts.fragment)
                assert place in pages[target].names, f"{path.relative_to(site)}: {link}"


def test_no_page_loads_anything_from_elsewhere(site, pages):
    """Only a link that a reader follows may leave the site."""
    for path, page in pages.items():
        for tag, link in page.to:
            assert tag == "a" or not urlsplit(link).scheme or link.startswith("data:"), (path, link)
    for style in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*['\"]?https?:", style.read_text("utf-8")), style


def test_every_picture_has_an_alternative_text(pages):
    for path, page in pages.items():
        for picture in page.pictures:
            named = picture.get("alt", "").strip()
            hidden = "hidden" in picture or picture.get("aria-hidden") == "true"
            assert named or hidden or "logo" in picture.get("class", ""), (path, picture)


def test_no_page_names_a_folder_of_the_machine(pages):
    for path in pages:
        text = path.read_text("utf-8")
        for folder in (str(ROOT), "/tmp/", "/home/"):  # noqa: S108 - looked for, not written to
            assert folder not in text, (path, folder)


def test_the_first_page_lists_every_page_of_docs(pages, site):
    """A page that another change adds is found as well."""
    linked = {urlsplit(link).path for _, link in pages[site / "index.html"].to}
    for path in DOCS.glob("*.md"):
        assert path.stem == "index" or f"{path.stem}.html" in linked, path


@pytest.fixture(scope="module")
def browser():
    """Debian's browser, without a window; skipped where it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


def test_the_table_of_the_tutorial_is_copied_as_a_spreadsheet_copies_it(site, browser):
    """Cells with tabs between, empty ones too: what the grid of the app takes."""
    page = browser.new_page()
    page.goto((site / "tutorial" / "in-the-app.html").as_uri())
    copied = page.evaluate("""() => { const range = document.createRange();
        range.selectNode(document.querySelector("table.sheet"));
        getSelection().removeAllRanges(); getSelection().addRange(range);
        return getSelection().toString(); }""")
    with (DOCS / "examples" / "wang_events.csv").open(encoding="utf-8", newline="") as file:
        assert [line.split("\t") for line in copied.splitlines() if line] == list(csv.reader(file))
    page.close()


def test_the_search_finds_a_word_without_a_server(site, browser):
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.fill("input[name=q]", "iUPD")
    page.keyboard.press("Enter")
    found = page.locator("#search-results li a", has_text=re.compile("^iRECIST$"))
    found.wait_for(timeout=60_000)  # results are added one by one
    page.close()


@pytest.mark.parametrize("name", ["tutorial/in-the-app", "reference/events", "search"])
def test_no_page_has_a_serious_fault_for_those_who_cannot_see_it(site, browser, name):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for width, scheme in ((1280, "light"), (400, "dark")):
        page = browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        page.goto((site / f"{name}.html").as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{wide} pixels too wide at {width}"
        found = axe.run(page).response["violations"]
        serious = [(each["id"], each["nodes"][0]["html"]) for each in found
                   if each["impact"] in ("serious", "critical")]  # fmt: skip
        assert not serious
        page.close()
