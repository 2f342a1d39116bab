"""The page in Chromium: it is zoomed, sorted, filtered, pointed at, saved and printed."""

import functools
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from renderers.backends.html import render
from renderers.backends.items import data_items
from renderers.backends.sidecars import as_csv
from renderers.response.best_change import WaterfallBar
from renderers.response.colouring import BY_BEST
from renderers.response.spider import spider
from renderers.response.subjects import Subjects
from renderers.response.waterfall import lay_out_waterfall
from renderers.survival.figure import survival_of
from renderers.swimmer.figure import swimmer
from renderers.swimmer.options import SwimmerOptions
from renderers.timeline.figure import timeline_figure
from tests.renderers.backends.browser import (
    LANES,
    MARKERS,
    TICKS,
    browsed,
    days_of_markers,
    redrawn,
    until,
)
from tests.renderers.backends.test_html import HOSTILE, SCROLLED, hostile
from tests.renderers.cohort import cohort
from tests.renderers.patients import exact, report
from timeline.core.span import Span

pytestmark = browsed
MONTH = 30.4375  # days
BARS = ((300, "PD"), (200, "PD"), (150, "PD"), (10, "SD"), (-10, "SD"), (-40, "PR"), (-60, "PR"),
        (-100, "CR"))  # fmt: skip
TALL = {"width": 1280, "height": 700}


@functools.cache
def lanes_html():
    scene = swimmer(cohort(12), SCROLLED, SwimmerOptions(colour="drug"))
    return scene, render(scene, SCROLLED)


@functools.cache
def sections_html():
    return render(timeline_figure([report("wang2023")]))


def lanes_page(opened, **options):
    scene, html = lanes_html()
    return scene, opened(html, viewport=TALL, **options)


def menu(page, name):
    page.locator("summary", has_text=name).click()


def shown_lanes(page):
    return [name for name, _, _ in page.evaluate(LANES)]


def check_markers_are_on_their_days(scene, page):
    """Read each marker off the axis, as with a ruler: a pixel is about a day."""
    found = days_of_markers(page, MONTH)
    exact_days = {n: item.low for n, item in enumerate(data_items(scene))
                  if item.low is not None and item.low == item.high}  # fmt: skip
    both = exact_days.keys() & found.keys()
    assert len(both) > 10
    for item in both:
        assert min(abs(day - exact_days[item]) for day in found[item]) < 1.5


def test_time_is_zoomed_with_new_ticks_and_names_and_axis_stay(opened):
    scene, page = lanes_page(opened)
    check_markers_are_on_their_days(scene, page)
    before = [n for n, _ in page.evaluate(TICKS)]
    assert before[:3] == [0, 3, 6]
    names = page.locator(".body.left").bounding_box()["x"]
    for _ in range(4):
        page.locator("#zoom-in").click()  # 1.5 ** 4 = 5.06 times
    page.evaluate("document.getElementById('window').scrollTop = 200")
    until(page, "document.querySelector('#plot').classList.contains('on-top')")
    ticks = page.evaluate(TICKS)
    assert [b - a for (a, _), (b, _) in pairwise(ticks)] == [1] * (len(ticks) - 1)
    check_markers_are_on_their_days(scene, page)
    assert page.locator(".body.left").bounding_box()["x"] == pytest.approx(names, abs=1)
    window, axis = (page.locator(each).bounding_box() for each in ("#window", ".foot.time"))
    assert axis["y"] + axis["height"] <= window["y"] + window["height"] + 1
    assert page.locator("#state").inner_text().startswith("Months since first dose: ")
    for _ in range(5):
        page.locator("#zoom-in").click()
    until(page, "document.querySelector('.foot .drawn').textContent.includes('Days since')")
    page.locator("#whole").click()
    assert [n for n, _ in page.evaluate(TICKS)] == before


def test_time_that_is_left_out_stays_left_out(opened):
    """Exact patient: PR on day 60 (2.0 months), PD on day 152 (5.0); months 3 to 4 are cut."""
    options = SwimmerOptions(breaks=((3.0, 4.0),))
    scene = swimmer([exact()], SCROLLED, options)
    page = opened(render(scene, SCROLLED), viewport=TALL)
    for zoomed in (False, True):
        if zoomed:
            page.locator("#zoom-in").click()
            page.evaluate("document.getElementById('window').scrollLeft = 0")
            redrawn(page)
        ticks = dict(page.evaluate(TICKS))
        places = [x for _, x in page.evaluate(MARKERS)]
        month = (ticks[3] - ticks[0]) / 3
        for day, near in ((60, 0), (152, 6)):
            expected = ticks[near] + (day / MONTH - near) * month
            assert min(abs(x - expected) for x in places) < 1.5
        assert ticks[6] - ticks[0] < 5.6 * month  # six months, less the one that is cut


def test_keys_follow_one_patient_of_a_plot(opened):
    """Left and right stay with a curve, up and down go to that of the next patient."""
    page = opened(render(spider(cohort(6), SCROLLED), SCROLLED))
    page.locator("#theme").focus()
    page.keyboard.press("Tab")
    said = [page.locator("#said").inner_text()]
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
        said.append(page.locator("#said").inner_text())
    assert [text[:2] for text in said] == ["01", "01", "01", "02", "02"]


def test_a_drag_over_the_axis_chooses_the_time_between(opened):
    """From the tick 6 to the tick 12: these two become the ends of what is in sight."""
    _, page = lanes_page(opened)
    place = dict(page.evaluate(TICKS))
    y = page.locator(".foot.time").bounding_box()["y"] + 12
    page.mouse.move(place[6], y)
    page.mouse.down()
    page.mouse.move(place[12], y, steps=4)
    assert page.locator("#brush").is_visible()
    page.mouse.up()
    redrawn(page)
    ticks = [n for n, _ in page.evaluate(TICKS)]
    assert (ticks[0], ticks[-1]) in {(6, 12), (6, 11), (7, 12), (7, 11)}
    assert page.locator("#card").is_hidden()


def test_lanes_are_sorted_grouped_and_filtered_without_holes(opened):
    scene, page = lanes_page(opened)
    printed = shown_lanes(page)
    facts = {row.name: {f.heading: f for f in row.facts} for row in scene.rows if row.facts}
    page.select_option("#order", label="Patient")
    assert shown_lanes(page) == sorted(printed)
    page.select_option("#order", label="Patient, reversed")
    assert shown_lanes(page) == sorted(printed, reverse=True)
    page.select_option("#group", label="Best response")
    best = [facts[name]["Best response"].text for name in shown_lanes(page)]
    assert best == [text for text in dict.fromkeys(best) for _ in range(best.count(text))]
    titles = page.locator(".title").all_text_contents()
    assert titles == [f"{text}, n = {best.count(text)}" for text in dict.fromkeys(best)]
    assert best[0] in ("CR", "PR")  # clinical order
    check_markers_are_on_their_days(scene, page)
    page.select_option("#group", label="none")
    page.select_option("#order", label="as in the figure")
    menu(page, "Lanes")
    page.locator("[data-none=lane]").click()
    assert shown_lanes(page) == []
    numbers = [n for n, row in enumerate(scene.rows) if row.facts][3:9:2]
    for number in numbers:
        page.locator(f'[data-lane="{number}"]').check()
    assert shown_lanes(page) == [scene.rows[n].name for n in numbers]
    tops = page.evaluate(LANES)
    for (_, top, height), (_, below, _) in pairwise(tops):
        assert below == pytest.approx(top + height, abs=0.6)
    assert page.locator("#state").inner_text() == "3 of 12 lanes shown"
    listed = {row.split("\t")[0] for row in page.locator("#rows tbody tr").all_inner_texts()}
    assert listed == {scene.rows[n].name for n in numbers}
    page.locator("[data-all=lane]").click()
    assert shown_lanes(page) == printed
    page.locator("#search").fill(printed[4])
    assert printed[4] in shown_lanes(page)
    assert len(shown_lanes(page)) < len(printed)


# The middle of the bar of each column in sight, its number and the middles of its texts.
COLUMNS = """() => {
  const middle = node => {
    const { x, width } = node.getBoundingClientRect();
    return x + width / 2;
  };
  const texts = column => document.querySelectorAll(
    `g[data-column="${column}"]:not(.item):not(.off) text`);
  return [...document.querySelectorAll('.item[data-column]:not(.off)')]
    .map(({ dataset: { column }, firstChild }) =>
      [middle(firstChild), Number(column), [...texts(column)].map(middle)])
    .sort((a, b) => a[0] - b[0]);
}"""
# Texts above the plot and lines from them, as boxes: left, top, right, bottom.
ABOVE = """() => [...document.querySelectorAll('[data-row="0"] g[data-column]:not(.off)')]
  .filter(each => each.querySelector('text, [data-styles="leader"]'))
  .map(each => each.getBoundingClientRect())
  .map(({ left, top, right, bottom }) => [left, top, right, bottom])"""


@functools.cache
def bars_html():
    """Eight patients, those of an even number of arm B; three bars are longer than the axis."""
    bars = [
        WaterfallBar(
            name=f"P{n}", criterion="RECIST 1.1", change=Span.point(change), labels=(best,),
            has_new=False, tooltip=f"P{n}: {change} %", category=f"best {best}",
            characteristics=(("arm", "BA"[n % 2]),),
        )
        for n, (change, best) in enumerate(BARS)
    ]  # fmt: skip
    subjects = Subjects(given=len(bars), excluded={}, since="")
    scene = lay_out_waterfall(bars, subjects, SCROLLED, BY_BEST)
    return scene, render(scene, SCROLLED)


def test_bars_are_sorted_grouped_and_filtered_without_holes(opened):
    """Printed worst first: P0 to P7. Odd numbers are of arm A, even ones of arm B."""
    _, html = bars_html()
    page = opened(html, viewport=TALL)

    def shown():
        return [column for _, column, _ in page.evaluate(COLUMNS)]

    printed = page.evaluate(COLUMNS)
    pitch = printed[1][0] - printed[0][0]
    assert shown() == [*range(8)]
    page.select_option("#order", label="Best change")
    assert shown() == [*reversed(range(8))]
    page.select_option("#order", label="Best response")  # CR, PR, SD, PD: in clinical order
    assert [BARS[n][1] for n in shown()] == ["CR", "PR", "PR", "SD", "SD", "PD", "PD", "PD"]
    page.select_option("#order", label="as in the figure")
    page.select_option("#group", label="arm")
    assert shown() == [1, 3, 5, 7, 0, 2, 4, 6]
    assert page.locator("text.title").all_text_contents() == ["A, n = 4", "B, n = 4"]
    for n, (x, _, texts) in enumerate(page.evaluate(COLUMNS)):
        assert x == pytest.approx(printed[0][0] + n * pitch, abs=0.6)
        assert sum(abs(middle - x) < 1 for middle in texts) == 2  # its name and its response
    above = page.evaluate(ABOVE)
    assert len(above) == 5  # three values, the lines from two of them
    for a, b in combinations(above, 2):
        assert a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
    menu(page, "Patients")
    page.locator("[data-none=lane]").click()
    assert shown() == []
    for number in (7, 2, 4):
        page.locator(f'[data-lane="{number}"]').check()
    assert shown() == [7, 2, 4]
    assert [x for x, _, _ in page.evaluate(COLUMNS)] == pytest.approx(
        [x for x, _, _ in printed[:3]], abs=0.6
    )
    assert page.locator("#state").inner_text() == "3 of 8 patients shown"
    assert page.locator("#rows tbody tr").count() == 3
    page.locator("#theme").focus()
    page.keyboard.press("Tab")
    said = [page.locator("#said").inner_text()[:2]]
    page.keyboard.press("ArrowRight")
    said.append(page.locator("#said").inner_text()[:2])
    assert said == ["P7", "P2"]
    page.locator("[data-all=lane]").click()
    page.select_option("#group", label="none")
    assert page.evaluate(COLUMNS) == printed


def test_a_style_and_a_section_are_hidden_and_shown_again(opened):
    scene = timeline_figure([exact()])
    page = opened(render(scene))
    box = page.locator('input[data-style="death"]')
    drawn = page.locator('.panel .mark[data-styles="death"]:visible')
    assert drawn.count() > 0
    box.uncheck()
    assert drawn.count() == 0
    assert page.locator(".body text:visible", has_text="disease").count() == 0
    assert page.locator("#rows tr", has_text="Death").count() == 0
    box.check()
    assert drawn.count() > 0
    number = [row.name for row in scene.rows].index("RECIST 1.1")
    height = "document.querySelector('.body.time').viewBox.baseVal.height"
    before = page.evaluate(height)
    menu(page, "Rows")
    page.locator(f'[data-lane="{number}"]').uncheck()
    assert page.locator(f'.row[data-row="{number}"]:visible').count() == 0
    assert page.evaluate(height) == pytest.approx(before - scene.rows[number].height, abs=0.01)


def test_numbers_that_are_printed_as_text_stay_in_the_table_and_have_no_mark(opened):
    scene = survival_of([1, 2, 3, 4, 5, 6], [True, True, False] * 2, [*"AABABB"],
                        compare=("hazard-ratio",))  # fmt: skip
    page = opened(render(scene), viewport=TALL)
    rows = page.locator("#rows tbody tr")
    assert rows.count() == len(data_items(scene)) + len(scene.printed)
    page.locator('input[data-style="censored time"]').uncheck()
    ticks = sum(item.styles == ("censored time",) for item in data_items(scene))
    assert ticks == 2
    assert rows.count() == len(data_items(scene)) + len(scene.printed) - ticks
    page.locator("#rows tr", has_text="Hazard ratio").click()
    assert page.locator("#said").inner_text()
    assert page.locator("#rows tr[aria-selected=true]").count() == 0


def test_keys_move_from_lane_to_event_and_open_a_card(opened):
    """One stop of the tab key; the card says who, what and when."""
    scene, page = lanes_page(opened)
    stops = "#plot a, #plot button, #plot input, #plot [tabindex='0']"
    assert page.locator(stops).count() == 0
    page.locator("#theme").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "plot"
    said = page.locator("#said")
    lanes = [row.name for row in scene.rows if row.facts]
    assert said.inner_text() == lanes[0]
    page.keyboard.press("ArrowDown")
    assert said.inner_text() == lanes[1]
    page.keyboard.press("ArrowRight")
    assert said.inner_text().startswith(f"{lanes[1]}, ")
    assert page.locator("#plot").get_attribute("aria-activedescendant") == "chosen-mark"
    assert page.locator("#chosen-mark").get_attribute("aria-label") == said.inner_text()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "card"
    terms = page.locator("#card dt").all_inner_texts()
    assert {"Lane", "Months since first dose", "Days", "Best response"} <= set(terms)
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert page.evaluate("document.activeElement.id") == "plot"
    page.locator(".body.left .row").nth(3).click()
    assert page.locator("#card h3").inner_text() == lanes[3]
    assert "Drug" in page.locator("#card dt").all_inner_texts()


def test_marks_and_rows_of_the_table_are_linked_and_ticks_go_down_to_days(opened):
    page = opened(sections_html(), viewport=TALL)
    page.locator('.mark[data-styles*="PD"]:visible').nth(1).click()
    card = page.locator("#card")
    assert "PD" in card.inner_text()
    chosen = page.locator("#rows tr[aria-selected=true]")
    assert chosen.count() == 1
    source = chosen.locator("td").last.inner_text()
    assert source
    assert card.locator("dd").last.inner_text() == source
    card.locator("button").first.click()  # to the row of the table
    assert page.evaluate("document.activeElement.id") == "rows"
    page.locator("#rows tr", has_text="Diagnosis").first.click()
    assert "iagnosis" in page.locator("#chosen-mark").get_attribute("aria-label")
    page.locator("#theme").focus()
    text = "document.querySelector('.foot.time .drawn').textContent"
    seen = []
    for _ in range(9):
        page.locator("#zoom-in").click()
        until(page, text)
        seen.append(page.evaluate(text))
    assert any("Feb" in each and "Mar" in each for each in seen[:4])  # each month
    assert "15" in seen[-1]  # days
    assert any(year in seen[-1] for year in ("2019", "2020", "2021"))  # the month with its year


def saved(page, kind):
    with page.expect_download() as found:
        page.locator(f"#save-{kind}").click()
    return found.value


def test_files_hold_what_is_shown(opened, tmp_path):
    scene, page = lanes_page(opened)
    menu(page, "Lanes")
    lanes = [n for n, row in enumerate(scene.rows) if row.facts]
    page.locator(f'[data-lane="{lanes[0]}"]').uncheck()
    menu(page, "Download")
    csv = saved(page, "csv")
    assert csv.path().read_text() == as_csv(
        scene
    )  # all of the data, as in the file beside a figure
    assert csv.suggested_filename.endswith(".csv")
    svg = ElementTree.fromstring(  # noqa: S314 - written here
        saved(page, "svg").path().read_text()
    )
    space = "{http://www.w3.org/2000/svg}"
    assert svg.get("role") == "img"
    assert svg.findtext(f"{space}title") == scene.name
    assert svg.findtext(f"{space}desc") == scene.alt
    words = {text.text for text in svg.iter(f"{space}text")}
    assert scene.rows[lanes[1]].name in words
    assert scene.rows[lanes[0]].name not in words
    assert "Months since first dose" in words
    assert saved(page, "png").path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_dark_ground_and_print_which_is_white_and_resets_zoom_and_filters(opened):
    """Ink of the texts and ground: GROUND of the dark colours, black (1A) and white in print."""
    scene, page = lanes_page(opened, color_scheme="dark")
    colours = (
        "[getComputedStyle(document.body).backgroundColor,"
        " getComputedStyle(document.querySelector('.body text')).fill]"
    )
    dark, light = (
        ["rgb(22, 24, 27)", "rgb(214, 214, 214)"],
        ["rgb(255, 255, 255)", "rgb(26, 26, 26)"],
    )
    assert page.evaluate(colours) == dark  # as the system asks
    page.locator("#theme").click()
    assert page.evaluate(colours) == light
    page.locator("#theme").click()
    assert page.evaluate(colours) == dark
    page.locator("#zoom-in").click()
    menu(page, "Lanes")
    page.locator("[data-lane]").first.uncheck()
    page.emulate_media(media="print")
    assert page.evaluate(colours) == light
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(shown_lanes(page)) == 12
    assert page.locator("#tools").is_hidden()
    assert page.locator("input:visible").count() == 0
    box = page.locator(".body.time").evaluate("svg => svg.viewBox.baseVal.width")
    assert box == pytest.approx(scene.width, rel=0.5)
    assert page.locator(".foot .axis text:visible").count() > 3
    assert page.pdf()[:4] == b"%PDF"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(shown_lanes(page)) == 11


def test_without_a_script_it_is_a_figure_with_a_table(opened):
    scene = timeline_figure([exact()])
    page = opened(render(scene), java_script_enabled=False)
    assert page.locator(".body.time").is_visible()
    assert page.locator("#tools, input").filter(visible=True).count() == 0
    assert page.locator("tbody tr").count() == len(data_items(scene))
    assert page.locator("#legend svg").first.is_visible()


@pytest.mark.parametrize("wide", [320, 768])
def test_a_narrow_window_scrolls_the_figure_and_a_touch_opens_a_card(opened, wide):
    view = {"width": wide, "height": 700}
    page = opened(sections_html(), viewport=view, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    size = page.evaluate("document.querySelector('.body.time text').getBoundingClientRect().height")
    assert size > 9  # text stays readable: it is scrolled, not shrunk
    page.locator(".body.time .item").nth(2).tap()
    box = page.locator("#card").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= wide + 1


def test_a_hostile_name_stays_text(opened):
    page = opened(render(timeline_figure([hostile()])))
    page.locator(".body.time .row .item").first.click()
    assert HOSTILE[:40] in page.locator("#card").inner_text()
    assert page.locator("img").count() == 0
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_words_of_the_page_are_those_of_the_scene(opened):
    """The text of the figure, read back from the browser, against the scene."""
    scene = timeline_figure([report("jin2025")])
    page = opened(render(scene), viewport={"width": 1400, "height": 900})
    shown = page.locator(".panel text").all_text_contents()
    messages = [mark.text for mark in scene.marks if hasattr(mark, "text")]
    ticks = [tick.text for axis in scene.axes for tick in axis.ticks if tick.text]
    ticks += [text for axis in scene.axes for _, _, text in axis.captions]
    titles = [axis.title for axis in scene.axes if axis.title]
    assert sorted(shown) == sorted([*messages, *ticks, *titles])
