"""``check`` names the faults of a file, of every stage at once; each with place and remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from timeline.cli.app import app
from timeline.files.loader import load

INPUTS = Path(__file__).parent / "inputs" / "files"
WRAP = "case: c\nevents:\n"
LINE = "  - {treatment: 2022-01-20/2022-09, line: 1, drugs: x}\n"


def check(*files):
    done = CliRunner().invoke(app, ["check", *map(str, files)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def faults(tmp_path, text):
    """The faults of a file with some text, without the name of the file."""
    path = tmp_path / "a.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found, problems = load(path)
    assert (found is None) == bool(problems)
    return [str(each).removeprefix(f"{path}:") for each in problems]


SYNTAX = [  # a text, and the faults in it, in their order
    pytest.param(WRAP + "  - {scan: 2021-02, target: SD\n  - {death: 2021-13}\n  - {scam: 2021}\n",
                 ["4:5: not YAML here: an entry in {..} does not close",
                  "4:13: death: no such month: '2021-13'", "5:6: unknown kind of event 'scam'"],
                 id="a bracket left open; the entries below are read"),
    pytest.param(WRAP + "  - {biopsy: 2021, what: a: b}\n  - {death: 2021-13}\n",
                 ["3:27: not YAML here", "4:13: death: no such month"], id="a colon in a text"),
    pytest.param(WRAP + "  - {biopsy: 2021, what: @home}\n  - {death: 2021-13}\n",
                 ["3:26: not YAML here: a text that begins with @ needs quotes", "4:13: death: no"],
                 id="a text that begins with a sign"),
    pytest.param(WRAP + "\t- {scan: 2021-02}\n\t- {death: 2021-13}\n",
                 ["3:1: a tab at the beginning of a line (write blanks)", "4:1: a tab", "4:13: d"],
                 id="tabs for blanks"),
    pytest.param(WRAP + "  - {scan: 2021-02, target: XX\n  - {death: after scan}\n",
                 ["4:5: not YAML here"], id="a reference to what could not be read is no fault"),
    pytest.param(WRAP + "  - {biopsy: 2021, what: !x y}\n", ["3:26: a tag, '!x', is not used here"],
                 id="a tag would be lost"),
    pytest.param(WRAP + '  - {biopsy: 2021, what: "\\e[2J"}\n', ["3:26: a control character, U+"],
                 id="an escape written as an escape"),
    pytest.param('case: é\nevents:\n  - {scan: 2020, what: "\a"}\n', ["3:25: a control char"],
                 id="columns count letters, not bytes"),
    pytest.param("case: a\nevents: []\n---\ncase: b\n", ["3:1: not YAML here: a second document"],
                 id="two documents"),
    pytest.param("case: a\nevents: &a [*a]\n", ["1:1: anchors and aliases are not used here"],
                 id="a list within itself"),
    pytest.param("case: " + "{a: " * 300, ["1:163: nested deeper than 40 levels"],
                 id="300 keys deep"),
    pytest.param("- " * 3000, ["1:81: nested deeper than 40 levels"], id="lists 3000 deep"),
    pytest.param(b"case: a\xff\n", ["1:8: not UTF-8 text: the byte FF"], id="a byte of Latin-1"),
    pytest.param("# only a remark\n", [" no keys here"], id="nothing but a remark"),
    pytest.param(WRAP + "  - {scan: 2021-02, [a, b]: c}\n", ["3:21: a key must be a word"],
                 id="a list as key"),
    pytest.param("source: a\nclaims: [{PFS: 5, unit: months, [a]: b}]\n",
                 ["2:33: a key must be a word"], id="a list as key of a claim"),
    pytest.param("source: a\nclaims: [{table: responses, columns: [{count: a, [b]: c}],"
                 " rows: {CR: [1]}}]\n", ["2:50: a key must be a word"], id="a list in a table"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), SYNTAX)
def test_broken_syntax_is_named_and_the_rest_is_read(tmp_path, text, words):
    found = faults(tmp_path, text)
    assert len(found) == len(words), found
    for fault, start in zip(found, words, strict=True):
        assert fault.startswith(start)


def test_brackets_beyond_the_limit_of_the_parser(tmp_path):
    # libyaml 0.2.5 reports the 41st, 0.2.6 stops at its own limit of 1,000 before any
    (found,) = faults(tmp_path, "[" * 100_000)
    assert found.startswith(("1:41: ", "1:1001: "))
    assert found.endswith("nested deeper than 40 levels (write it flat)")


COMMAS = [
    pytest.param("{treatment: 2021, drugs: cisplatin 75 mg/m², day 1, line: 1}",
                 "3:50: 'day 1' has no value: in {..} a comma ends a text (put all of it in quotes"
                 ': {treatment: 2021, drugs: "cisplatin 75 mg/m², day 1", line: 1})',
                 id="a dose with its day, or a second drug"),
    pytest.param("{surgery: 2021, what: resection, margin free, site: lung}",
                 "(write margin: free, or put all of it in quotes: {surgery: 2021, what: "
                 '"resection, margin free", site: lung})', id="begins with a key"),
    pytest.param("{scan: 2021, what: CT, modalty}", "'modalty' has no value", id="a mistyped key"),
    pytest.param("{surgery: 2021, what: resection, margins}", "'margins' has no value",
                 id="a key in the plural"),
    pytest.param("{scan: 2021, what: CT, non target}", "'non target' has no value", id="a key"),
    pytest.param("{scan: 2021, what: CT, planned}", "planned: empty value", id="a known key"),
    pytest.param('{scan: 2021, what: "CT, chest", abdomen}', "'abdomen' has no value",
                 id="after a text in quotes"),
    pytest.param("{scan: 2021, what: CT, abdomen: }", "'abdomen' has no value", id="a colon"),
    pytest.param("{scan: 2021, sum: 41 mm, about}", "'about' has no value", id="after a number"),
    pytest.param("{scan: 2021-05, 2021-06, line: 1}", "'2021-06' has no value", id="two dates"),
    pytest.param("{surgery: May 5, 2021}", "not a date: 'May 5, 2021' (write 2021-05-05)",
                 id="a date in words"),
]  # fmt: skip
READ = [
    ("surgery: 2019-03-02, what: resection, margins free", "what", "resection, margins free"),
    ("surgery: 2019-03-02, what: resection, margins free , note: x", "what",
     "resection, margins free"),
    ("diagnosis: 2021, what: ductal adenocarcinoma, resectable", "what",  # like no key
     "ductal adenocarcinoma, resectable"),
    ("biopsy: 2021, what: node, metastatic", "what", "node, metastatic"),  # near to metastasis
    ("biopsy: 2021, what: tumour, progressive, stable", "what", "tumour, progressive, stable"),
    ("surgery: 2021, what: liver resection, regional", "what", "liver resection, regional"),
    ("diagnosis: 2021, what: stage, IV", "what", "stage, IV"),  # of two letters, as id
    ("biopsy: 2021, what: lung, left, hilar, note: by CT", "what", "lung, left, hilar"),
    ("biopsy: 2021, note: seen, 3 of 4 cores, place: Figure 1", "note", "seen, 3 of 4 cores"),
    ("biopsy: 2021, place: page 3, left column", "place", "page 3, left column"),
    ("biopsy: [2021-12..2022-02]", "at", "[2021-12..2022-02]"),
    ("biopsy: [2021-12..]", "at", "[2021-12..]"),
    ("biopsy: [..2021-12]", "at", "[..2021-12]"),
    ("biopsy: 2021-12, after surgery, what: x", "at", "2021-12, after surgery"),
    ("biopsy: 2021-12, after surgery, before biopsy 2022-01", "at",
     "2021-12, after surgery, before biopsy 2022-01"),
    ("treatment: 2021-12, after surgery/2022-01, setting: adjuvant, drugs: x", "at",
     "2021-12, after surgery/2022-01"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "key", "text"), READ)
def test_a_comma_within_brackets_is_read_where_no_doubt_is_possible(tmp_path, entry, key, text):
    path = tmp_path / "case.yaml"
    others = "  - {surgery: 2018-01, id: surgery}\n  - {biopsy: 2022-01}\n"
    others = others.replace(", id: surgery", "") if not entry.startswith("surgery") else ""
    path.write_text(f"case: c\nevents:\n{others}  - {{{entry}}}\n", encoding="utf-8")
    case, problems = load(path)
    assert not problems
    event = next(each for each in case.events if each.where.line == (5 if others else 3))
    assert str(getattr(event, key)) == text


@pytest.mark.parametrize(("entry", "words"), COMMAS)
def test_a_comma_within_brackets_requires_quotes(tmp_path, entry, words):
    found = faults(tmp_path, f"{WRAP}  - {entry}\n")
    assert any(words in fault for fault in found), found


def test_a_key_without_value_in_block_style_is_an_unknown_key(tmp_path):
    assert "unknown key 'left'" in faults(tmp_path, WRAP + "  - biopsy: 2021\n    left:\n")[0]


STAGES = """\
case: c
source: s.yaml
lesions: {T1: {organ: liver}}
events:
  - {scan: 2022-01-10, baseline: 1, lesions: {T1: 20 mm}}
  - {treatment: 2022-01-20/2022-09, line: 1, drugs: x}
  - {scan: 2022-03-14, lesions: {T2: 20 mm}}
  - {scan: '2022-05-14, before scan 2022-01-10'}
  - {performance: 2022-04, ecog: 7}
  - {biopsy: 2022-04, what: broken
  - {death: 2022-10}
  - {toxicity: 2022-11, what: rash}
"""


def test_faults_of_all_stages_are_named_at_once(tmp_path):
    """Syntax, a field, the order, a lesion, an impossible history, and those of the report."""
    (tmp_path / "c.yaml").write_text(STAGES)
    (tmp_path / "s.yaml").write_text("source: s\ncase: c.yaml\nclaims: [{PSF: 5, unit: months}]\n")
    code, output = check(tmp_path / "c.yaml")
    assert code == 2
    for words in ("c.yaml:7:12: no such lesion: 'T2'", "no day satisfies the order",
                  "c.yaml:9:34: ecog: not a whole number", "c.yaml:11:5: not YAML here",
                  "c.yaml:12:16: toxicity 2022-11 (2022-11) lies after death (2022-10)",
                  "toxicity 2022-11: 2021-11 (the year)",
                  "toxicity 2022-11 (2022-11) lies after death",
                  "s.yaml:3:11: unknown kind of claim 'PSF'"):  # fmt: skip
        assert words in output, output


PERICARDITIS = """\
case: c
source: s.yaml
events:
  - {diagnosis: 2021-01-04, what: sarcoma}
  - {toxicity: 2021-05, what: Pericarditis, grade: 2}
  - {toxicity: 2021-06, what: rash, id: skin}
  - {scan: 2021-06-14, id: CT-3}
"""


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        *(
            pytest.param(f"{{date: May 2021, of: {name}}}", "", id=f"of: {name}")
            for name in ("pericarditis", "PERICARDITIS", "toxicity Pericarditis")
        ),
        pytest.param("{date: June 2021, of: skin}", "", id="by its id"),
        pytest.param("{date: June 2021, of: ct-3}", "", id="by its id in other letters"),
        pytest.param("{date: June 2021, of: rash}", "", id="by what, though it has an id"),
        pytest.param("{date: June 2021, of: scan 2021-06}", "", id="by kind and month"),
        pytest.param("{date: 1970, of: birth}", "", id="birth is no event"),
        pytest.param("{date: May 2021, of: start of the study period}", "", id="a study's dates"),
        pytest.param("{interval: 4, unit: months, from: diagnosis, to: pericarditis}", "", id="to"),
        pytest.param("{date: June 2021, of: toxicity}", "may be any of toxicity 2021-05, skin",
                     id="two events of a kind"),
        pytest.param("{date: June 2021, of: myocarditis}", "s.yaml:3:17: of: no such event: 'myoca",
                     id="no such event"),
        pytest.param("{interval: 4, unit: months, from: diagnosis, to: surgery}",
                     "to: no such event: 'surgery'", id="an interval to nothing"),
        pytest.param("{date: June 2021, of: myocarditis, study: Demetri 2016}", "",
                     id="an event of another study"),
    ],
)  # fmt: skip
def test_references_of_a_report_are_checked_against_its_case(tmp_path, claim, words):
    (tmp_path / "c.yaml").write_text(PERICARDITIS)
    (tmp_path / "s.yaml").write_text(f"source: s\ncase: c.yaml\nclaims: [{claim}]\n")
    for file in ("s.yaml", "c.yaml"):
        code, output = check(tmp_path / file)
        assert (code, words in output) == (2 if words else 0, True), output


def test_a_kind_comes_before_what(tmp_path):
    """A symptom that is called biopsy does not make the biopsy ambiguous."""
    text = "  - {symptom: 2021-01, what: biopsy}\n  - {biopsy: 2021-02}\n  - {scan: after biopsy}\n"
    assert faults(tmp_path, WRAP + text) == []


def test_a_copy_of_a_file_under_another_name_works(tmp_path):
    (tmp_path / "c.yaml").write_text(PERICARDITIS)
    (tmp_path / "s.yaml").write_text("source: s\ncase: c.yaml\nclaims: [{count: 1, about: x}]\n")
    for original, copy in (("c.yaml", "again.yaml"), ("s.yaml", "report.yaml")):
        shutil.copy(tmp_path / original, tmp_path / copy)
        assert check(tmp_path / copy)[0] == 0
        code, output = check(tmp_path / original, tmp_path / copy)
        assert code == 0, output


def test_a_case_of_another_name_is_no_copy(tmp_path):
    (tmp_path / "c.yaml").write_text(PERICARDITIS)
    (tmp_path / "s.yaml").write_text("source: s\ncase: c.yaml\n")
    (tmp_path / "other.yaml").write_text(PERICARDITIS.replace("case: c", "case: other"))
    code, output = check(tmp_path / "other.yaml")
    assert (code, "'s.yaml' is the report of another case, 'c.yaml'" in output) == (2, True)
    line = next(n for n, text in enumerate(PERICARDITIS.splitlines(), 1) if "source:" in text)
    assert f"other.yaml:{line}:9: " in output, "at the name of the report"
    assert "write case: other.yaml there" in output


NONSENSE = [  # an event, and its message
    pytest.param("{scan: 2022-04-01, non-target: CR, non_target: PD}",
                 "'non_target' is 'non-target' in another spelling: given twice",
                 id="two spellings"),
    pytest.param("{scan: 2022-04-01, new-lesion-sizes: {a: 14 mm}, new_lesion-sizes: {a: 9 mm}}",
                 "in another spelling: given twice", id="two spellings of a longer key"),
    pytest.param("{treatment: 2020, line: 2, drugs: ''}", "drugs: empty value", id="no drug"),
    pytest.param("{treatment: 2020, line: 2, drugs: '-'}", "no drug: '-'", id="a dash for a drug"),
    pytest.param("{treatment: 2020, line: 2, drugs: [x, '-']}", "no drug: '-'", id="one of two"),
    pytest.param("{treatment: 2020, line: 2, drugs: cisplatin -75 mg/m²}", "a dose below 0",
                 id="-75"),
    pytest.param("{treatment: 2020, line: 2, drugs: carboplatin \u2212AUC 5}", "a dose below 0",
                 id="-AUC"),
    pytest.param("{treatment: 2020, line: 2, drugs: cisplatin 0 mg/m²}", "a dose of 0", id="0 mg"),
    pytest.param("{treatment: 2020, line: 2, drugs: x, cycle: 0 weeks}", "nothing: '0 weeks'",
                 id="0 w"),
    pytest.param("{treatment: 2020, line: 2, drugs: x, cycle: -3 weeks}", "below 0", id="-3 weeks"),
    pytest.param("{treatment: 2020, line: 2, drugs: x, assessed-every: 0 days}", "nothing: '0 d",
                 id="assessed every 0 days"),
    pytest.param("{radiotherapy: 2020, dose: 0 Gy}", "nothing: '0 Gy'", id="0 Gy"),
    pytest.param("{radiotherapy: 2020, dose: -50 Gy}", "below 0: '-50 Gy'", id="-50 Gy"),
    pytest.param("{lab: 2020, values: {Hb: \u22125 g/dL}}", "below 0", id="a minus of print"),
    pytest.param("{scan: 2022-04-01, earlier-new: grown}",
                 "earlier-new, but no earlier scan of the line shows a new lesion", id="never was"),
    pytest.param("{scan: 2022-04-01, confirms-equivocal: yes}",
                 "confirms-equivocal, but no earlier scan", id="never equivocal"),
    pytest.param("{scan: 2022-04-01, sum: '%s'}" % ("10" * 2000), "sum: no number with a unit has",
                 id="a sum of 4000 digits"),
    pytest.param("{lab: 2022-04-01, values: {Hb: '%s g/dL'}}" % ("9" * 110), "a number of 110",
                 id="110 digits"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "words"), NONSENSE)
def test_nonsense_is_refused_with_what_to_write(tmp_path, entry, words):
    found = faults(tmp_path, f"{WRAP}{LINE}  - {entry}\n")
    assert bool(found) == bool(words)
    assert any(words in fault for fault in found) or not words, found


def test_growth_of_a_lesion_that_was_seen_is_read(tmp_path):
    seen = "  - {scan: 2022-03-01, new: liver}\n  - {scan: 2022-05-01, earlier-new: grown}\n"
    assert faults(tmp_path, WRAP + LINE + seen) == []


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        pytest.param("P120-bom-crlf.yaml", 0, "", id="P120"),
        pytest.param("P121-latin1.yaml", 2, "P121-latin1.yaml:5:55: not UTF-8 text: the byte F6",
                     id="P121"),
        pytest.param("P122-tabs.yaml", 2, "3:1: a tab at the beginning of a line (write blanks)",
                     id="P122"),
        pytest.param("P123-empty.yaml", 2, "no keys here", id="P123"),
    ],
)  # fmt: skip
def test_files_of_other_programs(name, code, words):
    found, output = check(INPUTS / name)
    assert (found, words in output) == (code, True), output


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("loop", "the report it names is not there: 'loop'", id="a loop of links"),
        pytest.param("a" * 500, "the report it names is not there: 'aaa", id="a long name"),
        pytest.param("pipe", "not a plain file", id="a pipe"),
        pytest.param("/dev/zero", "not a plain file", id="a device"),
        pytest.param(".", "the report it names is a folder", id="a folder"),
        pytest.param('"a\\0b"', "U+0000", id="a zero byte"),
    ],
)  # fmt: skip
def test_a_report_that_is_no_plain_file_is_named_at_once(tmp_path, source, words):
    import os

    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "c.yaml").write_text(f"case: c\nsource: {source}\nevents: []\n")
    code, output = check(tmp_path / "c.yaml")
    assert (code, words in output) == (2, True), output
    assert f"{tmp_path / 'c.yaml'}:" in output  # the place that names it
