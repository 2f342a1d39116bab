"""The audit rules, gathered from the modules that hold their checks.

A module with checks ends with its rows: ``RULES = (Rule(id=..., check=...), ...)``. A new rule
touches that module alone: every module of the packages ``patient`` and ``study`` is searched.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module

from timeline.auditing.comparison import repeated_figures
from timeline.auditing.rule import Rule


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
            *repeated_figures.RULES,
            *rules_in("timeline.auditing.patient"),
            *rules_in("timeline.auditing.study"),
        ),
        key=_id,
    )
)
