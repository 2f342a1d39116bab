"""What reports say beside scans and treatment: every kind and key documented, shown and drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from renderers import scene_of
from renderers.backends.sidecars import data
from tests.situations.records import ended, record
from timeline.core.schema import schema_of
from timeline.record.events import EVENTS, KINDS
from timeline.views.case_view import event_text
from timeline.views.data import event_data

README = (Path(__file__).parents[2] / "cases" / "README.md").read_text(encoding="utf-8")
COMMON = ("what", "note", "place", "id", "planned")


def documented(word: str) -> list[str]:
    """The rows of the tables that a kind or a key leads."""
    rows = [line for line in README.splitlines() if line.startswith("| `")]
    return [row for row in rows if f"`{word}`" in row.split("|")[1]]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_and_spelling_is_documented_with_its_keys(kind):
    row = documented(kind)[0]
    own = [key for key, (_, spec) in schema_of(KINDS[kind]).items() if not spec.leads]
    missing = [key for key in own if key not in COMMON and f"`{key}" not in row]
    assert not [key for key in missing if not documented(key)]


def test_the_keys_of_every_event_are_documented():
    section = README.partition("Every event also takes")[2].partition("## When")[0]
    assert [key for key in COMMON if f"`{key}" not in section] == []


# An entry, its text in `show`, its text in the timeline, and a field of the JSON.
SAID = (
    (
        "biomarker: 2020-02-01, name: PD-L1, assay: 22C3, result: TPS 60 %",
        "name PD-L1; assay 22C3; result TPS 60 %",
        "PD-L1 TPS 60 % (22C3)",
        ("result", "TPS 60 %"),
    ),
    ("embolization: 2020-02-01, what: TACE, site: liver", "TACE; site liver", "TACE, liver",
     ("kind", "embolisation")),
    ("ablation: 2020-02-01, site: liver", "site liver", "ablation, liver", ("site", "liver")),
    ("stent: 2020-02-01, site: bile duct", "site bile duct", "stent, bile duct",
     ("site", "bile duct")),
    ("transfusion: 2020-02-01, product: red cells, units: 2", "product red cells; units 2",
     "transfusion, red cells, 2 units", ("units", 2)),
    ("transfusion: 2020-02-01, units: 1", "units 1", "transfusion, 1 unit", ("units", 1)),
    ("procedure: 2020-02-01, what: pleural drainage", "pleural drainage", "pleural drainage",
     ("what", "pleural drainage")),
    ("enrollment: 2020-02-01, what: NCT1", "NCT1", "NCT1", ("kind", "registration")),
)  # fmt: skip


@pytest.mark.parametrize(("entry", "shown", "drawn", "field"), SAID, ids=str)
def test_what_is_said_is_shown_drawn_and_exported(tmp_path, entry, shown, drawn, field):
    found, problems = record(tmp_path, f"{entry}\nlast contact: 2020-03-01")
    assert not problems
    event = found.case.events[0]
    assert event_text(event) == shown
    assert event_data(event)[field[0]] == field[1]
    (row,) = [row for row in data(scene_of([found], "timeline")) if row.at == "2020-02-01"]
    assert drawn in re.split(r": | \[", row.text), row


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("transfusion: 2020-02-01, units: 0", "not a whole number from 1 to 100: '0'"),
        ("biomarker: 2020-02-01, results: high", "did you mean result?"),
        ("embolisaton: 2020-02-01", "did you mean embolisation?"),
    ],
)
def test_a_fault_says_what_to_write(tmp_path, entry, fault):
    found, problems = record(tmp_path, entry)
    assert found is None
    assert fault in str(problems[0])


TREATED = """
    scan: 2020-01-01, baseline: 1
    treatment: 2020-01-10/2020-12-01, line: 1, drugs: sorafenib
    scan: 2020-03-10, target: SD
    {}: 2020-04-10, site: liver
    scan: 2020-06-10, target: SD
"""


@pytest.mark.parametrize("kind", ["ablation", "embolisation", "radiotherapy"])
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("no", (False, 152, 152)),  # 10 January to 10 June: 21 + 29 + 31 + 30 + 31 + 10
        ("censor", (False, 60, 60)),  # to the assessment of 10 March
        ("event", (True, 91, 91)),  # to 10 April
    ],
)
def test_ablation_and_embolisation_are_local_therapy(tmp_path, kind, answer, state):
    found, problems = record(tmp_path, TREATED.format(kind), local_therapy_ends_pfs=answer)
    assert not problems
    assert ended(found) == state


@pytest.mark.parametrize("kind", ["stent", "procedure"])
def test_a_stent_is_no_therapy_of_the_tumour(tmp_path, kind):
    found, _ = record(tmp_path, TREATED.format(kind), local_therapy_ends_pfs="event")
    assert ended(found) == (False, 152, 152)


def test_every_kind_is_one_class():
    assert len(set(EVENTS.values())) == len(EVENTS)
