"""The page of a figure: its bytes, its escaping, and what is in it without a browser."""

import json
import re

import attrs
import pytest

from renderers.backends.explore.dark import GROUND, dimmed, on_dark
from renderers.backends.explore.panels import Cuts, bands_of, below_axis
from renderers.backends.explore.words import described_data
from renderers.backends.html import render, write
from renderers.backends.items import data_items
from renderers.scene.colours import BLACK, COMPLETE, PARTIAL, PROGRESSIVE, STABLE, luminance, tint
from renderers.scene.journals import page_of
from renderers.scene.palette import Palette
from renderers.scene.scene import Marker
from renderers.scene.styles import STYLES, named_bars
from renderers.survival.figure import survival
from renderers.swimmer.figure import swimmer
from renderers.text.translation import current_language
from renderers.timeline.figure import timeline_figure
from tests.renderers.cohort import cohort
from tests.renderers.patients import RENDERERS, case_of, exact, report, vague
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Biopsy, LastContact, Scan

HOSTILE = (
    '</script></title></style></noscript><img src=x onerror="window.hacked=1">{{7*7}}\' '
    "onfocus=alert(1) \u202etxet \u0645\u0631\u064a\u0636 \U0001f9ec " + "long" * 100
)
WRITTEN = HOSTILE.replace("\u202e", "\\u202e")
SCROLLED = page_of().for_file("page.html")


def hostile():
    case = case_of(
        HOSTILE,
        Biopsy(at="2020-01-05", what=HOSTILE, place=HOSTILE),
        Scan(at="2020-02-05", target="stable", new=f"other: {HOSTILE}"),
        LastContact(at="2020-08-01"),
    )
    return DerivedCase(case=case)


def data_of(html):
    return json.loads(re.search(r'id="scene">(.*?)</script>', html, re.DOTALL)[1])


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
    """The name of the SVG namespace is no address that is asked; hatches are in the page."""
    html = render(timeline_figure([report("wang2023")]))
    found = r"(?:src|href)=\"(?!data:,)|url\((?!#hatch-)|https?://(?!www\.w3\.org/)|@import"
    assert not re.findall(found, html)


@pytest.mark.parametrize("kind", RENDERERS)
def test_text_stays_text_and_every_item_is_drawn_and_listed(kind):
    scene = RENDERERS[kind]([vague()])
    html = render(scene)
    drawn = set(map(int, re.findall(r'class="item" data-item="(\d+)"', html)))
    assert drawn == set(range(len(data_items(scene))))
    assert len(data_of(html)["items"]) == html.count("</td></tr>") == len(drawn) > 0
    assert "penpulimab" in html
    assert scene.caption in html.replace("&#39;", "'")


def test_what_comes_from_a_file_is_escaped():
    html = render(timeline_figure([hostile()]))
    assert "<img" not in html
    assert html.count("</script>") == 2
    assert html.count("</noscript>") == 1
    assert "{{7*7}}" in html
    assert data_of(html)["name"] == f"timeline {WRITTEN}"
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)  # it would turn all that follows
    assert html.count("\\u202e") > 3


def test_a_style_is_named_on_every_mark_of_it():
    scene = timeline_figure([exact()])
    html = render(scene)
    named = set("|".join(re.findall(r'data-styles="([^"]*)"', html)).split("|"))
    assert set(scene.styles) <= named | {""}
    own = {row.name for row in scene.own}
    assert all(name in STYLES or name in own for name in named if name)


def test_a_mark_without_tooltip_is_drawn_and_no_item():
    scene = timeline_figure([exact()])
    more = attrs.evolve(scene, marks=(*scene.marks, Marker(style="PD", at=737500, row=2)))
    assert render(more).count('class="item"') == render(scene).count('class="item"')
    assert render(more).count('class="mark"') == render(scene).count('class="mark"') + 1


def test_lanes_of_a_page_that_scrolls_have_names_and_facts():
    """In print 72 lanes are thin and without names (more than 60); a page has room for them."""
    cases = cohort(12) * 6
    printed, scrolled = swimmer(cases, page_of()), swimmer(cases, SCROLLED)
    assert not any(row.facts for row in printed.rows)
    lanes = [row for row in scrolled.rows if row.facts]
    assert len(lanes) == 72
    texts = {mark.text for mark in scrolled.marks if hasattr(mark, "text")}
    assert {row.name for row in lanes} <= texts
    assert not {row.name for row in lanes} <= {m.text for m in printed.marks if hasattr(m, "text")}
    headings = [fact.heading for fact in lanes[0].facts]
    assert headings[:1] == ["Patient"]
    assert {"Best response", "Diagnosis", "Time on treatment", "Follow-up"} <= set(headings)


def test_the_bands_of_a_figure():
    """The axis and what is below it are the foot, what repeats above the lanes is the head."""
    scene = swimmer(cohort(12), SCROLLED)
    found = {name: [scene.rows[n].name for n in rows] for name, rows in bands_of(scene).items()}
    assert found["head"] == ["head"]
    assert found["foot"] == ["axis"]
    assert len([name for name in found["body"] if name.isdigit()]) == 12
    cuts = Cuts.of(scene)
    assert cuts.left < scene.frame.left < scene.frame.right < cuts.right < scene.width


GREYS = ("#1A1A1A", "#5F5F5F", "#D9D9D9", "#EDEDED", "#FFFFFF")
HUES = (COMPLETE, PARTIAL, STABLE, PROGRESSIVE, *(
    style.fill for style in named_bars(
        ("doxorubicin", "pazopanib", "eribulin", "trabectedin", "anlotinib", "Arm A"), Palette()
    ).values()))  # fmt: skip


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_on_a_dark_ground():
    """WCAG 2.1: text 4.5 to 1, graphics 3 to 1; darker greys become lighter ones, in order."""
    assert contrast(on_dark(BLACK), GROUND) >= 4.5
    assert min(contrast(on_dark(hue), GROUND) for hue in HUES) >= 3.0
    dark = [luminance(on_dark(grey)) for grey in GREYS]
    assert dark == sorted(dark, reverse=True)
    assert on_dark(STABLE) == STABLE  # light enough: it stays
    pale = [dimmed(tint(hue, 0.2)) for hue in HUES]  # an area behind text and curves
    assert min(contrast(on_dark(BLACK), each) for each in pale) >= 4.5


def test_tables_below_the_axis_scroll_and_the_axis_stays():
    """The rows of numbers at risk, and no row of a figure that ends with its axes."""
    scene = survival(cohort(6), endpoints=("PFS", "OS"))
    tables = sum(row.height for row in scene.rows if row.name.startswith("at risk"))
    assert below_axis(scene) == pytest.approx(tables)
    assert f".foot{{bottom:calc(var(--mm)*-{tables:g})}}" in render(scene)
    timed = timeline_figure([exact()])
    assert below_axis(timed) == 0
    assert ".foot{bottom" not in render(timed)


def table_of(html):
    """The heads and the cells of the second column of the table."""
    heads = re.findall(r"<th [^>]*>(.*?)</th>", html)
    rows = re.findall(r"<tr[^>]*>\s*<td[^>]*>.*?</td>\s*<td[^>]*>(.*?)</td>", html, re.DOTALL)
    return heads, rows


@pytest.mark.parametrize(
    ("language", "heads", "sign"),
    [
        ("en", ["Row", "Sign", "At", "From", "To", "Unit", "Derivation", "Source or rule"], "scan"),
        ("de", ["Zeile", "Zeichen", "Zeitpunkt", "Von", "Bis", "Einheit", "Herleitung",
                "Quelle oder Regel"], "Bildgebung"),
    ],
)  # fmt: skip
def test_the_table_of_a_page_is_in_its_language(language, heads, sign):
    on = attrs.evolve(SCROLLED, language=language)
    found, signs = table_of(render(timeline_figure([exact()], on), on))
    assert found == heads
    assert any(each.startswith(sign) for each in signs), signs


def test_a_name_that_is_also_a_word_is_not_translated():
    """An arm with the name of a sign keeps it; the sign of a figure without that arm is German."""
    scene = timeline_figure([exact()])
    named = attrs.evolve(scene, own=(*scene.own, *named_bars(["death"], Palette()).values()))
    with current_language("de"):
        found = [{row[1][0] for row in described_data(each)} for each in (scene, named)]
    assert ["death" in signs for signs in found] == [False, True]
