from __future__ import annotations

from pathlib import Path

import pytest

from tests.rows import every_row
from timeline.core.calendar.dates import format_days
from timeline.files.loader import load, text_contents
from timeline.record.case import Case
from timeline.record.events import EVENTS, Scan, Treatment
from timeline.report.claims import CLAIMS, Report

NINE = """\
case: nine
events:
  Case, paragraph 1:
    - {diagnosis: 2021-02-30, what: no such day}
    - {scam: 2021-03}
    - {surgery: 2021-03-15, wat: a key misspelt}
    - {treatment: 2022-08/2022-02, line: 1, drugs: x}
    - {radiotherapy: 2021-05, dose: 50 rad}
    - {scan: 2021-06, target: PRR}
    - {scan: 2021-07, target: PR, target: SD}
    - {performance: 2021-08, ecog: 7}
    - {last contact: 2021-09, after: nothing}
"""


@pytest.fixture
def written(tmp_path):
    """A file with some text, in a folder of its own."""

    def write(text: str, name: str = "a.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems(path: Path) -> list[str]:
    found, faults = load(path)
    assert (found is None) == bool(faults), "a file with faults is never loaded by halves"
    return [str(fault).removeprefix(f"{path}:") for fault in faults]


def test_nine_faults_give_nine_messages_with_line_and_column(written):
    expected = [
        ("4:19", "February 2021 has 28 days, and no 30th"),
        ("5:8", "did you mean scan?"),
        ("6:29", "did you mean what?"),
        ("7:19", "ends before it starts"),
        ("8:37", "unknown unit: 'rad'"),
        ("9:31", "did you mean PR?"),
        ("10:35", "'target' is given twice, first in line 10"),
        ("11:36", "not a whole number from 0 to 5: '7'"),
        ("12:31", "unknown key 'after'"),
    ]
    found = problems(written(NINE))
    assert len(found) == len(expected)
    for line, (place, text) in zip(found, expected, strict=True):
        assert line.startswith(f"{place}: ")
        assert text in line


WRAP = "case: c\nevents:\n"


@pytest.mark.parametrize(
    ("text", "place", "fault"),
    [
        pytest.param("case: [\n", "2:1", "not YAML here", id="broken YAML"),
        pytest.param("case: a\nsource: b\x00c\n", "2:10", "a control character, U+0000 (delete it)",
                     id="a NUL byte"),
        pytest.param("- a\n", "1:1", "no keys here", id="a list at the top"),
        pytest.param("", None, "no keys here", id="an empty file"),
        pytest.param("casse: x\n", "1:1", "neither a case nor a source", id="neither kind"),
        pytest.param(
            WRAP + "  - {death: 2021}\nevnts: x\n", "4:1", "did you mean events?", id="top key"
        ),
        pytest.param(
            WRAP + "  - &a {death: 2021}\n  - *a\n", "1:1", "aliases are not used", id="alias"
        ),
        pytest.param(WRAP + "  - death\n", "3:5", "not an entry", id="an entry without keys"),
        pytest.param(WRAP + "  x\n", "3:3", "a list is expected here", id="events are a word"),
        pytest.param(WRAP + "  P1: x\n", "3:7", "a list is expected under 'P1'", id="place word"),
        pytest.param(
            WRAP + "  - {treatment: 2021, drugs: x}\n", "3:5", "neither a line nor a setting",
            id="a treatment that is no line",
        ),
        pytest.param(
            WRAP + "  - {treatment: 2021, line: 1}\n", "3:5", "'drugs' is missing", id="no drugs"
        ),
        pytest.param(
            WRAP + "  - {scan: 2021, new: [none, liver]}\n", "3:5", "contradict", id="none and some"
        ),
        pytest.param(
            WRAP + "  - {scan: after biopsy}\n", "3:12", "no such event: 'biopsy'", id="reference"
        ),
        pytest.param(
            WRAP + "  - {scan: 2021}\n  - {scan: 2022}\n  - {death: after scan}\n",
            "5:13", "may be any of scan 2021, scan 2022", id="a reference to two",
        ),
        pytest.param(
            WRAP + "  - {scan: 2021-03}\n  - {death: '2021-02, after scan'}\n",
            "4:13", "no day satisfies the order", id="order against date",
        ),
        pytest.param(
            WRAP + "  - {scan: 2021-03, baseline: 2}\n", "3:12", "no such line", id="no such line"
        ),
        pytest.param(
            WRAP + "  - {scan: 2021-03}\n  - {treatment: 2021-03, line: 1, drugs: x}\n",
            "3:12", "write line: 1 or baseline: 1", id="before or after the start of the line",
        ),
        pytest.param(
            WRAP + "  - {lab: 2021-03, values: high}\n", "3:28", "keys and values", id="no map"
        ),
        pytest.param(
            WRAP + "  - {scan: 2021, what: [a, b]}\n", "3:24", "one value", id="list for a word"
        ),
        pytest.param(
            WRAP + "  - {death: 2021}\nsettings: {pr_persistenc: off}\n", "4:12",
            "did you mean pr_persistence?", id="a setting misspelt",
        ),
        pytest.param(
            WRAP + "  - {death: 2021}\nsettings: {pr_persistence: never}\n", "4:28",
            "unknown value 'never'", id="a setting's value",
        ),
        pytest.param(
            "source: s\nclaims:\n  - {PFS: 8.4}\n", "3:5", "'unit' is missing", id="claim, no unit"
        ),
        pytest.param(
            "source: s\nclaims:\n  - {PFS: 1e99, unit: months}\n", "3:11", "not a printed number",
            id="a number of no report",
        ),
        pytest.param(
            "source: s\nreceived: soon\n", "2:11", "not a date", id="a date of the report"
        ),
        pytest.param(
            "source: s\nclaims:\n  - {PSF: 8, unit: months}\n", "3:6", "did you mean PFS",
            id="unknown kind of claim",
        ),
    ],
)  # fmt: skip
def test_one_fault_one_message(written, text, place, fault):
    found = problems(written(text))
    assert len(found) == 1, found
    assert fault in found[0]
    if place:
        assert found[0].startswith(f"{place}: ")


@every_row(
    ("entry", "expected"),
    [
        pytest.param("{treatment: 2021}", ["neither a line", "'drugs' is missing"],
                     id="what is missing is named together"),
        pytest.param("{treatment: 2021-13, cycles: many}",
                     ["neither a line", "'drugs' is missing", "no such month", "cycles: not"],
                     id="what is missing, and what cannot be read"),
        pytest.param("{treatment: 2021-13, line: x, drugs: a 1 zz}",
                     ["no such month", "line: not a whole", "unknown unit: 'zz'"],
                     id="what is there and cannot be read is not missing"),
        pytest.param("{treatment: 2021, linee: 1, regimen: FOLFOX}",
                     ["did you mean line?", "write drugs: FOLFOX"],
                     id="what is there under another word is not missing"),
        pytest.param("{treatment: 2021-05/2021-01, line: 1}",
                     ["ends before it starts", "'drugs' is missing"], id="dates of a faulty entry"),
        pytest.param("{scan: after surgery, sum: 30}",
                     ["after: no such event: 'surgery'", "sum: no unit"],
                     id="a reference of a faulty entry"),
        pytest.param("{scan: line 2 + 8 weeks, sum: 30}",
                     ["no such event: 'line 2'", "sum: no unit"], id="a time of a faulty entry"),
        pytest.param("{scan: 2021, new: [none, liver], target: PR, sum: 30 mm}",
                     ["new lesions contradict", "state the same finding"], id="two contradictions"),
        pytest.param("{scan: 2021, new: [none, liver], target: PR, sum: 30}",
                     ["new lesions contradict", "sum: no unit"],
                     id="a contradiction with what cannot be read is not known"),
        pytest.param("{radiotherapy: 2021/2020, dose: 30 Gy in 10 fractions, fractions: 20}",
                     ["fractions: 20 contradict", "ends before it starts"], id="doses and dates"),
        pytest.param("{death: 2021, printed: {rate: 50 %, of: PFS, n: many}}",
                     ["n: ", "a rate of PFS at no time"], id="a printed value"),
    ],
)  # fmt: skip
def test_all_faults_of_an_entry_are_named_at_once(entry, expected):
    _, faults = text_contents(f"{WRAP}  - {entry}\n", "a.yaml")
    texts = [str(each) for each in faults]
    assert len(texts) == len(expected), texts
    for part in expected:
        assert any(part in text for text in texts), (part, texts)


def test_what_cannot_be_read_is_said(tmp_path):
    assert "cannot be read" in str(load(tmp_path / "none.yaml")[1][0])
    assert "cannot be read" in str(load(tmp_path)[1][0])
    (tmp_path / "latin.yaml").write_bytes(b"case: caf\xe9\n")
    assert "UTF-8" in str(load(tmp_path / "latin.yaml")[1][0])


def test_a_reference_to_an_event_with_a_fault_is_no_second_fault(written):
    text = WRAP + "  - {scan: 2021-13, id: late}\n  - {death: after late}\n"
    assert len(problems(written(text))) == 1


def test_scalars_stay_text(written):
    text = WRAP + "  - {lab: 2021-03, values: {CA125: 12.40 U/mL}, what: no}\n"
    case, _ = load(written(text))
    lab = case.events[0]
    assert (lab.what, str(lab.values[0][1])) == ("no", "12.40 U/mL")


SHUFFLED = [
    "{diagnosis: 2018-08}",
    "{treatment: 2020-06/2020-10, line: 1, drugs: anlotinib 12 mg}",
    "{scan: 2020-10, line: 1, baseline: 2}",
    "{treatment: after scan 2020-10/2021-05, line: 2, drugs: eribulin}",
    "{scan: 'after line 2, before death', id: late}",
    "{death: 2021-07}",
]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0), (3, 0, 5, 2, 4, 1)])
def test_the_order_of_entries_changes_nothing(written, order):
    text = WRAP + "".join(f"  - {SHUFFLED[i]}\n" for i in order)
    case, faults = load(written(text))
    assert not faults
    assert isinstance(case, Case)
    straight, _ = load(written(WRAP + "".join(f"  - {line}\n" for line in SHUFFLED), "b.yaml"))
    assert case.events == straight.events


def test_order_narrows_dates_and_assigns_a_scan_to_its_line(written):
    case, _ = load(written(WRAP + "".join(f"  - {line}\n" for line in SHUFFLED)))
    second = case.lines[1]
    assert format_days(second.start.start.span) == "2020-10-01 to 2021-05-31"
    late = next(event for event in case.events if event.id == "late")
    assert isinstance(late, Scan)
    assert (format_days(late.start.span), late.line) == ("2020-10-01 to 2021-07-31", 2)


def test_places_come_from_headings(written):
    text = WRAP + "  Table 1:\n    - {death: 2021}\n    - {biopsy: 2020, place: Figure 1}\n"
    case, _ = load(written(text))
    assert [event.place for event in case.events] == ["Figure 1", "Table 1"]


def test_every_kind_of_event_and_claim_can_be_written(written):
    own = {"treatment": ", line: 1, drugs: x", "lab": ", values: {a: 1 mm}"}
    text = WRAP + "".join(f"  - {{{kind}: 2021{own.get(kind, '')}, id: a-{i}}}\n"
                          for i, kind in enumerate(EVENTS) if kind != "scan")  # fmt: skip
    case, faults = load(written(text))
    assert not faults
    assert {event.kind for event in case.events} == set(EVENTS) - {"scan"}
    needs = {"unit": "months", "of": "scan", "from": "a", "to": "b", "about": "x",
             "about or of": "x", "p": "0.03", "than": "y", "at": "0 months"}  # fmt: skip
    text = "source: s\nclaims:\n" + "".join(
        f"  - {{{row.name}: {row.example}"
        + "".join(f", {key.split(' or ')[0]}: {needs[key]}" for key in row.needs)
        + "}\n"
        for row in CLAIMS.values()
    )
    source, faults = load(written(text))
    assert not faults
    assert isinstance(source, Report)
    assert {claim.kind for claim in source.claims} == set(CLAIMS)


def test_a_line_is_its_regimens_in_order(written):
    text = (
        WRAP
        + "  - {treatment: 2021-10/.., line: 1, drugs: [a, b]}\n"
        + "  - {treatment: 2021-04/2021-10, line: 1, drugs: a, criterion: iRECIST}\n"
    )
    case, _ = load(written(text))
    line = case.lines[0]
    assert (line.regimen, line.criterion) == ("a, then a + b", "iRECIST")
    assert isinstance(line.start, Treatment)
    assert case.find("line 1")[1].text == "2021-04"
    assert case.find("line 1 end")[1].text == ".."


def test_a_case_may_have_settings(written):
    case, faults = load(written(WRAP + "  - {death: 2021}\nsettings: {pr_persistence: off}\n"))
    assert not faults
    assert case.settings.changed == {"pr_persistence": "off"}


@pytest.mark.parametrize(
    ("lesion", "message"),
    [
        pytest.param("lung", "the keys of a lesion are expected (write T1: {organ: lung})",
                     id="an organ alone"),
        pytest.param("{site: lung}", "unknown key 'site' (write organ: lung)", id="another word"),
    ],
)  # fmt: skip
def test_a_lesion_that_is_not_read_is_one_fault(tmp_path, lesion, message):
    """That its sizes are those of no lesion would be a second message of the same fault."""
    path = tmp_path / "a.yaml"
    path.write_text(
        f"case: a\nlesions: {{T1: {lesion}}}\nevents:\n"
        "  - {scan: 2020-01-05, baseline: 1, lesions: {T1: 11 mm}}\n"
        "  - {treatment: 2020-02-01/, line: 1, drugs: carboplatin}\n",
        "utf-8",
    )
    _, problems = load(path)
    (problem,) = map(str, problems)
    assert problem.endswith(message)


def test_a_near_name_of_an_event_has_few_others_beside_it(tmp_path):
    scans = "".join(f"  - {{scan: 2002-{month:02}}}\n" for month in range(1, 13))
    path = tmp_path / "case.yaml"
    path.write_text(f"case: x\nevents:\n{scans}  - {{symptom: after scan 2002-111}}\n")
    (problem,) = problems(path)
    assert "did you mean scan 2002-11? known: " in problem
    listed = problem.partition("known: ")[2].partition(", .. and")[0]
    assert len(listed.split(", ")) == 5
