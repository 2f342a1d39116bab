"""The registry of rules: each is found in its own module, and runs after those that it uses."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from timeline.auditing.evidence import EVIDENCE_USES
from timeline.auditing.rule import Evidence, Rule
from timeline.auditing.rules import RULES, rules_in, run_order
from timeline.auditing.verdict import Verdict
from timeline.endpoints.derived_case import derive
from timeline.files.loader import load

ROOT = Path(__file__).parents[2]


def _row(name: str, **fields: object) -> Rule:
    plain = attrs.evolve(RULES[0], id=name, yields=False, uses=(), supersedes=(), reads_all=False)
    return attrs.evolve(plain, **fields)


MODULE = """
import attrs
from timeline.auditing.rules import RULES as OTHERS
RULES = (attrs.evolve(OTHERS[0], id="{id}"),)
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of audit modules, to which a module is added by writing one file."""
    monkeypatch.syspath_prepend(tmp_path)
    folder = tmp_path / "audited" / "doses"
    folder.mkdir(parents=True)
    for each in (folder.parent, folder):
        (each / "__init__.py").write_text("")
    yield folder
    for name in [each for each in sys.modules if each.split(".")[0] == "audited"]:
        del sys.modules[name]


def test_a_rule_touches_one_file(package):
    assert rules_in("audited") == ()
    (package / "leap_days.py").write_text(MODULE.format(id="X01"))
    assert [rule.id for rule in rules_in("audited")] == ["X01"]


def test_two_rules_of_one_id_are_refused(package):
    for name in ("one", "two"):
        (package / f"{name}.py").write_text(MODULE.format(id="X01"))
    with pytest.raises(ImportError, match=r"audited\.doses\.two: another module has a rule X01"):
        rules_in("audited")


def test_the_rules_are_in_the_order_of_their_ids():
    assert [rule.id for rule in RULES] == sorted(rule.id for rule in RULES)


def test_the_row_of_each_rule_is_in_the_module_of_its_check():
    for path in (ROOT / "timeline/auditing/patient").rglob("*.py"):
        named = re.findall(r"\bcheck=(?:partial\(|check_each\(.*, )?(\w+)", path.read_text())
        for name in (each for each in named if each != "topic_check"):
            assert re.search(rf"^def {name}\(", path.read_text(), re.MULTILINE), (path, name)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        pytest.param({"uses": ("X02",)}, "rule X01 names X02, which is no rule", id="uses"),
        pytest.param({"supersedes": ("X02",)}, "rule X01 names X02", id="supersedes"),
        pytest.param({"uses": ("X01",)}, "rule X01 uses itself, through X01", id="itself"),
    ],
)
def test_a_row_that_names_a_wrong_rule_is_refused(fields, fault):
    with pytest.raises(ImportError, match=fault):
        run_order([_row("X01", **fields)])


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        pytest.param([_row("X02"), _row("X01")], ["X01", "X02"], id="by id"),
        pytest.param([_row("X01", uses=("X02",)), _row("X02")], ["X02", "X01"], id="uses"),
        pytest.param([_row("X01", yields=True), _row("X02")], ["X02", "X01"], id="yields"),
        pytest.param([_row("X01", reads_all=True), _row("X02", yields=True)], ["X02", "X01"],
                     id="reads all"),
    ],
)  # fmt: skip
def test_the_order_in_which_rules_run(rows, order):
    assert [rule.id for rule in run_order(rows)] == order


def test_what_served_as_evidence_names_rules_that_exist():
    named = {rule for use in EVIDENCE_USES for rule in use.rules}
    assert named <= {rule.id for rule in RULES}


class Unread(tuple[Verdict, ...]):
    """Verdicts that no rule may read: they fail where one does."""

    def __iter__(self) -> Iterator[Verdict]:
        raise AssertionError("the check reads verdicts, and its row names no rule that it uses")


@pytest.mark.parametrize("name", ["wang2023", "jin2025", "liu2025"])
def test_a_rule_reads_only_the_verdicts_that_its_row_names(name):
    report, _ = load(ROOT / "seeds" / f"{name}.yaml")
    case = ROOT / "cases" / f"{name}.yaml"
    reading = derive(load(case)[0])[0] if case.exists() else None
    evidence = Evidence(report=report, derived=reading, verdicts=Unread())
    for rule in RULES:
        if not rule.uses and not rule.reads_all:
            list(rule.check(evidence))
