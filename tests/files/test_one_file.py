"""A case file that holds its own report: the block, the claims, and what is printed of events."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import timeline as tl
from timeline.cli.app import app
from timeline.core.schema import schema_of
from timeline.files.loader import load_contents
from timeline.record.events import EVENTS
from timeline.report.claims import CLAIMS, Claim, Report
from timeline.views.case_report import load_all
from timeline.views.verdict_data import audit_data

ROOT = Path(__file__).parents[2]


def audited(path: Path) -> dict:
    """The audit of a file as data, without the places in the file."""
    (case_report,), problems = load_all([path])
    assert not problems, problems
    found = audit_data(case_report, case_report.audit())
    figures = [figure for finding in found["findings"] for figure in finding["figures"]]
    for each in (*found["verdicts"], *figures):
        del each["where"]
    return found


def as_one(case: str, report: str) -> str:
    """The text of a case file and that of its report file as one file."""
    head, claims = re.split(r"^(?=claims:)", report, flags=re.MULTILINE)
    own = re.sub(r"^(#.*|source: .*|case: .*)\n", "", head, flags=re.MULTILINE)
    block = "".join(f"  {line}\n" if line else "\n" for line in own.splitlines())
    return re.sub(r"^source: .*\n", f"report:\n{block}", case, flags=re.MULTILINE) + claims


@pytest.mark.parametrize("name", ["wang2023", "jin2025"])
def test_two_files_and_one_give_the_same_audit(tmp_path, name):
    """Written as one text or as two, a case with its report has byte-equal verdicts."""
    one = tmp_path / "one.yaml"
    two = ROOT / "seeds" / f"{name}.yaml"
    case = ROOT / "cases" / f"{name}.yaml"
    one.write_text(as_one(case.read_text("utf-8"), two.read_text("utf-8")), encoding="utf-8")
    assert json.dumps(audited(one)) == json.dumps(audited(two))
    assert len(audited(one)["verdicts"]) > 40


PRINTED = """\
case: example2024
report: {title: A made-up report, doi: 10.1000/example, published: 2024-03-01}
lesions: {T1: {organ: liver}}
events:
  Case, paragraph 1:
    - {diagnosis: 2021-03, what: leiomyosarcoma, printed: {age: 61, date: March 2021}}
    - {surgery: 2021-04-02, printed: {interval: 9 months, to: scan 2022-01-10}}
    - {scan: 2022-01-10, baseline: 1, lesions: {T1: 40 mm}, printed: {size: 40 mm}}
    - treatment: 2022-02-01/2022-08
      line: 1
      drugs: doxorubicin 75 mg/m² IV day 1
      printed:
        - {PFS: 8.4 months, response: PR, place: Abstract}
        - {dose: 75, unit: mg/m²}
        - {schedule: day 1, place: Discussion, note: as printed}
    - {toxicity: 2022-03, what: neutropenia, grade: 2, printed: {grade: 3, place: Table 1}}
  Case, paragraph 2:
    - {scan: 2022-05-02, lesions: {T1: 26 mm}, printed: [{response: PR}, {sum: 26 mm}]}
    - treatment: 2022-08/2022-10
      line: 2
      drugs: [gemcitabine 1000 mg/m² IV days 1 and 8, docetaxel 75 mg/m² IV day 8]
      printed: {dose: 900, unit: mg/m², about: gemcitabine}
    - {treatment: 2022-10/2022-12, id: alone, line: 2, drugs: gemcitabine,
       printed: {date: October 2022, dose: 1000 mg/m²}}
    - {last contact: 2023-01}
claims:
  Conclusion:
    - {OS: 22 months}
"""

# The same, each claim as it is written in a report file, in the order of the file.
TWO = """\
source: example2024
title: A made-up report
doi: 10.1000/example
published: 2024-03-01
case: case.yaml
claims:
  Case, paragraph 1:
    - {age: 61, about: age, of: diagnosis 2021-03}
    - {date: March 2021, of: diagnosis 2021-03}
    - {interval: 9 months, from: surgery 2021-04-02, to: scan 2022-01-10}
    - {size: 40 mm, about: T1, of: scan 2022-01-10}
    - {PFS: 8.4 months, line: 1, place: Abstract}
    - {response: PR, of: line 1, place: Abstract}
    - {dose: 75 mg/m², about: doxorubicin, line: 1}
    - {schedule: day 1, about: doxorubicin, line: 1, place: Discussion, note: as printed}
    - {grade: 3, about: neutropenia, of: toxicity 2022-03, place: Table 1}
  Case, paragraph 2:
    - {response: PR, of: scan 2022-05-02}
    - {sum: 26 mm, about: sum of target lesions, of: scan 2022-05-02}
    - {dose: 900, unit: mg/m², about: gemcitabine, line: 2, of: line 2}
    - {date: October 2022, of: alone}
    - {dose: 1000 mg/m², about: gemcitabine, line: 2, of: alone}
  Conclusion:
    - {OS: 22 months}
"""


def without_printed(text: str) -> str:
    """The facts of the case alone, in a file that names its report."""
    events = re.sub(r",\s+printed: (\{.*?\}|\[.*?\])\}$", "}", text, flags=re.MULTILINE)
    events = re.sub(r"^      printed:( .*\n|\n(        - .*\n)+)", "", events, flags=re.MULTILINE)
    facts = events.split("claims:")[0]
    return re.sub(r"^report: .*", "source: report.yaml", facts, flags=re.MULTILINE)


def test_values_printed_of_events_are_the_claims_of_a_report_file(tmp_path):
    """What each is of follows from its event; the heading of the event is its place."""
    (tmp_path / "one.yaml").write_text(PRINTED, encoding="utf-8")
    (tmp_path / "case.yaml").write_text(without_printed(PRINTED), encoding="utf-8")
    (tmp_path / "report.yaml").write_text(TWO, encoding="utf-8")
    one, two = tl.load_report(tmp_path / "one.yaml"), tl.load_report(tmp_path / "report.yaml")
    assert [*map(repr, one.claims)] == [*map(repr, two.claims)]
    assert tl.load_case(tmp_path / "one.yaml").events == tl.load_case(tmp_path / "case.yaml").events
    assert json.dumps(audited(tmp_path / "one.yaml")) == json.dumps(
        audited(tmp_path / "report.yaml")
    )


def test_each_claim_has_its_own_place_in_the_file(tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text(PRINTED, encoding="utf-8")
    places = {str(each): str(each.where) for each in tl.load_report(path).claims}
    assert places["response of line 1: PR"] == f"{path}:13:39"
    assert places["OS: 22 months"] == f"{path}:28:12"


def test_one_file_has_case_and_report_in_python(tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text(PRINTED, encoding="utf-8")
    loaded = tl.load(path)
    content, problems = loaded
    assert problems == ()
    assert content is loaded.case
    assert isinstance(loaded.report, Report)
    assert (loaded.report.name, loaded.report.doi) == ("example2024", "10.1000/example")
    assert loaded.report == tl.load_report(path)
    assert repr(loaded) == "<Loaded: case and report example2024>"
    assert "PFS line 1" in loaded._repr_html_()
    audit = tl.audit(tl.derive(tl.load_case(path)), tl.load_report(path))
    assert {each.claim.kind for each in audit.contradicted} == {
        "grade",  # 3, on record 2
        "dose",  # gemcitabine 900 mg/m², on record 1000 and no change of it
    }


HEAD = "case: c\nevents:\n  - {death: 2021}\n"
EVENT = "case: c\nevents:\n  P1:\n    - {scan: 2022-05, target: PR, printed: %s}\n"


def claims_of(tmp_path: Path, text: str) -> tuple[Claim, ...]:
    path = tmp_path / "c.yaml"
    path.write_text(text, encoding="utf-8")
    return tl.load_report(path).claims


def faults_of(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "c.yaml"
    path.write_text(text, encoding="utf-8")
    contents, problems = load_contents(path)
    assert contents.content is None
    return [str(each).removeprefix(f"{path}:") for each in problems]


@pytest.mark.parametrize(
    ("event", "printed", "about"),
    [
        ("treatment: 2021, line: 1, drugs: doxorubicin 75 mg/m²", "dose: 75 mg/m²", "doxorubicin"),
        ("supportive: 2021, drugs: denosumab", "schedule: every 4 weeks", "denosumab"),
        ("radiotherapy: 2021, dose: 50 Gy", "dose: 50 Gy", "radiotherapy"),
        ("treatment: 2021, line: 1, drugs: doxorubicin", "ordinal: first", "line of therapy"),
        ("scan: 2021, lesions: {T1: 40 mm}", "size: 40 mm", "T1"),
        ("scan: 2021, sum: 40 mm", "sum: 40 mm", "sum of target lesions"),
        ("lab: 2021, values: {LDH: 280 U/L}", "lab: 280 U/L", "LDH"),
        ("performance: 2021, ecog: 1", "score: 1", "ECOG"),
        ("symptom: 2021, ecog: 1", "score: 1", "ECOG"),
        ("biomarker: 2021, name: PD-L1", "percent: 60", "PD-L1"),
        ("biomarker: 2021, name: PD-L1", "score: 60", "PD-L1"),
        ("toxicity: 2021, what: rash", "grade: 2", "rash"),
        ("diagnosis: 2021", "age: 61", "age"),
    ],
)
def test_what_a_printed_value_is_about_follows_from_its_event(tmp_path, event, printed, about):
    """It can be written all the same, and where the event does not give it, it has to be."""
    text = "case: c\nevents:\n  - {%s, printed: {%s}}\n"
    (claim,) = claims_of(tmp_path, text % (event, printed))
    assert claim.about == about
    (claim,) = claims_of(tmp_path, text % (event, f"{printed}, about: other"))
    assert claim.about == "other"
    found = faults_of(tmp_path, text % ("surgery: 2021", printed)) if about != "age" else []
    assert all("'about' is missing" in each for each in found)
    assert bool(found) == (about != "age")


@pytest.mark.parametrize(
    ("events", "names"),
    [
        pytest.param(
            ("toxicity: 2021-02-01, term: rash", "toxicity: 2021-02-01, term: pruritus"),
            ("toxicity rash", "toxicity pruritus"), id="two terms on one day",
        ),
        pytest.param(
            ("toxicity: after biopsy, term: rash", "toxicity: after biopsy, term: pruritus",
             "biopsy: 2021"),
            ("toxicity rash", "toxicity pruritus", "biopsy 2021"), id="two terms in one order",
        ),
        pytest.param(
            ("biomarker: 2021, name: ER", "biomarker: 2021, name: PR"),
            ("biomarker ER", "biomarker PR"), id="two markers of one year",
        ),
        pytest.param(
            ("toxicity: 2021, term: rash", "toxicity: 2021, term: rash"),
            ("toxicity 2021 (1 of 2)", "toxicity 2021 (2 of 2)"), id="one term twice",
        ),
        pytest.param(
            ("biopsy: 2021, site: liver", "surgery: 2020", "biopsy: 2021, site: lung"),
            ("biopsy 2021 (1 of 2)", "surgery 2020", "biopsy 2021 (2 of 2)"),
            id="no term: in the order of the file",
        ),
        pytest.param(
            ("biopsy: 2021, site: liver, id: B1", "biopsy: 2021, site: lung"),
            ("B1", "biopsy 2021 (2 of 2)"), id="one has an id",
        ),
    ],
)  # fmt: skip
def test_a_printed_value_belongs_to_the_event_that_it_stands_in(tmp_path, events, names):
    """No name is asked for: the claim is of that event, and its reference finds it."""
    entries = "".join(f"  - {{{each}, printed: {{date: '2021'}}}}\n" for each in events)
    claims = claims_of(tmp_path, f"case: c\nevents:\n{entries}")
    assert sorted(claim.of for claim in claims) == sorted(names)
    case = tl.load_case(tmp_path / "c.yaml")
    lines = {claim.of: claim.where.line for claim in claims}
    for name in names:
        assert case.find(name)[0].where.line == lines[name]


def test_only_printed_values_make_a_report(tmp_path):
    (claim,) = claims_of(tmp_path, EVENT % "{response: PR}")
    assert (claim.of, claim.place, str(claim.where.line)) == ("scan 2022-05", "P1", "4")


# What a claim of each kind needs besides its text and what a scan gives.
_NEEDED = {"unit": "months", "to": "scan 2022-05", "about": "a figure", "than": "Wang 2023"}


@pytest.mark.parametrize("kind", sorted(CLAIMS))
def test_each_kind_is_read_once_and_refused_once(tmp_path, kind):
    """Every kind of claim may be printed of an event; without what it needs it is refused."""
    row = CLAIMS[kind]
    more = {
        "at-risk": {"of": "PFS", "at": "0 months"},
        "events": {"of": "PFS"},
        "rate": {"of": "PFS", "at": "6 months"},
        "test": {"p": "0.03"},
    }.get(kind, {})
    needs = {word for each in row.needs for word in each.split(" or ")}
    keys = {**{key: text for key, text in _NEEDED.items() if key in needs}, **more}
    written = ", ".join(f"{key}: {text}" for key, text in {kind: row.example, **keys}.items())
    (claim,) = claims_of(tmp_path, EVENT % f"{{{written}}}")
    assert (claim.kind, claim.text, claim.place) == (kind, row.example, "P1")
    ((fault),) = faults_of(tmp_path, EVENT % f"{{{kind}: {row.example}, wat: x}}")[:1]
    assert fault.startswith("4:")


_KEYS = {  # a value that each key of a claim takes
    "line": "1",
    "criterion": "iRECIST",
    "n": "5",
    "at": "6 months",
    "ci": "1 to 2",
    "level": "95 %",
    "sd": "1.2",
    "se": "0.3",
    "step": "1",
    "statistic": "median",
}


@pytest.mark.parametrize("key", sorted(schema_of(Claim).keys() - CLAIMS.keys()))
def test_each_key_of_a_printed_value_is_read_once_and_refused_once(tmp_path, key):
    printed = {"count": "5", "about": "patients", key: _KEYS.get(key, "some words")}
    text = ", ".join(f"{name}: {value}" for name, value in printed.items())
    (claim,) = claims_of(tmp_path, EVENT % f"{{{text}}}")
    assert str(getattr(claim, schema_of(Claim)[key][0])) == printed[key]
    text = ", ".join(f"{name}: {value}" for name, value in {**printed, key: "{}"}.items())
    found = faults_of(tmp_path, EVENT % f"{{{text}}}")
    assert [each.split(": ", 1)[1].split(" (")[0] for each in found] == [f"{key}: empty value"]


def test_words_that_are_a_kind_and_a_key_are_kinds(tmp_path):
    """``grade``, ``p`` and ``range`` are claims, but for the ``p`` that a test has to have."""
    assert schema_of(Claim).keys() & CLAIMS.keys() == {"grade", "p", "range"}
    text = "case: c\nevents:\n  - {toxicity: 2021, what: rash, printed: {date: 2021, grade: 2}}\n"
    assert [(each.kind, each.grade) for each in claims_of(tmp_path, text)] == [
        ("date", None),
        ("grade", None),
    ]
    (claim,) = claims_of(tmp_path, EVENT % '{test: "t(28) = 2.2", p: 0.03, about: size}')
    assert (claim.kind, str(claim.p)) == ("test", "0.03")


@pytest.mark.parametrize("key", sorted({"name", *schema_of(Report)} - {"case"}))
def test_each_key_of_the_report_block_is_read_once_and_refused_once(tmp_path, key):
    dates = ("received", "revised", "accepted", "published")
    text = "2024-03-01" if key in dates else "some words"
    path = tmp_path / "c.yaml"
    path.write_text(HEAD + f"report: {{{key}: {text}}}\n", encoding="utf-8")
    value = getattr(tl.load_report(path), key)
    assert getattr(value, "text", value) == text
    (fault,) = faults_of(tmp_path, HEAD + f"report: {{{key}: ''}}\n")
    assert fault.startswith(f"4:{len(key) + 12}: {key}: ")


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_every_kind_of_event_may_have_a_printed_date(tmp_path, event):
    more = ", line: 1, drugs: doxorubicin" if event == "treatment" else ""
    text = f"case: c\nevents:\n  - {{{event}: 2022-05{more}, printed: {{date: May 2022}}}}\n"
    (claim,) = claims_of(tmp_path, text)
    assert claim.of == ("line 1" if event == "treatment" else f"{event} 2022-05")


@pytest.mark.parametrize(
    ("printed", "fault"),  # at the mark
    [
        pytest.param("@PR", "printed takes kinds of claims", id="a word"),
        pytest.param("@[]", "printed takes kinds of claims", id="an empty list"),
        pytest.param("@{}", "printed takes kinds of claims", id="an empty mapping"),
        pytest.param("[@PR]", "printed takes kinds of claims", id="a list of words"),
        pytest.param("@{place: Abstract}", "no kind of claim here", id="a place alone"),
        pytest.param("{@respones: PR}", "did you mean response?", id="a kind misspelt"),
        pytest.param("{response: @PRR}", "did you mean PR?", id="a value misspelt"),
        pytest.param("@{PFS: 8.4}", "'unit' is missing", id="no unit"),
        pytest.param("@{size: 12 mm}", "'about' is missing", id="which lesion"),
        pytest.param("@{interval: 5 months}", "'from' or 'to' is missing", id="an interval"),
        pytest.param("{response: PR, @respone: x}", "unknown kind", id="an unknown key"),
        pytest.param(
            "{response: PR, date: May 2022, @n: 5}", "'n' is a key of one claim", id="whose key"
        ),
        pytest.param("{response: PR, @response: SD}", "given twice", id="twice"),
        pytest.param("{response: PR, place: @[a]}", "takes one value", id="a list"),
    ],
)
def test_faults_of_printed_values_have_their_place(tmp_path, printed, fault):
    column = (EVENT % printed).splitlines()[-1].index("@") + 1
    found = faults_of(tmp_path, EVENT % printed.replace("@", ""))
    assert found[0].startswith(f"4:{column}: "), found
    assert fault in found[0]


@pytest.mark.parametrize(
    ("text", "place", "fault"),
    [
        pytest.param(HEAD + "doi: x\n", "4:1", "write it under report:", id="a key of the report"),
        pytest.param(HEAD + "printed: {OS: 3}\n", "4:1", "write it on an event", id="printed"),
        pytest.param(HEAD + "report: x\n", "4:9", "report takes keys and values", id="a word"),
        pytest.param(HEAD + "report: {titel: x}\n", "4:10", "did you mean title?", id="misspelt"),
        pytest.param(
            HEAD + "report: {nam: x}\n", "4:10", "did you mean name?", id="the name misspelt"
        ),
        pytest.param(
            HEAD + "report: {published: x}\n", "4:21", "published: not a date", id="no date"
        ),
        pytest.param(
            HEAD + "report: {claims: []}\n", "4:10", "claims: at the margin", id="claims"
        ),
        pytest.param(HEAD + "report: {case: c.yaml}\n", "4:10", "leave case: out", id="a case"),
        pytest.param(HEAD + "report: {source: c}\n", "4:10", "write name: ..", id="a source"),
        pytest.param(HEAD + "report: {name: ''}\n", "4:16", "empty value", id="an empty name"),
        pytest.param(HEAD + "claims: x\n", "4:9", "a list is expected here", id="claims as a word"),
        pytest.param(HEAD + "claims:\n  - {PSF: 3}\n", "5:6", "did you mean PFS?", id="a claim"),
        pytest.param(
            HEAD + "source: r.yaml\nclaims:\n  - {OS: 3 months}\n",
            "4:9",
            "the case has a report of its own (claims:) and names another by source: 'r.yaml' "
            "(leave source: out, or write claims: in that file)",
            id="its own claims and those of another file",
        ),
        pytest.param(
            "case: c\nsource: r.yaml\nreport: {doi: x}\nevents:\n"
            "  - {death: 2021, printed: {date: 2021}}\n",
            "2:9", "a report of its own (report: and printed:)", id="block and event",
        ),
        pytest.param(
            "case: c\nevents:\n  - {treatment: 2021, line: 1, drugs: x, printed: "
            "{PFS: 3 months, line: 2}}\n",
            "3:73", "of the treatment of line 1 (leave line: out", id="another line",
        ),
        pytest.param(
            "case: c\nevents:\n  - {treatment: 2021, line: 1, drugs: x, PFS: 3 months}\n",
            "3:42", "(write it under printed: as printed: {PFS: ..})", id="a claim for a fact",
        ),
        pytest.param(
            "case: c\nevents:\n  - {biopsy: 2021, printed: {date: 2021}}\n"
            "  - {surgery: 2022, id: biopsy 2021}\n",
            "3:14", "give it an id", id="an event whose name is the id of another",
        ),
        pytest.param(
            "case: c\nevents:\n  - {biopsy: 2021-02-30, printed: {dat: 2021}}\n",
            "3:14", "February 2021 has 28 days, and no 30th", id="a fault of the event",
        ),
    ],
)  # fmt: skip
def test_faults_of_one_file_have_their_place(tmp_path, text, place, fault):
    found = faults_of(tmp_path, text)
    assert found[0].startswith(f"{place}: "), found
    assert fault in found[0]


def test_printed_values_of_a_faulty_event_are_checked_as_well(tmp_path):
    text = "case: c\nevents:\n  - {biopsy: 2021-02-30, printed: {dat: 2021, name: x}}\n"
    found = faults_of(tmp_path, text)
    assert [each.split(":", 2)[:2] for each in found] == [["3", "14"], ["3", "36"]]


@pytest.mark.parametrize(
    ("printed", "category"),  # Eisenhauer 2009, 4.3.1
    [
        ("Complete Response", "CR"),
        ("partial response", "PR"),
        ("stable disease", "SD"),
        ("progressive disease", "PD"),
    ],
)
def test_a_response_may_be_printed_by_its_name(tmp_path, printed, category):
    """The text stays as it is printed; what it is compared with is the category."""
    text = EVENT.replace("target: PR", f"called: {{{printed}: Abstract}}")
    (claim,) = claims_of(tmp_path, text % f"{{response: {printed}}}")
    assert (claim.text, claim.value) == (printed, category)
    (scan,) = tl.load_case(tmp_path / "c.yaml").events
    assert scan.called == (("Abstract", category),)


def test_a_comma_within_a_printed_text_or_a_title_needs_no_quotes(tmp_path):
    """Where the text can be read as a whole only, or can be no key."""
    printed = "{date: August 12, 2022, place: Case presentation, paragraph 2}"
    text = "report: {title: Anlotinib, a case report, doi: x}\n" + EVENT % printed
    (claim,) = claims_of(tmp_path, text)
    assert (claim.text, claim.place) == ("August 12, 2022", "Case presentation, paragraph 2")
    assert tl.load_report(tmp_path / "c.yaml").title == "Anlotinib, a case report"
    found = faults_of(tmp_path, EVENT % "{response: PR, 2022}")
    assert 'put all of it in quotes: {response: "PR, 2022"}' in found[0]
    found = faults_of(tmp_path, EVENT % "{PFS: 8,4, unit: months}")
    assert 'put all of it in quotes: {PFS: "8, 4", unit: months}' in found[0]


def test_a_figure_of_other_patients_takes_nothing_from_the_event(tmp_path):
    printed = "{PFS: 4.2 months, study: Demetri 2016}"
    text = "case: c\nevents:\n  - {treatment: 2021, line: 1, drugs: x, printed: %s}\n"
    (claim,) = claims_of(tmp_path, text % printed)
    assert (claim.study, claim.line, claim.of) == ("Demetri 2016", None, "")


def test_a_report_may_not_name_a_case_with_a_report_of_its_own(tmp_path):
    (tmp_path / "one.yaml").write_text(HEAD + "claims:\n  - {OS: 3 months}\n", encoding="utf-8")
    (tmp_path / "r.yaml").write_text("source: r\ncase: one.yaml\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("source: one.yaml\n" + HEAD, encoding="utf-8")
    _, (fault,) = load_all([tmp_path / "r.yaml"])
    assert "holds a report of its own (leave case: out here" in str(fault)
    _, (fault,) = load_all([tmp_path / "c.yaml"])
    assert "the report it names is something else: 'one.yaml' (name a report)" in str(fault)


@pytest.mark.usefixtures("flagged_once")
def test_every_command_takes_the_one_file(tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text(PRINTED, encoding="utf-8")

    def run(*arguments: str, ends: int = 0) -> str:
        result = CliRunner().invoke(app, [*arguments])
        assert result.exit_code == ends, result.output
        return result.output

    assert "example2024: 9 events, 2 lines, 15 claims" in run("check", str(path))
    assert json.loads(run("check", "--json", str(path)))["files"][0]["claims"] == 15
    assert "grade neutropenia: 3" in run("show", str(path))
    first = json.loads(run("show", "--json", str(path)))["claims"][0]
    assert first == {"kind": "age", "text": "61", "of": "diagnosis 2021-03", "about": "age",
                     "place": "Case, paragraph 1"}  # fmt: skip
    assert "PFS line 1: printed 8.4 months [Abstract]" in run("audit", str(path), ends=1)
    (data,) = json.loads(run("audit", "--json", str(path), ends=1))
    assert data["doi"] == "10.1000/example"
    assert len({each["where"] for each in data["verdicts"]}) == 15
    run("audit", str(path), "-o", str(tmp_path / "audit.html"), ends=1)
    run("explain", str(path), "PFS", "--line", "1")
    run("draw", str(path), "-o", str(tmp_path / "one.svg"))
    assert "8.4" not in run("deidentify", str(path))
