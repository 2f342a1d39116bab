"""The audit rules, gathered from the modules that hold their checks.

A module with checks ends with its rows: ``RULES = (Rule(id=..., check=...), ...)``. A new rule
touches that module alone: every module of the two packages below is searched for its rows.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import partial
from importlib import import_module

from timeline.auditing.patient.wording.topics import TOPICS
from timeline.auditing.repeated_figures import check_repeats
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.wording.definitions import STUDY_TOPICS

_ANY_REPORT = (
    Rule(
        id="C26",
        checks="a figure or words printed at several places are the same at each",
        formula="numbers can be equal after rounding; words are the same, or less specific",
        severity=Severity.ERROR,
        text_severity=Severity.WARNING,  # words may be others and mean the same
        source="case catalogue: abstract, text, legends, tables",
        example_fail="seven cycles in the text, six in the legend",
        example_ok="20.0 % in the text and 20 % in the table",
        vague=True,  # two bounds of one figure: over 100, more than 50
        repeats=True,
        check=partial(check_repeats, topics=(*TOPICS, *STUDY_TOPICS)),
        reads_all=True,
        yields=True,
    ),
)


def rules_in(package: str) -> tuple[Rule, ...]:
    """The rows of every module of a package and of its subpackages, in the order of their ids."""
    found: dict[str, Rule] = {}
    path = import_module(package).__path__
    for module in pkgutil.walk_packages(path, prefix=f"{package}."):
        for rule in getattr(import_module(module.name), "RULES", ()):
            if found.setdefault(rule.id, rule) is not rule:
                raise ImportError(f"{module.name}: another module has a rule {rule.id}")
    return tuple(sorted(found.values(), key=_id))


def _id(rule: Rule) -> str:
    return rule.id


def run_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules in the order in which they run: each after those that it uses.

    Else those that read all verdicts come last, those that do not yield come first, then by id.

    Raises:
        ImportError: a row names a rule that does not exist, or two rules use each other.

    """
    ranked = sorted(rules, key=lambda rule: (rule.reads_all, rule.yields, rule.id))
    by_id = {rule.id: rule for rule in ranked}
    placed: dict[str, Rule] = {}

    def place(rule: Rule, *users: str) -> None:
        for used in (*rule.uses, *rule.supersedes):
            if used not in by_id:
                raise ImportError(f"rule {rule.id} names {used}, which is no rule")
        if rule.id in users:
            raise ImportError(f"rule {rule.id} uses itself, through {' and '.join(users)}")
        for used in rule.uses:
            place(by_id[used], rule.id, *users)
        placed.setdefault(rule.id, rule)

    for rule in ranked:
        place(rule)
    return tuple(placed.values())


RULES = tuple(
    sorted(
        (
            *_ANY_REPORT,
            *rules_in("timeline.auditing.patient"),
            *rules_in("timeline.auditing.study"),
        ),
        key=_id,
    )
)
