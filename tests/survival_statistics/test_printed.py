"""What is printed: numbers as papers print them, and nothing that is not known."""

from __future__ import annotations

import csv
import json
import warnings
from pathlib import Path

import pytest
from typer.testing import CliRunner

import timeline as tl
from timeline.cli.app import app
from timeline.survival_statistics.statistic import COLUMNS, CONTEXTS, LABELS, STRATIFIED

ROOT = Path(__file__).parents[2]
REMISSION = ROOT / "docs" / "examples" / "remission.csv"
NAMED = ("--time", "weeks", "--event", "relapse", "--by", "arm")


def run(*words):
    done = CliRunner().invoke(app, ["survival", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def remission():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return tl.survival(REMISSION, time="weeks", event="relapse", by="arm", strata="pair",
                           at=[10, 40], tau=30)  # fmt: skip


def test_the_table_of_a_textbook():
    """Kleinbaum and Klein, Survival Analysis, chapters 2 and 3: medians 23 and 8 weeks, log-rank
    16.79, and by Breslow's method a hazard ratio of 4.523 (2.027 to 10.094)."""
    code, text, notes = run(REMISSION, *NAMED, "--ties", "breslow", "--at", "10")
    assert code == 0
    for words in ("23.0 (13.0 to not reached)   8.0 (4.0 to 11.0)", "21 (100.0 %)",
                  "Log-rank test: χ² = 16.79, df = 1, P < 0.001",
                  "Hazard ratio, placebo vs 6-MP: 4.52 (2.03 to 10.1), P < 0.001",
                  "Breslow's method for ties", "Time by arm, in weeks"):  # fmt: skip
        assert words in text
    assert "column 'pair' is not read" in notes


def test_pairs_as_strata_by_hand(remission):
    """Of 21 pairs 18 had the placebo relapse first, 3 the drug: (18 - 3)^2 / 21 = 10.714, and a
    hazard ratio of 18 / 3 with limits 6 exp(-+1.96 root(1/18 + 1/3))."""
    assert remission.find("log_rank_stratified", "statistic") == pytest.approx(225 / 21)
    assert remission.find("log_rank_stratified", "observed", group="placebo") == 21
    ratio = {name: remission.find("cox_stratified", name, group="placebo")
             for name in ("hazard.ratio", "conf.low", "conf.high")}  # fmt: skip
    assert ratio["hazard.ratio"] == pytest.approx(6)
    half = 1.959964 * (1 / 18 + 1 / 3) ** 0.5
    assert ratio["conf.low"] == pytest.approx(6 * 2.718281828**-half, rel=1e-6)
    assert "Log-rank test, stratified by pair: χ² = 10.71, df = 1, P = 0.001" in str(remission)
    assert "Log-rank test, not stratified: χ² = 16.79" in str(remission)


def test_what_is_not_known_is_not_a_number(remission):
    text = str(remission)
    (line,) = (line for line in remission.printed.lines if line.label.startswith("Survival at 40"))
    assert line.cells == ("not observed", "not observed")
    assert remission.find("survival_rate", "estimate", group="6-MP", level=40) is None
    row = next(row for row in remission.rows if row.context == "survival_rate"
               and row.level == 40 and row.stat_name == "estimate")  # fmt: skip
    assert row.reason == "beyond the longest time of the group"
    assert "nan" not in text.lower()
    assert "None" not in text


@pytest.mark.parametrize(
    ("times", "events", "label", "cell"),
    [  # nobody has the event; all at once; one half to the end; a limit that is never reached
        ([5, 6, 7], [0, 0, 0], "Median ", "not reached"),
        ([5, 5, 5], [1, 1, 1], "Median ", "5 (not defined)"),
        ([5, 7], [1, 0], "Median ", "6 (5 to not reached)"),
        ([5, 6, 7], [0, 0, 0], "Survival at 6", "100.0 (not defined)"),
        ([5, 6, 7], [1, 1, 1], "Survival at 7", "0.0 (not defined)"),
        ([5, 6, 7], [0, 0, 0], "Survival at 4", "100.0 (not defined)"),
        ([5, 6, 7], [1, 1, 1], "Median follow-up", "not reached"),
    ],
)
def test_the_ends_of_a_curve(times, events, label, cell):
    found = tl.survival(time=times, event=events, at=[4, 6, 7])
    (line,) = (line for line in found.printed.lines if (line.label.startswith(label)
               and not (label == "Median " and "follow-up" in line.label))
               or line.label == label.strip())  # fmt: skip
    assert line.cells == (cell,)


def test_a_comparison_that_is_not_defined_says_why():
    found = tl.survival(time=[1, 2, 3, 4], event=[1, 1, 0, 0], by=list("AABB"))
    text = str(found)
    assert "Hazard ratio, B vs A: not estimable (no event in B)" in text
    assert "Wald not defined (the hazard ratio of B is not finite)" in text
    none = str(tl.survival(time=[1, 2], event=[0, 0], by=list("AB")))
    assert "Log-rank test: not defined (fewer than two groups are at risk at" in none
    assert "Hazard ratio, B vs A: not estimable (no event)" in none


def test_where_nothing_is_compared_the_table_says_so():
    one = tl.survival(time=[1, 2], event=[1, 0], by=["A", "A"])
    assert one.printed.comparisons == ("Nothing is compared: group has one group.",)
    strata = tl.survival(time=[1, 2], event=[1, 0], strata=["x", "y"])
    assert strata.printed.comparisons == ("Nothing is compared: no column of groups is named.",)
    assert tl.survival(time=[1, 2], event=[1, 0]).printed.comparisons == ()


def test_a_competing_event_takes_the_place_of_survival():
    """By hand: of four one has the event at 5, one the other at 6, one the event at 8: by 8 the
    incidence is 1/4 + 1/2 x 1/2. The complement of a Kaplan-Meier curve would be 5/8."""
    given = {"time": [5, 6, 8, 9], "event": [1, 2, 1, 0], "competing": 2}
    with pytest.warns(UserWarning, match="read as the competing event: 2"):
        found = tl.survival(**given, by=list("AAAA"), at=8)
    values = {row.variable: row.stat for row in found.rows
              if (row.context, row.stat_name) == ("cumulative_incidence", "estimate")}  # fmt: skip
    assert values == {"time: event": pytest.approx(0.5), "time: competing event":
                      pytest.approx(0.25)}  # fmt: skip
    assert "survival_quantile" not in {row.context for row in found.rows}
    assert "Incidence of event at 8, %" in str(found)
    with pytest.warns(UserWarning, match="competing event: 2"):
        two = tl.survival(**given, by=list("ABAB"))
    assert "Cause-specific hazard ratio, B vs A" in str(two)
    assert "Gray's test of the incidences: χ²" in str(two)


def test_rows_have_known_names(remission):
    for row in remission.rows:
        assert row.context.removesuffix(STRATIFIED) in CONTEXTS
        assert row.stat_label == LABELS[row.stat_name]
        assert (row.stat is None) is bool(row.reason), row
    places = [tuple(getattr(row, name) for name in COLUMNS[:5]) for row in remission.rows]
    assert len(set(places)) == len(places)
    assert list(remission.to_frame().columns) == list(COLUMNS)
    assert remission._repr_html_().startswith("<table>")
    assert repr(remission) == (
        f"<SurvivalStatistics weeks by arm, 2 groups: {len(remission.rows)} numbers>"
    )


def test_groups_that_do_not_fit_go_below():
    groups = [f"arm {n}" for n in range(12)]
    found = tl.survival(time=list(range(1, 25)), event=[1] * 24, by=groups * 2)
    lines = found.text(80).splitlines()
    assert sum(line.startswith("Patients") for line in lines) > 1
    assert max(map(len, lines)) <= 80
    assert all(name in found.text(80) for name in groups)


@pytest.mark.parametrize("suffix", ["json", "csv", "md", "txt"])
def test_a_file_is_what_is_printed(tmp_path, suffix):
    out = tmp_path / f"found.{suffix}"
    flag = [] if suffix == "txt" else [f"--{suffix}"]
    assert run(REMISSION, *NAMED, "-o", out)[:2] == (0, f"{out}: written\n")
    code, text, _ = run(REMISSION, *NAMED, *flag)
    assert (code, text) == (0, out.read_text())
    if suffix == "json":
        data = json.loads(text)
        assert (data["groups"], data["reference"]) == (["6-MP", "placebo"], "6-MP")
        assert data["rows"][0]["stat"] == 21
    if suffix == "csv":
        rows = list(csv.DictReader(text.splitlines()))
        assert tuple(rows[0]) == COLUMNS
        (ratio,) = (row for row in rows if row["stat_name"] == "hazard.ratio")
        assert float(ratio["stat"]) == pytest.approx(4.817, abs=0.001)  # exp(1.5721), R
    if suffix == "md":
        assert "| Median | 23.0 (13.0 to not reached) | 8.0 (4.0 to 11.0) |" in text


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("none.csv",), "none.csv: cannot be read: No such file or directory"),
        ((REMISSION, "--by", "arm"), "no column 'time' (known: id, pair, arm, weeks, relapse;"),
        ((REMISSION, "--by", "arm"), "write --time COLUMN)"),
        ((REMISSION, *NAMED, "--at", "x", "--median-rule", "mean"), "--at: not a number: 'x'"),
        ((REMISSION, *NAMED, "--at", "x", "--median-rule", "mean"),
         "--median-rule: unknown: 'mean' (known: quantile, table)"),
        ((REMISSION, *NAMED, "--reference", "drug"), "no group 'drug' (known: 6-MP, placebo)"),
        ((REMISSION, *NAMED, "--event-code", "2"), "holds no '2', the event (known: 0, 1)"),
        ((REMISSION, *NAMED, "--json", "--csv"), "give one of them"),
        ((REMISSION, *NAMED, "-o", "found.pdf"), "unknown kind of file: '.pdf'"),
        ((REMISSION, *NAMED, "-o", REMISSION), "is an input, and -o"),
        ((REMISSION, *NAMED, "-o", "none/found.csv"), "no folder 'none'"),
        ((REMISSION, *NAMED, "--unit", "fortnights"), "not a unit of time"),
    ],
)  # fmt: skip
def test_the_command_refuses_with_what_to_write(words, fault):
    before = REMISSION.read_bytes()
    code, text, faults = run(*words)
    assert (code, text) == (2, "")
    assert fault in faults
    assert "nothing was done" in faults
    assert REMISSION.read_bytes() == before


def test_a_mean_beyond_the_longest_time_says_so():
    """By hand: S is 3/4, 1/2, 1/4 after 1, 2, 3 and flat from then on: 1 + 3/4 + 1/2 + 97/4 = 26.5;
    a mean lies from 0 to its end, and so do its limits."""
    found = tl.survival(time=[1, 2, 3, 4], event=[1, 1, 1, 0], tau=100)
    (line,) = (line for line in found.printed.lines if line.label == "Mean up to 100")
    assert line.cells[0].startswith("26.5 (0 to ")
    assert line.cells[0].endswith(" (curve extended)")
    assert "which no observation supports" in found.methods
    inside = tl.survival(time=[1, 2, 3, 4], event=[1, 1, 1, 0], tau=3)
    assert "extended" not in str(inside)
    assert "no observation" not in inside.methods


def test_names_do_not_steer_the_terminal():
    found = tl.survival(time=[1, 2], event=[1, 1], by=["a\x1b[2J", "b"])
    assert "\x1b" not in str(found)
    assert "\\u001b" in str(found)


def test_a_case_file_is_no_table():
    code, _, faults = run(ROOT / "cases" / "wang2023.yaml")
    assert code == 2
    assert "a case file, and survival statistics are of a table" in faults
    assert "--figure survival draws cases" in faults


def reasons(found, context):
    return {row.stat_name: row.reason for row in found.rows if row.context == context}


def test_the_reason_of_a_limit_that_is_not_there():
    """All at once: the curve falls to 0, where it has no limits. Nobody: it does not come down."""
    at_once = tl.survival(time=[5, 5, 5], event=[1, 1, 1])
    assert reasons(at_once, "survival_quantile") == {
        "estimate": "", "conf.low": "not defined", "conf.high": "not defined",
    }  # fmt: skip
    nobody = tl.survival(time=[5, 6], event=[0, 0])
    assert set(reasons(nobody, "survival_quantile").values()) == {"not reached"}


@pytest.mark.filterwarnings("ignore:.*read as the competing event")
def test_incidences_beyond_the_longest_time():
    """Where the last patient was censored nobody knows; where all had an event all is known."""
    for events, incidence in (([2, 1, 0], None), ([2, 1, 1], pytest.approx(2 / 3))):
        found = tl.survival(time=[4, 5, 6], event=events, competing=2, at=10)
        values = {
            row.variable: row.stat
            for row in found.rows
            if (row.context, row.stat_name) == ("cumulative_incidence", "estimate")
        }
        assert values["time: event"] == incidence
        reason = "beyond the longest time of the group" if incidence is None else ""
        assert reasons(found, "cumulative_incidence")["estimate"] == reason


@pytest.mark.filterwarnings("ignore:.*read as the competing event")
def test_a_competing_event_ends_follow_up_as_the_event_does():
    """Only the third is censored, at 8, when nobody else is left: the median follow-up is 8."""
    found = tl.survival(time=[5, 6, 8], event=[1, 2, 0], competing=2)
    assert found.find("follow_up_quantile", "estimate", level=50) == 8
