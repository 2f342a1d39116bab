"""65 situations that people reported, on 73 files: each is drawn, shown, or refused with a remedy.

The expected results were written down before the commands were run: they follow from the situation,
not from the program. ``T`` draws a swimmer of a table, ``K`` survival curves.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from renderers.swimmer.tables.read_lanes import read_lanes
from timeline.cli.app import app

INPUTS = Path(__file__).parent / "inputs"
FILES = {path.name: path for path in INPUTS.glob("*/*") if path.is_file()}
MONTHS = "--option unit=months"
T, K = f"draw {MONTHS} --table", f"draw {MONTHS} --figure survival --table"
WIDE = "--map id=PatientID --map start=StartTime --map end=EndTime --map state=ResponseCategory"
ADSL = "--map id=USUBJID --map start=TRTSDT --map end=TRTEDT --map state=ARM --map ongoing=EOTSTT"
MILESTONES = "--option milestones=Surgery,Progression,Death --option open-ends=yes"
DAYS = "draw --option unit=days --table"
STOP = "--option sign=Progression:stop~progression"
NOT_UTF8 = "not UTF-8 text: the byte"
SITUATIONS = [  # id, command (~ is a blank within a word), exit code, what is printed
    ("P01", f"{T} P01-wide-milestones.csv {WIDE}", 2, ["--option milestones=Surgery"]),
    ("P01", f"{T} P01-wide-milestones.csv {WIDE} {MILESTONES}", 0, ["0 errors"]),
    ("P03", f"{T} P03-adsl.csv {ADSL}", 0, ["0 errors, 0 warnings"]),
    ("P04", f"{T} P04-ongoing-words.csv", 2, ["A8: neither yes nor no: 'ja'"]),
    ("P05", f"{T} P05-dmy.csv", 2, ["'13/01/2021' can only be", "S1: the lane ends without"]),
    ("P07", f"{DAYS} P07-excel-serials.csv --events P07-excel-serials-events.csv", 2,
     ["write 2021-01-13", "--option dates=serial", "1 error,"]),
    ("P10", f"{T} P10-duplicates.csv --events P10-duplicates-events.csv", 0,
     ["'Death' 8 is given twice", "'PR' 3 is given twice", "(drawn once)"]),
    ("P12", f"{T} P12-300-lanes.csv --events P12-300-events.csv {STOP}", 0, ["0 errors"]),
    ("P14", "draw --option unit=years --option both-axes=yes --table P14-two-axes.csv", 2,
     ["align on a day"]),
    ("P15b", f"{T} P15b-cbioportal-no-comments.txt", 0, ["0 errors"]),
    ("P18", f"{T} P18-short-arrows.csv", 0, ["0 errors, 0 warnings"]),
    ("P19", f"{T} P19-partial.csv --events P19-partial-events.csv", 0, ["0 errors"]),
    ("P22", f"{T} P22-map-shadowed.csv --map end=TRTEDT", 0, ["column 'end' is not read"]),
    ("P23", f"{T} P23-case-labels.csv --events P23-case-labels-events.csv", 0, ["0 errors"]),
    ("P24", f"{T} P24-study-years.csv --option align=calendar", 0, ["0 errors"]),
    ("P38", f"{T} P38-header-case.csv", 0, ["0 errors, 0 warnings"]),
    ("P105b", f"{T} P105-stage-order.csv", 0, ["columns 'arm', 'best' are not read"]),
    ("P107", f"{T} P107-unsorted.csv", 0, ["0 errors, 0 warnings"]),
    ("P108", f"{T} P108-pd-ends-lane.csv --events P108-pd-ends-lane-events.csv", 2,
     ["--option 'sign=PD: stop progression'"]),
    ("P102", f"{T} P101-same-day.csv --events P102-many-labels.csv", 2, ["--option 'sign=Event"]),
    ("P104", f"{T} P104-units.csv --option numbers-in=days", 0, ["0 errors, 0 warnings"]),
    ("P57", f"{K} P57-group-order.csv", 0, ["survival of"]),
    ("P30", f"{T} P30-bom.csv", 0, ["0 errors, 0 warnings"]),
    ("P31", f"{T} P31-latin1.csv", 2, [NOT_UTF8, "--option encoding="]),
    ("P32", f"{T} P32-crlf.csv", 0, ["0 errors, 0 warnings"]),
    ("P34", f"{T} P34-empty.csv", 2, ["holds no table"]),
    ("P35", f"{T} P35-header-only.csv", 2, ["holds no row"]),
    ("P39", f"{T} P39-title-line.csv", 0, ["line 3 is read as the heading"]),
    ("P40", f"{T} P40-quoted-newline.csv", 0, ["0 errors, 0 warnings"]),
    ("P42", f"{T} P42-header-quotes.csv", 2, ["quotation marks are part of the name", "1 error"]),
    ("P43", f"{T} P43-space-header.csv", 0, ["0 errors, 0 warnings"]),
    ("P44", f"{T} P44-book.xlsx", 0, ["0 errors"]),
    ("P45", f"{T} P45-vertical-tab.csv", 0, ["0 errors, 0 warnings"]),
    ("P47", f"{T} P47-control-char.csv", 2, [":2:4: a control character, U+0002 (delete it)"]),
    ("P120", "check P120-bom-crlf.yaml", 0, ["4 events, 1 line"]),
    ("P121", "check P121-latin1.yaml", 2, [NOT_UTF8]),
    ("P122", "check P122-tabs.yaml", 2, ["a tab at the beginning of a line (write blanks)"]),
    ("P123", "check P123-empty.yaml", 2, ["no keys here"]),
    ("P51", f"{K} P51-cnsr-multi.csv", 0, ["0 is the event, 1 and more censored"]),
    ("P52", f"{K} P52-status-1-2.csv --map event=status --map group=sex", 2,
     ["1 is censored and 2 dead", "1 problem"]),
    ("P54", f"{K} P54-negative.csv", 2, ["not a time: '-1.0'"]),
    ("P55", f"{K} P55-zero.csv", 0, ["survival of"]),
    ("P115", f"{K} P115-plus-sign.csv", 0, ["survival of"]),
    ("P117", f"{K} P117-km-dates.csv --map time=last --map event=status", 0, ["survival of"]),
    ("P118", f"{K} P118-event-words.csv", 0, ["DEAD, Deceased, PD, Progression, Relapse"]),
    ("P119", f"{K} P119-km-group-numeric.csv", 0, ["survival of"]),
    ("P60a", "show P60a-cr-then-pr-late.yaml", 0, ["2021-04-26 PD", "with confirmation: SD"]),
    ("P60c", "show P60c-labels-cr-then-pr.yaml", 0,
     ["2021-04-26 PD", "2021-06-21 PD", "with confirmation: SD"]),
    ("P62", "show P62-late-pd-only.yaml", 0, ["best response, RECIST 1.1: PD"]),
    ("P65", "show P65-eortc-165-63-65.yaml", 0, ["2021-04-26 PR"]),
    ("P66b", "show P66b-node-stays-small.yaml", 0, ["2021-04-26 CR"]),
    ("P68", "check P68-paired-organs.yaml", 0, ["3 targets of one organ, lung"]),
    ("P70", "check P70-baseline-after-start.yaml", 0, ["lies 16 days after the start"]),
    ("P73", "show P73-two-modalities.yaml", 0, ["2022-03-09 SD", "PFS line 1 censored"]),
    ("P87", "check P87-randomisation.yaml", 0, ["1 line"]),
    ("P88", "check P88-clinical-progression.yaml", 0, ["1 line"]),
    ("P110", "draw --figure spider --table P110-long-sld.csv", 0, ["spider"]),
    ("P110", "draw --figure waterfall --table P110-long-sld.csv", 0, ["waterfall", "5 mm"]),
    ("P127", "show P127-new-lesion-n.yaml", 0, ["2021-03-01 SD"]),
    ("P81", "show P81-nact-before-pd.yaml", 0, ["PFS line 1 censored 56 days"]),
    ("P81", "show P81-nact-before-pd.yaml --policy ema", 0, ["PFS line 1 event 140 days"]),
    ("P83", "show P83-early-death-no-scan.yaml --policy all", 0, ["PFS line 1 all event 40 days"]),
    ("P84", "show P84-nact-no-assessment.yaml", 0, ["PFS line 1 not evaluable -",
     "start of line 2"]),
    ("P90", "audit P90-statcheck.yaml --all", 1, ["p < .000; a p value lies between 0 and 1",
     "printed p 0.000; no p value is 0"]),
    ("P93", "audit P93-printed-impossible.yaml --all", 1, ["printed 1.2", "r(97) = .17"]),
    ("P96", "audit P96-values-against-rate.yaml --all", 1,
     ["should be 25.00 % and 3 and 75.00 days"]),
    ("P96b", "audit P96b-values-rate-only.yaml --all", 1, ["should be 25.00 %"]),
]  # fmt: skip
ELSEWHERE = {"P48": "test_long_tables.py"}  # 200,000 lanes: a note before it starts


def _row(name, command, code, printed):
    return pytest.param(command, code, printed, id=f"{name} {command[:4]}{code}")


@pytest.mark.usefixtures("flagged_once")
@pytest.mark.parametrize(("command", "code", "printed"), [_row(*each) for each in SITUATIONS])
def test_a_situation(tmp_path, command, code, printed):
    words = [str(FILES.get(word, word)).replace("~", " ") for word in command.split()]
    out = ["-o", str(tmp_path / "out.svg")] if words[0] == "draw" else []
    done = CliRunner().invoke(app, [*words, *out])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    output = re.sub(r"\s+", " ", done.output)
    assert done.exit_code == code, output
    assert any(tmp_path.iterdir()) == (words[0] == "draw" and code == 0)
    for each in printed:
        assert each in output


def test_no_situation_is_missing():
    assert len({name for name, *_ in SITUATIONS} | set(ELSEWHERE)) == 65
    assert all((Path(__file__).parent / file).exists() for file in ELSEWHERE.values())


def test_a_subset_keeps_the_colours_of_its_states(tmp_path):
    """P105b: two figures of one study agree, whichever stages they show and in which order."""
    lines = FILES["P105-stage-order.csv"].read_text().splitlines()
    (tmp_path / "few.csv").write_text("\n".join([lines[0], lines[3], lines[1]]) + "\n")
    options = {"unit": "months"}
    whole = read_lanes(FILES["P105-stage-order.csv"], options=options).lane_set.own
    few = read_lanes(tmp_path / "few.csv", options=options).lane_set.own
    fills = {style.description: style.fill for style in whole}
    assert {style.description: style.fill for style in few}.items() <= fills.items()
