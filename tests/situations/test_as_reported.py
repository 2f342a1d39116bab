"""What reports state outside scans and lines: every kind and key documented, shown and drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from renderers import scene_of
from renderers.backends.sidecars import data
from tests.rows import every_row
from tests.situations.records import ended, labels, record
from timeline.auditing.patient.treatment.recorded_values import check_recorded
from timeline.core.schema import schema_of
from timeline.endpoints.line_numbers import line_count_text
from timeline.exchange.lines_table import HEADINGS, lines
from timeline.files.loader import load
from timeline.record.events import EVENTS, KINDS, Scan, Toxicity
from timeline.views.case_rows import event_text
from timeline.views.data import event_data

README = (Path(__file__).parents[2] / "cases" / "README.md").read_text(encoding="utf-8")
COMMON = ("what", "note", "place", "id", "planned")


def documented(word: str) -> list[str]:
    """The rows of the tables that a kind or a key leads."""
    rows = [line for line in README.splitlines() if line.startswith("| `")]
    return [row for row in rows if f"`{word}`" in row.split("|")[1]]


@every_row("kind", KINDS)
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
    ("recurrence: 2020-02-01, site: lung", "site lung", "relapse, lung", ("kind", "relapse")),
    ("metastases: 2020-02-01, site: bone", "site bone", "metastasis, bone",
     ("kind", "metastasis")),
    (
        "reduced: 2020-02-01, drugs: anlotinib 10 mg, reason: toxicity, what: neutropenia",
        "neutropenia; drugs anlotinib 10 mg; reason toxicity",
        "dose reduced: anlotinib 10 mg, neutropenia, toxicity",
        ("reason", "toxicity"),
    ),
    ("interrupted: 2020-02-01, reason: other", "reason other", "dose held, other",
     ("kind", "dose held")),
    ("resumed: 2020-02-01", "", "dose resumed", ("kind", "dose resumed")),
    ("refused: 2020-02-01, what: amputation", "amputation", "treatment refused, amputation",
     ("kind", "treatment refused")),
    ("enrollment: 2020-02-01, what: NCT1", "NCT1", "NCT1", ("kind", "registration")),
)  # fmt: skip


@pytest.mark.parametrize(("entry", "shown", "drawn", "field"), SAID, ids=str)
def test_what_is_said_is_shown_drawn_and_exported(tmp_path, entry, shown, drawn, field):
    found, problems = record(tmp_path, f"{entry}\nlast contact: 2020-03-01")
    assert not problems
    event = found.case.events[0]
    assert event_text(event) == shown
    assert event_data(event)[field[0]] == field[1]
    rows = data(scene_of([found], "timeline"))  # an adverse event is a bar: its onset is a start
    (row,) = [row for row in rows if "2020-02-01" in (row.at, row.start)]
    assert f": {drawn}" in row.text, row


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("transfusion: 2020-02-01, units: 0", "not a whole number from 1 to 100: '0'"),
        ("biomarker: 2020-02-01, results: high", "did you mean result?"),
        ("embolisaton: 2020-02-01", "did you mean embolisation?"),
    ],
)
def test_a_fault_states_what_to_write(tmp_path, entry, fault):
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


BY_ORDER = """
    scan: 2020-01, baseline: 1
    {first}
    treatment: 2020-02/2020-06, line: 1, drugs: sorafenib
    scan: 2020-04-10, target: SD
    treatment: 2020-07/2020-12, line: 2, drugs: regorafenib
    {last}
    scan: 2020-09-10, target: SD
"""


@pytest.mark.parametrize("answer", ["censor", "event"])
@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        # the month alone would leave both ways; the stated order leaves one
        ("radiotherapy: '2020-02, before line 1', site: liver", "", False),
        ("radiotherapy: 2020-02, site: liver", "", True),
        ("", "radiotherapy: '2020-07, after line 2 start', site: liver", False),
        ("", "radiotherapy: '2020-07, before line 2', site: liver", True),
    ],
)
def test_local_therapy_outside_the_line_by_order_alone_does_not_count(
    tmp_path, answer, first, last, counts
):
    text = BY_ORDER.format(first=first, last=last)
    chosen, _ = record(tmp_path, text, local_therapy_ends_pfs=answer)
    plain, _ = record(tmp_path, text, local_therapy_ends_pfs="no")
    chosen, plain = (each.outcome("PFS", 1) for each in (chosen, plain))
    assert ((chosen.values, chosen.reason) != (plain.values, plain.reason)) is counts


@pytest.mark.parametrize("kind", ["stent", "procedure"])
def test_a_stent_is_no_therapy_of_the_tumour(tmp_path, kind):
    found, _ = record(tmp_path, TREATED.format(kind), local_therapy_ends_pfs="event")
    assert ended(found) == (False, 152, 152)


def test_every_kind_is_one_class():
    assert len(set(EVENTS.values())) == len(EVENTS)


# Relapse and metastasis as stated. From 10 January 2019 to 7 December are 365 - 34 = 331 days, to
# 7 November 301, to 10 April 90, to 31 December 355; from 10 January 2020 to 10 April 2020 are 91.

OPERATED = """
    surgery: 2019-01-10
    scan: 2019-06-03, new: none
    {}
    treatment: 2020-01-10/2020-09-01, line: 1, drugs: doxorubicin
    last contact: 2020-10-01
"""
NO_LINE = "surgery: 2019-01-10\nscan: 2019-06-03, new: none\n{}\nlast contact: 2020-10-01"


@pytest.mark.parametrize("endpoint", ["DFS", "DFI"])
@pytest.mark.parametrize(
    ("events", "stated", "state"),
    [
        (OPERATED, "relapse: 2019-12-07, site: lung", (True, 331, 331)),
        (OPERATED, "recurrence: 2019-12-07", (True, 331, 331)),
        (OPERATED, "metastasis: 2019-12-07, site: lung", (True, 331, 331)),
        (OPERATED, "scan: 2019-11-07, new: lung\nrelapse: 2019-12-07", (True, 301, 301)),
        (OPERATED, "relapse: 2019-11-07\nscan: 2019-12-07, new: lung", (True, 301, 301)),
        (OPERATED, "relapse: '2019, after surgery'", (True, 0, 355)),
        (OPERATED, "relapse: 2020-04-10", (False, 144, 144)),  # of the line; seen free on 3 June
        (OPERATED, "relapse: 2019-12-07\nsurgery: 2019-12-20", (True, 331, 331)),
        (NO_LINE, "metastasis: 2018-12-07", (False, 144, 144)),  # known before the operation
        (NO_LINE, "relapse: 2019-12-07", (True, 331, 331)),
    ],
)
def test_a_stated_relapse_is_an_event_after_surgery(tmp_path, endpoint, events, stated, state):
    found, problems = record(tmp_path, events.format(stated))
    assert not problems
    assert ended(found, endpoint, None, None) == state


@pytest.mark.parametrize(
    ("stated", "condition"),
    [
        ("relapse: 2019", "relapse 2019 came after the operation"),
        (
            "metastasis: 2018-12-07\nmetastasis: 2019-12-07",
            "metastasis 2019-12-07 is new, and not what was known before the operation",
        ),
    ],
)
def test_a_recurrence_that_may_be_none_is_undecided(tmp_path, stated, condition):
    found, problems = record(tmp_path, OPERATED.format(stated))
    assert not problems
    outcome = found.outcome("DFS", None, None)
    assert outcome.event is None
    needs = {each.state: each.needs for each in outcome.alternatives}
    assert needs["event"] == (condition,)
    assert needs["censored"][0].endswith("is no recurrence")


@pytest.mark.parametrize("kind", ["progression", "relapse", "metastasis"])
@pytest.mark.parametrize(
    ("policy", "state"), [("fda_a", (False, 60, 60)), ("fda_c", (True, 91, 91))]
)
def test_during_a_line_it_is_progression_without_a_scan(tmp_path, kind, policy, state):
    events = f"""
        surgery: 2019-01-10
        treatment: 2020-01-10/2020-09-01, line: 1, drugs: doxorubicin
        scan: 2020-03-10, target: SD
        {kind}: 2020-04-10
        last contact: 2020-10-01
    """
    found, problems = record(tmp_path, events, pfs_policy=policy)
    assert not problems
    assert ended(found) == state
    assert ended(found, "rwPFS", criterion=None) == (True, 91, 91)


@pytest.mark.parametrize(
    ("also", "state"),
    [("", (True, 90, 90)), ("surgery: 2019-06-10", (False, 146, 146))],
    ids=["it precludes surgery", "surgery follows"],
)
def test_a_metastasis_that_precludes_surgery_is_an_event_of_efs(tmp_path, also, state):
    """Without one EFS is censored at the scan of 5 June: 146 days."""
    events = f"""
        treatment: 2019-01-10/2019-05-01, setting: neoadjuvant, drugs: doxorubicin
        metastasis: 2019-04-10, site: lung
        scan: 2019-06-05, target: SD
        {also}
        last contact: 2020-10-01
    """
    found, problems = record(tmp_path, events)
    assert not problems
    assert ended(found, "EFS", None, None) == state


def test_an_early_relapse_as_stated_makes_adjuvant_treatment_a_line(tmp_path):
    events = """
        surgery: 2019-01-10
        treatment: 2019-02-10/2019-06-10, setting: adjuvant, drugs: doxorubicin
        relapse: 2019-12-06
        treatment: 2020-01-10/2020-09-01, line: 1, drugs: pazopanib
    """  # 179 days after 10 June
    answer = "yes_if_relapse_within_180d"
    found, problems = record(tmp_path, events, count_adjuvant_as_line=answer)
    assert not problems
    assert line_count_text(found) == (
        "lines counted: 1 by the report, 2 by rule, 1 of them with curative intent "
        f"(count_adjuvant_as_line = {answer})"
    )


# Changes of treatment. From 10 January 2020 to 1 September are 235 days, to 1 October 265, to
# 10 April 91, to 10 June 152; from 10 April to 8 August are 120 days, to 7 August 119.

TREATED_ALONE = """
    scan: 2020-01-02, baseline: 1
    treatment: {}, line: 1, drugs: [anlotinib 12 mg, penpulimab 200 mg]
    scan: 2020-03-10, target: SD
    {}
    last contact: 2020-10-01
"""


@pytest.mark.parametrize(
    "change",
    [
        "held: 2020-04-10, line: 1",
        "dose held: 2020-04-10, line: 1\nresumed: 2020-05-10, line: 1",
        "reduced: 2020-04-10, line: 1, drugs: anlotinib 10 mg",
        "refused: 2020-04-10, what: surgery",
        "refused: 2020-04-10, line: 1",
    ],
)
def test_a_change_of_dose_ends_no_line_with_a_stated_end(tmp_path, change):
    """A refusal ends only what has no other end."""
    before, _ = record(tmp_path, TREATED_ALONE.format("2020-01-10/2020-09-01", ""))
    after, problems = record(tmp_path, TREATED_ALONE.format("2020-01-10/2020-09-01", change))
    assert not problems
    for one, other in zip(before.outcomes, after.outcomes, strict=True):
        assert (one.name, one.event, one.days) == (other.name, other.event, other.days)


@pytest.mark.parametrize(
    ("endpoint", "criterion", "state"),
    [
        ("ToT", None, (True, 235, 235)),
        ("TTF", "RECIST 1.1", (True, 235, 235)),
        ("Exposure", None, (True, 153, 236)),  # the last dose: from 10 June to the refusal
        ("PFS", "RECIST 1.1", (False, 60, 60)),  # censored at the last assessment
        ("OS", None, (False, 265, 265)),  # follow-up goes on
    ],
)
def test_a_refusal_ends_treatment_and_not_follow_up(tmp_path, endpoint, criterion, state):
    changes = "resumed: 2020-06-10, line: 1\nrefused: 2020-09-01, line: 1, reason: choice"
    found, problems = record(tmp_path, TREATED_ALONE.format("2020-01-10/", changes))
    assert not problems
    assert ended(found, endpoint, 1, criterion) == state


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ("held: 2020-04-10, line: 1\nresumed: 2020-08-08, line: 1", (True, 91, 91)),
        ("held: 2020-04-10, line: 1\nresumed: 2020-08-07, line: 1", (False, 235, 235)),
        ("held: 2020-04-10, line: 1", (False, 235, 235)),  # when it was resumed is not known
        (
            "held: 2020-04-10, line: 1, drugs: anlotinib\nresumed: 2020-08-08, line: 1",
            (False, 235, 235),  # the other drug was given on
        ),
        ("held: 2020-04-10\nresumed: 2020-08-08", (False, 235, 235)),  # of no line
    ],
)
def test_a_hold_of_120_days_is_a_discontinuation(tmp_path, changes, state):
    """Friends of Cancer Research 2018, as discontinuation_gap_days counts: 120 days or more."""
    text = TREATED_ALONE.format("2020-01-10/2020-09-01", changes)
    found, problems = record(tmp_path, text)
    assert not problems
    assert ended(found, "rwTTD", 1, None) == state
    assert ended(found, "ToT", 1, None) == (True, 235, 235)


@pytest.mark.parametrize("spelling", ["withdrawal", "withdrawn", "withdrawal of consent"])
def test_a_withdrawal_ends_follow_up(tmp_path, spelling):
    text = TREATED_ALONE.format("2020-01-10/2020-09-01", "").replace("last contact", spelling)
    found, problems = record(tmp_path, text)
    assert not problems
    assert ended(found, "OS", 1, None) == (False, 265, 265)
    assert ended(found) == (False, 60, 60)
    rows = data(scene_of([found], "timeline"))
    assert any(row.text == "withdrawal 2020-10-01" for row in rows)


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        (
            "withdrawal: 2020-01-01\nsurgery: 2020-02-01",
            (
                "lies after last contact (2020-01-01) (correct a date; where only treatment ended, "
                "write treatment refused)"
            ),
        ),
        ("held: 2020-01-01, line: 2", "line 2: the case has no such line (on record: none)"),
        ("held: 2020-01-01, reason: toxic", "unknown reason: 'toxic' (did you mean toxicity?"),
        (
            "treatment: 2020-01-01/.., line: 1, drugs: x\nrefused: 2020-02-01, line: 1",
            "line 1 is ongoing, but was refused on 2020-02-01 (write its end in place of ..)",
        ),
    ],
)
def test_a_change_that_cannot_be(tmp_path, events, fault):
    found, problems = record(tmp_path, events)
    assert found is None
    assert any(fault in str(each) for each in problems), problems


def test_a_name_is_free_where_no_event_is_of_that_kind(tmp_path):
    """An id such as ``held`` was free before the kind was there."""
    found, problems = record(tmp_path, "biopsy: 2020-01-01, id: held\nsurgery: after held")
    assert not problems
    assert found.case.find("held")[0].kind == "biopsy"


# Fields: the dose of a fraction, grades, CTCAE, performance status


@pytest.mark.parametrize(
    ("entry", "shown", "drawn", "field"),
    [
        (
            "toxicity: 2020-02-01, term: alopecia, grade: 1-2, ctcae: 5.0",
            "term alopecia; grade 1-2; ctcae 5.0", "alopecia, grade 1-2", ("grade", "1-2"),
        ),
        ("toxicity: 2020-02-01, what: rash, grade: III", "rash; grade III", "rash, grade III",
         ("grade", 3)),
        ("performance: 2020-02-01, ecog: 1, karnofsky: 70", "ecog 1; karnofsky 70",
         "ECOG 1, Karnofsky 70", ("karnofsky", "70")),
        ("performance: 2020-02-01, lansky: 80", "lansky 80", "Lansky 80", ("lansky", "80")),
        ("performance: 2020-02-01, what: bedridden", "bedridden", "bedridden",
         ("what", "bedridden")),
    ],
)  # fmt: skip
def test_a_field_is_shown_drawn_and_exported(tmp_path, entry, shown, drawn, field):
    test_what_is_said_is_shown_drawn_and_exported(tmp_path, entry, shown, drawn, field)


def test_the_dose_of_a_fraction_is_drawn(tmp_path):
    entry = "radiotherapy: 2020-02-01/2020-03-01, site: lung, dose: 50 Gy, fractions: 25, "
    found, problems = record(tmp_path, f"{entry}dose-per-fraction: 2 Gy\nlast contact: 2020-04-01")
    assert not problems
    assert not found.remarks
    rows = [row.text for row in data(scene_of([found], "timeline"))]
    assert any("lung, 50 Gy in 25 fractions, 2 Gy per fraction" in text for text in rows)


@pytest.mark.parametrize(
    ("entry", "remark"),
    [
        (
            "radiotherapy: 2020-02-01/, dose: 50 Gy, fractions: 25, dose-per-fraction: 1.8 Gy",
            "50 Gy is not 25 fractions of 1.8 Gy",  # 45 Gy
        ),
        (
            "radiotherapy: 2020-02-01/, dose: 66.7 Gy, fractions: 37, dose-per-fraction: 1.8 Gy",
            "",  # 66.6 Gy, and 1.8 is a rounded number
        ),
        (
            "toxicity: 2020-02-01, term: alopecia, grade: 2-3",
            "toxicity 2020-02-01 has grade 2-3; alopecia has grades 1 to 2 in CTCAE 5.0",
        ),
        ("toxicity: 2020-02-01, what: alopecia, grade: 2", ""),
        ("toxicity: 2020-02-01, term: alopecia, grade: 3, ctcae: 3.0", ""),  # another table
        ("toxicity: 2020-02-01, term: diarrhoea, grade: 5", ""),  # a term with all grades
    ],
)
def test_what_cannot_be_is_remarked_on(tmp_path, entry, remark):
    found, problems = record(tmp_path, entry)
    assert not problems
    assert [each.what for each in found.remarks] == ([remark] if remark else [])


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("toxicity: 2020-01-01, grade: any", "not a grade of one event: 'any' (write 3, or 2-3)"),
        ("toxicity: 2020-01-01, grade: 3-2", "the higher grade comes first: '3-2' (write 3-4)"),
        ("toxicity: 2020-01-01, grade: 6", "not a grade: '6' (write 3, 2-3 or >= 3)"),
        ("toxicity: 2020-01-01, grade: severe", "'severe' (write 3 if the report grades by CTCAE;"),
        ("toxicity: 2020-01-01, grade: Mild", "'Mild' (write 1 if the report grades by CTCAE;"),
        ("toxicity: 2020-01-01, ctcae: 4.5", "unknown version of CTCAE: '4.5'"),
        ("performance: 2020-01-01, karnofsky: 75", "unknown Karnofsky status: '75'"),
        ("performance: 2020-01-01, lansky: 110", "unknown Lansky status: '110'"),
        ("radiotherapy: 2020-01-01/, dose-per-fraction: 2", "no unit: '2'"),
    ],
)
def test_a_value_that_no_scale_has(tmp_path, entry, fault):
    found, problems = record(tmp_path, entry)
    assert found is None
    assert fault in str(problems[0])


@pytest.mark.parametrize(
    ("printed", "recorded", "management", "conclusion"),
    [
        ("3", "2-3", "", "agrees"),  # any of both
        ("2-3", "2-3", "", "agrees"),
        ("4", "2-3", "", "contradicted"),
        ("2", "1-2", "levothyroxine", "agrees"),  # CTCAE: from grade 2
        ("3", "III", "", "agrees"),
        ("2", "III", "", "contradicted"),
    ],
)
def test_a_printed_grade_against_a_range_on_record(
    tmp_path, printed, recorded, management, conclusion
):
    managed = f", management: {management}" if management else ""
    toxicity = f"toxicity: 2020-01-01, what: hypothyroidism, grade: {recorded}{managed}"
    found, problems = record(tmp_path, toxicity)
    assert not problems
    path = tmp_path / "report.yaml"
    claim = f"grade: '{printed}', of: toxicity, about: grade of hypothyroidism"
    path.write_text(f"source: s\nclaims:\n  A:\n    - {{{claim}}}\n", encoding="utf-8")
    report, faults = load(path)
    assert not faults
    verdict = check_recorded(report.claims[0], found)
    assert verdict is not None
    assert str(verdict.conclusion) == conclusion


def test_a_table_of_lines_orders_a_range_by_its_worst_grade(tmp_path):
    """As CTCAE counts an event by its highest grade; both grades are shown, as recorded."""
    text = TREATED_ALONE.format(
        "2020-01-10/2020-09-01",
        "toxicity: 2020-02-01, term: rash, grade: 1-3\ntoxicity: 2020-02-02, what: pain, grade: 2",
    )
    found, _ = record(tmp_path, text)
    row = lines(found).rows[0]
    texts = {heading: cell.text for heading, cell in zip(HEADINGS, row.cells, strict=True)}
    assert texts["Toxicity"] == "grade 1-3: rash; grade 2: pain"


def test_a_grade_of_python_code_is_a_grade():
    assert Toxicity(at="2020-01-01", grade=3).grade.values == (3,)


# Pseudoprogression and hyperprogression are calls of the authors

IMMUNE = """
    scan: 2020-01-02, baseline: 1
    treatment: 2020-01-10/2020-09-01, line: 1, drugs: nivolumab
    scan: 2020-03-10, {}{}
    scan: 2020-05-10, target: SD, new: none
    last contact: 2020-10-01
"""


def results(found):
    statuses = [(each.criterion, each.labels, each.why) for each in found.statuses]
    return statuses, [(each.name, each.event, each.days) for each in found.outcomes]


@pytest.mark.parametrize("call", ["pseudoprogression", "hyperprogression"])
@pytest.mark.parametrize("finding", ["target: PD", "target: grown, new: liver", "target: shrunk"])
def test_such_a_call_changes_no_result(tmp_path, call, finding):
    plain, _ = record(tmp_path, IMMUNE.format(finding, ""))
    called, problems = record(tmp_path, IMMUNE.format(finding, f", called: {call}"))
    assert not problems
    assert results(called) == results(plain)
    rows = [row.text for row in data(scene_of([called], "timeline"))]
    assert any(f"reported: {call}" in text for text in rows)
    assert event_data(called.case.all_of(Scan)[1])["called"] == [{"name": "", "value": call}]


@pytest.mark.parametrize("call", ["pseudoprogression", "hyperprogression"])
def test_a_scan_without_findings_has_no_status_by_such_a_call(tmp_path, call):
    found, problems = record(tmp_path, IMMUNE.format(f"called: {call}", ""))
    assert not problems
    assert labels(found) == ["SD"]  # of the later scan alone


@pytest.mark.parametrize(
    ("call", "event"),
    [
        ("hyperprogression", True),  # a kind of progression
        ("pseudoprogression", None),  # two places of the report that contradict each other
    ],
)
def test_progression_called_with_such_a_call(tmp_path, call, event):
    called = f", called: {{PD: Results, {call}: Discussion}}"
    found, problems = record(tmp_path, IMMUNE.format("target: PD", called))
    assert not problems
    assert found.outcome("rwPFS", 1, None).event is event


def test_a_lane_shows_changes_of_dose_and_what_is_stated(tmp_path):
    changes = "held: 2020-04-10, line: 1\nrelapse: 2020-05-10\nrefused: 2020-08-10, line: 1"
    text = TREATED_ALONE.format("2020-01-10/2020-09-01", changes)
    found, problems = record(tmp_path, text)
    assert not problems
    rows = data(scene_of([found], "swimmer"))
    for word in ("dose held", "relapse", "treatment refused"):
        assert any(word in row.what for row in rows), word
