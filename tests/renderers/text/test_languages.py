"""A figure in other languages: no phrase is missing, none is there twice, nothing overlaps."""

from __future__ import annotations

import re
import string
from io import StringIO

import attrs
import pandas
import pytest
from babel.messages.pofile import read_po

import renderers.text.translation
import timeline as tl
from renderers import scene_of
from renderers.backends import html
from renderers.backends.explore.words import page_words
from renderers.backends.legend import legend
from renderers.forest.figure import forest
from renderers.languages import ENGLISH, FOLDER, LANGUAGES, Language, catalogue
from renderers.scene.journals import page_of
from renderers.scene.scene import Label
from renderers.scene.styles import STYLES
from renderers.state_diagram.figure import state_diagram
from renderers.state_diagram.path import path_of
from renderers.survival.figure import survival, survival_of
from renderers.swimmer.figure import swimmer
from renderers.swimmer.option_table import swimmer_options
from renderers.text.translation import both, current_language, either, translate, translate_count
from tests.code_texts import CODE
from tests.code_texts import texts as texts_of
from tests.renderers import measured
from tests.renderers.cohort import cohort
from tests.renderers.forest.test_forest import PLOT, RATES
from tests.renderers.overlap import faults
from tests.renderers.patients import exact, report, vague
from tests.renderers.phrases import phrases
from timeline.response.criteria import CRITERIA
from timeline.terminology.criteria import LABELS

OTHERS = [name for name in LANGUAGES if name != "en"]
AS_THEY_ARE = {
    "",
    *LABELS,  # the criteria's own words
}
READINGS = (exact, vague, lambda: report("wang2023"), lambda: report("jin2025"))


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@attrs.frozen
class Recorder(Language):
    """English, with the phrases that were looked up."""

    looked_up: set[str] = attrs.field(factory=set)

    def gettext(self, phrase):
        self.looked_up.add(phrase)
        return phrase

    def ngettext(self, singular, plural, number):
        self.looked_up.update((singular, plural))
        return super().ngettext(singular, plural, number)


def all_figures(language):
    """The machine of iRECIST with the path of a patient."""
    criterion = CRITERIA["irecist"]
    path = path_of(report("wang2023"), 4, criterion)
    return state_diagram(criterion, path, page_of("generic", language=language))


def survivals(language):
    """Curves with all that they may print, of exact and of vague times, and of two events."""
    times = [*range(1, 13)]
    events, arms = [n % 3 == 0 for n in times], ["A", "A", "B"] * 4
    on = page_of("generic", "single", language)
    rows = {"compare": ("log-rank", "hazard-ratio"), "landmarks": (6, 60), "band": True}
    yield survival_of(times, events, arms, on, quantiles=(25, 50), **rows)
    yield survival_of(times, events, arms, on, competing=[n % 3 == 1 for n in times], **rows)
    yield survival_of(times, events, arms, on, unit="days", landmarks=(6,), risk_rows=("at-risk",))
    yield survival_of([1, 2], [True, False], ["A", "B"], on, unit="years", **rows)
    vague = {"compare": ("log-rank",), "landmarks": (6, 19), "groups": list("AB") * 4}
    yield survival(cohort(8, vague=True), on, **vague)


@pytest.fixture(scope="module")
def looked_up():
    """Every phrase that the figures of the cases and their legends look up, in English."""
    recorder = Recorder("en", "English")
    renderers.text.translation.LANGUAGES["en"] = recorder
    try:
        for make in READINGS:
            for kind in ("timeline", "swimmer"):
                legend(scene_of([make()], kind))
        all_of_them = [make() for make in READINGS]
        legend(scene_of(all_of_them, "survival"))
        for kind in ("swimmer", "spider", "waterfall", "survival"):
            legend(scene_of(cohort(15), kind))
        for scene in survivals("en"):
            legend(scene)
        for option in ("colour=drug", "columns=line,regimen,start,stop,sex", "scans=changes",
                       "align=diagnosis", "unit=cycles", "leave-out=30/40"):  # fmt: skip
            options = [option, "cycle=21"] if option == "unit=cycles" else [option]
            try:
                legend(swimmer(all_of_them, page_of(), swimmer_options(options)))
            except ValueError:  # an option that these cases cannot meet
                continue
        for criterion in CRITERIA.values():
            legend(state_diagram(criterion))
        legend(all_figures("en"))
        for plot in (PLOT, RATES):
            legend(forest(plot))
        for parts in ("rows", "lanes", "columns"):
            page_words(parts)
        for kind in ("swimmer", "waterfall"):
            scene_of(cohort(15), kind, page_of().for_file("page.html"))
    finally:
        renderers.text.translation.LANGUAGES["en"] = ENGLISH
    return recorder.looked_up


@pytest.mark.parametrize("name", OTHERS)
def test_no_phrase_is_missing(name, looked_up):
    styled = {style.description for style in STYLES.values()} | {
        style.group for style in STYLES.values()
    }
    expected = (looked_up | styled) - AS_THEY_ARE
    assert sorted(expected - phrases(name).keys()) == []


@pytest.mark.parametrize("name", OTHERS)
def test_every_phrase_is_translated_with_the_same_placeholders(name):
    for message in catalogue(name):
        if not message.id:
            continue  # the header
        assert not message.fuzzy, message.id
        own = message.string if message.pluralizable else (message.string,)
        english = message.id[1] if message.pluralizable else message.id
        assert all(own), f"not translated: {english}"
        assert all(fields(form) == fields(english) for form in own), own


@pytest.mark.parametrize("name", OTHERS)
def test_a_catalogue_has_the_phrases_of_the_template_once_each(name):
    template = FOLDER / "messages.pot"
    files = [path.read_text(encoding="utf-8") for path in (template, FOLDER / f"{name}.po")]
    assert files[0].count("\nmsgid ") == files[1].count("\nmsgid ") == len(catalogue(name)) + 1
    with template.open("rb") as file:
        assert {message.id for message in read_po(file)} == {m.id for m in catalogue(name)}


@pytest.mark.parametrize("name", OTHERS)
def test_no_text_of_a_catalogue_is_without_its_phrase(name):
    """A text after an empty line is read as the end of the translation above it."""
    _, *parts = (FOLDER / f"{name}.po").read_text("utf-8").split("\n\n")
    assert [part for part in parts if part.startswith('"')] == []


def written():
    """Every string that the code and its tables hold, in lower case."""
    for path in (FOLDER.parents[1] / "timeline" / "data").glob("*.csv"):
        yield from path.read_text(encoding="utf-8").lower().replace("\n", ",").split(",")
    for path in CODE:
        yield from (text.lower() for _, text in texts_of(path))


def test_every_phrase_of_a_catalogue_is_in_the_code():
    """A phrase that no code holds was changed in the code alone, or its figure is gone."""
    code = set(written())
    assert [each for each in phrases("de") if each.lower() not in code] == []


@pytest.mark.parametrize(
    ("name", "none", "one", "two"),
    [
        pytest.param("en", "0 cycles", "1 cycle", "2 cycles", id="English"),
        pytest.param("de", "0 Zyklen", "1 Zyklus", "2 Zyklen", id="German"),
        pytest.param("fr", "0 cycle", "1 cycle", "2 cycles", id="French: zero is singular"),
        pytest.param("es", "0 ciclos", "1 ciclo", "2 ciclos", id="Spanish"),
    ],
)
def test_plural_forms(name, none, one, two):
    with current_language(name):
        counts = [translate_count("{number} cycle", "{number} cycles", n) for n in range(3)]
    assert counts == [none, one, two]


@pytest.mark.parametrize(
    ("join", "words", "joined"),
    [
        pytest.param(both, ("PFS", "iPFS"), "PFS e iPFS", id="y before i"),
        pytest.param(both, ("iPFS", "OS"), "iPFS y OS", id="y before o"),
        pytest.param(both, ("agua", "hielo"), "agua y hielo", id="y before a diphthong"),
        pytest.param(either, ("PFS", "iPFS", "OS"), "PFS, iPFS u OS", id="o before o"),
        pytest.param(either, ("7", "8"), "7 u 8", id="o before ocho"),
        pytest.param(either, ("iPR", "iSD"), "iPR o iSD", id="o before i"),
    ],
)
def test_conjunctions_before_their_own_sound(join, words, joined):
    """Diccionario panhispánico de dudas (2005), y 2 and o 2."""
    with current_language("es"):
        assert join(words) == joined


@pytest.mark.parametrize("name", OTHERS)
def test_a_state_diagram_is_in_the_language_of_its_page(name):
    scene, found = all_figures(name), phrases(name)
    texts = {mark.text for mark in scene.marks if isinstance(mark, Label)}
    assert {found[each][0] for each in ("Read in", "Goes to", "State after", "stays")} <= texts
    either_of = found["{first} or {last}"][0].format(first="iPR", last="iSD")
    assert any(text.startswith(either_of) for text in texts)
    assert not {"Read in", "Goes to", "State after", "stays", "any state", "as measured"} & texts
    caption = found["State machine of {criterion}{path}. Source: {source}."][0]
    assert scene.caption.startswith(caption.partition(" {")[0])


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("criterion", CRITERIA)
def test_nothing_overlaps_in_a_state_diagram(name, criterion):
    on = page_of(language=name)
    scenes = [state_diagram(CRITERIA[criterion], None, on)]
    scenes += [all_figures(name)] if criterion == "irecist" else []
    assert [fault for scene in scenes for fault in faults(scene, on)] == []


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_overlaps_in_curves(name):
    for scene in survivals(name):
        assert faults(scene, page_of("generic", "single", name)) == []


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


def test_a_figure_is_in_the_language_of_its_page_alone():
    german = scene_of([report("wang2023")], "swimmer", page_of(language="de"))
    assert "Linie 1" in texts(german)
    assert german.axes[0].title == "Monate seit erster Gabe der Linie"
    assert german.caption.startswith("Swimmer-Plot, 4 von 4 Therapielinien.")
    assert "1 Monat = 30,4375 Tage." in german.caption
    assert "iPR, iSD oder iCPD" in texts(german)
    assert "Behandlung" in texts(legend(german))
    assert "Linie 1" not in texts(scene_of([report("wang2023")], "swimmer", page_of()))
    assert translate("Months") == "Months", "English again after it"


def test_the_ends_of_a_cohort_are_counted_in_its_language():
    """Of 15 patients 2 are on treatment and 6 more are alive: 15 - 2 - 6 = 7 died."""
    alt = scene_of(cohort(15), "swimmer", page_of(language="de")).alt
    assert "Beim letzten Kontakt fortdauernd: 2 von 15; verstorben: 7." in alt


def test_words_of_the_report_are_printed_as_they_are():
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
        page_of(preset, language=language).house_style("8.4 (RECIST 1.1)")
        == f"{printed} (RECIST 1.1)"
    )


def test_the_page_names_the_language():
    german = scene_of([exact()], "timeline", page_of(language="de"))
    page = html.render(german, page_of(language="de"))
    assert '<html lang="de">' in page
    assert "Operation" in page


def test_words_in_a_row():
    with current_language("fr"):
        assert either(("PR", "SD", "PD")) == "PR, SD ou PD"
        assert either(("PR",)) == "PR"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match=r"unknown language: 'xx' \(known: en English, de"):
        page_of(language="xx")


# English words of a card that a catalogue translates; reasons of a status stay as derived.
_ENGLISH = re.compile(
    r"\b(scan|line|from|best response|sum|new lesion|baseline|death|known|last|measured|day|only)\b"
)
_SUMS = "id,day,sum,best,new\n1,-7,100,PR,no\n1,56,60,PR,no\n2,-3,80,PD,no\n2,50,100,PD,yes\n"


@pytest.mark.filterwarnings("ignore:data frame")
@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda page: scene_of(cohort(6), "spider", page), id="spider"),
        pytest.param(lambda page: scene_of(cohort(6), "waterfall", page), id="waterfall"),
        pytest.param(lambda page: scene_of([exact()], "swimmer", page), id="swimmer"),
        pytest.param(lambda page: scene_of([measured.patient("A", {"target": "PR"})], "swimmer",
                                           page), id="swimmer: a best response with a remark"),
        pytest.param(lambda page: _of_table("spider", page), id="spider of a table"),
        pytest.param(lambda page: _of_table("waterfall", page), id="waterfall of a table"),
    ],
)  # fmt: skip
def test_the_cards_of_marks_are_in_the_language_of_the_page(name, make):
    scene = make(page_of("generic", language=name))
    told = {mark.tooltip for mark in scene.marks if mark.tooltip}
    assert told
    assert [text for text in told if _ENGLISH.search(text)] == []


def _of_table(kind, page):
    plot = getattr(tl.plot, kind)(pandas.read_csv(StringIO(_SUMS)))
    return plot.scene(language=page.language)
