"""Annotations of GitHub Actions and SARIF 2.1.0, against what their documents require."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from typer.testing import CliRunner

from timeline.auditing import RULES, Conclusion, Verdict
from timeline.cli.app import app
from timeline.report.claims import Claim, Report
from timeline.views.audit_formats import github_lines
from timeline.views.case_report import CaseReport, load_all

ROOT = Path(__file__).parents[2]
WANG = "seeds/wang2023.yaml"
LEVELS = {"none", "note", "warning", "error"}  # SARIF 2.1.0, 3.27.10
COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.+)")
NASTY = """\
source: 50%, a:b
claims:
  "Text, part 1: a":
    - {percent: 42.2, about: "100 %, of: all", n: 7}
"""


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch):
    monkeypatch.chdir(ROOT)


@cache
def run(*words):
    """The exit code and output of an audit, which is run once with the same words."""
    done = CliRunner().invoke(app, ["audit", *map(str, words)])
    return done.exit_code, done.output


def sarif(*files):
    code, output = run(*files, "--format", "sarif")
    assert code == 1
    return json.loads(output)


def test_a_log_has_what_sarif_requires():
    log = sarif(WANG)
    assert log["version"] == "2.1.0"  # 3.13.2
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (found,) = log["runs"]
    driver = found["tool"]["driver"]
    assert driver["name"]  # 3.19.8, required
    assert [each["id"] for each in driver["rules"]] == [rule.id for rule in RULES]
    assert len({each["id"] for each in driver["rules"]}) == len(driver["rules"])  # 3.19.23, unique
    for each in driver["rules"]:
        assert each["shortDescription"]["text"]
        assert each["defaultConfiguration"]["level"] in LEVELS
        assert each["help"]["text"]
        if "helpUri" in each:
            assert urlsplit(each["helpUri"]).scheme == "https"


def _object(required=(), any_of=(), **properties):
    alternatives = {"anyOf": [{"required": [name]} for name in any_of]} if any_of else {}
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "additionalProperties": False, "properties": properties,
            **needed, **alternatives}  # fmt: skip


def _list(name, *, unique=False):
    return {"type": "array", "uniqueItems": unique, "items": {"$ref": f"#/definitions/{name}"}}


def _of(name):
    return {"$ref": f"#/definitions/{name}"}


TEXT, INDEX = {"type": "string"}, {"type": "integer", "minimum": -1}
COUNT = {"type": "integer", "minimum": 1}
LEVEL = {"enum": sorted(LEVELS)}
# The schema of SARIF 2.1.0 with errata 01 (OASIS), of the objects and properties that a log of
# this program has: another property would be refused here, whether or not SARIF knows it.
SARIF_OF_OURS = {
    **_object(("version", "runs"), **{"$schema": TEXT}, version={"enum": ["2.1.0"]},
              runs=_list("run")),
    "$schema": "http://json-schema.org/draft-04/schema#",
    "definitions": {
        "run": _object(("tool",), tool=_of("tool"), results=_list("result"),
                       columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]}),
        "tool": _object(("driver",), driver=_of("toolComponent")),
        "toolComponent": _object(("name",), name=TEXT, semanticVersion=TEXT,
                                 rules=_list("reportingDescriptor", unique=True)),
        "reportingDescriptor": _object(
            ("id",), id=TEXT, shortDescription=_of("multiformatMessageString"),
            fullDescription=_of("multiformatMessageString"), help=_of("multiformatMessageString"),
            helpUri=TEXT, defaultConfiguration=_of("reportingConfiguration")),
        "multiformatMessageString": _object(("text",), text=TEXT),
        "reportingConfiguration": _object(level=LEVEL),
        "result": _object(
            ("message",), ruleId=TEXT, ruleIndex=INDEX, level=LEVEL, message=_of("message"),
            locations=_list("location"), relatedLocations=_list("location", unique=True),
            partialFingerprints={"type": "object", "additionalProperties": TEXT},
            properties={"type": "object"}),
        "message": _object((), ("text", "id"), text=TEXT),
        "location": _object(id=INDEX, message=_of("message"),
                            physicalLocation=_of("physicalLocation"),
                            logicalLocations=_list("logicalLocation", unique=True)),
        "physicalLocation": _object((), ("address", "artifactLocation"), region=_of("region"),
                                    artifactLocation=_of("artifactLocation")),
        "artifactLocation": _object(uri=TEXT),
        "region": _object((), ("startLine", "charOffset", "byteOffset"), startLine=COUNT,
                          startColumn=COUNT),
        "logicalLocation": _object(fullyQualifiedName=TEXT),
    },
}  # fmt: skip


def test_a_log_has_the_form_of_the_schema_of_sarif(tmp_path):
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft4Validator(SARIF_OF_OURS)
    validator.check_schema(SARIF_OF_OURS)
    (tmp_path / "nasty.yaml").write_text(NASTY, "utf-8")
    log = sarif(WANG, "seeds/jin2025.yaml", "seeds/liu2025.yaml", tmp_path / "nasty.yaml")
    assert [each.message for each in validator.iter_errors(log)] == []
    result = log["runs"][0]["results"][0]
    for broken in ({**result, "level": "notice"}, {**result, "file": "a"}, {"level": "error"}):
        assert list(
            validator.iter_errors({**log, "runs": [{**log["runs"][0], "results": [broken]}]})
        )


def test_a_rule_with_a_doi_has_it_as_its_help():
    rules = {each["id"]: each for each in sarif(WANG)["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["K01"]["helpUri"] == "https://doi.org/10.1177/1948550616673876"
    assert rules["C11"]["helpUri"] == "https://doi.org/10.1038/s41416-021-01319-8"
    assert "helpUri" not in rules["C35"]  # the calendar


def test_every_result_points_at_its_claim():
    (found,) = sarif(WANG, "seeds/jin2025.yaml", "seeds/liu2025.yaml")["runs"]
    rules = found["tool"]["driver"]["rules"]
    assert found["results"]
    for each in found["results"]:
        assert each["message"]["text"]
        assert each["level"] in LEVELS
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]  # 3.27.6
        for place in (*each["locations"], *each.get("relatedLocations", ())):
            physical = place["physicalLocation"]
            uri = physical["artifactLocation"]["uri"]
            assert not urlsplit(uri).scheme
            region = physical["region"]
            text = Path(unquote(uri)).read_text().splitlines()[region["startLine"] - 1]
            assert 1 <= region["startColumn"] <= len(text)
            assert text[region["startColumn"] - 1 :].strip()
    prints = [each["partialFingerprints"]["finding/v1"] for each in found["results"]]
    assert len(set(prints)) == len(prints)


def test_the_first_result_is_the_contradicted_pfs():
    first = sarif(WANG)["runs"][0]["results"][0]
    assert (first["ruleId"], first["level"]) == ("C01", "error")
    assert first["properties"]["printed"] == "8.4 months"
    assert first["properties"]["expected"] == "4.0 to 5.9 months"
    line = first["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert "PFS: 8.4" in (ROOT / WANG).read_text().splitlines()[line - 1]


def test_an_absolute_path_is_a_file_uri():
    log = sarif(ROOT / WANG)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == (ROOT / WANG).as_uri()


def test_a_report_without_a_finding_is_a_log_without_results(tmp_path):
    (tmp_path / "s.yaml").write_text("source: s\nclaims:\n  Text:\n    - {count: 3, about: CR}\n")
    code, output = run(tmp_path / "s.yaml", "--format", "sarif")
    assert code == 0
    assert json.loads(output)["runs"][0]["results"] == []
    assert run(tmp_path / "s.yaml", "--format", "github") == (0, "")


def test_every_line_for_github_is_a_command_with_its_place():
    code, output = run(WANG, "--format", "github")
    assert code == 1
    lines = output.splitlines()
    assert len(lines) > 30
    for line in lines:
        command = COMMAND.fullmatch(line)
        assert command, line
        properties = dict(each.split("=", 1) for each in command[2].split(","))
        assert list(properties) == ["file", "line", "col", "title"]
        assert properties["file"] == WANG
        assert int(properties["line"]) > 0
        assert int(properties["col"]) > 0
    kinds = [COMMAND.fullmatch(line)[1] for line in lines]
    assert set(kinds) == {"error", "warning", "notice"}
    assert "title=C01 PFS line 4::contradicted: PFS line 4: printed 8.4 months" in lines[0]


def test_percent_signs_colons_and_commas_are_escaped(tmp_path):
    """In a property all of them, in the message only the percent sign: the toolkit's command.ts."""
    file = tmp_path / "a,b%c.yaml"
    file.write_text(NASTY)
    code, output = run(file, "--format", "github")
    assert code == 1
    (line,) = output.splitlines()
    command = COMMAND.fullmatch(line)
    assert command, line
    properties = dict(each.split("=", 1) for each in command[2].split(","))
    assert properties["file"].endswith("a%2Cb%25c.yaml")
    assert properties["title"] == "K01 100 %25%2C of%3A all"
    assert "100 %25, of: all: printed 42.2 %25 [Text, part 1: a]; no count of 7" in command[3]


def test_line_ends_are_escaped():
    claim = Claim(kind="name", text="a\r\nb", value="a\r\nb", about="c\nd", place="e")
    report = Report(name="s", claims=(claim,))
    case_report = CaseReport(path=Path("s.yaml"), content=report, report=report)
    verdict = Verdict(claim, Conclusion.CONTRADICTED, "printed a\r\nb; f\ng", rule="C16")
    assert github_lines(case_report, (verdict,)) == [
        "::error file=s.yaml,title=C16 c d::contradicted: c d: printed a%0D%0Ab [e]; f%0Ag"
    ]


def test_json_is_the_same_by_both_names():
    assert run(WANG, "--format", "json") == run(WANG, "--json")
    assert run(WANG, "--format", "json", "--json") == run(WANG, "--json")


def test_json_has_the_parts_of_each_finding_in_the_order_of_the_text():
    first = json.loads(run(WANG, "--json")[1])[0]["findings"][0]
    assert (first["concern"], first["severity"], first["conclusion"], first["rule"]) == (
        "results",
        "error",
        "contradicted",
        "C01",
    )
    (figure,) = first["figures"]
    assert figure["where"].startswith(f"{WANG}:")
    assert figure["places"] == ["Abstract", "Case presentation, paragraph 1"]
    assert [each["rule"] for each in first["evidence"]] == ["C09"]


@pytest.mark.parametrize(
    ("words", "description"),
    [
        (("--format", "sarif", "--json"), "--format sarif is written (keep one)"),
        (("--format", "xml"), "'text', 'github', 'json', 'sarif'"),
        (("--format", "sarif", "-o", "x.html"), "--format is for what is printed"),
    ],
)
def test_formats_that_contradict_each_other_are_refused(words, description):
    code, output = run(WANG, *words)
    assert code == 2
    assert description in re.sub(r"[\s│]+", " ", output)


@pytest.mark.parametrize("form", ["text", "github", "json", "sarif"])
def test_a_format_does_not_depend_on_the_number_of_processes(form):
    words = (WANG, "seeds/liu2025.yaml", "--format", form)
    assert run(*words, "--jobs", 2) == run(*words)


def test_a_case_without_a_report_is_a_notice(tmp_path):
    case = tmp_path / "case, one.yaml"
    case.write_text("case: one\nevents:\n- {surgery: 2020-05}\n")
    (loaded,), _ = load_all([case], {})
    file = str(case).replace(",", "%2C")
    text = "one: names no report, so there is no claim to check"
    assert github_lines(loaded, ()) == [f"::notice file={file},title=audit::{text}"]
