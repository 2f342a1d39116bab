"""A figure in other languages: no phrase lacks, none is told twice, layouts hold, English stays."""

from __future__ import annotations

import string

import attrs
import pytest

import renderers.text.translation
from renderers import scene_of
from renderers.backends import html
from renderers.backends.legend import legend
from renderers.languages import ENGLISH, LANGUAGES
from renderers.scene.journals import page_of
from renderers.scene.scene import Label
from renderers.scene.styles import STYLES
from renderers.swimmer.figure import swimmer
from renderers.swimmer.option_table import swimmer_options
from renderers.text.translation import current_language, either, translate
from tests.renderers.cohort import cohort
from tests.renderers.overlap import faults
from tests.renderers.patients import exact, report, vague
from timeline.terminology.criteria import LABELS

OTHERS = [name for name in LANGUAGES if name != "en"]
AS_THEY_ARE = {
    "",
    *LABELS,  # the criteria's own words
}
MACHINE = {style.description for style in STYLES.values() if style.group in ("Machine", "Path")}
READINGS = (exact, vague, lambda: report("wang2023"), lambda: report("jin2025"))


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


class Heard(dict):
    """Phrases that are asked for."""

    def __init__(self):
        self.asked = set()

    def get(self, key, other=None):
        self.asked.add(key)
        return other


@pytest.fixture(scope="module")
def heard():
    """Every phrase that the figures of the cases and their legends ask for, in English."""
    listening = attrs.evolve(ENGLISH, phrases=Heard())
    before = renderers.text.translation.LANGUAGES["en"]
    renderers.text.translation.LANGUAGES["en"] = listening
    try:
        for make in READINGS:
            for kind in ("timeline", "swimmer"):
                legend(scene_of([make()], kind))
        all_of_them = [make() for make in READINGS]
        legend(scene_of(all_of_them, "survival"))
        for kind in ("swimmer", "spider", "waterfall", "survival"):
            legend(scene_of(cohort(15), kind))
        for asked in ("colour=drug", "columns=line,regimen,start,stop,sex", "scans=changes",
                      "align=diagnosis", "unit=cycles", "leave-out=30/40"):  # fmt: skip
            wishes = [asked, "cycle=21"] if asked == "unit=cycles" else [asked]
            try:
                legend(swimmer(all_of_them, page_of(), swimmer_options(wishes)))
            except ValueError:  # a wish that these cases cannot meet
                continue
    finally:
        renderers.text.translation.LANGUAGES["en"] = before
    return listening.phrases.asked


@pytest.mark.parametrize("name", OTHERS)
def test_no_phrase_lacks(name, heard):
    styled = {style.description for style in STYLES.values()} | {
        style.group for style in STYLES.values()
    }
    wanted = (heard | styled) - AS_THEY_ARE - MACHINE - {"Machine", "Path"}
    assert sorted(wanted - set(LANGUAGES[name].phrases)) == []


@pytest.mark.parametrize("name", OTHERS)
def test_a_phrase_fills_in_what_the_english_one_does(name):
    odd = [e for e, own in LANGUAGES[name].phrases.items() if fields(e) != fields(own)]
    assert odd == []


def test_every_language_has_the_same_phrases():
    first, *others = (set(LANGUAGES[name].phrases) for name in OTHERS)
    assert all(other == first for other in others)


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("column", ["single", "double"])
def test_nothing_overlaps_in_any_language(name, column):
    on = page_of("generic", column, name)
    for make in READINGS:
        for kind in ("timeline", "swimmer"):
            assert faults(scene_of([make()], kind, on), on) == []
    assert faults(scene_of([make() for make in READINGS], "survival", on), on) == []


def texts(scene):
    return [mark.text for mark in scene.marks if isinstance(mark, Label)]


def test_a_figure_speaks_the_language_of_its_paper_alone():
    german = scene_of([report("wang2023")], "swimmer", page_of(language="de"))
    assert "Linie 1" in texts(german)
    assert german.axes[0].title == "Monate seit Beginn der Linie"
    assert german.caption.startswith("Swimmer-Plot von 4 von 4 Bahnen, eine je Linie.")
    assert "Ein Monat hat 30,4375 Tage." in german.caption
    assert "iPR, iSD oder iCPD" in texts(german)
    assert "Behandlung" in texts(legend(german))
    assert "Linie 1" not in texts(scene_of([report("wang2023")], "swimmer", page_of()))
    assert translate("Months") == "Months", "English again after it"


def test_the_ends_of_a_cohort_are_told_in_its_language():
    """Of 15 patients the alternative text counts how they end, in the words of the legend."""
    told = scene_of(cohort(15), "swimmer", page_of(language="de")).alt
    assert "2 beim letzten Kontakt unter Behandlung" in told
    assert "6 beim letzten Kontakt am Leben, zensiert" in told


def test_what_the_report_says_stands_as_it_is():
    english = scene_of([report("wang2023")], "timeline", page_of())
    spanish = scene_of([report("wang2023")], "timeline", page_of(language="es"))
    said = "2021-05 lasting sharp epigastric pain"
    assert said in texts(english)
    assert said in texts(spanish)


@pytest.mark.parametrize(
    ("preset", "language", "printed"),
    [
        pytest.param("generic", "en", "8.4", id="English"),
        pytest.param("generic", "de", "8,4", id="German"),
        pytest.param("lancet", "de", "8·4", id="a journal's own point stays"),
    ],
)
def test_decimal_points(preset, language, printed):
    assert (
        page_of(preset, language=language).pointed("8.4 (RECIST 1.1)") == f"{printed} (RECIST 1.1)"
    )


def test_the_page_names_the_language():
    german = scene_of([exact()], "timeline", page_of(language="de"))
    page = html.render(german, page_of(language="de"))
    assert '<div id="window" lang="de">' in page
    assert "Operation" in page


def test_words_in_a_row():
    with current_language("fr"):
        assert either(("PR", "SD", "PD")) == "PR, SD ou PD"
        assert either(("PR",)) == "PR"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match=r"unknown language: 'xx' \(known: en English, de"):
        page_of(language="xx")
