"""The schema that editors read and the loader agree: on every file, and on what is made of them.

What the schema refuses the loader refuses. What the loader refuses the schema refuses too, except
for the reasons named in `unstated.UNSTATED`.
"""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.files.editor import LOADER, as_json, plain
from tests.rows import every_row
from timeline.cli.app import app
from timeline.core.schema import Cardinality, schema_of
from timeline.files.loader import load
from timeline.files.repair import repair
from timeline.files.schema import json_schema
from timeline.files.schema.json_schema import SCHEMAS
from timeline.files.schema.key_descriptions import DESCRIPTIONS, KIND_DESCRIPTIONS
from timeline.files.schema.unstated import STRICTER, UNSTATED
from timeline.files.yaml.text_forms import FORMS
from timeline.record.case import LesionDeclaration, Patient
from timeline.record.events import EVENTS, KINDS, Event
from timeline.report.claims import CLAIMS, Claim, Report

ROOT = Path(__file__).parents[3]
FILES = sorted(
    file for folder in ("cases", "seeds", "tests") for file in (ROOT / folder).rglob("*.yaml")
)


@functools.cache
def validator(kind):
    schema = SCHEMAS[kind]()
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def kind_of(data):
    """Which schema a file is of: the keys decide, as for the loader."""
    if not isinstance(data, dict):
        return None
    return "case" if {"case", "events"} <= {*data} else "report" if "source" in data else None


def is_cut(text):
    """Whether the loader reads a text with a comma, or a set of days, that YAML cuts."""
    repairs = {change.repair for change in repair(text, "a.yaml").changes}
    return "quotes around a text with a comma" in repairs


def has_null(text):
    """Whether a text is null in YAML and a word for the loader: null or ~ without quotes."""
    nodes = [yaml.compose(text, Loader=LOADER)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.ScalarNode):
            if node.value and not node.style and plain(node.value) is None:
                return True
        elif isinstance(node, yaml.MappingNode):
            nodes += [each for pair in node.value for each in pair]
        else:
            nodes += node.value
    return False


def refusals(kind, data):
    """Where and why the schema refuses a file."""
    found = validator(kind).iter_errors(data)
    return [f"{'/'.join(map(str, each.absolute_path))}: {each.message[:300]}" for each in found]


def document(path):
    """The text of a file and its document; None where an editor sees no YAML."""
    try:
        text = path.read_text("utf-8-sig")
        return text, as_json(text)
    except (UnicodeDecodeError, yaml.YAMLError):
        return "", None


def disagreement(path):
    """How schema and loader differ on a file; empty where they agree or nothing can be compared."""
    text, data = document(path)
    kind = kind_of(data)
    if kind is None:
        return ""
    _, problems = load(path)
    by_schema = refusals(kind, data)
    if by_schema and not problems and not (has_null(text) or is_cut(text)):
        return f"only the schema refuses: {by_schema[0]}"
    rows = [row for row in UNSTATED if not row.under or f"{row.under}:" in text]
    left = re.compile("|".join(row.messages for row in rows))
    others = [each.what for each in problems if not left.search(each.what)]
    return f"only the loader refuses: {others[0]}" if others and not by_schema else ""


@every_row("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_schema_and_loader_agree_on_every_file(path):
    assert not disagreement(path)


def test_enough_files_are_compared():
    """Else the comparison above would be silent where a file is of neither kind."""
    kinds = [kind_of(document(path)[1]) for path in FILES]
    assert kinds.count("case") > 40
    assert kinds.count("report") > 10


# Values that some key takes and others do not, each as it is written in {..}.
VALUES = (
    *("", '""', "' '", "null", "~", "yes", "No", "y", "TRUE", "false", "0", "1", "2", "05", "7"),
    *("31", "1.0", "0x1", "-3", "12.5", ".5", "1e9", "2021", "1700", "2021-03", "2021-03-15"),
    *("2021-13", "2021-02-30", "2021-5-2", "5 May 2021", "201X", "2021-XX", "2021-12~", "soon"),
    *("2021-03/2021-08", "2021-03/..", "2021-03/", "2021/2022/2023", "after line 1", "'[2021..]'"),
    *("'2020-10, after line 1 end'", "'after scan 2020-10, before line 2/2021-05'", "(2021)"),
    *("PR", "pr", "prr", "PR or SD", "shrunk or stable", "non_cr/non_pd", "NON-CR/NON-PD"),
    *("N.A.", "progressive  disease", "absent.", "grown", "not_evaluated", "none", "liver"),
    *("Mixed Response", "12 mm", "12mm", "4.1 cm", "12 mm + 9 mm", "too small", "12"),
    *("merged with T1", "12 rad", "45 HU", "-12.5 HU", "50 Gy", "0 Gy", "8 weeks", "3 wk"),
    "'every 8 weeks until 2022-12'",
    *("R0", "r1", "R3", "iRECIST", "RECIST 1.1", "recist", "progression", "Toxicity", "CT", "XR"),
    *("doxorubicin 75 mg/m² IV day 1", "75 mg", "about 20", "4.1 to 22.3", "95 %", "12 months"),
    *("< 0.001", "level III", "3-4", "median", "longer", "8.4 months", "months", "Months", "a: b"),
    *("[]", "{}", "[a, b]", "[1, 2]", "[PR, SD]", "{a: 12 mm}", "{PR: Abstract}", "{other: x}"),
    *("{PFS: 8.4 months, place: Abstract}", "[{dose: 75, unit: mg}, {count: 5}]", "{PFS: [a]}"),
    *("{response: PRR}", "{grade: 3, p: 0.03}", "{wat: 1}", "{word: longer, than: x}", "{OS: 5}"),
    *("[liver, {other: x}]", "{T1: 23 mm, N1: absent}", "{a: }", "[[a]]", "x" * 700, "'\u200b'"),
)  # fmt: skip
HEAD = {
    "case": "case: c\nevents:\n  - {diagnosis: 2019}\n"
    "  - {treatment: 2020-01/2020-06, line: 1, drugs: x}\n",
    "report": "source: s\nclaims:\n",
}
CLASSES = {"case": KINDS, "report": dict.fromkeys(CLAIMS, Claim)}


@functools.cache
def keys_of(cls):
    return [key for key, (_, spec) in schema_of(cls).items() if not spec.leads]


@functools.cache
def all_keys():
    classes = (*KINDS.values(), Claim, Report, Patient, LesionDeclaration)
    return sorted({key for cls in classes for key in keys_of(cls)} | {*KINDS, *CLAIMS, "drug", "x"})


def example(of, key):
    """One of the described examples of a key, as it is written in a file."""
    for name in (f"{of}.{key}", f"event.{key}"):
        if name in DESCRIPTIONS and DESCRIPTIONS[name].examples:
            return [json.dumps(each, ensure_ascii=False) for each in DESCRIPTIONS[name].examples]
    return []


@st.composite
def entries(draw, kind):
    """An entry with some of its keys, some of others, and values of all sorts."""
    name = draw(st.sampled_from(sorted(CLASSES[kind])))
    cls = CLASSES[kind][name]
    of = cls.kind if issubclass(cls, Event) else "claim"
    lead = draw(st.sampled_from(("2021-07", "2021-07/..", "2021", *VALUES)))
    lead = CLAIMS[name].example if kind == "report" and draw(st.booleans()) else lead
    pairs = [(name, lead)]
    needs = CLAIMS[name].needs if kind == "report" else ("line", "drugs") * (name == "treatment")
    expected = [key.split(" or ")[0] for key in needs if draw(st.integers(0, 9))]
    more = draw(st.lists(st.sampled_from(keys_of(cls)), max_size=2))
    if kind == "case" and draw(st.integers(0, 3)) == 0:
        more.append("printed")
    more += draw(st.lists(st.sampled_from(all_keys()), max_size=1)) * (draw(st.integers(0, 5)) == 0)
    for key in dict.fromkeys((*expected, *more)):
        values = example(of, key)
        good = values and draw(st.integers(0, 2))
        pairs.append((draw(st.sampled_from((key, key, key, key.replace("-", "_")))),
                      draw(st.sampled_from(values if good else VALUES))))  # fmt: skip
    if draw(st.integers(0, 9)) == 0:
        pairs = draw(st.permutations(pairs))
    return f"  - {{{', '.join(f'{key}: {value}' for key, value in pairs)}}}\n"


@pytest.mark.parametrize("kind", ["case", "report"])
def test_schema_and_loader_agree_on_entries_of_every_kind(kind, tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "a.yaml"

    @given(entries(kind))
    def agree(entry):
        path.write_text(HEAD[kind] + entry, "utf-8")
        assert not disagreement(path)

    agree()


HEADS = {  # mappings outside the entries, with the class that reads them
    "patient": ("case: c\npatient: {%s}\nevents: []\n", Patient),
    "lesion": ("case: c\nlesions: {T1: {%s}}\nevents: []\n", LesionDeclaration),
    "report": ("source: s\n%s\n", Report),
}


@pytest.mark.parametrize("of", HEADS)
def test_schema_and_loader_agree_on_the_keys_outside_the_entries(of, tmp_path_factory):
    frame, cls = HEADS[of]
    path = tmp_path_factory.mktemp("made") / "a.yaml"
    for key in (*keys_of(cls), "x", "claims", "events"):
        for value in (*VALUES, *example(of, key)):
            path.write_text(frame % f"{key}: {value}", "utf-8")
            assert not disagreement(path), (key, value)


def test_schema_and_loader_agree_on_settings(tmp_path):
    from timeline.settings.response import SETTINGS

    path = tmp_path / "a.yaml"
    for row in (*SETTINGS.values(), None):
        name = row.name if row else "x"
        answers = [*row.options, "None", "60000", "-1", "0"] if row else []
        for value in (*answers, "off", "on", "true", "Yes", "14", "56.0", "[a]", "", "never"):
            path.write_text(f"case: c\nsettings: {{{name}: {value}}}\nevents: []\n", "utf-8")
            assert not disagreement(path), (name, value)


TABLES = [
    "{table: responses, columns: [count], rows: {CR: [1]}}",
    "{table: responses, columns: [{count: arm A, n: 30}, N (%)], rows: {a: {CR: [1, 7 (46.7)]}}}",
    "{table: adverse events, columns: [level I, Grade 3–4, total], rows: {x: [1, -, 2]}, n: 15}",
    "{table: Responses, columns: [count], rows: {CR: [1]}}",
    "{table: responses, columns: [level I], rows: {CR: [1]}}",
    "{table: responses, columns: count, rows: {CR: [1]}}",
    "{table: responses, columns: [count], rows: [1]}",
    "{table: responses, columns: [count], rows: {CR: 1}}",
    "{table: responses, columns: [count], rows: {CR: [[1]]}}",
    "{table: responses, columns: [count]}",
    "{table: responses, columns: [count], rows: {CR: [1]}, wat: 1}",
    "{table: responses, columns: [count], rows: {CR: [1]}, n: 15, note: a}",
]


@pytest.mark.parametrize("table", TABLES)
def test_schema_and_loader_agree_on_tables(tmp_path, table):
    path = tmp_path / "a.yaml"
    path.write_text(f"source: s\nclaims:\n  - {table}\n", "utf-8")
    assert not disagreement(path)


SHAPES = [
    *("case: c\nevents: {}\n", "case: c\nevents: []\n", "case: c\nevents:\n"),
    "case:\nevents: []\n",
    *("case: c\nevents: x\n", "case: c\nevents: [x]\n", "case: c\nevents: [[]]\n"),
    *("case: c\nevents: [{}]\n", "case: c\nevents: {P: x}\n", "case: c\nevents: {P: }\n"),
    *("case: c\nevents: {P: [{death: 2021}]}\n", "case: c\nevents: []\nsource:\n"),
    *("case: [c]\nevents: []\n", "case: c\nevents: []\nwat: 1\n", "source: s\nclaims: x\n"),
    *("source: s\nclaims:\n", "source:\n", "source: s\n", "source: s\nclaims: {P: [x]}\n"),
    *("case: c\nevents: []\npatient: x\n", "case: c\nevents: []\nlesions: [x]\n"),
    *("case: c\nevents: []\nlesions: {}\n", "case: c\nevents: []\nlesions: {T1: x}\n"),
    *("case: c\nevents: []\nsettings: x\n", "case: c\nevents: []\nsettings: {}\n"),
    *("case: c\nevents: []\nreport: x\n", "case: c\nevents: []\nreport: {name: [a]}\n"),
    *("case: c\nevents: []\nreport: {title: a, case: b}\n", "case: c\nreport: {}\nevents: []\n"),
    *("case: c\nevents: []\nclaims: [{PFS: 5, unit: months, line: 1}]\n", ),
    *("case: c\nevents: []\nclaims: [{PFS: 5}]\n", "case: c\nevents: []\nclaims: {P: [{a: 1}]}\n"),
    *("case: c\nevents: []\npatient: {}\n", "case: 5\nevents: []\n", "source: true\n"),
]  # fmt: skip


@every_row("text", SHAPES)
def test_schema_and_loader_agree_on_the_shape_of_a_file(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")
    assert not disagreement(path)


def test_every_key_and_kind_is_described():
    assert not json_schema.without_description(), "add rows to files/schema/key_descriptions.py"
    assert not {*KIND_DESCRIPTIONS} - {*EVENTS}


CLASS_OF = {"patient": Patient, "lesion": LesionDeclaration, "report": Report, "claim": Claim,
            "event": Event, **EVENTS}  # fmt: skip


def test_every_description_is_of_a_key():
    known = {f"{of}.{key}" for of, cls in CLASS_OF.items() for key in keys_of(cls)}
    known |= {f"case.{key}" for key in json_schema.CASE_KEYS}
    known |= {
        "event.printed",
        "report.name",
        "report.source",
        "report.claims",
        "table.table",
        "table.columns",
        "table.rows",
    }
    assert not {*DESCRIPTIONS} - known


@every_row("name", DESCRIPTIONS)
def test_the_readme_of_the_folder_names_every_key(name):
    of, key = name.split(".")
    folder = "seeds" if of in ("report", "claim", "table") else "cases"
    text = (ROOT / folder / "README.md").read_text("utf-8")
    word = re.escape(key)
    named = rf"`[^`\n]*(?<![\w-]){word}(?![\w-])[^`\n]*`|^\s*{word}:|^.*[{{,] ?{word}:"
    assert re.search(named, text, re.MULTILINE), f"{folder}/README.md does not name {key!r}"


@every_row("name", [name for name, row in DESCRIPTIONS.items() if row.examples])
def test_every_example_is_read_by_its_field(name):
    of, key = name.split(".")
    if of in ("case", "table") or name == "report.source":
        return
    if name in ("event.printed", "report.name"):
        return
    _, spec = schema_of(CLASS_OF[of])[key]
    for value in DESCRIPTIONS[name].examples:
        parts = value if isinstance(value, list) else [value]
        if isinstance(value, dict):
            parts = value if spec.shape is Cardinality.EITHER else value.values()
        assert all(spec.read(str(each)) is not None for each in parts)


@every_row("row", FORMS, ids=lambda row: row.reader.__name__)
def test_a_form_takes_its_own_examples_and_its_reader_does(row):
    for value in row.schema.get("examples", ()):
        row.reader(str(value))
        assert jsonschema.Draft7Validator(row.schema).is_valid(value)


def documented_dates():
    """The first column of the table of dates in cases/README.md."""
    text = (ROOT / "cases" / "README.md").read_text("utf-8")
    table = text.split("\n## When\n")[1].split("\n\n")[1]
    cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    return [
        (word, "(a period)" in cell) for cell in cells for word in re.findall(r"`([^`]+)`", cell)
    ]


@every_row(("text", "period"), documented_dates())
def test_every_documented_date_is_taken(text, period):
    entry = {"treatment": text, "line": 1, "drugs": "x"} if period else {"scan": text}
    if not re.fullmatch("[0-9]{4}", text):
        assert not refusals("case", {"case": "c", "events": [entry]})


def test_the_page_on_editors_lists_what_only_a_check_finds():
    page = (ROOT / "docs" / "editors.md").read_text("utf-8")
    for row in UNSTATED:
        assert f"| {row.name} | {row.why} |" in page
    for text in STRICTER:
        assert text in page


def run(*words):
    return CliRunner().invoke(app, ["schema", *map(str, words)])


def test_the_command_writes_the_schema_and_names_the_line(tmp_path):
    out = tmp_path / "case.json"
    done = run("case", "-o", out)
    assert done.exit_code == 0
    assert json.loads(out.read_text("utf-8")) == SCHEMAS["case"]()
    assert "# yaml-language-server: $schema=case.json" in done.output
    assert json.loads(run("report").stdout)["required"] == ["source"]


@pytest.mark.parametrize("text", [
    "case: c # a remark\nevents: []\n",
    "# yaml-language-server: $schema=old.json\ncase: c # a remark\nevents: []\n",
    "\ufeff# yaml-language-server: $schema=old.json\r\ncase: c # a remark\r\nevents: []\r\n",
])  # fmt: skip
def test_the_header_is_written_once_and_leaves_the_rest(tmp_path, text):
    (tmp_path / "cases").mkdir()
    file, out = tmp_path / "cases" / "a.yaml", tmp_path / "case.json"
    file.write_bytes(text.encode())
    for _ in range(2):
        assert run("case", "-o", out, "--header", file).exit_code == 0
        first, _, rest = file.read_bytes().decode().partition("\n")
        assert first.strip() == "# yaml-language-server: $schema=../case.json"
        assert rest == text[text.index("case:") :]
        assert load(file)[0] is not None


def test_what_the_command_refuses(tmp_path):
    assert "known: case, report" in run("cases").output
    assert "write -o case.schema.json" in run("case", "--header", tmp_path / "a.yaml").output
    done = run("case", "-o", tmp_path / "s.json", "--header", tmp_path / "none.yaml")
    assert done.exit_code == 2
    assert "cannot be read" in done.output
    assert not (tmp_path / "s.json").exists()


@pytest.mark.parametrize("kind", SCHEMAS)
def test_no_word_is_listed_twice(kind):
    """An editor refuses a schema with two equal words in a list; 3 and 3.0 are equal in JSON."""
    waiting = [SCHEMAS[kind]()]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            words = [(isinstance(each, bool), each) for each in node.get("enum", ())]
            assert len(words) == len(set(words)), node["enum"]
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


def printed_under(seed):
    """What the commands that make a schema or a prompt print, where sets have another order."""
    program = (
        "import hashlib, json\n"
        "from timeline.files.schema.json_schema import SCHEMAS\n"
        "from timeline.files.schema.prompt import prompt\n"
        "texts = [*(json.dumps(SCHEMAS[each]()) for each in SCHEMAS), prompt()]\n"
        "print([hashlib.sha256(each.encode()).hexdigest() for each in texts])\n"
    )
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", program], env=env, capture_output=True,
                          text=True, check=True).stdout  # fmt: skip


def test_the_schema_is_the_same_in_every_run():
    assert printed_under("1") == printed_under("2")
