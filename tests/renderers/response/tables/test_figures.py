"""Spiders and waterfalls of tables: what is drawn, coloured and said, by command and Python."""

from __future__ import annotations

import ast
import re
import warnings
from pathlib import Path

import pandas
import pytest
from typer.testing import CliRunner

import renderers.response
import timeline as tl
from renderers.backends.legend import entries
from renderers.scene.journals import page_of
from renderers.scene.scene import Arrow, Bar, Label, Marker, Polyline
from tests.renderers.overlap import faults
from tests.renderers.phrases import phrases
from timeline.api import InvalidFile
from timeline.cli.app import app

SUMS = """Subject,Arm,Day,SLD (mm),Response,New lesion,BOR,Ongoing,Death day
1,A,-7,100,,,PR,yes,
1,A,56,60,PR,no,PR,yes,
1,A,112,NE,NE,no,PR,yes,
1,A,168,55,PR,no,PR,yes,
2,B,-3,80,,,PD,no,90
2,B,50,100,PD,yes,PD,no,90
3,B,-3,40,,,,no,
3,B,60,36,SD,no,,no,
4,A,-9,40,,,SD,no,
"""


@pytest.fixture(scope="module")
def frame():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from io import StringIO

        yield pandas.read_csv(StringIO(SUMS))


def lines(scene):
    """The lines of the patients: colour, days since time zero."""
    month = 487 / 16
    return [
        (scene.style(m.style).edge, [round(time * month) for time, _ in m.points])
        for m in scene.marks
        if isinstance(m, Polyline) and m.style.startswith("thread")
    ]


@pytest.mark.filterwarnings("ignore")
def test_a_spider_of_sums(frame):
    """Patient 1 is interrupted on day 112; 2 dies on day 90; 4 has no later scan."""
    scene = tl.plot.spider(frame).scene()
    assert [days for _, days in lines(scene)] == [[0, 56], [0, 50], [0, 60]]
    signs = [m.style for m in scene.marks if isinstance(m, Marker)]
    assert {"PR", "PD", "SD", "new lesion", "death"} <= set(signs)
    assert len([m for m in scene.marks if isinstance(m, Arrow)]) == 1
    (died,) = [m for m in scene.marks if isinstance(m, Marker) and m.style == "death"]
    assert round(died.at * 487 / 16) == 90
    named = [e.description for e in entries(scene) if e.group == "Best response"]
    assert named == ["partial response", "progression", "best response not stated"]
    shown = "3 of 4 patients shown. Not shown, 1 patient: no measurement after baseline (4)."
    assert shown in scene.caption
    assert "Thresholds are those of RECIST 1.1." in scene.caption
    assert scene.axes[0].title == "Months since day 0"


@pytest.mark.filterwarnings("ignore")
def test_a_waterfall_of_sums(frame):
    """Best: +25 %, -10 %, -45 % (the scan of day 168); worst first."""
    scene = tl.plot.waterfall(frame).scene()
    bars = [m for m in scene.marks if isinstance(m, Bar)]
    assert [bar.tooltip.partition(" (")[0] for bar in bars] == [
        "2, day 50: +25 %", "3, day 60: −10 %", "1, day 168: −45 %"
    ]  # fmt: skip
    assert [bar.style for bar in bars] == ["best PD", "best unknown", "best PR"]
    assert "Best responses: PR 1, PD 1, not stated 1." in scene.caption
    assert "Fill: best response as in the table." in scene.caption
    texts = [m.text for m in scene.marks if isinstance(m, Label)]
    assert {"Patient", "1", "2", "3", "–"} <= set(texts)


@pytest.mark.filterwarnings("ignore")
def test_what_shrinks_after_progression_does_not_count():
    """PD on day 50 at +25 %, then 40 of 80 mm: the bar is +25 %."""
    table = SUMS.replace("2,B,50", "2,B,80,40,PR,no,PD,no,90\n2,B,50")
    scene = tl.plot.waterfall(_frame(table)).scene()
    assert any("2, day 50: +25 %" in m.tooltip for m in scene.marks if isinstance(m, Bar))
    assert "Scans are included up to progression as in the table." in scene.caption


def _frame(text):
    from io import StringIO

    return pandas.read_csv(StringIO(text))


COLOURED = [  # option, fills of the bars 2, 3 and 1 (B, B, A), words of the legend
    pytest.param({"colour": "arm", "palette": {"A": "#305688", "B": "#F8A469"}},
                 ["#F8A469", "#F8A469", "#305688"], ["A", "B"], id="arm, by a palette"),
    pytest.param({"color": "none"}, ["#8FA3B5"] * 3, [], id="one colour"),
    pytest.param({"colour": "Ongoing", "palette": {"yes": "#305688", "no": "#F8A469"}},
                 ["#F8A469", "#F8A469", "#305688"], ["no", "yes"], id="any column"),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("options", "fills", "words"), COLOURED)
def test_bars_of_a_table_have_the_colour_of_a_name(frame, options, fills, words):
    scene = tl.plot.waterfall(frame, **options).scene()
    assert [scene.style(m.style).fill for m in scene.marks if isinstance(m, Bar)] == fills
    assert [e.description for e in entries(scene) if e.mark is Bar] == words


@pytest.mark.filterwarnings("ignore")
def test_without_best_responses_arms_are_coloured_and_without_arms_nothing():
    bare = _frame("id,arm,day,sum\n1,A,0,10\n1,A,9,8\n2,B,0,10\n2,B,9,9\n")
    scene = tl.plot.spider(bare, palette={"A": "#305688", "B": "#A44C4E"}).scene()
    assert [colour for colour, _ in lines(scene)] == ["#305688", "#A44C4E"]
    plain = tl.plot.spider(bare.drop(columns="arm")).scene()
    assert {colour for colour, _ in lines(plain)} == {"#1A1A1A"}


@pytest.mark.filterwarnings("ignore")
def test_two_spellings_of_an_arm_are_one_and_non_targets_have_their_sign():
    table = "id,arm,day,sum,NTRGRESP,NEWLIND\n1,Arm A,0,10,,\n1,arm_a,9,8,PD,NE\n2,ARM A,0,10,,\n"
    scene = tl.plot.spider(_frame(table + "2,Arm A,9,9,NON-CR/NON-PD,N\n"), colour="arm").scene()
    assert [e.description for e in entries(scene) if e.group == "Treatment"] == ["Arm A"]
    signs = [round(m.at * 487 / 16) for m in scene.marks
             if isinstance(m, Marker) and m.style == "non-target progression"]  # fmt: skip
    assert signs == [9]


REFUSED = [
    pytest.param("spider", "id,best change\n1,-9\n2,8\n", {}, "no column of times", id="no times"),
    pytest.param("waterfall", "id,day,sum\n1,0,9\n1,7,8\n", {"colour": "best"},
                 "no column of best responses", id="no best"),
    pytest.param("waterfall", "id,day,sum\n1,0,9\n1,7,8\n", {"colour": "stage"},
                 "no column 'stage' to colour by", id="no such column"),
    pytest.param("waterfall", "id,day,sum,arm\n1,0,9,A\n1,7,8,B\n", {"colour": "arm"},
                 "1: arm is A and B", id="two arms of one patient"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "options", "fault"), REFUSED)
def test_what_does_not_fit_the_figure_is_refused(kind, text, options, fault):
    with pytest.raises(InvalidFile, match=re.escape(fault)):
        getattr(tl.plot, kind)(_frame(text), **options)


def test_a_table_without_any_change_is_refused_with_the_remedy():
    figure = tl.plot.spider
    with pytest.warns(UserWarning, match="read as sums"):
        made = figure(_frame("id,day,sum\n1,5,9\n1,7,8\n"))
    with pytest.raises(ValueError, match="baseline=first takes the first scan"):
        made.scene()


@pytest.mark.parametrize("kind", ["spider", "waterfall"])
def test_the_command_draws_names_and_refuses(tmp_path, kind):
    table, out = tmp_path / "t.csv", tmp_path / "out.svg"
    table.write_text(SUMS)
    words = ["draw", "--figure", kind, "--table", str(table), "-o", str(out)]
    done = CliRunner().invoke(app, [*words, "--option", "colour=arm", "--option", "criterion=Choi"])
    assert (done.exit_code, out.exists()) == (0, True), done.output
    for wrong, said in (
        (["--option", "line=2"], "unknown option: 'line'"),
        (["--option", "sizes-in=inch"], "unknown value: 'inch'"),
        (["--option", "too-small=tiny"], "neither millimetres nor NE"),
        (["--option", "only=R1"], "not a column and a value"),
        (["--map", "sum=SLD"], "no column 'SLD'"),
        (["--events", str(table)], f"{kind} takes no --events"),
        (["--skip-invalid"], f"{kind} takes no --skip-invalid"),
    ):
        refused = CliRunner().invoke(app, [*words, *wrong])
        assert refused.exit_code == 2
        assert said in re.sub(r"\s+", " ", refused.output)


def _sentences():
    """The sentences that the modules of tables put into captions."""
    folder = Path(renderers.response.__file__).parent
    for path in (folder / "tables" / "figures.py", folder / "tables" / "changes.py"):
        for node in ast.parse(path.read_text()).body:
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if isinstance(target, ast.Name) and target.id.isupper():
                yield from (
                    each.value
                    for each in ast.walk(node.value)
                    if isinstance(each, ast.Constant) and " " in str(each.value)
                    if target.id != "_CONFIRMED"
                )


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_every_sentence_of_a_caption_of_a_table_is_translated(language):
    known = phrases(language)
    assert [each for each in _sentences() if each not in known] == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("size", "paper"),
    [(2, ("nature", "single")), (36, ("generic", "double")), (120, ("nature", "single"))],
)
def test_nothing_overlaps_in_figures_of_tables(size, paper):
    """Patients that shrink or grow by 3 % a step, scanned three times; every ninth a new lesion."""
    rows = [
        f"P{n},{'ABC'[n % 3]},{day},{100 + step * (n - size / 2)},{'yes' if n % 9 == 0 else 'no'}"
        for n in range(size)
        for day, step in ((-5, 0), (50 + n, 0.4), (100 + n, 0.8), (160 + n, 1.2))
    ]
    table = _frame("id,arm,day,sum,new\n" + "\n".join(rows))
    on = page_of(*paper)
    for kind in (tl.plot.spider, tl.plot.waterfall):
        assert faults(kind(table).scene(*paper), on) == []


KNOWN = [  # columns left out, what the alternative text states of patients 1 to 3
    pytest.param([], ["New lesion: 1.", "Treatment ongoing: 1.", "Died on the line: 1."], [],
                 id="every column: 2 has a new lesion and dies, 1 goes on"),
    pytest.param(["New lesion", "Ongoing"], ["Died on the line: 1."],
                 ["New lesion", "Treatment ongoing"], id="deaths alone"),
    pytest.param(["New lesion", "Ongoing", "Death day"], [],
                 ["New lesion", "Treatment ongoing", "Died"], id="none of them"),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("without", "stated", "silent"), KNOWN)
def test_an_alternative_text_counts_only_what_the_table_states(frame, without, stated, silent):
    """Without a column of new lesions nobody knows that there are none."""
    table = frame.drop(columns=without)
    alt = tl.plot.spider(table).alt
    assert all(each in alt for each in stated), alt
    assert not any(each in alt for each in silent), alt
    assert ("New lesion" in tl.plot.waterfall(table).alt) == ("New lesion" not in without)
