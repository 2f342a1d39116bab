"""The page in a real browser: labelled, focused, filtered, zoomed, printed; no request."""

import re
import shutil

import attrs
import pytest

from renderers.backends.html import render, write
from renderers.backends.items import data_items
from renderers.scene.scene import Marker
from renderers.scene.styles import STYLES
from renderers.timeline.figure import timeline_figure
from tests.renderers.patients import RENDERERS, case_of, exact, report, vague
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Biopsy, LastContact, Scan

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
HOSTILE = '</script></title></style><img src=x onerror="window.hacked=1">{{7*7}}\' onfocus=alert(1)'
browsed = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here (Debian: apt-get install chromium)"
)


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no playwright here (pip install playwright)"
    )
    with playwright.sync_playwright() as api:
        started = api.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


class Opened:
    """A page that was opened, with everything that it requested and every error."""

    def __init__(self, browser, html, **options):
        self.requests, self.messages = [], []
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.route("**/*", self._asked)
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda fault: self.messages.append(str(fault)))
        self.page.set_content(html)

    def _asked(self, route):
        self.requests.append(route.request.url)
        route.abort()


@pytest.fixture
def opened(browser):
    pages = []

    def open_(html, **options):
        pages.append(Opened(browser, html, **options))
        return pages[-1]

    yield open_
    for each in pages:
        each.context.close()
        assert each.requests == []  # nothing leaves, whatever was done
        assert each.messages == []  # and nothing was complained of


def hostile():
    case = case_of(
        HOSTILE,
        Biopsy(at="2020-01-05", what=HOSTILE, place=HOSTILE),
        Scan(at="2020-02-05", target="stable", new=f"other: {HOSTILE}"),
        LastContact(at="2020-08-01"),
    )
    return DerivedCase(case=case)


def test_the_same_scene_gives_the_same_bytes(tmp_path):
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    for path in (one, two):
        write(timeline_figure([vague()]), path)
    assert one.read_bytes() == two.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"not a page: 'figure.svg' \(write .html\)"):
        write(timeline_figure([exact()]), tmp_path / "figure.svg")


def test_the_page_names_no_address():
    html = render(timeline_figure([report("wang2023")]))
    assert not re.findall(r"(?:src|href)=\"(?!data:,)|url\(|https?://|@import", html)


@pytest.mark.parametrize("kind", RENDERERS)
def test_text_stays_text_and_every_item_has_a_label(kind):
    scene = RENDERERS[kind]([vague()])
    html = render(scene)
    assert html.count('class="item"') == len(data_items(scene)) > 0
    assert "penpulimab" in html
    assert scene.caption in html.replace("&#39;", "'")


def test_what_comes_from_a_file_is_escaped():
    html = render(timeline_figure([hostile()]))
    assert "<img" not in html
    assert html.count("<script>") == html.count("</script>") == 1
    assert "{{7*7}}" in html


@browsed
def test_a_hostile_name_stays_text(opened):
    page = opened(render(timeline_figure([hostile()]))).page
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    page.locator('.item[aria-label^="Biopsy"]').focus()
    assert HOSTILE.split("{{")[0][:30] in page.locator("#card").inner_text()
    assert page.locator("#card img, #card script").count() == 0


@browsed
def test_pointing_at_a_scan_shows_its_findings_and_its_place(opened):
    page = opened(render(timeline_figure([report("wang2023")]))).page
    assert page.locator("#card").is_hidden()
    scan = page.locator('.item[aria-label^="iRECIST, scan 2022-05"]')
    scan.hover()
    messages = page.locator("#card").inner_text()
    assert "line 4: iUPD" in messages
    assert messages.endswith("S17 Table 2")
    page.mouse.move(2, 2)
    assert page.locator("#card").is_hidden()


@browsed
def test_tab_moves_from_item_to_item_in_their_order(opened):
    scene = timeline_figure([exact()])
    page = opened(render(scene)).page
    page.locator("#whole").focus()
    for element in data_items(scene)[:4]:
        page.keyboard.press("Tab")
        label = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert label == element.tooltip
        assert page.locator("#card").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


@browsed
def test_arrow_keys_go_by_time_and_by_row(opened):
    page = opened(render(timeline_figure([report("wang2023")]))).page

    def press(key):
        page.keyboard.press(key)
        return page.evaluate("document.activeElement.getAttribute('aria-label')")

    page.locator('.item[aria-label^="RECIST 1.1, scan 2022-02"]').focus()
    assert press("ArrowRight").startswith("RECIST 1.1, scan 2022-05")
    assert press("ArrowDown").startswith("iRECIST, scan 2022-05")
    assert press("ArrowLeft").startswith("iRECIST, scan 2022-02")
    assert press("ArrowUp").startswith("RECIST 1.1, scan 2022-02")


@browsed
def test_a_style_is_hidden_with_its_words_and_shown_again(opened):
    page = opened(render(timeline_figure([exact()]))).page
    death = page.locator('.item[aria-label^="Death"]')
    box = page.locator('input[data-style="death"]')
    assert death.is_visible()
    box.uncheck()
    assert death.is_hidden()
    assert page.locator("svg text", has_text="disease").is_hidden()
    box.check()
    assert death.is_visible()


@browsed
def test_a_row_is_hidden_with_all_its_marks(opened):
    scene = timeline_figure([exact()])
    number = [row.name for row in scene.rows].index("RECIST 1.1")
    page = opened(render(scene)).page
    page.locator(f'input[data-of="{number}"]').uncheck()
    visible = page.locator(f'.mark[data-row="{number}"]:visible')
    assert visible.count() == 0
    assert page.locator(".item:visible").count() < len(data_items(scene))


@browsed
def test_zoom_by_button_key_and_wheel_and_back_to_the_whole(opened):
    page = opened(render(timeline_figure([exact()]))).page

    def wide():
        return page.evaluate("document.getElementById('figure').viewBox.baseVal.width")

    whole = wide()
    page.locator("#in").click()
    assert wide() == pytest.approx(whole / 1.5)
    page.keyboard.press("+")
    assert wide() == pytest.approx(whole / 2.25)
    page.locator("#whole").click()
    assert wide() == pytest.approx(whole)
    page.locator("#out").click()
    assert wide() == pytest.approx(whole)  # never smaller than the figure
    page.locator("#figure").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.wait_for_function(
        "document.getElementById('figure').viewBox.baseVal.width < " + str(whole)
    )
    assert wide() == pytest.approx(whole / 1.2)


@browsed
def test_a_zoomed_figure_is_dragged_and_stays_within_its_edges(opened):
    page = opened(render(timeline_figure([exact()]))).page

    def left():
        return page.evaluate("document.getElementById('figure').viewBox.baseVal.x")

    edge = left()
    page.locator("#in").click()
    box = page.locator("#figure").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = left()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=4)
    assert left() > before
    page.mouse.move(x + 5000, y, steps=4)
    page.mouse.up()
    assert left() == pytest.approx(edge)


@browsed
def test_print_shows_the_figure_and_no_tools(opened):
    page = opened(render(timeline_figure([exact()]))).page
    page.emulate_media(media="print")
    assert page.locator("#tools").is_hidden()
    assert page.locator("input:visible").count() == 0
    assert page.locator("#figure").is_visible()
    assert page.pdf()[:4] == b"%PDF"


@browsed
def test_without_a_script_it_is_a_figure_with_a_table(opened):
    scene = timeline_figure([exact()])
    page = opened(render(scene), java_script_enabled=False).page
    assert page.locator("#figure").is_visible()
    assert page.locator("#tools, input").filter(visible=True).count() == 0
    assert page.locator("tbody tr").count() == len(data_items(scene))
    assert page.locator("#legend svg").first.is_visible()


@browsed
@pytest.mark.parametrize("wide", [320, 768])
def test_a_narrow_window_scrolls_the_figure_and_not_the_page(opened, wide):
    view = {"width": wide, "height": 700}
    page = opened(render(timeline_figure([report("wang2023")])), viewport=view).page
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    card = page.locator(".item").last
    card.focus()
    box = page.locator("#card").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= wide + 1


@browsed
def test_the_words_of_the_page_are_those_of_the_scene(opened):
    """The text of the figure, read back from the browser, against the scene."""
    scene = timeline_figure([report("jin2025")])
    page = opened(render(scene)).page
    shown = page.locator("#figure text").all_text_contents()
    messages = [mark.text for mark in scene.marks if hasattr(mark, "text")]
    ticks = [tick.text for axis in scene.axes for tick in axis.ticks if tick.text]
    ticks += [text for axis in scene.axes for _, _, text in axis.captions]
    assert sorted(shown) == sorted([*messages, *ticks])


def test_a_style_is_named_on_every_mark_of_it():
    scene = timeline_figure([exact()])
    html = render(scene)
    named = set("|".join(re.findall(r'data-styles="([^"]*)"', html)).split("|"))
    assert set(scene.styles) <= named | {""}
    assert all(name in STYLES for name in named if name)


def test_a_mark_without_tooltip_is_drawn_without_a_label():
    scene = timeline_figure([exact()])
    example_ok = attrs.evolve(scene, marks=(*scene.marks, Marker(style="PD", at=737500, row=2)))
    assert render(example_ok).count('class="item"') == render(scene).count('class="item"')
    assert render(example_ok).count('class="mark"') == render(scene).count('class="mark"') + 1
