"""Each row of each table broken in turn: at least one vector has to turn red.

A table that cannot be built any more counts as red, for then nothing imports.
"""

import functools
import json
from collections import defaultdict
from pathlib import Path

import attrs
import pytest

from tests.rows import every_row
from timeline.conformance.run import READS, scans_of
from timeline.core.state_machine import BASES, SAME_STATE, TableError
from timeline.response.criteria import BY_TITLE, CRITERIA
from timeline.response.criteria.recist11 import NO_DISEASE, RECIST11, TABLE_2
from timeline.response.evaluate import evaluate_responses
from timeline.response.lesion_rules import DIAMETERS, PRODUCTS
from timeline.response.progression import derive_progression
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code, Response, Target

HERE = Path(__file__).parents[1]
FILES = tuple(
    f"{name}_vectors.json"
    for name in ("response", "house", "clinical", "contested", "older", "further")
)


@functools.cache
def groups():
    """Vectors with labels to expect, as one cohort for each criterion and settings."""
    found = defaultdict(list)
    for name in FILES:
        for each in json.loads((HERE / "vectors" / name).read_text("utf-8"))["vectors"]:
            has_scans = "candidates" not in each["input"] and "responses" in each["expected"]
            if each["kind"] in READS and has_scans:
                options = tuple(sorted(each.get("settings", {}).items()))
                found[each["criteria"], options].append(each)
    return [
        (
            title,
            Settings.of(dict(options)),
            cohort(vectors, BY_TITLE[title], Settings.of(dict(options))),
            vectors,
        )
        for (title, options), vectors in found.items()
    ]


def cohort(vectors, criterion, settings):
    return scans_of(vectors, criterion.lesion_rules(settings))


def red(mutant):
    """The vectors of a criterion that do not come out as expected, as one looks for them."""
    for title, options, usual, vectors in groups():
        if title != mutant.title:
            continue
        same = mutant.lesion_rules(options) == BY_TITLE[title].lesion_rules(options)
        scans = usual if same else cohort(vectors, mutant, options)
        found = evaluate_responses(scans, mutant, options)
        ended = derive_progression(found, options)
        for patient, findings in enumerate(each["expected"] for each in vectors):
            got = {
                "responses": list(found.words(patient)),
                "rules": list(found.rules(patient)),
                "warnings": list(found.warnings(patient)),
                "progression_day": ended.of(patient).progression_day,
            }
            if any(key in findings and findings[key] != value for key, value in got.items()):
                yield findings


def is_seen(*mutants):
    """Whether any vector turns red; the first is enough."""
    return any(True for mutant in mutants for _ in red(mutant))


def changed(rows, place, **changes):
    return (*rows[:place], attrs.evolve(rows[place], **changes), *rows[place + 1 :])


def without(rows, place):
    return (*rows[:place], *rows[place + 1 :])


def tables(criterion):
    """Every decision table of a criterion, with how to put another in its place."""
    overall = criterion.overall
    yield criterion.target, lambda table: attrs.evolve(criterion, target=table)
    for name in ("target_disease", "non_target_only", "no_disease"):

        def replace(table, name=name):
            return attrs.evolve(criterion, overall=attrs.evolve(overall, **{name: table}))

        yield getattr(overall, name), replace


def other(result):
    """Another word that the cell could hold."""
    if isinstance(result, Target):
        return Target.SD if result is not Target.SD else Target.PR
    return Response.SD if result is not Response.SD else Response.PR


def shared(number):
    """The criteria by the rows of their table of one place: one list for each set of rows."""
    found = defaultdict(list)
    for criterion in CRITERIA.values():
        table, _ = list(tables(criterion))[number]
        found[tuple(row.id for row in table.rows)].append(criterion)
    return found.values()


def table_mutants():
    """Criteria may share a table: a row is seen if any of them shows it."""
    for number, criteria in ((n, each) for n in range(4) for each in shared(n)):
        table, _ = list(tables(criteria[0]))[number]
        for place, row in enumerate(table.rows):
            for what, rows in (
                ("dropped", without(table.rows, place)),
                ("gives another", changed(table.rows, place, result=other(row.result))),
            ):

                def make(number=number, criteria=criteria, rows=rows):
                    pairs = [list(tables(each))[number] for each in criteria]
                    return [replace(attrs.evolve(table, rows=rows)) for table, replace in pairs]

                yield pytest.param(make, id=f"{row.id} {what}")


def gate_mutants():
    for criterion in CRITERIA.values():
        gate = criterion.gate
        for place, row in enumerate(gate.rows if gate else ()):
            for what, rows in (
                ("dropped", without(gate.rows, place)),
                ("gives another", changed(gate.rows, place, result=other(row.result))),
            ):

                def make(criterion=criterion, gate=gate, rows=rows):
                    return [attrs.evolve(criterion, gate=attrs.evolve(gate, rows=rows))]

                yield pytest.param(make, id=f"{criterion} {row.id} {what}")


def machine_mutants():
    """mRECIST runs on the machine of RECIST 1.1, which is broken once."""
    for criterion in {each.machine.name: each for each in reversed(CRITERIA.values())}.values():
        machine = criterion.machine
        for place, rule in enumerate(machine.rules):
            emitted = Code.SD if rule.emit != Code.SD else Code.PR
            moved = machine.states[-1 if rule.to == machine.states[0] else 0]
            expected = [
                ("dropped", without(machine.rules, place)),
                ("emits another", changed(machine.rules, place, emit=emitted)),
                ("goes elsewhere", changed(machine.rules, place, to=moved)),
            ]
            if rule.to is not SAME_STATE and rule.to != rule.at:
                expected.append(("stays", changed(machine.rules, place, to=SAME_STATE)))
            if rule.action in ("open", "reopen", "confirm") and criterion.confirms:
                expected.append(("does nothing", changed(machine.rules, place, action="none")))
            for what, rules in expected:

                def make(criterion=criterion, machine=machine, rules=rules):
                    return [attrs.evolve(criterion, machine=attrs.evolve(machine, rules=rules))]

                yield pytest.param(make, id=f"{criterion} {rule.id} {what}")


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=str)
def test_unbroken_nothing_is_red(criterion):
    assert list(red(criterion)) == []


@every_row("make", [*table_mutants(), *gate_mutants(), *machine_mutants()])
def test_a_broken_row_is_seen(make):
    try:
        mutants = make()
    except TableError:
        return
    assert is_seen(*mutants)


THRESHOLDS = (
    *("response_percent", "progression_percent", "progression_least", "further_mm"),
    *("density_percent", "response_least", "early_percent"),
)


def is_read(criterion, name):
    """Whether a table of a criterion reads what a threshold decides."""
    columns = {each.name for each in criterion.target.columns}
    by = {"response_percent": {"shrunk", "smaller"}, "progression_percent": {"grown", "larger"},
          "progression_least": {"grown", "larger"}}.get(name)  # fmt: skip
    return by is None or bool(columns & by)


@every_row("criterion", CRITERIA.values(), ids=str)
@every_row("name", THRESHOLDS)
@every_row("by", [-1, 1])
def test_a_threshold_off_by_one_is_seen(criterion, name, by):
    value = getattr(criterion.thresholds, name, None)
    if value is None or value + by < 0 or not is_read(criterion, name):
        return
    limits = attrs.evolve(criterion.thresholds, **{name: value + by})
    assert is_seen(attrs.evolve(criterion, thresholds=limits))


@every_row("criterion", CRITERIA.values(), ids=str)
@every_row("name", ("response_beyond", "progression_beyond"))
def test_a_bound_the_other_way_is_seen(criterion, name):
    if getattr(criterion.thresholds, name):
        limits = attrs.evolve(criterion.thresholds, **{name: False})
        assert is_seen(attrs.evolve(criterion, thresholds=limits))


def sign_mutants():
    """Each sign never read, always read, and with its limit off by one."""
    for criterion in CRITERIA.values():
        signs = criterion.lesions.signs
        for place, row in enumerate(signs):
            changes = [
                ("never", {"holds": lambda *_: False}),
                ("always", {"holds": lambda *_: True}),
            ]
            if row.limit is not None:
                changes += [(f"limit {by:+}", {"limit": row.limit + by}) for by in (-1, 1)]
            for what, change in changes:

                def make(criterion=criterion, place=place, change=change):
                    mutant = changed(criterion.lesions.signs, place, **change)
                    lesions = attrs.evolve(criterion.lesions, signs=mutant)
                    return attrs.evolve(criterion, lesions=lesions)

                yield pytest.param(make, id=f"{criterion} {row.name} {what}")


@every_row("make", sign_mutants())
def test_a_broken_sign_is_seen(make):
    assert is_seen(make())


NEW = [
    CRITERIA[key]
    for key in (
        *("recist10", "who1979", "irrc", "percist", "eortc-pet", "lugano-ct", "lugano-pet"),
        "rano-bm",
    )
]
SIZES = (
    *("lesion_percent", "least_new_mm", "normal_node_longest_mm", "lesion_above_mm"),
    *("lesion_step_mm", "lesion_large_step_mm", "lesion_large_mm", "new_mm", "new_node_mm"),
)


@every_row("criterion", NEW, ids=str)
@every_row("name", SIZES)
@every_row("by", [-1, 1])
def test_a_lesion_rule_off_by_one_is_seen(criterion, name, by):
    value = getattr(criterion.lesions, name)
    if value is not None:
        lesions = attrs.evolve(criterion.lesions, **{name: value + by})
        assert is_seen(attrs.evolve(criterion, lesions=lesions))


@every_row("criterion", NEW, ids=str)
def test_another_diameter_or_measure_is_seen(criterion):
    if criterion.lesions.measure.field:
        return  # a number that the scan states
    other = PRODUCTS if criterion.lesions.measure is DIAMETERS else DIAMETERS
    lesions = attrs.evolve(criterion.lesions, measure=other)
    assert is_seen(attrs.evolve(criterion, lesions=lesions))
    if criterion is CRITERIA["recist10"]:
        normal = attrs.evolve(criterion.lesions, normal_node_mm=10)
        assert is_seen(attrs.evolve(criterion, lesions=normal))
        assert is_seen(attrs.evolve(criterion, rules_under=RECIST11.rules_under))


@every_row("criterion", NEW, ids=str)
def test_what_the_publication_answers_is_seen(criterion):
    for name in criterion.answers:
        left = {key: value for key, value in criterion.answers.items() if key != name}
        kept = any(column.name == "kept" for column in criterion.target.columns)
        if name == "response_confirmation" and not kept:
            continue  # it concerns the duration of a response and a PR that persists
        assert is_seen(attrs.evolve(criterion, answers=left)), name


@every_row("criterion", NEW, ids=str)
def test_every_rule_states_how_far_it_was_read(criterion):
    bases = dict(criterion.bases)
    shared = {row.id for row in (*TABLE_2.rows, *NO_DISEASE.rows)}
    assert {name for name, basis in bases.items() if not basis} <= shared
    assert set(bases.values()) <= {"", *BASES}
    assert ("must-check" in bases.values()) == criterion.terms.is_provisional
