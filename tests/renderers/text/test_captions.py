"""Captions and alternative texts as a journal prints them: numbers, conventions, abbreviations."""

from __future__ import annotations

import re

import polars
import pytest

import timeline as tl
from renderers.languages import LANGUAGES
from renderers.scene.marks import RangeMark
from renderers.scene.scene import Bar
from renderers.text.abbreviations import expansion
from renderers.text.sentences import LONGEST_ALT, within
from renderers.text.translation import current_language
from tests.renderers.cohort import cohort
from tests.renderers.patients import exact, report, vague

# One lane a patient: A has PR, then dies; B has CR, and is on treatment; C dies. Two of three died.
LANES = polars.DataFrame(
    {"id": list("ABC"), "start": [0, 0, 0], "end": [9, 12, 4], "state": ["x", "y", "x"],
     "ongoing": ["no", "yes", "no"]}
)  # fmt: skip
EVENTS = polars.DataFrame(
    {"id": ["A", "A", "B", "B", "C"], "time": [2, 9, 2, 4, 4],
     "event": ["PR", "death", "PR", "CR", "death"]}
)  # fmt: skip


def _table(**options):
    return tl.plot.swimmer(LANES, events=EVENTS, unit="months", **options)


def _times():
    return tl.plot.survival(
        polars.DataFrame({"time": [2, 4, 6], "event": [1, 1, 0]}), unit="months"
    )


FIGURES = {
    "a timeline": lambda: tl.plot.timeline(exact()),
    "lines of a patient": lambda: tl.plot.swimmer(vague()),
    "a swimmer of few, vague": lambda: tl.plot.swimmer(cohort(4, vague=True)),
    "a swimmer of many": lambda: tl.plot.swimmer(cohort(13)),
    "a swimmer of a table": _table,
    "a spider": lambda: tl.plot.spider(cohort(6)),
    "a waterfall": lambda: tl.plot.waterfall(cohort(6)),
    "survival": lambda: tl.plot.survival(cohort(6), endpoint=["PFS", "OS"]),
    "a path": lambda: tl.plot.state_diagram("iRECIST", report("wang2023"), line=4),
}
# What a program says and a journal does not: values of Python, names of options and fields,
# names of sources that the program has for itself, empty parts of a sentence.
PROGRAM_WORDS = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|\bnan\b|\binf\b|[a-z]_[a-z]|--|\bE09\b|\bS17\b|\{|\}|\(\)|"
    r" [,;:.](?!\.)(?! )|;;|,,|  |\.\.|: \.|interval of the table|data frame"
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_captions_and_alternative_texts_are_those_of_a_journal(name, language):
    scene = FIGURES[name]().scene(language=language)
    for text in (scene.caption, scene.alt):
        plain = text.replace(" : ", ": ").replace(" ; ", "; ")  # French spaces signs
        assert not (found := PROGRAM_WORDS.search(plain)), plain[max(0, found.start() - 30) :]
        assert text.endswith(".")
        assert text == text.strip()
    assert 40 < len(scene.alt) <= LONGEST_ALT
    sentences = scene.caption.split(". ")
    assert len(sentences) == len(set(sentences)), "a sentence twice"


SENTENCES = [  # figure, what its caption or alternative text states, and why it has to
    pytest.param(_table, "caption", "Swimmer plot of 3 of 3 patients.", id="n drawn of n"),
    pytest.param(_table, "caption", "Ongoing at last contact: 1 of 3; died: 2.",
                 id="B goes on; A and C died"),
    pytest.param(lambda: _table(cut_off="2024-01-31"), "caption", "Data cut-off: 2024-01-31.",
                 id="the cut-off"),
    pytest.param(lambda: _table(cut_off="2024-01-31"), "caption",
                 "Ongoing at data cut-off: 1 of 3; died: 2.", id="at the cut-off"),
    pytest.param(_table, "caption", "No data cut-off is stated; arrows mark what was ongoing at "
                 "the last contact.", id="no cut-off: what an arrow is"),
    pytest.param(_table, "caption", "Abbreviations: CR, complete response; PR, partial response.",
                 id="the two that are printed, and no other"),
    pytest.param(_table, "alt", "Horizontal axis: Months, 0 to 12.", id="what is on the axis"),
    pytest.param(_table, "alt", "Number of patients with each event: CR 1, PR 2, death 2.",
                 id="patients, not events, in clinical order"),
    pytest.param(_table, "alt", "Bars: x, y.", id="what the bars are"),
    pytest.param(lambda: tl.plot.swimmer(report("jin2025")), "caption",
                 "Responses are derived from the findings by RECIST 1.1", id="criterion, version"),
    pytest.param(lambda: tl.plot.swimmer(report("jin2025")), "caption",
                 "A plus sign after a time marks a censored one.", id="PFS 25.8+"),
    pytest.param(_times, "caption", "2 events, n = 3, 1 censored, median 4.0 months (95 % CI ",
                 id="events at 2 and 4, one censored at 6: the curve is 1/3 from 4 on"),
    pytest.param(lambda: tl.plot.spider(cohort(6)), "caption",
                 "on the first line of therapy with measured target lesions.", id="which line"),
    pytest.param(lambda: tl.plot.waterfall(cohort(6)), "caption",
                 "Responses are derived from the findings by RECIST 1.1 and iRECIST.",
                 id="criteria of the fill"),
    pytest.param(lambda: tl.plot.survival(cohort(6)), "caption",
                 "95 % Brookmeyer-Crowley confidence limits", id="the method of the limits"),
    pytest.param(lambda: tl.plot.state_diagram("RECIST 1.1"), "caption",
                 "Eisenhauer et al., Eur J Cancer 2009;45:228", id="a source that can be found"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "where", "sentence"), SENTENCES)
def test_what_a_caption_states(make, where, sentence):
    assert sentence in getattr(make(), where)


SILENT = [  # figure, what its caption does not state, and why
    pytest.param(lambda: tl.plot.swimmer(LANES.drop("ongoing"), unit="months", open_ends=True),
                 "arrows", id="no arrow is drawn"),
    pytest.param(lambda: tl.plot.swimmer(LANES.drop("ongoing"), unit="months", open_ends=True),
                 "Abbreviations", id="no abbreviation is printed"),
    pytest.param(lambda: tl.plot.swimmer(exact()), "A plus sign", id="PFS 5.0: not censored"),
    pytest.param(lambda: tl.plot.survival(cohort(4, vague=True)), "censored, median",
                 id="no single number of vague dates"),
    pytest.param(lambda: tl.plot.survival(cohort(6)), "; PFS,", id="PFS is defined already"),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore:.*does not state how the lane ends")
@pytest.mark.parametrize(("make", "words"), SILENT)
def test_what_a_caption_does_not_state(make, words):
    assert words not in make().caption


WRITTEN_OUT = [  # as the sources of the criteria write them out; no abbreviation: nothing
    ("PR", "en", "partial response"),
    ("NON-CR/NON-PD", "en", "neither complete response nor progressive disease"),
    ("iUPD", "en", "unconfirmed progressive disease by iRECIST"),
    ("iCPD", "en", "confirmed progressive disease by iRECIST"),
    ("imPD", "en", "confirmed progressive disease by imRECIST"),
    ("PFS", "en", "progression-free survival"),
    ("iPFS", "en", "progression-free survival by iRECIST"),
    ("CI", "de", "Konfidenzintervall"),
    ("PD", "fr", "maladie progressive"),
    ("iPR", "es", "respuesta parcial según iRECIST"),
    ("Exposure", "en", ""),
    ("PD-1", "en", ""),
    ("pr", "en", ""),
    ("MISSING", "en", ""),
]


@pytest.mark.parametrize(("word", "language", "written"), WRITTEN_OUT)
def test_an_abbreviation_is_written_out(word, language, written):
    with current_language(language):
        assert expansion(word) == written


def test_a_sentence_that_makes_the_text_too_long_is_left_out():
    assert within(("Ten words.", "x" * 600, "And more.")) == "Ten words. And more."


BASIS = {
    "findings": ("target: PD, new: none, called: PD", ["derived from the findings"]),
    "a call of the authors alone": ("called: PD", ["the categories that the authors give"]),
}


@pytest.mark.parametrize("figure", [tl.plot.timeline, tl.plot.swimmer])
@pytest.mark.parametrize(("scan", "expected"), BASIS.values(), ids=BASIS)
def test_a_caption_states_what_responses_rest_on(scan, expected, figure, tmp_path):
    """The words of the other row are absent."""
    caption = figure(_file(tmp_path, f"scan: 2020-03-01, {scan}")).caption
    known = [words for _, (words,) in BASIS.values()]
    assert [words for words in known if words in caption] == expected


def test_a_caption_tells_findings_from_calls_where_it_has_both(tmp_path):
    path = _file(
        tmp_path, "scan: 2020-03-01, target: SD, new: none", "scan: 2020-06-01, called: PD"
    )
    assert "A scan without printed findings has the category" in tl.plot.timeline(path).caption


BIOMARKERS = {  # PR is a receptor and a response; what is printed tells which
    "the receptor": ("target: SD, new: none", "PR, progesterone receptor"),
    "both": ("target: PR, new: none", "PR, progesterone receptor or partial response"),
}


@pytest.mark.parametrize(("scan", "expected"), BIOMARKERS.values(), ids=BIOMARKERS)
def test_an_abbreviation_is_written_out_by_where_it_is_printed(scan, expected, tmp_path):
    path = _file(
        tmp_path, "biomarker: 2020-01-10, name: PR, result: 3b", f"scan: 2020-03-01, {scan}"
    )
    caption = tl.plot.timeline(path).caption
    assert f" {expected};" in caption


def test_a_date_known_to_decades_does_not_lengthen_the_axis(tmp_path):
    """The treatment is of January to June 2020; the diagnosis of some day from 2000 to 2099."""
    scene = tl.plot.timeline(_file(tmp_path, "diagnosis: 20XX, what: sarcoma")).scene()
    assert scene.frame.high - scene.frame.low <= 366
    assert "Not drawn, date not known: diagnosis (sarcoma)." in scene.caption


def test_a_bar_ends_where_its_period_ends_at_the_latest(tmp_path):
    """Line 2 begins before line 3, and lasts 10 days: it ends on day 10 of line 3 at the latest.

    The bar is as long as the treatment, and its bracket ends where the treatment may end.
    """
    path = _file(
        tmp_path,
        "treatment: before line 3/line 2 + 10 days, line: 2, drugs: b",
        "scan: line 3 + 30 days, line: 3, called: PR",
        first="treatment: ../.., line: 3, drugs: c",
        last="performance: line 3 + 60 days, ecog: 1",
    )
    scene = tl.plot.timeline(path).scene()
    (bar,) = (mark for mark in scene.marks if isinstance(mark, Bar) and ": b;" in mark.tooltip)
    (bracket,) = (mark for mark in scene.marks if isinstance(mark, RangeMark))
    assert bar.end - bar.start == 10
    assert (bracket.tooltip, bracket.high) == (bar.tooltip, 10)
    assert bracket.low <= bar.start < bar.end <= bracket.high


def test_a_patient_whose_record_begins_with_a_later_line_has_a_lane(tmp_path):
    first = _file(tmp_path)
    line_4 = "treatment: 2020-01-01/2020-06-01, line: 4, drugs: a"
    later = _file(tmp_path, name="later", first=line_4)
    caption = tl.plot.swimmer([first, later]).caption
    assert "Swimmer plot of 2 of 2 patients." in caption
    assert "Counted from the first line on record: later (line 4)." in caption
    asked = tl.plot.swimmer([first, later], align="line 1").caption
    assert "Swimmer plot of 1 of 2 patients." in asked, "who asks for line 1 gets line 1"


FIRST = "treatment: 2020-01-01/2020-06-01, line: 1, drugs: a"
LAST = "last contact: 2020-07-01"


def _file(folder, *events, name="one", first=FIRST, last=LAST):
    path = folder / f"{name}.yaml"
    rows = "".join(f"  - {{{each}}}\n" for each in (first, *events, last))
    text = f"case: {name}\npatient: {{sex: male}}\nevents:\n{rows}"
    path.write_text(text, encoding="utf-8")
    return path
