"""What a page shows of a grid: its columns, and the problems at its cells."""

from __future__ import annotations

from tests.editing.test_laws import loaded
from tests.rows import every_row
from timeline.core.schema import schema_of
from timeline.editing import case_fields, claim_grid, event_grid, with_cell
from timeline.editing.advice import shortened
from timeline.editing.shown.cell_problems import (
    cell_problems,
    field_problems,
    kept_problems,
)
from timeline.editing.shown.columns import (
    ALWAYS,
    USUAL,
    first_to_fill,
    kinds_that_take,
    more_columns,
    shown_columns,
    why_not_taken,
)
from timeline.record.events import EVENTS, KINDS
from timeline.record.unusual_values import sex_in_other_words

EMPTY = "case: a\nevents:\n"


def keys(columns):
    return [column.key for column in columns]


def test_the_columns_follow_the_kinds_of_the_rows():
    assert keys(shown_columns(event_grid(EMPTY))) == list(ALWAYS)
    text = EMPTY + "  - {toxicity: 2021}\n  - {lab: 2021}\n  - {stent: 2021, note: ERCP}\n"
    more = set(keys(shown_columns(event_grid(text)))) - set(ALWAYS)
    assert more == {"grade", "values", "site", "note"}  # of each kind, and the one in use


def test_the_sum_stands_before_the_other_findings_of_a_scan():
    shown = keys(shown_columns(event_grid(EMPTY)))
    assert shown[shown.index("target") : shown.index("new") + 1] == [
        "target", "sum", "non-target", "new"]  # fmt: skip


@every_row("kind", USUAL)
def test_each_usual_column_is_a_key_of_its_kind(kind):
    assert kind in EVENTS
    assert set(USUAL[kind]) <= set(schema_of(KINDS[kind]))


def test_every_other_column_can_be_added_and_is_then_shown():
    grid = event_grid(EMPTY)
    first, others = more_columns(grid)
    assert keys(first)[:4] == ["grade", "site", "ecog", "values"]  # the sum is shown
    assert keys(others) == sorted(keys(others))
    assert {*ALWAYS, *keys(first), *keys(others)} == set(keys(grid.columns))
    for column in (*first, *others):
        assert column in shown_columns(grid, [column.key])
        assert column not in [each for part in more_columns(grid, [column.key]) for each in part]


def test_the_grid_of_claims_shows_every_column():
    grid = claim_grid(EMPTY)
    assert shown_columns(grid) == grid.columns
    assert more_columns(grid) == ((), ())


def test_why_a_cell_is_not_taken_and_the_edit_agree():
    text = EMPTY + "".join(f"  - {{{kind}: 2021}}\n" for kind in EVENTS)
    grid = event_grid(text)
    for row in grid.rows:
        for column in grid.columns[3:]:  # all but event, date and end
            problems = with_cell(text, "events", row.number, column.key, "x").problems
            refused = any(each.what.startswith(f"{row.kind} has no") for each in problems)
            assert bool(why_not_taken(column, row.kind)) == refused, (row.kind, column.key)
    subject = claim_grid(EMPTY).columns[0]
    assert "follows from" in why_not_taken(subject, "PFS")
    place = next(each for each in event_grid(EMPTY).columns if each.key == "place")
    assert kinds_that_take(place) == "every event"


FAULTY = """case: a
patient: {age: old}
events:
  - {diagnosis: 2021-03, what: sarcoma}
  - {scan: 2021-13, called: QQ, printed: {response: XX, place: Abstract}}
  - treatment: 2021-04-01/2021-99
    line: 99
    drugs: doxorubicin
  - {colour: blue}
"""


def test_each_problem_of_the_loader_is_at_its_cell():
    grids = {"events": event_grid(FAULTY), "claims": claim_grid(FAULTY)}
    problems = loaded(FAULTY)[1]
    places = [(each.where.line, each.where.column, each.what) for each in problems]
    found = [(each.table, each.row, each.key) for each in cell_problems(grids, places)]
    assert ("events", 1, "date") in found
    assert ("events", 1, "called") in found
    assert ("events", 2, "line") in found
    assert ("events", 3, "event") in found
    assert len(found) == len([line for line, _, _ in places if line != 2])  # the patient has none


def test_problems_of_the_patient_and_the_settings_are_at_their_fields():
    text = "case: a\npatient: {sex: male, age: old}\nsettings:\n  confirm_days: x\nevents: []\n"
    places = [(each.where.line, each.where.column, each.what) for each in loaded(text)[1]]
    found = field_problems(case_fields(text), places)
    assert set(found) == {"patient.age", "settings.confirm_days"}
    assert found["patient.age"].startswith("not an age: 'old'")
    assert field_problems(case_fields(text), [(1, 1, "x"), (5, 1, "y")]) == {}


def test_a_sex_in_other_words_is_at_its_field():
    text = "# from the letter\ncase: a\npatient:\n  age: 61\n  sex: f\nevents: [{scan: 2021}]\n"
    case = loaded(text)[0].case
    places = [(where.line, where.column, what) for where, what in sex_in_other_words(case)]
    assert [place[:2] for place in places] == [(5, 8)]
    found = field_problems(case_fields(text), places)
    assert found["patient.sex"].startswith("'f' is kept as it is")


def test_of_two_grids_the_nearer_value_has_the_problem():
    text = EMPTY + "  - {scan: 2021-03, called: PR, printed: {response: QQ, place: Abstract}}\n"
    grids = {"events": event_grid(text), "claims": claim_grid(text)}
    at = text.splitlines()[2].index
    for word, cell in (
        ("2021-03", ("events", 0, "date")),
        ("PR", ("events", 0, "called")),
        ("QQ", ("claims", 0, "value")),
        ("Abstract", ("claims", 0, "place")),
    ):
        found = cell_problems(grids, [(3, at(word) + 1, "x")])
        assert [(each.table, each.row, each.key) for each in found] == [cell]


def test_two_entries_of_one_line_are_told_apart():
    text = "case: a\nevents: [{scan: 2021-03}, {scan: 2021-13}]\n"
    column = text.splitlines()[1].index("2021-13") + 1
    assert event_grid(text).cell_at(2, column) == (1, "date")
    assert event_grid(text).cell_at(2, 1) == (0, "event")


def test_the_end_of_a_period_has_a_place_of_its_own():
    text = EMPTY + "  - {treatment: 2021-04-01/2021-99, line: 1}\n"
    line = text.splitlines()[2]
    grid = event_grid(text)
    assert grid.cell_at(3, line.index("2021-04") + 1) == (0, "date")
    assert grid.cell_at(3, line.index("2021-99") + 1) == (0, "end")


def test_until_a_newer_text_is_checked_only_rows_that_are_the_same_keep_their_problem():
    grids = {"events": event_grid(FAULTY), "claims": claim_grid(FAULTY)}
    places = [(each.where.line, each.where.column, each.what) for each in loaded(FAULTY)[1]]
    found = cell_problems(grids, places)
    changed = FAULTY.replace("2021-13", "2021-12")
    after = {"events": event_grid(changed), "claims": claim_grid(changed)}
    kept = kept_problems(found, grids, after)
    assert {each.row for each in kept} == {2, 3}
    assert kept_problems(found, grids, grids) == found


def test_an_entry_that_is_no_yaml_is_named_at_its_grid():
    text = EMPTY + "  - {scan: 2021-03}\n  - {scan: [2021}\n  - {death: 2022}\n"
    grid = event_grid(text)
    assert [row.kind for row in grid.rows] == ["scan", "death"]
    assert [each.where.line for each in grid.unread] == [4]
    assert claim_grid(text).unread == ()
    assert event_grid(FAULTY).unread == ()  # an unknown kind has a row


def test_a_long_list_of_words_is_shortened_to_the_nearest():
    known = f"known: {', '.join(EVENTS)}"
    told = shortened(f"unknown kind of event 'scann' (did you mean scan? {known})")
    assert "'scann' (did you mean scan? known: treatment, scan, surgery, " in told
    assert told.endswith(f" and {len(EVENTS) - 5} more)")
    words = ", ".join(f"e{n}" for n in range(80))
    told = shortened(f"no such event: 'x' (known: {words}, .. and 20 more)")
    assert told.endswith(" and 95 more)")  # 80 + 20 - 5
    assert shortened("no kind of event (write one of: a, b, c, d, e, f, g, h, i, j)") == (
        "no kind of event (write one of: a, b, c, d, e and 5 more)"
    )
    assert shortened("a (known: b, c)") == "a (known: b, c)"


NEW_ROWS = """case: smith
events:
  - {diagnosis: 20XX}
  - {performance: 2021-03}
"""


def test_a_new_row_is_filled_from_its_date_on_where_that_is_missing():
    grid = event_grid(NEW_ROWS)
    shown = [each.key for each in shown_columns(grid)]
    assert first_to_fill(grid, 0, shown) == "date"
    found = first_to_fill(grid, 1, shown)
    column = next(each for each in grid.columns if each.key == found)
    assert found not in ("event", "date", "end")
    assert "performance" in column.kinds
    assert found not in grid.rows[1].cells
