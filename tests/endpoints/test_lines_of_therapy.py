"""Lines of therapy by rule: each row once firing and once silent, and where the report differs."""

from __future__ import annotations

import attrs
import pytest

from timeline.endpoints.derived_case import derive
from timeline.endpoints.line_numbers import line_count_text, numbering_notes, numbering_text
from timeline.endpoints.lines_of_therapy import COUNTING, count_regimens
from timeline.record.case import Case
from timeline.record.events import Scan, Surgery, Treatment
from timeline.settings.response import Settings

BASE = Scan(at="2020-01-05", baseline=1)
FIRST = Treatment(at="2020-01-10/2020-04-30", line=1, drugs=("x", "y"))
STABLE = Scan(at="2020-03-06", target="SD", line=1)
PD = Scan(at="2020-05-01", target="SD", new="liver", line=1)
# nivolumab, then nivolumab + ipilimumab after progression, by the letters of the tables below
INDUCTION = (
    Treatment(at="2020-01-10/2020-04-30", line=1, drugs="x"),
    PD,
    Treatment(at="2020-05-10/2020-07-20", line=2, drugs=("x", "y")),
)
PD_2 = Scan(at="2020-07-25", called="PD", line=2)


def regimen(at: str, drugs: str, line: int | None = 2, **more) -> Treatment:
    return Treatment(at=at, line=line, drugs=tuple(drugs.split()), **more)


def reading_of(*events, **settings):
    case, problems = Case.of("c", (BASE, *events))
    assert not problems, problems
    reading, problems = derive(case, Settings.of(settings))
    assert not problems, problems
    return reading


def last(*events, **settings):
    """The rows that the last regimen may be counted by, and what it counts as."""
    found = count_regimens(reading_of(*events, **settings))[-1]
    return " or ".join(rule.name for rule in found.rules), found.certain and str(found.certain)


@pytest.mark.parametrize(
    ("events", "settings", "expected"),
    [
        pytest.param((FIRST,), {}, ("first", "a new line"), id="the first"),
        pytest.param((regimen("2020-01-10/", "x", line=1), regimen("2020-01-10/2020-06", "y",
                      line=1)), {}, ("together", "the same line"), id="two that start on one day"),
        pytest.param((regimen("2020-01-10/2020-12", "x", line=1), regimen("2020-01-10/2020-06", "y",
                      line=1), regimen("2020-07-01/", "y", line=1)), {},
                     ("unchanged", "the same line"), id="one of the two again, the other goes on"),
        pytest.param((regimen("2020-01-10/2020-06", "y", line=1), regimen("2020-01-10/2020-12", "x",
                      line=1), regimen("2020-07-01/", "y", line=1)), {},
                     ("unchanged", "the same line"), id="the same, written the other way round"),
        pytest.param((regimen("2020-02/2020-06", "x", line=1), regimen("2020-02/2020-05", "y",
                      line=1)), {}, ("together or added", "the same line"), id="two of one month"),
        pytest.param((regimen("2020-01-10/2020-06", "x", line=1), regimen("2020-01-10/", "y")),
                     {}, ("added", "the same line"), id="two lines by the report"),
        pytest.param((FIRST, PD, regimen("2020-05-10/", "z")), {},
                     ("after progression", "a new line"), id="other drugs after PD"),
        pytest.param((FIRST, STABLE, regimen("2020-05-10/", "z")), {},
                     ("other drugs", "a new line"), id="other drugs without PD"),
        pytest.param((FIRST, STABLE, regimen("2020-05-10/", "x y z", line=1)), {},
                     ("added", "the same line"), id="a drug added without PD"),
        pytest.param((FIRST, STABLE, regimen("2020-03-10/2020-06", "z", line=1)), {},
                     ("added", "the same line"), id="a drug given beside those that go on"),
        pytest.param((regimen("2020-01-10/..", "x", line=1), regimen("2020-03-10/2020-06", "y",
                      line=1)), {}, ("added", "the same line"), id="beside one that is ongoing"),
        pytest.param((FIRST, STABLE, regimen("2020-03-10/2020-06", "x", line=1)), {},
                     ("unchanged", "the same line"), id="one of the drugs that go on, named again"),
        pytest.param((FIRST, STABLE, regimen("2020-05-10/", "x y z", line=1)),
                     {"addon_without_pd": "new_line"}, ("added", "a new line"),
                     id="a drug added without PD, as the setting has it"),
        pytest.param((FIRST, PD, regimen("2020-05-10/", "x y z", line=1)), {},
                     ("after progression", "a new line"), id="a drug added after PD"),
        pytest.param((FIRST, Scan(at="2020-05-01", target="grown", line=1),
                      regimen("2020-05-10/", "x y z", line=1)), {},
                     ("after progression or added", None), id="a drug added after what may be PD"),
        pytest.param((FIRST, Scan(at="2020-05", target="PD", line=1),
                      regimen("2020-05-10/", "x y z", line=1)), {},
                     ("after progression or added", None), id="PD and the new drug in one month"),
        pytest.param((Treatment(at="2020-01-10/", line=1, drugs=("x", "y"), stop="progression"),
                      regimen("2020-05-10/", "x y z", line=1)), {},
                     ("after progression", "a new line"), id="stopped for progression, no scan"),
        pytest.param((FIRST, Scan(at="2020-05-01", called="PD", target="SD", line=1),
                      regimen("2020-05-10/", "x y z", line=1)), {},
                     ("after progression", "a new line"), id="PD as the authors called it"),
        pytest.param((FIRST, STABLE, regimen("2020-05-10/", "x", line=1)), {},
                     ("fewer drugs", "the same line"), id="a drug left out"),
        pytest.param((FIRST, STABLE, regimen("2020-05-10/", "z", line=1, setting="maintenance")),
                     {}, ("maintenance", "the same line"), id="maintenance after induction"),
        pytest.param((FIRST, STABLE, regimen("2020-05-01/", "x y")), {},
                     ("unchanged", "the same line"), id="the same drugs go on without PD"),
        pytest.param((FIRST, PD, regimen("2020-05-01/", "y x")), {},
                     ("unchanged", "the same line"), id="the same drugs go on beyond PD"),
        pytest.param((FIRST, PD, regimen("2020-07-01/", "x y")), {},
                     ("rechallenge", "a new line"), id="the same drugs again after PD off them"),
        pytest.param((Treatment(at="2020-01-10/", line=1, drugs="x"), PD,
                      regimen("2020-07-01/", "x")), {},
                     ("rechallenge or unchanged", None), id="a drug perhaps not stopped"),
        pytest.param((FIRST, PD, regimen("2020-05-10/2020-07-01", "z"),
                      regimen("2020-07-10/", "x y", line=3)), {},
                     ("rechallenge", "a new line"), id="the same drugs again after others"),
        # x, then x + y as line 2, then x alone: maintenance with a drug of the induction before
        pytest.param((*INDUCTION, regimen("2020-08-01/", "x")), {},
                     ("fewer drugs", "the same line"), id="maintenance with a drug of line 1"),
        pytest.param((*INDUCTION, PD_2, regimen("2020-08-01/", "x")), {},
                     ("rechallenge", "a new line"), id="a drug of line 1 again after PD"),
        pytest.param((*INDUCTION, attrs.evolve(PD_2, called=(), target="grown"),
                      regimen("2020-08-01/", "x")), {},
                     ("rechallenge or after progression or fewer drugs", None),
                     id="again after what may be PD"),
        pytest.param((FIRST, regimen("2020-05-10/", "z", line=None, setting="local")), {},
                     ("local", "no line"), id="local treatment"),
    ],
)  # fmt: skip
def test_the_row_that_counts(events, settings, expected):
    assert last(*events, **settings) == expected


# 10 June 2019 is the end of the adjuvant treatment; 180 days later it is 7 December 2019:
# 20 days of June are left, July 31, August 31, September 30, October 31, November 30: 173, and 7
@pytest.mark.parametrize(
    ("answer", "relapse", "lines"),
    [
        pytest.param("no", "2019-12-07", 1, id="never"),
        pytest.param("yes", "2020-01-02", 2, id="always"),
        pytest.param("yes_if_relapse_within_180d", "2019-12-07", 2, id="relapse on day 180"),
        pytest.param("yes_if_relapse_within_180d", "2019-12-08", 1, id="relapse on day 181"),
        pytest.param("yes_if_relapse_within_180d", None, 1, id="no relapse on record"),
    ],
)
def test_adjuvant_treatment_as_a_line(answer, relapse, lines):
    events = [
        Surgery(at="2019-01-10"),
        Treatment(at="2019-02-01/2019-06-10", setting="adjuvant", drugs="a"),
        FIRST,
    ]
    if relapse:
        events.append(Scan(at=relapse, new="lung"))
    found = count_regimens(reading_of(*events, count_adjuvant_as_line=answer))
    assert sum(str(each.certain) == "a new line" for each in found) == lines
    derived = reading_of(*events, count_adjuvant_as_line=answer)
    within = f", 1 of them with curative intent (count_adjuvant_as_line = {answer})"
    how = within if lines == 2 else ", and 1 with curative intent apart"
    assert line_count_text(derived) == f"lines counted: 1 by the report, {lines} by rule{how}"
    note = f"Numbers of lines: as the report counts them (1); by rule 2{within}."
    assert numbering_text(derived) == (note if lines == 2 else "")


REPORT = "the report counts {}, the rules {}: {}"
SAME, NEW = "the same line", "a new line"
CHANGE, GO_ON = "the drugs change after progression", "the same drugs go on"
ADD = "a drug is added without progression (setting addon_without_pd)"


@pytest.mark.parametrize(
    ("events", "description"),
    [
        pytest.param((FIRST, PD, regimen("2020-05-10/", "z")), "", id="sound numbers have no note"),
        pytest.param((FIRST, STABLE, regimen("2020-05-10/", "x y z", line=1)), "",
                     id="an added drug in its line has no note"),
        pytest.param((FIRST, PD, regimen("2020-05-10/", "x y z", line=1)),
                     "line 1, x + y + z (2020-05-10): " + REPORT.format(SAME, NEW, CHANGE),
                     id="added after PD"),
        pytest.param((FIRST, STABLE, regimen("2020-05-01/", "x y")),
                     "line 2, x + y (2020-05-01): " + REPORT.format(NEW, SAME, GO_ON),
                     id="a line without change of regimen"),
        pytest.param((FIRST, STABLE, regimen("2020-05-10/", "x y z")),
                     "line 2, x + y + z (2020-05-10): " + REPORT.format(NEW, SAME, ADD),
                     id="an added drug as a line of its own"),
        pytest.param((FIRST, PD, regimen("2020-05-10/", "z", line=3)), "line 2 is not on record",
                     id="a number left out"),
        pytest.param((FIRST, Scan(at="2020-05", target="PD", line=1),
                      regimen("2020-05-10/", "x y z", line=1)),
                     f"line 1, x + y + z (2020-05-10): a new line if {CHANGE}, the same line if "
                     f"{ADD} (the record leaves open which)", id="open"),
        pytest.param((FIRST, Treatment(at="2020-05-10/", line=2, drugs="not stated")),
                     "line 2, not stated (2020-05-10): the record leaves open whether it is a new "
                     "line or the same line: not all drugs that it compares are named",
                     id="drugs that the report does not name may be any"),
    ],
)  # fmt: skip
def test_where_the_report_and_the_rules_part(events, description):
    assert numbering_notes(reading_of(*events)) == ((description,) if description else ())


def test_an_open_count_is_a_range():
    vague = (
        FIRST,
        Scan(at="2020-05", target="PD", line=1),
        regimen("2020-05-10/", "x y z", line=1),
    )
    assert line_count_text(reading_of(*vague)) == "lines counted: 1 by the report, 1 to 2 by rule"


def test_every_row_has_a_source():
    assert all(rule.source and rule.description for rule in COUNTING)


def test_an_added_drug_as_a_new_line_gives_the_main_figure_and_ends_the_other():
    """x from 10 January, SD on day 56, y added on day 70, PD on day 168, 98 days after it."""
    events = (
        Treatment(at="2020-01-10/", line=1, drugs="x"),
        Scan(at="2020-03-06", target="SD"),
        Treatment(at="2020-03-20/", line=1, drugs=("x", "y")),
        Scan(at="2020-06-26", target="PD"),
    )
    for answer, main, other in (
        ("same_line", (168, "event"), (98, "event")),
        ("new_line", (98, "event"), (56, "censored")),
    ):
        reading = reading_of(*events, addon_without_pd=answer)
        found = reading.outcome("PFS", 1)
        (second,) = reading.other_origins(found)
        assert (found.days.low, found.state) == main
        assert (second.days.low, second.state) == other


@pytest.mark.parametrize(
    ("written", "read", "lines_by_rule"),
    [
        ("concurrent", "concurrent", 1),  # the drugs of chemoradiotherapy are no systemic line
        ("chemoradiotherapy", "concurrent", 1),
        ("curative", "definitive", 1),
        ("radical", "definitive", 1),
        ("salvage", "salvage", 2),  # given where other treatment failed, as a line is
    ],
)
def test_a_setting_says_whether_treatment_is_a_line(written, read, lines_by_rule):
    """The terms are those of the NCI Dictionary of Cancer Terms."""
    first = Treatment(at="2019-01-01/2019-02-01", setting=written, drugs="cisplatin")
    line = Treatment(at="2020-01-01/", line=1, drugs="paclitaxel")
    reading = reading_of(first, line)
    counted = [str(each.certain) for each in count_regimens(reading)]
    assert reading.case.all_of(Treatment)[0].setting == read
    assert counted.count("a new line") == lines_by_rule
