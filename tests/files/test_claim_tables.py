"""Tables: each cell a claim at its own place, and every fault of a table at once."""

from __future__ import annotations

import pytest

from timeline.files.loader import load

HEAD = "source: s\nclaims:\n  Table 1:\n"


@pytest.fixture
def table(tmp_path):
    def read(text):
        path = tmp_path / "s.yaml"
        path.write_text(HEAD + text)
        source, problems = load(path)
        messages = [f"{each.where.line}:{each.where.column}: {each.what}" for each in problems]
        return (source.claims if source else ()), messages

    return read


def facts(claim):
    return (claim.kind, claim.about, claim.text, claim.group, claim.among, claim.n)


def test_a_baseline_table_is_its_cells(table):
    claims, faults = table(
        "    - table: baseline characteristics\n"
        "      columns: [count, percent]\n"
        "      n: 15\n"
        "      group: all\n"
        "      rows:\n"
        "        sex: {male: [7, 46.7], female: [8, 53.3]}\n"
        "        surgery: [11, -]\n"
    )
    assert not faults
    assert [facts(each) for each in claims] == [
        ("count", "male", "7", "all", "sex", "15"),
        ("percent", "male", "46.7", "all", "sex", "15"),
        ("count", "female", "8", "all", "sex", "15"),
        ("percent", "female", "53.3", "all", "sex", "15"),
        ("count", "surgery", "11", "all", "", "15"),
    ]
    assert {each.place for each in claims} == {"Table 1"}
    assert (claims[1].where.line, claims[1].where.column) == (9, 25)


def test_a_table_of_adverse_events_has_grades_and_totals(table):
    claims, faults = table(
        "    - {table: adverse events, columns: [level I, Grade 3–4, total],\n"
        "       rows: {fatigue: [1, 2, 3]}}\n"
    )
    assert not faults
    assert [(each.grade and each.grade.values, each.statistic) for each in claims] == [
        ((1,), ""),
        ((3, 4), ""),
        (None, "total"),
    ]


def test_a_count_with_its_percent_may_be_under_a_grade(table):
    claims, faults = table(
        "    - {table: adverse events, columns: [any grade, grade 3-4], n: 60,\n"
        "       rows: {fatigue: [21 (35), 3 (5%)]}}\n"
    )
    assert not faults
    assert [(each.kind, each.text, each.statistic) for each in claims] == [
        ("count", "21", "total"),
        ("percent", "35", "total"),
        ("count", "3", ""),
        ("percent", "5", ""),
    ]


def test_columns_may_be_the_arms(table):
    claims, _ = table(
        "    - {table: responses, columns: [{count: arm A, n: 30}, {'n (%)': arm B, n: 31}],\n"
        "       n: 61, rows: {PR: [9, 4 (12.9%)]}}\n"
    )
    assert [facts(each) for each in claims] == [
        ("count", "PR", "9", "arm A", "", "30"),
        ("count", "PR", "4", "arm B", "", "31"),
        ("percent", "PR", "12.9", "arm B", "", "31"),
    ]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param(
            "{table: x, columns: [count], rows: {a: [1]}}",
            ["4:15: unknown table 'x'"],
            id="another table",
        ),
        pytest.param(
            "{table: responses, rows: {a: [1]}}",
            ["4:7: a table needs columns"],
            id="no columns",
        ),
        pytest.param(
            "{table: responses, columns: count, rows: {a: [1]}}",
            ["4:35: columns are a list"],
            id="columns in one word",
        ),
        pytest.param(
            "{table: responses, columns: [cont], rows: {a: [1]}}",
            ["4:36: unknown column 'cont' (did you mean count?"],
            id="a typing error in a heading",
        ),
        pytest.param(
            "{table: responses, columns: [{cont: A}], rows: {a: [1]}}",
            ["4:37: unknown kind of column 'cont' (did you mean count?"],
            id="a typing error in a heading of one's own",
        ),
        pytest.param(
            "{table: responses, columns: [count], rows: [1]}",
            ["4:50: rows are names and lists of cells"],
            id="rows without names",
        ),
        pytest.param(
            "{table: responses, columns: [count], rows: {a: 1}}",
            ["4:54: a list of cells is expected under 'a'"],
            id="a row that is one value",
        ),
        pytest.param(
            "{table: responses, columns: [count, percent], rows: {a: [1], b: [1e9, 2e9]}}",
            [
                "4:63: cells 1, columns 2: 'a'",
                "4:72: count: not a printed number: '1e9'",
                "4:77: percent: not a printed number: '2e9'",
            ],
            id="several faults at once, each at its cell",
        ),
        pytest.param(
            "{table: responses, columns: [count], ci: 3, rows: {a: [1], b: [2]}}",
            ["4:48: ci: not two limits: '3'"],
            id="a fault that all cells share is reported once",
        ),
        pytest.param(
            "{table: responses, columns: [n (%)], rows: {a: [7]}}",
            ["4:55: not two figures: '7' (write 7 (46.7))"],
            id="one figure where two are wanted",
        ),
        pytest.param(
            "{table: responses, columns: [count], rows: {a: [[7]]}}",
            ["4:55: a cell takes one value"],
            id="a list in a cell",
        ),
    ],
)
def test_a_fault_of_a_table_is_at_its_place(table, text, faults):
    claims, messages = table(f"    - {text}\n")
    assert not claims
    assert len(messages) == len(faults), messages
    for seen, expected in zip(messages, faults, strict=True):
        assert seen.startswith(expected)
